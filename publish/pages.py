"""The lessons as pages that need nothing: `make html` writes the folder site.

Each page is one file with its pictures inside, no script, and no address that it loads from;
formulas are MathML, which browsers draw themselves. Solutions are left out.
"""

import base64
import html
import mimetypes
import re
import sys
from pathlib import Path

import nbformat
from latex2mathml.converter import convert
from nbconvert import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.formatters import HtmlFormatter

ROOT = Path(__file__).parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><nav>{nav}</nav><main>{body}</main><nav>{nav}</nav></body></html>
"""


class Renderer(IPythonRenderer):
    """Markdown to HTML, with formulas as MathML and pictures inside the page."""

    def block_math(self, body):
        return f"<p>{mathml(body, 'block')}</p>"

    def inline_math(self, body):
        return mathml(body, "inline")

    def image(self, text, url, title=None):
        return f'<img alt="{text}" src="{data_url(Path(self.path) / url)}">'  # escaped already

    def link(self, text, url, title=None):
        return super().link(text, linked(url), title)


# What the converter sets without the room that TeX leaves around it, or as another sign.
ROOM = {
    "<mi>log</mi>": '<mo lspace="0.17em" rspace="0.17em">log</mo>',
    "<mi>sin</mi>": '<mo lspace="0.17em" rspace="0.17em">sin</mo>',
    "<mi>&#x000B1;</mi>": "<mo>&#x000B1;</mo>",
    "<mi>&#x0007E;</mi>": "<mo>&#x0223C;</mo>",
}


def mathml(formula, display):
    """Return a formula of TeX as MathML; its number stands apart, else it reads as a factor."""
    formula = re.sub(r"\\tag\{(\d+)\}", r"\\qquad\\text{(\1)}", formula)
    return re.sub("<mi>.*?</mi>", lambda m: ROOM.get(m[0], m[0]), convert(formula, display=display))


def data_url(path):
    """Return the content of a file as an address that needs no network."""
    data = base64.b64encode(path.read_bytes()).decode()
    return f"data:{mimetypes.guess_type(path)[0]};base64,{data}"


def linked(url):
    """Return where a link leads from a page of the site: to another page, or out of it."""
    if "://" in url or url.startswith("#"):
        return url
    path, _, anchor = url.partition("#")
    if path.startswith("solutions/"):
        return "index.html#solutions"
    return re.sub(r"\.ipynb$", ".html", path) + ("#" + anchor if anchor else "")


def to_html(source):
    """Return Markdown as HTML; like each cell's, its pictures lie relative to notebooks/."""
    renderer = Renderer(escape=False, path=str(ROOT / "notebooks"), anchor_link_text="#")
    return MarkdownWithMath(renderer=renderer).render(source)


def style():
    """Return the style of a page, with code coloured for light and for dark."""
    light, dark = (
        HtmlFormatter(style=name).get_style_defs(".highlight")
        for name in ("default", "github-dark")
    )
    return f"{STYLE}\n{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}"


def title_of(notebook):
    """Return the first heading of a notebook."""
    return notebook.cells[0].source.splitlines()[0].lstrip("# ")


# Cleaning code of scripts takes a third of the time, and a test sees that the pages have none.
EXPORTER = HTMLExporter(
    template_name="basic",
    filters={
        "markdown2html": to_html,
        "highlight_code": Highlight2HTML(pygments_lexer="python"),
        "clean_html": lambda code: code,
    },
    exclude_input_prompt=True,
    exclude_output_prompt=True,
)


def page(path, nav):
    """Return the page of a notebook as text."""
    notebook = nbformat.read(path, as_version=4)
    # HTMLExporter's own reads the page once more, for pictures without alt text: ours have one.
    body, _ = TemplateExporter.from_notebook_node(EXPORTER, notebook)
    return PAGE.format(title=html.escape(title_of(notebook)), style=style(), nav=nav, body=body)


def navigation(i):
    """Return the links from lesson i to the ones beside it."""
    names = [path.with_suffix(".html").name for path in LESSONS]
    links = ['<a href="index.html">All lessons</a>']
    links += [f'<a href="{names[i - 1]}">Back</a>'] if i else []
    links += [f'<a href="{names[i + 1]}">Next</a>'] if i + 1 < len(names) else []
    return " ".join(links)


def index():
    """Return the page that lists the lessons: title and goal of each."""
    rows = ["<h1>Policy gradients on CartPole</h1>", to_html(BEGINNING), "<ol>"]
    for path in LESSONS:
        notebook = nbformat.read(path, as_version=4)
        goal = notebook.cells[0].source.split("\n\n")[1]
        title = re.sub(r"^\d+\. ", "", title_of(notebook))
        name = path.with_suffix(".html").name
        rows.append(f'<li><a href="{name}">{html.escape(title)}</a>{to_html(goal)}</li>')
    rows += ["</ol>", '<h2 id="solutions">Solutions</h2>', to_html(END)]
    return PAGE.format(
        title="Policy gradients on CartPole", style=style(), nav="", body="\n".join(rows)
    )


BEGINNING = (
    "Read the lessons here, with their pictures and results as they came out. To change things "
    "and see what happens, run them as notebooks: the course's README says how."
)
END = "They come with the notebooks, in the folder `notebooks/solutions`. Try first."


def build(folder):
    """Write index.html and a page for each lesson into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(index(), encoding="utf-8")
    for i, path in enumerate(LESSONS):
        name = path.with_suffix(".html").name
        (folder / name).write_text(page(path, navigation(i)), encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
