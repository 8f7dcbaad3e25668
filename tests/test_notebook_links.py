"""What a reader follows: links, and the numbers of lessons, sections and exercises."""

import re
from functools import cache
from urllib.parse import unquote

import pytest
from ledger import name_of
from lessons import LESSONS, NOTEBOOKS, ROOT, cells

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=name_of)
every_page = pytest.mark.parametrize("path", [*NOTEBOOKS, *ROOT.glob("*.md")], ids=name_of)


# Another site goes here, once somebody has seen that it is public and asks for nothing.
SITES = (
    "https://gymnasium.farama.org/",
    "https://keras.io/",
    "https://spinningup.openai.com/",
    "http://incompleteideas.net/",
)


def without_code(text):
    return re.sub(r"```.*?```|`[^`\n]*`|<code>.*?</code>", "", text, flags=re.DOTALL)


def prose(path):
    """Return the text of a page without code blocks and code."""
    whole = path.suffix == ".md"
    text = path.read_text() if whole else "\n\n".join(c.source for c in cells(path, "markdown"))
    return without_code(text)


def headings(path):
    return re.findall(r"^#+ (.+)", prose(path), flags=re.MULTILINE)


def lesson_number(path):
    return int(path.name[:2])


def links(path):
    """Return (words, target) of each link of a page that leads to a file or a place."""
    text = prose(path)
    found = re.findall(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)[^)]*\)", text)
    found += [
        (words, to) for to, words in re.findall(r'<a\s[^>]*href="([^"]*)"[^>]*>(.*?)</a>', text)
    ]
    found += [("", to) for to in re.findall(r"^\[[^\]]+\]:\s*(\S+)", text, flags=re.MULTILINE)]
    found += [
        ("", to) for to in re.findall(r"\bhttps?://[^\s)>\"]+", text)
    ]  # no Markdown around it
    return found


def anchors(path):
    """Return the names of the places in a page, as Jupyter and as code hosts make them."""
    jupyter = {heading.replace(" ", "-") for heading in headings(path)}
    hosts = {
        re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings(path)
    }
    return jupyter | hosts


@every_page
def test_links_lead_where_they_say(path):
    for words, target in links(path):
        if re.match(r"[a-z]+:", target):
            assert target.startswith(SITES), target
            continue
        file, _, anchor = unquote(target).partition("#")
        to = (path.parent / file).resolve() if file else path
        assert to.exists() and to.is_relative_to(ROOT.resolve()), target
        assert not anchor or to.suffix not in (".md", ".ipynb") or anchor in anchors(to), target
        said = re.search(r"(?:[Ll]esson |^)(\d)\b", words)
        title = [lesson for lesson in LESSONS if words and words in headings(lesson)[0]]
        assert not title or to.name == title[0].name, f"{words} leads to {target}"
        assert not said or lesson_number(to) == int(said[1]), f"{words} leads to {target}"


@every_notebook
def test_solutions_and_lessons_lead_to_each_other(path):
    other = path.parent.parent if path.parent.name == "solutions" else path.parent / "solutions"
    assert (other / path.name).is_file()
    own = {path.resolve(), (other / path.name).resolve()}
    for _, target in links(path):
        if "solutions/" in target or target.startswith("../0"):
            assert (path.parent / target.partition("#")[0]).resolve() in own, target


def test_a_picture_has_one_text_and_a_text_one_picture():
    """On all pages: where the two differ, one of them was taken for another."""
    pages = [*NOTEBOOKS, *ROOT.glob("*.md")]
    shown = {
        pair for path in pages for pair in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", prose(path))
    }
    pairs = {(words, target.rpartition("/")[2]) for words, target in shown}
    names = {path.name for path in (ROOT / "images").glob("*.[pg][ni][gf]")}
    assert len(pairs) == len(names) and {name for _, name in pairs} == names, pairs


def test_reading_begins_with_the_first_lesson():
    assert ("Read it now", f"notebooks/{LESSONS[0].name}") in links(ROOT / "README.md")


# ---- numbers of lessons, sections and exercises


@every_notebook
def test_numbers_of_a_page_agree(path):
    own, title = lesson_number(path), headings(path)[0]
    lesson_title = headings(ROOT / "notebooks" / path.name)[0]
    assert lesson_title.startswith(f"{own}. ")
    assert title in (lesson_title, f"Solutions {lesson_title}", f"Solutions to lesson {own}")
    sections = re.findall(r"^## (\d)\.(\d+) ", prose(path), flags=re.MULTILINE)
    assert sections == [(str(own), str(i)) for i in range(1, len(sections) + 1)]
    for cell in cells(path, "code"):
        for number in re.findall(r"\b(?:check|progress)\(\"?(\d)", cell.source):
            assert int(number) == own, cell.source


SECTIONS = {h.split()[0] for p in LESSONS for h in headings(p) if re.match(r"\d\.\d+ ", h)}


@every_page
def test_lessons_and_sections_that_are_named_exist(path):
    text = re.sub(r"\]\([^)]*\)|^- .*$|^## Further.*", "]", prose(path), flags=re.MULTILINE)
    text = re.sub(r"[^.]*\bSutton and Barto\b.*", "", text)
    for number in re.findall(r"\blessons? (\d+)", text, flags=re.IGNORECASE):
        assert 1 <= int(number) <= len(LESSONS), f"there is no lesson {number}"
    places = r"\bsections? (\d+\.\d+)|\((\d\.\d)\)|\b(?:in|of) ([1-8]\.\d)\b(?! m)"
    for section in re.findall(places, text, flags=re.IGNORECASE):
        assert "".join(section) in SECTIONS, f"there is no section {section}"


@every_lesson
def test_a_lesson_needs_earlier_ones_and_leads_to_the_next(path):
    own, text = lesson_number(path), "\n\n".join(cell.source for cell in cells(path, "markdown"))
    needs = re.search(r"\*\*You need\*\*.*", text)[0]
    assert all(
        int(n) < own for n in re.findall(r"\blessons? (\d)|\bto (\d),", needs) for n in n if n
    )
    if path != LESSONS[-1]:
        assert re.search(rf"^Next: .*\(0{own + 1}_", text, flags=re.MULTILINE)


PAST = "(found|showed|had|took|said|kept|left|gave|was|were|began|[a-z]+ed)"


@every_notebook
def test_what_a_lesson_is_said_to_have_done_came_before(path):
    """And no lesson speaks of itself by its number, no section by its own."""
    own, section, solutions = lesson_number(path), "", path.parent.name == "solutions"
    text = re.sub(r"\[[^\]]*\]\([^)]*\)", "", prose(path))
    for number in re.findall(rf"\b[Ll]essons? (?:\d and )?(\d) (?:also )?\*?{PAST}\b", text):
        assert int(number[0]) < own + solutions, f"lesson {number[0]} {number[1]}"
    for part in re.split(r"^(?=#+ )", text, flags=re.MULTILINE) if not solutions else ():
        heading, _, below = part.partition("\n")
        section = heading.split()[1] if heading.startswith("## ") else section
        itself = rf"\blesson {own}\b" + rf"|(?<![\d.]){section}(?!\d|\.\d)" * section[0:1].isdigit()
        assert not (found := re.search(itself, below)), f"{found} in {heading}"


# ---- what is the same wherever it stands


def works(path):
    """Return (who, year, title) of each paper that a page names for further reading."""
    item = r"^- ([^(\[\n]+) \((\d{4})\), \*(.+?)\*"
    return re.findall(item, prose(path).partition("## Further reading")[2], re.MULTILINE)


@every_notebook
def test_a_paper_has_one_year_and_one_title(path):
    everywhere = {work for page in (path, *LESSONS) for work in works(page)}
    for who, year, title in works(path):
        alike = {work for work in everywhere if title == work[2] or (who, year) == work[:2]}
        assert len(alike) == 1, alike
    for who, year in re.findall(r"\(([A-Z][\w ]+?) ((?:19|20)\d\d)\)", prose(path)):
        assert (who, year) in {work[:2] for work in everywhere}, f"{who} {year}"


@cache
def openings(path):
    """Return what every lesson says below a heading, by heading: a sentence, of solutions two."""
    found = {}
    for heading, end in {"## Exercises": 1, "### How far did": 1, "# Solutions": 2}.items():
        below = re.search(
            rf"^{heading}.*\n\n((.*?\.\s){{{end}}})", f"{prose(path)}\n", re.MULTILINE
        )
        if below:
            found[heading] = re.sub(r"\[.*?\)", "", below[1]).strip()
    return found


@every_notebook
def test_what_stands_in_every_lesson_is_the_same_in_all(path):
    for heading, words in openings(path).items():
        said = {words, *(openings(page).get(heading, words) for page in NOTEBOOKS)}
        assert len(said) == 1, said


def exercises(path):
    """Return what the exercises of a page are called, in either of the two forms."""
    after = "\n\n".join(c.source for c in cells(path, "markdown")).partition("## Exercises\n")
    text = after[2] or after[0]
    found = re.findall(r"^### (\d[a-z]) |^\*\*(\d)\.\*\*|^## (?:Exercise )?(\d)[.:] ", text, re.M)
    return ["".join(name) for name in found]


@every_lesson
def test_every_exercise_has_a_solution(path):
    solved = exercises(path.parent / "solutions" / path.name)
    assert len(solved) >= 3 and solved == exercises(path)
