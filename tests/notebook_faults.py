"""Faults of notebooks, each planted into a copy: which test catches it? `make notebook-faults`.

A fault is a name, a notebook and a change of it. The tests that read notebooks run on the copy; three
faults need a re-run. The ledger sees any edit of code or of a stored picture. So what it alone
catches is counted by itself: whoever runs `make notebooks` after such an edit must read the diff.
"""

import gc
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from execute_notebooks import set_slides
from faults_of_code import CODE
from faults_of_forms import FORMS
from faults_of_further import FURTHER
from faults_of_pages import PAGES
from faults_of_slips import SLIPS
from faults_of_tables import RERUN, TABLES
from tqdm import tqdm

ROOT = Path(__file__).parent.parent
FAULTS = CODE + PAGES + SLIPS + FURTHER + FORMS
READ = FAULTS + TABLES
NO_FAULT = [("no fault", f"0{n}", lambda cells: None) for n in range(1, 9)]
READERS = ["test_ledger", "test_notebooks", "test_same_code", "test_exercises"]
READERS += [
    f"test_notebook_{part}"
    for part in ("claims", "code", "formulas", "links", "pages", "slips", "words")
]
QUIET = ["-q", "-p", "no:cacheprovider"]
PARTS = ("cartpole_lib", "images", "notebooks", "publish", "tests")


def notebook(name, root=ROOT):
    """Return the file of a lesson, as "03", or of its solutions, as "03s"."""
    folder = root / "notebooks" / ("solutions" if name.endswith("s") else "")
    [path] = folder.glob(f"{name[:2]}_*.ipynb")
    return path


def copied(folder):
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part)  # with compiled files: it saves seconds
    for path in [*ROOT.glob("*.md"), ROOT / "pyproject.toml", ROOT / "conftest.py"]:
        shutil.copy(path, folder)


def planted(path, change):
    """Change a notebook in place, then count its cells and set its slides again, as a run would."""
    page = nbformat.read(path, as_version=4)
    change(page.cells)
    if path.parent.name == "notebooks":
        with suppress(SyntaxError):  # a shell command is no Python
            set_slides(page)
    for count, cell in enumerate([c for c in page.cells if c.cell_type == "code"], 1):
        cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
    nbformat.write(page, path)


class Failures:
    """A pytest plugin that keeps the names of the tests that failed."""

    def __init__(self):
        self.names = []

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.names.append(re.sub(r".*::|\[.*", "", report.nodeid))

    def pytest_collectreport(self, report):
        if report.failed:
            self.names.append(Path(report.nodeid).name)


def caught_by(index):
    """Return the names of the tests that fail on a copy that has a fault."""
    _, where, change = (NO_FAULT + READ)[index]  # by its number: functions cannot be sent
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        copied(root)
        if where.endswith(".json"):
            change(root / "notebooks" / where)
            number = where.removesuffix(".json")
        else:
            planted(notebook(where, root), change)
            number = where[:2]
        for name in ("execute_notebooks", "ledger", "lessons"):
            del sys.modules[name]  # those of the copy must come in their place
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # they take seconds, and none is used
        failures, files = Failures(), [str(root / "tests" / f"{reader}.py") for reader in READERS]
        with open(root / "log", "w") as log:
            sys.stdout = sys.stderr = log
            pytest.main(
                [*QUIET, "--assert=plain", "-k", number, "--rootdir", str(root), *files],
                plugins=[failures],
            )
    return list(dict.fromkeys(failures.names))


def caught_by_a_rerun(fault):
    _, where, change = fault
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(notebook(where), folder))
        shutil.copy(ROOT / "conftest.py", folder)
        planted(path, change)
        options = ["-m", "pytest", *QUIET, "-n0", "--nbval", "--nbval-current-env"]
        run = subprocess.run([sys.executable, *options, path], cwd=folder, capture_output=True)
    return ["a re-run"] if run.returncode == 1 else []


def tested(chosen):
    """Run the chosen faults. Each has its own process, forked from one that has loaded libraries."""
    import scipy.stats  # noqa: F401  lesson 6

    import cartpole_lib.networks  # noqa: F401  with Keras

    gc.freeze()  # pytest collects garbage, and these libraries have much to look through
    every = NO_FAULT + READ
    numbers = [number for number, fault in enumerate(every) if fault in chosen]
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        yield from zip(map(every.__getitem__, numbers), pool.imap(caught_by, numbers))
    again = [fault for fault in RERUN if fault in chosen]
    yield from zip(again, map(caught_by_a_rerun, again))


def main(words):
    """Try the faults whose names hold one of the words, or all, and print what caught them."""
    start, survived, by_ledger, total = time.time(), [], 0, 0
    named = [f for f in READ + RERUN if not words or any(word in f[0] for word in words)]
    chosen = NO_FAULT + named
    for (name, where, _), tests in tqdm(tested(chosen), total=len(chosen), unit="fault"):
        if name == "no fault":
            assert not tests, f"without a fault {tests} fail in {where}: mend that first"
            continue
        others = [test for test in tests if test not in ONLY_LEDGER]
        total, by_ledger = total + 1, by_ledger + (bool(tests) and not others)
        survived += [] if tests else [name]
        tqdm.write(f"{where:<18}{name:<52}{', '.join((others or tests)[:2]) or 'SURVIVED'}")
    print(f"{total - len(survived)} of {total} caught, {by_ledger} of them by the ledger alone")
    print(f"survived: {', '.join(survived) or 'none'}; {time.time() - start:.0f} s")
    return len(survived) > total // 16  # 75 of 80 must be caught


ONLY_LEDGER = {
    "test_what_is_asserted_is_what_was",
    "test_outputs_are_those_of_this_code",
    "test_outputs_that_no_rerun_compares_are_as_they_were_written",
    "test_a_page_stands_as_its_author_left_it",
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
