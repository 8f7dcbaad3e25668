"""The pages of `make html`, without network: on a screen, on a phone, in the dark."""

import sys

import pytest

from conftest import LESSONS, ROOT, save_picture

sys.path.insert(0, str(ROOT / "publish"))
import pages

LOOKS = {
    "screen": {"viewport": {"width": 1280, "height": 720}},
    "phone": {"viewport": {"width": 390, "height": 800}},
    "dark": {"viewport": {"width": 1280, "height": 720}, "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    pages.build(folder)
    return folder


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_needs_nothing_and_fits(chromium, site, look):
    context = chromium.new_context(offline=True, **LOOKS[look])
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    for name in ["index.html", *(lesson.replace(".ipynb", ".html") for lesson in LESSONS)]:
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        broken = "[...document.images].filter(image => !image.naturalWidth).length"
        assert page.evaluate(broken) == 0
        empty = (
            "[...document.querySelectorAll('math')].filter(m => !m.getBoundingClientRect().width)"
        )
        assert page.evaluate(f"{empty}.length") == 0
        if look == "screen":  # what does not fit must not be cut, nor on paper
            cut = "[...document.querySelectorAll('{}')].filter(e => e.scrollWidth > e.clientWidth + 1)"
            assert page.evaluate(f"{cut.format('.output_subarea pre')}.length") == 0, name
            page.emulate_media(media="print")
            page.set_viewport_size({"width": 700, "height": 990})  # A4 within its margins
            assert page.evaluate(f"{cut.format('pre')}.length") == 0, name
            page.emulate_media(media="screen")
            page.set_viewport_size(LOOKS[look]["viewport"])
        page.evaluate("window.scrollTo(0, 3000)")
        save_picture(page, f"site-{look}-{name[:2]}")
    assert all(url.startswith(("file:", "data:")) for url in asked)
    context.close()
