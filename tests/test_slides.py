"""The rule that cuts a lesson into slides: what a room sees together, and what it does not see."""

import sys

import nbformat
import pytest
from lessons import ROOT

sys.path.insert(0, str(ROOT / "publish"))
from slides import CODE_LINE, COLUMNS, GAP, LINE, PAGE, height, output_lines, slide_types

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


def test_what_a_slide_holds_adds_up_from_its_first_cell_and_begins_anew_on_the_next():
    """Two of these cells fit together, three do not."""
    cells = [code("x = 1\n" * 8) for _ in range(5)]
    third = 3 * height(cells[0])
    assert 2 * height(cells[0]) < PAGE < third
    assert slide_types([prose("## A"), *cells]) == ["slide", "-", "-", "subslide", "-", "subslide"]


def test_the_height_of_a_cell_is_of_all_its_lines_and_of_what_it_printed():
    printed = nbformat.v4.new_output("stream", text="one\ntwo\n")
    assert height(code("x\ny\nz")) == 3 * CODE_LINE + 2 * GAP
    assert height(code("x", printed)) == height(code("x\ny\nz"))


def test_the_height_of_prose_is_of_all_its_lines_paragraphs_and_rows():
    line, fold = height(prose("a line")), "<details><summary>A hint</summary>words</details>"
    assert line == LINE + GAP / 2
    assert height(prose("x" * (COLUMNS + 1))) == line + LINE
    assert height(prose("one\n\ntwo")) == height(prose("- one\n- two")) == 2 * line
    assert height(prose("| a |\n| - |\n| 1 |")) == 3 * line
    assert height(prose(f"a line\n{fold}")) == line + height(prose(fold))
    assert height(prose("# A")) == line + 2 * LINE
    assert height(prose("$x$ " * 50)) > height(prose("$$x$$"))  # words, with formulas in them


def test_what_makes_a_slide_is_found_anywhere_in_a_cell_and_nothing_else_is():
    printed = nbformat.v4.new_output("stream", text="solved\n")
    assert slide_types([prose("words\n\n## B"), code("show(ax)", printed, FIGURE)]) == [
        "slide",
        "subslide",
    ]
    assert slide_types([prose("the #1 of all")]) == ["-"]  # no heading
    assert slide_types([code("ax = plt.subplots()[1]\nassert ax")]) == ["-"]  # no setup
