"""What a merge, an editor or a slip of the hand leaves on a page, and no other test would mind."""

import re
from collections import Counter
from functools import cache

import pytest
from ledger import name_of
from lessons import LESSONS, NOTEBOOKS, ROOT, cells, page
from test_notebook_links import SECTIONS, every_page, prose, without_code

from cartpole_lib.exercises.checking import exercises_of
from cartpole_lib.exercises.race import BUDGET, GOAL

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=name_of)

LETTERS = set("−λπγεδθστρ…·×µ°±→∇≤≥–üéö")  # another one is mostly a wrong encoding
# The commands that the pages use. A new one goes here, once a page has been seen that shows it.
LATEX = (
    "Big Longrightarrow Rightarrow alpha approx beta big cdot delta dots epsilon frac gamma ge "
    "lambda left log mathbb mathbf mid min nabla partial pi pm prod qquad quad rho right sigma sim "
    "sin sqrt sum tag tau text tfrac theta tilde"
)


def texts(path):
    """Return the sources of a notebook's cells, or the one text of a page."""
    return [path.read_text()] if path.suffix == ".md" else [cell.source for cell in page(path)]


def words(path):
    """Return the prose of each cell, or of a page, with a mark for each piece of code or formula."""
    parts = texts(path) if path.suffix == ".md" else [c.source for c in cells(path, "markdown")]
    marked = r"```.*?```|`[^`\n]*`|<code>.*?</code>|\$\$.*?\$\$|\$[^$]*\$"
    return [re.sub(marked, "~", part, flags=re.DOTALL) for part in parts]


@every_page
def test_nothing_is_left_of_a_merge_or_a_draft(path):
    text = "\n".join(texts(path))
    assert not re.search(r"^(<{7}|={7}|>{7})", text, re.MULTILINE)
    assert not (note := re.search(r"(\b(TODO|FIXME|XXX|TBD)\b|<!--).*", prose(path))), note


@every_notebook
def test_no_paragraph_comes_twice(path):
    paragraphs = Counter(
        part for cell in cells(path, "markdown") for part in re.split(r"\n\n+", cell.source)
    )
    assert not [part for part, n in paragraphs.items() if n > 1 and len(part) > 60]


@every_notebook
def test_no_code_comes_twice(path):
    code = Counter(cell.source for cell in cells(path, "code"))
    assert max(code.values()) == 1, code.most_common(1)


@every_notebook
def test_letters_are_those_of_the_course(path):
    for cell in page(path):
        strange = {letter for letter in cell.source if not " " <= letter <= "~"} - LETTERS - {"\n"}
        assert not strange, f"{strange} in: {cell.source[:60]}"


@every_notebook
def test_cells_are_code_or_words_and_none_is_folded(path):
    for cell in page(path):
        assert cell.cell_type in ("code", "markdown"), cell.source
        assert set(cell.metadata) <= {"slideshow", "tags"}, cell.metadata


@every_notebook
def test_a_bar_is_stored_full(path):
    for cell in cells(path, "code"):
        for output in cell.outputs:
            shown = output.get("data", {}).get("text/plain", "") + output.get("text", "")
            assert all(part == "100" for part in re.findall(r"(\d+)%\|", shown)), shown


# ---- sentences


@every_page
def test_no_word_comes_twice(path):
    for text in words(path):
        assert not (found := re.search(r"\b(\w+)\s+\1\b", text)), found


@every_page
def test_brackets_quotation_marks_and_bold_are_closed(path):
    for text in words(path):
        assert text.count("(") == text.count(")") and text.count("[") == text.count("]"), text
        assert text.count('"') % 2 == 0 and text.count("**") % 2 == 0, text
        assert all(part == part.strip() for part in text.split("**")[1::2]), text


# Names in the code of what the course calls by other words.
OTHER_WORDS = r"\b(trajector(y|ies)|agents?|roll-?outs?|neurons?|state-values?)\b"


@every_notebook
def test_sentences_are_written_as_usual(path):
    """Full stops, an article that fits its noun, a true minus, one word for one thing."""
    for text in words(path):
        plain = re.sub(r"\]\([^)]*\)", "]", text)
        assert not (found := re.search(r" [,;:.?!](?=\s|$)|[.,;:][.,;:]|\( | \)", plain)), found
        assert not (found := re.search(r"[a-z)]{2}\. [a-z]\w", plain)), found
        assert not (found := re.search(r"(?<![\w~])-\d", plain)), f"{found}: −"
        assert not (found := re.search(OTHER_WORDS, plain, re.IGNORECASE)), found
        article = (
            r"\b[Aa] [aeio]\w(?<!on)(?<!an)\w*|\b[Aa]n (?!hour|nth|n\b)[^aeiouAEIOUL$~*`\s]\w*"
        )
        assert not (found := re.search(article, plain.replace("*", ""))), found


LETTERS_APART = {"beat", "quiet"}  # words of their own beside beta and quite


@cache
def vocabulary():
    """Return how often each word of all pages comes."""
    return Counter(re.findall(r"[a-z]{4,}", "\n".join(map(prose, NOTEBOOKS)).lower()))


@every_notebook
def test_no_word_is_another_with_two_letters_exchanged(path):
    often = {word for word, n in vocabulary().items() if n > 2}
    for word in set(re.findall(r"[a-z]{4,}", prose(path).lower())) - often - LETTERS_APART:
        swaps = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
        assert not swaps & often - {word}, word


@every_notebook
def test_a_paragraph_ends_as_a_sentence_does(path):
    """Or it leads to the formula below it."""
    for cell in cells(path, "markdown"):
        parts = re.split(r"\n\n+", re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL).strip())
        for part, below in zip(parts, [*parts[1:], ""]):
            if not re.match(r"[-|#!<$]|\d\. ", part):
                assert re.search(r"[.?!:)*]\s*$", part) or below.startswith("$$"), part


@every_page
def test_words_are_spelt_as_in_the_other_lessons(path):
    """British, but for names in the code."""
    for text in words(path):
        american = r"standardiz|normaliz|optimizer|behavior|color|favor|center"
        assert not (found := re.search(american, text, re.IGNORECASE)), found


@every_notebook
def test_a_heading_comes_once(path):
    titles = re.findall(r"^#+ (.+)", prose(path), re.MULTILINE)
    assert len(set(titles)) == len(titles), titles


# ---- Markdown that is none


@every_page
def test_headings_links_and_tables_are_what_they_look_like(path):
    text = prose(path)
    assert not (found := re.search(r"^#{1,6}[^#\s].*", text, re.MULTILINE)), found
    assert not (found := re.search(r"\[[^\]]+\] \([^)]*(/|\.ipynb|\.md)[^)]*\)", text)), found
    for part in texts(path):
        for table in re.findall(r"(?:^\|.*\n?)+", part, re.MULTILINE):
            rows = [len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()]
            assert min(rows) == max(rows), table


def equations(path):
    return re.findall(r"\\tag\{(\d+)\}", prose(path))


@every_notebook
def test_formulas_are_closed_known_and_numbered_once(path):
    for cell in cells(path, "markdown"):
        text = without_code(cell.source)
        assert text.count("$") % 2 == 0, cell.source
        unknown = set(re.findall(r"\\([A-Za-z]+)", text)) - set(LATEX.split())
        assert not unknown, unknown
    tags = equations(path)
    assert tags == [str(i) for i in range(1, len(tags) + 1)]
    assert set(re.findall(r"(?<!\w)\((\d\d?)\)", prose(path))) <= set(tags)


@every_notebook
def test_what_is_folded_is_closed_and_begins_folded(path):
    for cell in cells(path, "markdown"):
        tags = re.findall(r"</?(?:details|summary)\b[^>]*>", cell.source)
        whole = ["<details>", "<summary>", "</summary>", "</details>"]
        assert tags == whole * (len(tags) // 4), cell.source
        for tag in ("code", "i"):
            assert cell.source.count(f"<{tag}>") == cell.source.count(f"</{tag}>"), cell.source
        for folded in re.findall(r"^<details>.*", cell.source, re.MULTILINE):  # HTML, no Markdown
            plain = re.sub(r"<code>.*?</code>", "", folded)
            assert not re.search(r"[`$]|\*\*|\]\(", plain), folded


@every_page
def test_files_that_are_named_exist(path):
    places = r"`((?:tests|images|notebooks|cartpole_lib|publish)/[\w/.]+)`"
    for name in re.findall(places, "\n".join(texts(path))):
        assert (ROOT / name.replace("lesson_N", "lesson_1")).exists(), name


# ---- times


README = (ROOT / "README.md").read_text(encoding="utf-8")
CLASSES = (ROOT / "INSTRUCTORS.md").read_text(encoding="utf-8")


@every_lesson
def test_the_table_of_lessons_has_title_and_minutes(path):
    read, more = re.search(r"(\d+) minutes to read, (an hour|\d+) more", prose(path)).groups()
    [(title, minutes)] = re.findall(
        rf"^\| \[(.*)\]\(notebooks/{path.name}\) \|.*\| (\d+) \|$", README, re.MULTILINE
    )
    assert page(path)[0].source.startswith(f"# {title}\n")
    rows = re.findall(r"^\| \[.*?\]\(notebooks/(.*?)\)", README, re.MULTILINE)
    assert rows == [lesson.name for lesson in LESSONS]
    assert int(minutes) == int(read) + (60 if more == "an hour" else int(more))


def test_classes_have_the_titles_and_take_as_long_as_is_said():
    rows = re.findall(r"^\| (\d .*?) \| (\d+) \+ (\d+)", CLASSES, re.MULTILINE)
    titles = [page(path)[0].source.split("\n")[0] for path in LESSONS]
    assert [f"# {title.replace(' ', '. ', 1)}" for title, _, _ in rows] == titles
    minutes = [int(together) + int(exercises) for _, together, exercises in rows]
    assert f"takes {min(minutes)} to {max(minutes)} minutes" in CLASSES
    assert set(re.findall(r"\b\d\.\d+", CLASSES)) <= SECTIONS
    assert set(re.findall(r"\((\d+)\)", CLASSES)) <= set(equations(LESSONS[3]))


# ---- questions and exercises


@every_notebook
def test_a_question_has_one_right_answer(path):
    for cell in cells(path, "markdown"):
        if cell.source.startswith("### Questions"):
            for question in re.split(r"^\*\*", cell.source, flags=re.MULTILINE)[1:]:
                answers = re.findall(r"</summary>\s*(\w+)", question)
                assert answers.count("Right") == 1, question
                assert len(answers) >= 2, question
                right = re.findall(r"</summary>\s*Right\b(.*?)</details>", question)
                assert not re.search(r"\bBut\b", "".join(right)), "so speaks what is tempting"


@every_notebook
def test_there_are_three_questions(path):
    for cell in cells(path, "markdown"):
        if cell.source.startswith("### Questions"):
            assert len(re.findall(r"^\*\*", cell.source, re.MULTILINE)) == 3, cell.source


@every_notebook
def test_your_turn_has_an_answer(path):
    for cell in cells(path, "markdown"):
        assert "**Your turn.**" not in cell.source or "<summary>The answer" in cell.source
        for answer in re.findall(r"The answer</summary>(.*?)</details>", cell.source, re.DOTALL):
            assert len(answer) > 20, cell.source


@every_lesson
def test_a_stub_offers_the_words_that_its_check_knows(path):
    code = cells(path, "code")
    for stub, asked in zip(code, code[1:]):
        offered = re.search(r"# return (\".*\")$", stub.source, re.MULTILINE)
        if offered:
            [name] = re.findall(r'^check\("(\w+)", ', asked.source)
            exercise = exercises_of(name[0])[name]
            known = [exercise.right(), *(wrong() for wrong in exercise.wrong)]
            assert sorted(re.findall(r'"(.*?)"', offered[1])) == sorted(known)


@every_notebook
def test_the_race_has_the_rules_of_its_referee(path):
    for cell in cells(path, "markdown"):
        if cell.source.startswith("### The race") and "referee hands out" in cell.source:
            assert f"**{BUDGET} training episodes**" in cell.source, cell.source
            assert f"a mean return of at least {GOAL} over" in cell.source, cell.source


@every_page
def test_exercises_that_are_named_exist(path):
    text = prose(path)
    known = {name for lesson in range(1, len(LESSONS) + 1) for name in exercises_of(lesson)}
    known |= set(re.findall(r"^#+ .*?(\d[a-z])\b", text, re.MULTILINE))
    for name in re.findall(r"\bexercises? (\d[a-z])\b", text, re.IGNORECASE):
        assert name in known, name
