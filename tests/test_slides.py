"""The rule that cuts a lesson into slides: what a room sees together, and what it does not see."""

import sys

import nbformat
import pytest
from lessons import ROOT

sys.path.insert(0, str(ROOT / "publish"))
from slides import height, output_lines, slide_types

FIGURE = nbformat.v4.new_output("display_data", {"image/png": "AA==", "text/plain": "a figure"})


def prose(text):
    return nbformat.v4.new_markdown_cell(text)


def code(text, *outputs):
    return nbformat.v4.new_code_cell(text, outputs=list(outputs))


@pytest.mark.parametrize(
    ("heading", "kind"), [("# 1. A", "slide"), ("## 1.1 B", "slide"), ("### 1a C", "subslide")]
)
def test_a_heading_begins_a_slide(heading, kind):
    assert slide_types([prose(heading), prose("words")]) == [kind, "-"]


def test_imports_and_cells_that_only_assert_are_not_shown_and_take_no_room():
    style = "import numpy as np\nplt.style.use('cartpole_lib.course')"
    hidden = [code(style), code("from a import b"), code("assert 1\n" * 30)]
    assert slide_types([prose("# A"), *hidden, code("x = 1\nassert x")]) == [
        "slide",
        *["skip"] * 3,
        "-",
    ]


def test_a_figure_has_a_slide_of_its_own():
    cells = [prose("# A"), code("show(ax)", FIGURE), prose("below"), prose("and on")]
    assert slide_types(cells) == ["slide", "subslide", "subslide", "-"]


def test_what_does_not_fit_begins_the_next_slide():
    cells = [prose("# A"), code("x = 1\n" * 10), code("x = 1\n" * 14), prose("a line")]
    assert slide_types(cells) == ["slide", "-", "subslide", "-"]


def test_a_long_output_scrolls_after_twelve_lines():
    assert output_lines({"text": "a line\n" * 99}) == 12
    assert output_lines({"data": {"text/plain": "one\ntwo"}}) == 2
    assert output_lines({"data": {}}) == 0


def test_a_closed_fold_takes_a_line_and_a_formula_and_a_picture_take_more():
    line, fold = prose("a line"), prose(f"<details><summary>A hint</summary>{'words ' * 500}")
    assert height(fold) < 2 * height(line)
    assert height(prose("$$x$$")) > height(line)
    assert height(prose("![a picture](images/a.png)")) > 300


def test_a_cell_without_code_is_shown():
    """Whoever presents writes there; a cell that is skipped is not on any slide."""
    assert slide_types([prose("# A"), code(""), code("# your turn")]) == ["slide", "-", "-"]
