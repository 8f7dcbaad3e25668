"""What LaTeX and Markdown make of a page: formulas that are whole, blocks that are seen as such."""

import ast
import re

import pytest
from ledger import name_of
from lessons import LESSONS, NOTEBOOKS, cells
from test_notebook_links import prose, without_code

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=name_of)

NAMED = re.compile(r"\\(text|tag|mathbb|mathbf)\{[^}]*\}|\\[A-Za-z]+")
SPACES = re.compile(r"\\[,;!]|\\[bB]ig(?![a-z])|\s")
# A recap may write these more shortly than the text does.
ONLY_IN_A_RECAP = {
    r"\pi(a\mids)=e^{z_a}/\sum_be^{z_b}",
    r"G_t=\sum_k\gamma^kr_{t+k}",
    r"\mathbb{E}[b\nabla\log\pi]=0",
    r"\nabla\pi=\pi\nabla\log\pi",
    r"V(s_T)=0",
}


def formulas(text):
    return ["".join(pair) for pair in re.findall(r"\$\$(.*?)\$\$|\$([^$]*)\$", text, re.DOTALL)]


def markdown(path):
    """Return each cell of words twice: as it stands, and with a mark for code and formulas."""
    hidden = r"```.*?```|`[^`\n]*`|<code>.*?</code>|\$\$.*?\$\$|\$[^$]*\$"
    for cell in cells(path, "markdown"):
        yield cell.source, re.sub(hidden, "~", cell.source, flags=re.DOTALL)


# ---- formulas


@every_notebook
def test_a_formula_is_whole(path):
    """A lost brace, a backslash that some tool ate (gamma, abla), an index without its braces."""
    for formula in formulas(prose(path)):
        for one, other in ("{}", "()", "[]"):
            assert formula.count(one) == formula.count(other), formula
        plain = NAMED.sub(" ", formula)
        assert not re.search(r"[A-Za-z]{3}", plain), f"a word, or a command, in {formula}"
        assert not re.search(r"[_^](\w\w|\w[+-])", plain), f"braces around the index in {formula}"


def numbers_only(part):
    part = part.replace(r"\cdot", "*").replace("·", "*").replace("−", "-").replace(r"\,", "")
    return part.strip() if re.fullmatch(r"[\d.()*+\- ]*\d[\d.()*+\- ]*", part) else None


@every_notebook
def test_what_is_worked_by_hand_is_right(path):
    """In formulas and tables that have nothing but numbers."""
    text = without_code(prose(path))
    for line in [*formulas(text), *re.findall(r"(?<=\|)[^|\n$]+(?=\|)", text)]:
        sides = [numbers_only(side) for side in line.split("=")]
        for left, right in zip(sides, sides[1:]):
            if left and right:
                values = [
                    eval(compile(ast.parse(s, mode="eval"), "", "eval")) for s in (left, right)
                ]
                assert abs(values[0] - values[1]) < 1e-9, line


@every_lesson
def test_an_equation_of_the_recap_stands_in_the_text(path):
    """So a sign or an index that changes in one of the two places is seen."""
    text, _, recap = without_code(prose(path)).partition("## Recap")
    text = SPACES.sub("", text)
    for equation in (SPACES.sub("", formula) for formula in formulas(recap.split("## ")[0])):
        left, equals, right = equation.partition("=")
        stands = left in text and equals + right in text
        assert not equals or stands or equation in ONLY_IN_A_RECAP, equation


# ---- Markdown


def kind(line):
    """Return which block a line belongs to: "#", "-", "|", a fence, "1" of a numbered list, or none."""
    found = re.match(r"#{1,6} |- |\d+\. |\||```", line)
    return re.sub(r"\d", "1", found[0])[0] if found else ""


@every_notebook
def test_blocks_stand_apart(path):
    """Jupyter sees a table or a list below a line of text; others take it for more of the text."""
    for source, _ in markdown(path):
        lines = re.sub(r"(?s)```.*?```", "```", source).split("\n")
        for above, line in zip(lines, lines[1:]):
            assert not kind(line) or not above or kind(above) == kind(line), line
        for table in re.findall(r"(?:^\|.*\n?)+", source, re.MULTILINE):
            assert re.fullmatch(r"[|\- :]+", table.splitlines()[1]), table


@every_notebook
def test_code_letters_and_emphasis_are_closed(path):
    for source, plain in markdown(path):
        assert source.count("```") % 2 == 0, source
        assert re.sub(r"(?s)```.*?```", "", source).count("`") % 2 == 0, source
        assert re.sub(r"^- |\*\*", "", plain, flags=re.MULTILINE).count("*") % 2 == 0, source
        assert not re.search(r"^[ \t]+\S", plain, re.MULTILINE), "Markdown takes it for code"
        assert "\\" not in plain, plain
        assert not re.search(r"`[^`\n$]*\\_[^`\n$]*`", source), "it is shown with the backslash"


@every_notebook
def test_a_name_of_the_code_stands_in_code_letters(path):
    for _, plain in markdown(path):
        text = re.sub(r"\]\([^)]*\)|\([\w, ]*,[\w, ]*\)", "", plain)  # links, shapes
        assert not (found := re.search(r"\w+_\w*", text)), found


@every_notebook
def test_tags_are_those_of_the_course(path):
    for _, plain in markdown(path):
        tags = set(re.findall(r"</?([a-zA-Z]\w*)", plain))
        assert tags <= {"details", "summary", "i", "b", "em"}, tags
        assert not re.search(r"&\w+;", plain), plain
        for tag in tags:
            assert len(re.findall(f"<{tag}[ >]", plain)) == plain.count(f"</{tag}>"), plain


@every_notebook
def test_headings_are_short_and_the_only_ones(path):
    for source, plain in markdown(path):
        for heading in re.findall(r"^#+ (.*)", source, re.MULTILINE):
            assert len(heading) <= 60 and not re.search(r"[.,;:]$|\$", heading), heading
        if not source.startswith("### Questions"):
            assert not (found := re.search(r"(?m)^\*\*[^*\n]+\*\*$", plain)), f"a heading? {found}"


def counts_by_one(numbers):
    steps = {after - before for before, after in zip(numbers, numbers[1:])}
    return len(steps) < 2 and steps <= {1, -1}


@every_notebook
def test_what_is_numbered_counts_by_one(path):
    """Lists, the first column of tables, and "Number 5" in front of a paragraph."""
    text = prose(path)
    numbered = [re.findall(r"^Number (\d+)", text, re.MULTILINE)]
    for block in re.findall(r"(?m)(?:^\d+\. .*\n?)+", text):
        numbered.append(re.findall(r"(?m)^(\d+)\. ", block))
        assert numbered[-1][0] == "1", block
    numbered += [
        re.findall(r"(?m)^\| *(\d+) *\|", t) for t in re.findall(r"(?m)(?:^\|.*\n?)+", text)
    ]
    for found in numbered:
        assert counts_by_one([int(n) for n in found]), found
