"""What a re-run of the notebooks cannot see, written down: `make ledger`.

nbval compares neither pictures nor the outputs of cells tagged `nbval-ignore-output`, and it
misses no assert that is gone. So `ledger.json` keeps, for each notebook, a digest of its code, what
it asserts, and a digest of each output that nbval passes over; and one of all that stands in its
cells, words and comments too, for a merge may change what nobody meant to. `make notebooks` and
`make ledger` write it; the diff shows which claims were added, dropped or weakened. Read that part.
"""

import ast
import hashlib
import json
import sys
from functools import cache
from pathlib import Path

from lessons import NOTEBOOKS, cells, page

from cartpole_lib.files import written_whole

LEDGER = Path(__file__).parent / "ledger.json"
IGNORED = "nbval-ignore-output"


def digest(value):
    """Return a few letters that change with anything in a value of plain types."""
    text = json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def sealed(row):
    """Return a row of a table of results with a digest of all that stands in it."""
    row = {key: value for key, value in row.items() if key != "digest"}
    return {**row, "digest": digest(row)}


def tree(cell):
    return ast.parse(cell.source)


def plain(part):
    """Return a syntax tree in plain types, alike in each Python: `ast.unparse` quotes anew in 3.12."""
    if isinstance(part, list):
        return [plain(item) for item in part]
    if not isinstance(part, ast.AST):
        return repr(part)
    if isinstance(part, ast.JoinedStr):  # 3.12.1 ends some of them with an empty text
        part = ast.JoinedStr([v for v in part.values if getattr(v, "value", None) != ""])
    fields = ((name, value) for name, value in ast.iter_fields(part) if value not in (None, []))
    return [type(part).__name__, {name: plain(value) for name, value in fields}]


def unseen(cell):
    """Return the outputs of a cell that nbval passes over: all, or those with a picture."""
    ignored = IGNORED in cell.metadata.get("tags", [])
    return [output for output in cell.outputs if ignored or "text/html" in output.get("data", {})]


def without_counts(output):
    return {key: value for key, value in output.items() if key != "execution_count"}


@cache
def entry(path):
    """Return what the ledger says of one notebook.

    Comments and the form of the code count for "page" only, which has the cells as they stand.
    """
    code = cells(path, "code")
    trees = [tree(cell) for cell in code]
    asserts = [n for part in trees for n in ast.walk(part) if isinstance(n, ast.Assert)]
    outputs = {cell.id: [without_counts(o) for o in unseen(cell)] for cell in code if unseen(cell)}
    return {
        "asserts": [ast.unparse(statement.test) for statement in asserts],
        "code": digest(plain(trees)),
        "outputs": {name: digest(output) for name, output in outputs.items()},
        "page": digest([[cell.cell_type, cell.source, cell.metadata] for cell in page(path)]),
    }


def name_of(path):
    return f"solutions/{path.name}" if path.parent.name == "solutions" else path.name


def write(paths):
    """Put the entries of some notebooks of the course into the ledger, and keep the others."""
    ledger = json.loads(LEDGER.read_text()) if LEDGER.exists() else {}
    ours = {path.resolve() for path in NOTEBOOKS}
    ledger |= {name_of(path): entry(path) for path in paths if path.resolve() in ours}
    with written_whole(LEDGER) as beside:
        beside.write_text(json.dumps(ledger, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    write([Path(name) for name in sys.argv[1:]])
