"""Small changes of the cells of a notebook, from which the faults of notebooks are made."""

import re

import nbformat

IGNORED = "nbval-ignore-output"


def code_of(cells):
    return [cell for cell in cells if cell.cell_type == "code"]


def source(pattern, new, kind=None):
    """Return a change of the first place in the sources that matches a pattern."""

    def change(cells):
        for cell in cells:
            if kind in (None, cell.cell_type) and re.search(pattern, cell.source, re.MULTILINE):
                cell.source = re.sub(pattern, new, cell.source, count=1, flags=re.MULTILINE)
                return
        raise ValueError(f"nothing matches {pattern}")

    return change


def prose(pattern, new):
    return source(pattern, new, "markdown")


def code(pattern, new):
    return source(pattern, new, "code")


def added(text, kind="code", before="## Recap|## 2"):
    """Return a change that puts a cell before the first one that begins with a pattern, or last."""

    def change(cells):
        make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        places = [i for i, cell in enumerate(cells) if re.match(before, cell.source)]
        cells.insert(places[0] if places else len(cells), make(text, id="planted"))

    return change


def removed(pattern):
    def change(cells):
        places = [i for i, c in enumerate(cells) if re.search(pattern, c.source, re.MULTILINE)]
        del cells[places[-1]]

    return change


def printed(pattern, new, ignored=False):
    """Return a change of a stored text: of a cell that is tagged as ignored, or of another."""

    def change(cells):
        for cell in code_of(cells):
            for output in cell.outputs:
                tagged = IGNORED in cell.metadata.get("tags", [])
                if tagged == ignored and re.search(pattern, output.get("text", "")):
                    output.text = re.sub(pattern, new, output.text, count=1)
                    return
        raise ValueError(f"nothing printed matches {pattern}")

    return change


def picture(kind, pattern, new):
    """Return a change of one form of the first picture: "text/html" or "text/plain", or both."""

    def change(cells):
        for data in [o.get("data", {}) for cell in code_of(cells) for o in cell.outputs]:
            if "image/png" in data:
                for key in kind.split(" and "):
                    data[key] = re.sub(pattern, new, data[key])
                return

    return change


def another_picture(key):
    """Return a change that puts the last picture in the place of the first one."""

    def change(cells):
        shown = [
            o.data for c in code_of(cells) for o in c.outputs if "image/png" in o.get("data", {})
        ]
        assert len(shown) > 1
        place = re.compile(r'base64,[^"]+"')
        if key == "text/html":
            other = place.search(shown[-1][key])[0]
            shown[0][key] = place.sub(lambda _: other, shown[0][key])
        else:
            shown[0][key] = shown[-1][key]

    return change


def both(*changes):
    def change(cells):
        for one in changes:
            one(cells)

    return change
