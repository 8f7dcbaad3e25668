"""Faults that hurt a learner, as data: `make faults` plants each in a copy and sees who finds it.

Each module here has `FAULTS`: for a file of the library, or beside it as `../publish/pages.py`, a
list of (name, old text, new text, tests). The tests are files of `tests/`, or single tests in them,
a space between two.
"""

from importlib import import_module
from pathlib import Path
from typing import NamedTuple

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


class Fault(NamedTuple):
    """One wrong line: `old` stands exactly once in `file` of the library, `new` in its place."""

    name: str
    file: str
    old: str
    new: str
    tests: str  # as pytest takes them, within tests/
    equivalent: str = ""  # why no test can tell it from the right line, if none can


def all_faults():
    """Return every planted fault, ordered by the tests that should catch it."""
    tables = [import_module(f"faults.{module}").FAULTS for module in MODULES]
    faults = [
        Fault(name, file, *rest)
        for table in tables
        for file, rows in table.items()
        for name, *rest in rows
    ]
    return sorted(faults, key=lambda fault: fault.tests)
