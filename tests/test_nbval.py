"""The re-run of the notebooks can fail: wrong outputs, planted into a copy, are found."""

import subprocess
import sys

import nbformat
import pytest
from lessons import LESSONS, ROOT


@pytest.fixture
def lesson_copy(tmp_path):
    (tmp_path / "conftest.py").write_text((ROOT / "conftest.py").read_text())
    return tmp_path / "copy.ipynb"


def rerun(path):
    """Re-run a notebook as `make test` does; return pytest's exit code and what it printed."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    run = subprocess.run([*command, path], cwd=path.parent, capture_output=True, text=True)
    return run.returncode, run.stdout


def test_planted_outputs_are_found(lesson_copy):
    notebook = nbformat.read(LESSONS[2], as_version=4)
    planted = []
    for cell in [cell for cell in notebook.cells if cell.cell_type == "code"]:
        for output in cell.outputs:
            data = output.get("data", {})
            if "-22." in output.get("text", "") and not planted:
                output.text = output.text.replace("-22.", "-23.")
                planted.append(cell.execution_count)
            elif len(planted) == 1 and "text/html" in data:
                data["text/plain"] += " Not so."
                planted.append(cell.execution_count)
            elif "text/html" in data:
                data["text/html"] = "<div>other pixels, which another machine may draw</div>"
    assert len(planted) == 2
    nbformat.write(notebook, lesson_copy)
    code, printed = rerun(lesson_copy)
    assert code == 1
    assert "2 failed" in printed
    assert "[-22. -40. -50.]" in printed and "Not so." in printed


def test_an_error_or_a_warning_is_found(lesson_copy):
    sources = [
        "1 + 1",
        "raise ValueError('planted')",
        "import sys; print('planted', file=sys.stderr)",
    ]
    written = [
        nbformat.v4.new_code_cell(source, execution_count=i) for i, source in enumerate(sources, 1)
    ]
    written[0].outputs = [
        nbformat.v4.new_output("execute_result", {"text/plain": "2"}, execution_count=1)
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=written), lesson_copy)
    code, printed = rerun(lesson_copy)
    assert code == 1
    assert "2 failed, 1 passed" in printed
