"""What every notebook must be, apart from right: nbval re-runs them, this reads them."""

import ast
import json
import re
import statistics
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from execute_notebooks import NOTEBOOK_METADATA, slide_types
from lessons import LESSONS, NOTEBOOKS, ROOT, cells, code_tree

every_notebook = pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=lambda path: str(path.relative_to(ROOT / "notebooks"))
)
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
every_page = pytest.mark.parametrize(
    "path", [*NOTEBOOKS, *ROOT.glob("*.md")], ids=lambda path: path.name
)


def outputs(path):
    return [output for cell in cells(path, "code") for output in cell.outputs]


def markdown(path):
    """Return the prose of a page, without code blocks."""
    text = (
        path.read_text()
        if path.suffix == ".md"
        else "\n\n".join(cell.source for cell in cells(path, "markdown"))
    )
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def code_lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


@every_notebook
def test_format(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))
    assert path.stat().st_size < 1_000_000  # each picture twice: in HTML, and for hosts without
    assert notebook.metadata == NOTEBOOK_METADATA
    assert all(set(cell.metadata) <= {"tags", "slideshow", "jupyter"} for cell in notebook.cells)


@every_notebook
def test_outputs_are_those_of_one_run_from_top_to_bottom(path):
    counts = [cell.execution_count for cell in cells(path, "code")]
    assert counts == list(range(1, len(counts) + 1))
    assert not [
        output
        for output in outputs(path)
        if output.output_type == "error" or output.get("name") == "stderr"
    ]
    for cell in cells(path, "code"):
        shown = {o.execution_count for o in cell.outputs if "execution_count" in o}
        assert cell.source.strip() and shown <= {cell.execution_count}


@every_notebook
def test_no_semicolon_hides_an_output(path):
    for cell in cells(path, "code"):
        assert not [line for line in cell.source.splitlines() if line.rstrip().endswith(";")]


@every_page
def test_headings_do_not_skip(path):
    levels = [len(marks) for marks in re.findall(r"^(#+) ", markdown(path), flags=re.MULTILINE)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(lower - upper <= 1 for upper, lower in zip(levels, levels[1:]))


@every_page
def test_images_and_links(path):
    for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", markdown(path)):
        assert len(alt) > 20, f"{target} needs a text that says what it shows"
        assert (path.parent / unquote(target)).is_file()
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", markdown(path)):
        if "://" not in target:
            assert (path.parent / unquote(target.split("#")[0])).exists(), target


@every_notebook
def test_shown_images_have_words(path):
    for output in outputs(path):
        data = output.get("data", {})
        assert not {"image/jpeg", "image/svg+xml"} & set(data)
        assert "image/png" not in data or "text/html" in data, "end the cell with show(ax, caption)"
        for image in re.findall(r"<img [^>]*>", data.get("text/html", "")):
            assert re.search(r'alt="[^"]{20,}"', image)


@every_notebook
def test_few_outputs_are_ignored(path):
    tags = [cell.metadata.get("tags", []) for cell in cells(path, "code")]
    ignored = sum("nbval-ignore-output" in tag for tag in tags)
    assert ignored <= 0.1 * len(tags)
    assert not [tag for tag in tags if set(tag) - {"nbval-ignore-output"}], (
        "an unknown tag, or a cell that is skipped"
    )
    assert not re.search("NBVAL_|PYTEST_VALIDATE", path.read_text()), (
        "nbval reads such comments, too"
    )


@every_notebook
def test_a_world_is_registered_so_that_its_cell_can_be_run_twice(path):
    for cell in cells(path, "code"):
        if "gym.register(" in cell.source:
            assert "gym.registry.pop(" in cell.source, "Gymnasium warns of a second registration"


@every_lesson
def test_register(path):
    code, text = cells(path, "code"), cells(path, "markdown")
    lengths = [len(code_lines(cell)) for cell in code]
    assert statistics.median(lengths) <= 5 and max(lengths) <= 25
    words = [len(cell.source.split()) for cell in text]
    assert sum(words) >= 8 * sum(lengths)
    for cell in text:
        prose = re.sub(r"^\|.*$|<details>.*</details>", "", cell.source, flags=re.MULTILINE)
        assert len(prose.split()) <= 130, prose[:60]


@every_lesson
def test_slides_are_set_by_rule(path):
    page = nbformat.read(path, as_version=4).cells
    stored = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in page]
    assert stored == slide_types(page), "make notebooks sets them"


@every_lesson
def test_functions_are_short(path):
    for node in ast.walk(code_tree(path)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 25, node.name


@every_lesson
def test_the_parts_of_a_lesson(path):
    headings = re.findall(r"^## (.+)", markdown(path), flags=re.MULTILINE)
    number = str(int(path.name[:2]))
    assert headings[0] == "Setup"
    assert headings[-3:] == ["Recap", "Exercises", "Further reading"]
    assert all(heading.startswith(f"{number}.{i}") for i, heading in enumerate(headings[1:-3], 1))
    assert (path.parent / "solutions" / path.name).is_file()


@every_lesson
def test_a_heading_every_few_cells(path):
    since = 0
    for cell in nbformat.read(path, as_version=4).cells:
        heading = cell.cell_type == "markdown" and re.search("^#+ ", cell.source, re.MULTILINE)
        since = 0 if heading else since + 1
        assert since <= 10, cell.source[:60]


@every_notebook
def test_no_trace_of_a_machine(path):
    text = json.dumps(nbformat.read(path, as_version=4))
    assert not [
        place for place in (str(ROOT), str(Path.home()), "/home/", "/Users/") if place in text
    ]
