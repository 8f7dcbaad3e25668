"""The pages of `make html` are whole: no script, nothing loaded, every formula, picture and link."""

import re
import sys
from html.parser import HTMLParser

import pytest
from lessons import LESSONS, ROOT, cells

sys.path.insert(0, str(ROOT / "publish"))
pages = pytest.importorskip("pages")

LOADED = {"src", "srcset", "data", "poster", "background", "action"}


class Reader(HTMLParser):
    """Collects what a page has: tags, ids, links, images, formulas, and what it would load."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.images, self.loads = [], set(), [], [], []
        self.feed(text)

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


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    pages.build(folder)
    return {path.name: Reader(path.read_text(encoding="utf-8")) for path in folder.iterdir()}


def test_a_page_for_each_lesson_and_an_index(site):
    names = {path.with_suffix(".html").name for path in LESSONS}
    assert set(site) == names | {"index.html"}
    assert names <= set(site["index.html"].links)


def test_no_script_and_nothing_is_loaded(site):
    for page in site.values():
        assert not {"script", "link", "iframe", "object", "embed"} & set(page.tags)
        assert all(address.startswith("data:") for address in page.loads)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_formula_and_picture(path, site):
    text = "\n\n".join(cell.source for cell in cells(path, "markdown"))
    text = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    formulas = re.findall(r"\$\$.+?\$\$|\$[^$]+?\$", text, flags=re.DOTALL)
    page = site[path.with_suffix(".html").name]
    assert page.tags.count("math") == len(formulas)
    assert all(len(image["alt"]) > 20 for image in page.images)
    shown = [
        o for cell in cells(path, "code") for o in cell.outputs if "image/png" in o.get("data", {})
    ]
    assert len(page.images) == len(shown) + len(re.findall(r"!\[", text))


def test_every_link_leads_somewhere(site):
    for name, page in site.items():
        for link in page.links:
            if "://" not in link:
                target, _, anchor = link.partition("#")
                assert (target or name) in site, link
                assert not anchor or anchor in site[target or name].ids, link
