"""The table of planted faults is true: each one changes its notebook. `make notebook-faults` runs them."""

import copy
import shutil

import pytest
from lessons import ROOT, page
from notebook_faults import FAULTS, RERUN, TABLES, notebook


@pytest.mark.parametrize(("name", "where", "change"), FAULTS + RERUN)
def test_a_fault_changes_its_notebook(name, where, change):
    before = page(notebook(where))
    after = copy.deepcopy(before)
    change(after)
    assert after != before


@pytest.mark.parametrize(("name", "where", "change"), TABLES)
def test_a_fault_changes_its_table(name, where, change, tmp_path):
    path = shutil.copy(ROOT / "notebooks" / where, tmp_path)
    change(tmp_path / where)
    assert (tmp_path / where).read_text() != (ROOT / "notebooks" / where).read_text(), path


def test_there_are_enough():
    names = [(name, where) for name, where, _ in FAULTS + TABLES + RERUN]
    assert len(names) == len(set(names)) >= 80
