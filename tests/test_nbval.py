"""The re-run of the notebooks can fail: wrong outputs, planted into a small notebook, are found."""

import subprocess
import sys

import nbformat
from lessons import ROOT

PICTURE = "picture = Picture(b'', 'image/png', 'A pole.', 'A caption.', b'', 9)"
HTML = "<div>other pixels, which another machine may draw</div>"


def rerun(path):
    """Re-run a notebook as `make test` does; return pytest's exit code and what it printed."""
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q"]
    command += ["--disable-plugin-autoload", "-p", "nbval.plugin", "-p", "no:cacheprovider"]
    command += [f"--nbval-sanitize-with={ROOT / 'tests' / 'sanitize.cfg'}"]
    run = subprocess.run([*command, path], cwd=path.parent, capture_output=True, text=True)
    return run.returncode, run.stdout


def code_cell(source, **data):
    cell = nbformat.v4.new_code_cell(source)
    cell.outputs = [nbformat.v4.new_output("display_data", data)] if data else []
    return cell


def test_what_is_planted_is_found_and_pixels_are_no_fault(tmp_path):
    right = [
        code_cell(
            f"from cartpole_lib.picture import Picture; {PICTURE}; 1 + 1", **{"text/plain": "2"}
        ),
        code_cell("picture", **{"text/plain": "A pole.", "text/html": HTML, "image/png": "AA=="}),
    ]
    planted = [
        code_cell("2 + 2", **{"text/plain": "5"}),
        code_cell("picture", **{"text/plain": "A cart.", "text/html": HTML, "image/png": "AA=="}),
        code_cell("raise ValueError('planted')"),
        code_cell("import sys; print('planted', file=sys.stderr)"),
    ]
    for i, cell in enumerate(right + planted, 1):
        cell.execution_count = i
    (tmp_path / "conftest.py").write_text((ROOT / "conftest.py").read_text())
    nbformat.write(nbformat.v4.new_notebook(cells=right + planted), tmp_path / "copy.ipynb")
    code, printed = rerun(tmp_path / "copy.ipynb")
    assert code == 1
    assert f"{len(planted)} failed, {len(right)} passed" in printed
    assert "A cart." in printed and "planted" in printed
