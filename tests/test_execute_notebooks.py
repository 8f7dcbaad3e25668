"""`make notebooks` leaves every notebook whole, whatever stops it."""

import subprocess
import sys
import time
from pathlib import Path

import execute_notebooks
import nbformat
import pytest


@pytest.fixture
def path(tmp_path):
    cells = [nbformat.v4.new_code_cell(code) for code in ("print('it runs')", "input_number = 1")]
    path = tmp_path / "my notes.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_it_runs_and_writes(path):
    execute_notebooks.execute(path)
    first, last = nbformat.read(path, as_version=4).cells
    assert first.outputs[0].text == "it runs\n" and last.execution_count == 2
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_leaves_the_notebook_as_it_was(path, monkeypatch):
    def write_half(notebook, place):
        Path(place).write_text('{"cells": [')
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    monkeypatch.setattr(execute_notebooks.NotebookClient, "execute", lambda client: None)
    monkeypatch.setattr(execute_notebooks.nbformat, "write", write_half)
    with pytest.raises(OSError, match="No space left"):
        execute_notebooks.execute(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send")
def test_stopped_within_a_cell(path):
    slow = "import pathlib, time; pathlib.Path('started').touch(); time.sleep(60)"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(slow)]), path)
    before = path.read_bytes()
    command = [sys.executable, execute_notebooks.__file__, path]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not (path.parent / "started").exists():
        time.sleep(0.05)
    run.send_signal(2)
    said = run.communicate(timeout=300)[1]
    last = said.splitlines()[-1]
    assert last == "Stopped. What is done is kept; the same command does the rest.", said
    assert path.read_bytes() == before and run.returncode
