"""The table of planted faults is whole; `make faults` plants them."""

import re
import shutil
from pathlib import Path

from faults import all_faults
from plant_faults import LEFT_OUT

TESTS = Path(__file__).parent
LIBRARY = TESTS.parent / "cartpole_lib"
FAULTS = all_faults()


def test_every_old_text_stands_once_in_its_file_and_the_new_one_can_be_read():
    for fault in FAULTS:
        text = (LIBRARY / fault.file).read_text(encoding="utf-8")
        assert text.count(fault.old) == 1, fault.name
        assert fault.old != fault.new, fault.name
        if fault.file.endswith(".py"):
            compile(text.replace(fault.old, fault.new), fault.file, "exec")


def test_there_are_enough_faults_under_names_of_their_own():
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 110


def test_the_tests_that_should_catch_them_exist():
    for fault in FAULTS:
        for test in fault.tests.split():
            file, _, name = test.partition("::")
            text = (TESTS / file).read_text(encoding="utf-8")
            assert not name or f"def {name.split('[')[0]}(" in text, fault.name


def test_a_copy_has_all_that_tests_read():
    """Else a test that cannot be imported there passes for one that caught a fault."""
    left_out = shutil.ignore_patterns(*LEFT_OUT)
    names = {path.name for path in TESTS.parent.iterdir()}
    ignored = (TESTS.parent / ".gitignore").read_text().splitlines()
    theirs = left_out("", names) - {line.strip("/") for line in ignored}
    assert not {name for name in theirs if not re.match(r"\.git$|\.venv|\.\w+_cache", name)}
