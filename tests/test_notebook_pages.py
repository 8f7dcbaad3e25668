"""What a reader sees: pictures and their words, nothing that runs, no trace of a machine."""

import ast
import base64
import html
import io
import re

import pytest
from ledger import name_of
from lessons import NOTEBOOKS, cells, page
from PIL import Image
from test_notebook_links import every_page, prose

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)

MACHINE = re.compile(
    r"""(?<![\w.:/<])/(tmp|root|home|Users|mnt|var|opt|usr|srv|work|private|content|proc)\b
    |\b[A-Z]:(\\|/(?!/))|\\\\\w+\\|\bfile://|~/|\blocalhost\b|\b(127|192|10)(\.\d+){3}\b""",
    re.VERBOSE,
)
ACTIVE = re.compile(
    r"<\s*(script|iframe|object|embed|link|style|form|svg|meta|base|input|button|video|audio)\b"
    r"|javascript:|vbscript:|\bon[a-z]+\s*=\s*[\"']|(src|href)\s*=\s*[\"']?https?:",
    re.IGNORECASE,
)


@every_page
def test_images_in_prose_have_words(path):
    for image in re.findall(r"<img\b[^>]*>", prose(path)):
        assert re.search(r'\balt="[^"]{20,}"', image), image


@every_notebook
def test_words_of_a_picture_are_the_same_everywhere(path):
    for data in [o.get("data", {}) for cell in cells(path, "code") for o in cell.outputs]:
        if "text/html" in data:
            [alt] = re.findall(r'<img alt="([^"]*)"', data["text/html"])
            [caption] = re.findall(r"<p><em>(.*?)</em></p>", data["text/html"], re.DOTALL)
            assert html.unescape(alt) == data["text/plain"]
            assert "image/gif" in data["text/html"] or caption.rstrip(".") == alt.rstrip(".")


def shown(source, frame=0):
    """Return a small grey version of an encoded picture, for comparing."""
    picture = Image.open(io.BytesIO(base64.b64decode(source)))
    picture.seek(frame if frame >= 0 else picture.n_frames - 1)
    return list(picture.convert("L").resize((24, 16), Image.Resampling.BOX).tobytes())


@every_notebook
def test_both_forms_of_a_picture_show_the_same(path):
    """Code hosts show the still one, Jupyter the one in HTML: of an animation, its end is still."""
    for data in [o.get("data", {}) for cell in cells(path, "code") for o in cell.outputs]:
        if "image/png" in data:
            kind, sharp = re.search(
                r'src="data:image/(\w+);base64,([^"]+)"', data["text/html"]
            ).groups()
            pairs = zip(shown(sharp, -1 if kind == "gif" else 0), shown(data["image/png"]))
            assert sum(abs(a - b) for a, b in pairs) / (24 * 16) < 6


def calls_at_the_top(node):
    """Return what a piece of code calls by name, apart from what stands in functions."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
        return set()
    own = {ast.unparse(node.func)} if isinstance(node, ast.Call) else set()
    return own.union(*map(calls_at_the_top, ast.iter_child_nodes(node)))


@every_notebook
def test_what_is_printed_or_shown_is_stored(path):
    """Of cells that nbval ignores, too; and code hosts need each picture in two forms."""
    for cell in cells(path, "code"):
        if calls_at_the_top(ast.parse(cell.source)) & {
            "print",
            "show",
            "animate",
            "check",
            "interact",
        }:
            assert cell.outputs, cell.source
        for data in (output.get("data", {}) for output in cell.outputs):
            assert ("text/html" in data) == ("image/png" in data), cell.source


SIZE = r"plt\.subplots\((?:.*?figsize=\(([\d.]+), ([\d.]+)\))?"


@every_notebook
def test_a_picture_is_that_of_its_cell(path):
    """As large as the cell makes it, as long as its words say, and on the page once."""
    seen = []
    for cell in cells(path, "code"):
        for output in cell.outputs:
            assert not output.get("metadata"), cell.source
            data = output.get("data", {})
            if "image/png" in data:
                seen.append(data["image/png"])
                source = re.search(r'base64,([^"]+)" width="(\d+)"', data["text/html"])
                picture = Image.open(io.BytesIO(base64.b64decode(source[1])))
                still = Image.open(io.BytesIO(base64.b64decode(seen[-1])))
                assert still.width == int(source[2]), "the width on the page"
                steps = re.search(r"animation: (\d+) steps", data["text/plain"])
                if steps:  # every step is drawn, or every second one, and the end
                    n_steps = int(steps[1])
                    assert picture.n_frames - 1 in (n_steps, (n_steps + 1) // 2), steps[0]
                if size := re.search(SIZE, cell.source):
                    inches = [float(side or usual) for side, usual in zip(size.groups(), (9, 4))]
                    assert still.size == tuple(round(80 * side) for side in inches), cell.source
    assert len(set(seen)) == len(seen), "two cells show one picture"


# ---- nothing that runs, and no trace of a machine


def texts(path):
    """Return all that stands on a page, apart from encoded pictures."""
    for cell in page(path):
        yield cell.source
        for output in cell.get("outputs", []):
            data = {k: v for k, v in output.get("data", {}).items() if not k.startswith("image/")}
            yield from (output.get("text", ""), *map(str, data.values()))


@every_notebook
def test_no_script_and_nothing_from_elsewhere(path):
    for text in texts(path):
        plain = re.sub(r"data:image/\w+;base64,[\w+/=]+", "", text)
        assert not (found := ACTIVE.search(plain)), found
    kinds = {kind for c in cells(path, "code") for o in c.outputs for kind in o.get("data", {})}
    assert kinds <= {"text/plain", "text/html", "image/png"}
    assert not [c for c in page(path) if c.get("attachments")]


@every_notebook
def test_no_path_of_a_machine(path):
    for text in texts(path):
        plain = re.sub(r"data:image/\w+;base64,[\w+/=]+|https?://\S+", "", text)
        assert not (found := MACHINE.search(plain)), found
