"""The notebooks as the tests see them."""

import ast
from functools import cache
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOLUTIONS = sorted((ROOT / "notebooks" / "solutions").glob("*.ipynb"))
NOTEBOOKS = LESSONS + SOLUTIONS


@cache  # each test reads every notebook; that they are valid, test_notebooks says
def page(path):
    return nbformat.v4.reads(path.read_text(encoding="utf-8")).cells


def cells(path, kind):
    return [cell for cell in page(path) if cell.cell_type == kind]


def definitions(tree):
    """Return the functions and classes at the top of a syntax tree, by name."""
    return {
        node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }


@cache  # some ten rules walk it
def code_tree(path):
    return ast.parse("\n".join(cell.source for cell in cells(path, "code")))
