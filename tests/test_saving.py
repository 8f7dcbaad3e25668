"""A notebook that was only opened is saved as it was."""

import copy

import nbformat
from lessons import LESSONS

from cartpole_lib.saving import drop_traces


def test_what_lab_adds_is_dropped():
    content = nbformat.read(LESSONS[0], as_version=4)
    opened = copy.deepcopy(content)
    opened.metadata.language_info = {"name": "python", "version": "3.12.1"}
    opened.metadata.widgets = {}
    for cell in opened.cells:
        cell.metadata["trusted"] = True
        cell.metadata["execution"] = {"iopub.execute_input": "2026-11-27"}
    drop_traces(model={"type": "notebook", "content": opened}, path="a.ipynb")
    assert opened == content


def test_other_kernels_and_files_are_left_alone():
    content = {"metadata": {"kernelspec": {"name": "ir"}, "widgets": {}}, "cells": []}
    drop_traces(model={"type": "notebook", "content": content})
    assert set(content["metadata"]) == {"kernelspec", "widgets"}
    drop_traces(model={"type": "file", "content": "text"})
    drop_traces(model={"type": "notebook", "content": None})


def test_cells_that_were_folded_stay_folded():
    folded = {"jupyter": {"source_hidden": True}, "tags": ["a"], "slideshow": {"slide_type": "-"}}
    content = {"metadata": {}, "cells": [{"metadata": dict(folded)}]}
    drop_traces(model={"type": "notebook", "content": content})
    assert content["cells"][0]["metadata"] == folded
