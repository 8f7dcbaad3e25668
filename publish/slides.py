"""Which cell begins a slide: a rule, so that nobody sets slide types by hand.

A heading begins a slide, a figure has one of its own, and imports and cells that only assert are
skipped. What would not fit under a slide's other cells begins the next one; heights are
estimates of `notebooks/rise.css` at 1280 by 720 pixels, and the browser test measures them.
"""

import ast
import math
import re

PAGE = 610  # pixels of a slide for its cells
LINE, CODE_LINE, GAP = 30, 25, 20  # pixels
COLUMNS = 92  # letters in a line of prose


def slide_types(cells):
    """Return "slide", "subslide", "skip" or "-" (goes on) for each cell."""
    types, used = [], 0
    for cell in cells:
        begins, needed = beginning(cell), height(cell)
        if begins == "-" and used + needed > PAGE:
            begins = "subslide"
        types.append(begins)
        if begins != "skip":
            used = needed + (used if begins == "-" else 0)
        if has_figure(cell):
            used = PAGE  # nothing goes below a figure
    return types


def beginning(cell):
    """Return the slide type that a cell asks for by what it is."""
    if cell.cell_type == "markdown":
        heading = re.search(r"^(#+) ", cell.source, flags=re.MULTILINE)
        return "-" if heading is None else "slide" if len(heading[1]) < 3 else "subslide"
    if has_figure(cell):
        return "subslide"
    return "skip" if only(cell, (ast.Import, ast.ImportFrom, ast.Assert)) else "-"


def only(cell, kinds):
    """Return whether a code cell has no other statements than of these kinds."""
    setup = r"^plt\.style\.use.*$"
    body = ast.parse(re.sub(setup, "", cell.source, flags=re.MULTILINE)).body
    return bool(body) and all(isinstance(node, kinds) for node in body)


def has_figure(cell):
    """Return whether a cell shows a picture."""
    return any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))


def height(cell):
    """Return about how many pixels a cell takes on a slide."""
    if cell.cell_type == "markdown":
        return sum(map(height_of_block, re.split(r"\n\n|\n(?=<details|[-*|] )", cell.source)))
    lines = len(cell.source.splitlines()) + sum(map(output_lines, cell.get("outputs", [])))
    return lines * CODE_LINE + 2 * GAP


def height_of_block(block):
    """Return about how many pixels a paragraph, a row, a formula or a picture takes."""
    if block.startswith("!["):
        return 360
    if block.startswith("<details"):
        return LINE + 10
    if "$$" in block:
        return 2 * LINE + GAP
    heading = 2 * LINE if block.startswith("#") else 0
    return heading + math.ceil(len(block) / COLUMNS) * LINE + GAP / 2


def output_lines(output):
    """Return the lines of an output's text, as far as a slide shows them."""
    text = output.get("text") or output.get("data", {}).get("text/plain", "")
    return min(len(text.splitlines()), 12)
