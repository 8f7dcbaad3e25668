"""The pages of `make html` are whole: no script, nothing loaded, every formula, picture and link."""

import base64
import hashlib
import html
import io
import re
import runpy
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from lessons import LESSONS, ROOT, cells
from PIL import Image

sys.path.insert(0, str(ROOT / "publish"))
import pages

LOADED = {"src", "srcset", "data", "poster", "background", "action"}


class Reader(HTMLParser):
    """Collects what a page has: tags, ids, links, images, formulas, and what it would load."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.images, self.loads = [], set(), [], [], []
        self.ended, self.formulas, self.within = [], [], False
        self.blocks, self.words, self.text = 0, "", text
        self.feed(text)

    def handle_data(self, data):
        self.words += data
        if self.within:
            self.formulas[-1] += data

    def handle_endtag(self, tag):
        self.ended.append(tag)
        self.within = self.within and tag != "math"

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.ids.add(given.get("id"))
        self.loads += [given[name] for name in LOADED & set(given)]
        self.loads += [given["href"]] if tag == "link" else []
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "img":
            self.images.append(given)
        if tag == "math":
            self.within = True
            self.formulas.append("")
            self.blocks += given["display"] == "block"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """What `make html` writes, by its own script, into a folder that is not there yet."""
    folder = tmp_path_factory.mktemp("html") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [pages.__file__, str(folder)])
        runpy.run_path(pages.__file__, run_name="__main__")
    return {path.name: Reader(path.read_text(encoding="utf-8")) for path in folder.iterdir()}


def test_a_page_for_each_lesson_and_an_index(site):
    names = {path.with_suffix(".html").name for path in LESSONS}
    assert set(site) == names | {"index.html"}
    assert names <= set(site["index.html"].links)


def test_no_script_and_nothing_is_loaded(site):
    for page in site.values():
        assert not {"script", "link", "iframe", "object", "embed"} & set(page.tags)
        assert all(address.startswith("data:") for address in page.loads)


def letters_of(formula):
    """Return the letters and digits of a formula, in TeX or as it is read on a page, in order."""
    tex = re.sub(r"\\(log|sin|min|max)(?![a-z])", r"\1", formula.replace(r"\mathbb{E}", ""))
    return "".join(re.findall("[A-Za-z0-9]", re.sub(r"\\[A-Za-z]+", "", tex)))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_formula_and_picture(path, site):
    text = "\n\n".join(cell.source for cell in cells(path, "markdown"))
    text = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    formulas = re.findall(r"\$\$.+?\$\$|\$[^$]+?\$", text, flags=re.DOTALL)
    page = site[path.with_suffix(".html").name]
    assert page.tags.count("math") == len(formulas)
    assert list(map(letters_of, page.formulas)) == list(map(letters_of, formulas))
    assert page.blocks == sum(formula.startswith("$$") for formula in formulas)
    assert all(len(image["alt"]) > 20 for image in page.images)
    shown = [
        o for cell in cells(path, "code") for o in cell.outputs if "image/png" in o.get("data", {})
    ]
    files = re.findall(r"!\[[^]]*\]\((.*?)\)", text)
    assert len(page.images) == len(shown) + len(files)
    for file in files:  # the picture that the lesson names
        assert base64.b64encode((path.parent / file).read_bytes()).decode() in page.text, file


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_all_code_and_all_that_was_printed_can_be_read(path, site):
    """In the order of the lesson, as it stands there."""
    words, at = site[path.with_suffix(".html").name].words, 0
    for cell in cells(path, "code"):
        shown = [output.get("text", output.get("data", {})) for output in cell.outputs]
        printed = [
            o if isinstance(o, str) else o["text/plain"] for o in shown if "text/html" not in o
        ]
        for text in (cell.source, *printed):
            assert text.strip() in words[at:], text
            at = words.index(text.strip(), at)


def test_every_link_leads_somewhere(site):
    for name, page in site.items():
        for link in page.links:
            if "://" not in link:
                target, _, anchor = link.partition("#")
                assert (target or name) in site, link
                assert not anchor or anchor in site[target or name].ids, link


# ---- what a reader sees


def lesson_pages(site):
    return [site[path.with_suffix(".html").name] for path in LESSONS]


def test_pictures_are_what_they_are_said_to_be():
    """A browser shows no picture whose media type is wrong."""
    for path in (ROOT / "images").glob("*.[pg][ni][gf]"):
        said, data = re.fullmatch(r"data:image/(\w+);base64,(.+)", pages.data_url(path)).groups()
        assert Image.open(io.BytesIO(base64.b64decode(data))).format.lower() == said


def test_pictures_are_whole_of_their_name_and_of_this_study():
    """`make images` writes into each what it is, and a digest of the table of recorded runs."""
    table = (ROOT / "notebooks" / "thirty_seeds.json").read_text(encoding="utf-8")
    study = hashlib.sha256(table.encode()).hexdigest()[:12]
    pictures = list((ROOT / "images").glob("*.png"))
    assert len(pictures) > 5
    for path in pictures:
        with Image.open(path) as picture:
            picture.load()
            assert (picture.info["Title"], picture.info["Source"]) == (path.stem, study)


def test_the_film_of_readme_moves_and_begins_anew():
    with Image.open(ROOT / "images" / "before_after.gif") as film:
        assert film.n_frames * film.info["duration"] == 5000 and film.info["loop"] == 0


def test_words_of_a_picture_are_escaped_once():
    [image] = Reader(pages.to_html('![say "left" & <go>](../images/course_map.png)')).images
    assert image["alt"] == 'say "left" & <go>'


def test_a_link_keeps_its_place_and_solutions_are_left_out():
    assert pages.linked("04_a.ipynb#4.1-The") == "04_a.html#4.1-The"
    assert pages.linked("04_a.ipynb") == "04_a.html"
    assert pages.linked("solutions/04_a.ipynb") == "index.html#solutions"
    assert pages.linked("#4.1-The") == "#4.1-The"
    assert pages.linked("https://a.org/b.ipynb#c") == "https://a.org/b.ipynb#c"


def test_a_link_has_its_words():
    page = '<p><a href="04_a.html">the <em>next</em> lesson</a></p>'
    assert pages.to_html("[the *next* lesson](04_a.ipynb)").strip() == page


def test_no_page_has_a_tag_that_is_not_closed(site):
    """A browser guesses where it ends: what comes after it is drawn inside it."""
    alone = {"meta", "img", "br", "hr", "mspace"}
    for name, page in site.items():
        opened = Counter(tag for tag in page.tags if tag not in alone)
        closed = Counter(tag for tag in page.ended if tag not in alone)
        assert opened == closed, name


# ---- formulas


def test_the_number_of_a_formula_stands_apart():
    """Without room between them, f(x) with number 2 is read as f(x) times two."""
    formula = pages.mathml(r"f(x) \tag{2}", "block")
    assert formula.endswith('<mspace width="2em" /><mtext>(2)</mtext></mrow></math>')


def test_what_is_set_as_a_letter_is_one_letter(site):
    """Names as log, and signs as ±, have room around them; a letter has none: "alogp"."""
    for page in site.values():
        letters = set(map(html.unescape, re.findall("<mi>(.*?)</mi>", page.text))) - {"′"}
        assert not [letter for letter in letters if len(letter) > 1 or not letter.isalpha()]
    signs = Reader(pages.mathml(r"a \pm b \sim c < d", "inline")).formulas
    assert signs == ["a±b∼c<d"]


def test_hints_are_folded_and_nobody_reads_their_tags(site):
    for path, page in zip(LESSONS, lesson_pages(site)):
        folds = sum(cell.source.count("<details>") for cell in cells(path, "markdown"))
        assert page.tags.count("details") >= folds > 0 and "<details" not in page.words


def test_back_and_next_lead_to_the_neighbours_above_and_below(site):
    names = [path.with_suffix(".html").name for path in LESSONS]
    for i, page in enumerate(lesson_pages(site)):
        beside = ["index.html", *names[max(i - 1, 0) : i], *names[i + 1 : i + 2]]
        n = len(beside)
        assert page.links[:n] == page.links[-n:] == beside
        counts = [page.text.count(f">{word}</a>") for word in ("Back", "Next")]
        assert counts == [2 * (i > 0), 2 * (i + 1 < len(names))]


def test_a_page_says_its_language_letters_and_title_and_fits_a_phone(site):
    for path, page in zip(LESSONS, lesson_pages(site)):
        title = cells(path, "markdown")[0].source.splitlines()[0].removeprefix("# ")
        assert page.text.startswith('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">')
        assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page.text
        assert page.words.strip().startswith(title)


def test_pages_are_written_in_utf_8(tmp_path, monkeypatch):
    """A machine of code page 1252 would write its own letters, and stop at π."""
    said, write = set(), Path.write_text

    def kept(path, text, encoding=None):
        said.add(encoding)
        return write(path, text, encoding="utf-8")

    monkeypatch.setattr(Path, "write_text", kept)
    monkeypatch.setattr(pages, "page", lambda path, nav: "π")
    pages.build(tmp_path)
    assert said == {"utf-8"}


def test_a_title_is_text_and_a_goal_is_markdown(tmp_path, monkeypatch):
    """Without escapes a browser takes what follows a "<" for a tag, and shows nothing of it."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# 1. Is p<q & r?\n\nFind *out*.")]
    )
    nbformat.write(notebook, tmp_path / "01_a.ipynb")
    monkeypatch.setattr(pages, "LESSONS", [tmp_path / "01_a.ipynb"])
    assert "<title>1. Is p&lt;q &amp; r?</title>" in pages.page(pages.LESSONS[0], "")
    row = '<a href="01_a.html">Is p&lt;q &amp; r?</a><p>Find <em>out</em>.</p>'
    assert row in pages.index()


def test_code_is_coloured_and_has_no_prompts(site):
    for page in lesson_pages(site):
        assert '<span class="kn">import</span>' in page.text
        assert not re.search(r"\b(In|Out)\s*\[[\d ]*\]:", page.words)


def test_the_index_has_title_and_goal_of_each_lesson(site):
    for path in LESSONS:
        title, goal = cells(path, "markdown")[0].source.split("\n\n")[:2]
        number, name = title.removeprefix("# ").split(". ", 1)
        assert name in site["index.html"].words
        assert f"{number}. {name}" not in site["index.html"].words  # the list counts itself
        assert goal.split("*")[0].split("`")[0][:40].strip() in site["index.html"].words


RULES = {
    selector.strip(): rule
    for selectors, rule in re.findall(r"^([^@{}\n]+) \{ ([^{}]*) \}", pages.STYLE, re.MULTILINE)
    for selector in selectors.split(", ")
}


def test_what_is_wider_than_a_phone_shrinks_or_scrolls():
    assert "max-width: 100%" in RULES["img"] and "height: auto" in RULES["img"]
    for wide in ("pre", "table", ".output_subarea", 'math[display="block"]'):
        assert "overflow-x: auto" in RULES[wide], wide
    assert "display: block" in RULES["table"]  # else a table does not scroll


def test_a_long_sentence_is_not_cut_on_a_wide_screen_nor_code_on_paper():
    media = dict(re.findall(r"^@media (\S.*?) \{ (.*) \}$", pages.STYLE, re.MULTILINE))
    wide = media["(min-width: 52rem)"]
    assert wide.startswith(".output_subarea pre {") and "white-space: pre-wrap" in wide
    assert media["print"].startswith("pre {") and "white-space: pre-wrap" in media["print"]
    assert "overflow-wrap: anywhere" in media["print"]
    assert 'math[display="block"] { font-size: 0.9em; }' in media["print"]  # the widest fits A4


def test_columns_of_code_and_of_tables_can_be_told_apart():
    """What is printed lines up only in letters of one width."""
    assert all("monospace" in RULES[place] for place in ("pre", "code"))
    assert "padding: 0.3rem 0.6rem" in RULES["td"]


def test_the_column_stands_in_the_middle_and_keeps_off_the_edge_of_a_phone():
    assert "margin: auto; padding: 0.5rem 1rem" in RULES["main"]


def test_figures_stand_on_white_by_night_too():
    assert "background: #fff" in RULES["img"]


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast of two colours, from 1 to 21, as WCAG defines it; it asks for 4.5."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def test_what_a_page_would_load_and_too_little_contrast_are_seen():
    """The two rulers with which pages are measured."""
    text = '<img src="a"><video poster="b"></video><link href="c"><object data="d"></object>'
    assert sorted(Reader(text).loads) == ["a", "b", "c", "d"]
    assert contrast("#fff", "#000000") == pytest.approx(21) and contrast("#777", "#777") == 1


def test_words_and_code_can_be_read_by_day_and_by_night(site):
    """Of `.w` there is nothing to read: these are blanks."""
    looks = [
        re.findall(r"--(?:text|ground|soft|line|link): (\S+);", part)
        for part in pages.STYLE.split("@media (prefers-color-scheme: dark) {\n")
    ]
    for text, ground, soft, line, link in looks:
        assert min(contrast(text, ground), contrast(text, soft), contrast(link, ground)) > 4.5
        assert contrast(line, ground) > 1.5  # where a table has its cells
    style = re.search("<style>(.*?)</style>", lesson_pages(site)[0].text, re.DOTALL)[1]
    *_, day, night = style.split("@media (prefers-color-scheme: dark)")
    for part, (_, _, soft, *_) in zip((day, night), looks, strict=True):
        colours = re.findall(r"\.highlight \.(?!w )\w+ \{ color: (#\w+)", part)
        assert len(colours) > 30 and min(contrast(colour, soft) for colour in colours) > 4.5


def test_the_index_says_what_it_is_how_to_run_lessons_and_where_solutions_are(site):
    index = site["index.html"]
    for tag, words in ("h1", "Policy gradients on CartPole"), ("h2", "Solutions"):
        assert re.search(f"<{tag}[^>]*>{words}</{tag}>", index.text)
    assert "run them as notebooks" in index.words and "notebooks/solutions" in index.words
    assert "ol" in index.tags  # the list counts itself
    assert index.words.strip().startswith("Policy gradients on CartPole")  # what a tab says


def test_the_title_of_each_lesson_is_its_link_in_the_index(site):
    """A link without words cannot be seen, let alone pressed."""
    linked = dict(re.findall(r'<li><a href="([^"]+)">(.+?)</a>', site["index.html"].text))
    assert list(linked) == [path.with_suffix(".html").name for path in LESSONS]
    for path in LESSONS:
        title = cells(path, "markdown")[0].source.splitlines()[0].removeprefix("# ")
        words = html.unescape(linked[path.with_suffix(".html").name])
        assert words == title.split(". ", 1)[1]


def test_each_page_has_the_style_and_the_column_that_it_is_of(site):
    """Without `main` lines are as wide as the screen."""
    assert "max-width: 52rem" in RULES["main"]
    for page in site.values():
        assert pages.STYLE in page.text and page.tags.count("main") == 1


def test_letters_are_large_seen_and_in_the_colours_that_are_measured():
    fonts = [re.search(r"\bfont: (\d+)px/(\S+)", RULES[place]) for place in ("body", "pre")]
    sizes, heights = zip(*(map(float, font.groups()) for font in fonts))
    assert sizes[0] >= 16 and sizes[1] >= 14 and min(heights) >= 1.2
    assert float(re.search(r"font-size: (\S+)em", RULES["code"])[1]) > 0.8
    assert "line-height: 1.25" in RULES["h2"]  # of a heading of two lines
    assert "color: var(--text); background: var(--ground);" in RULES["body"]
    assert pages.STYLE.startswith(":root { color-scheme: light dark;")
    assert RULES["a"] == "color: var(--link);"
    assert ".input_area, .highlight { background: var(--soft) !important; }" in pages.STYLE
    assert "border: 1px solid" in RULES["td"] and "border-left: 4px solid" in RULES[".input_area"]
    hidden = re.findall(r"^(.*) \{ .*display: none", pages.STYLE, re.MULTILINE)
    assert hidden == [".anchor-link"]


def test_the_style_loads_nothing():
    assert not re.search(r"@import|url\(|https?:", pages.STYLE)
