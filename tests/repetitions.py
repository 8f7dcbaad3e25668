"""Do the claims on trainings hold by luck? `make test-repeated` trains all anew, thirty times.

Each time the last digit of CartPole's cosine and sine differs by one more. After some hundred
steps a training is another one then, as with another seed or on another processor. Prints which
cell failed, and in which repetitions, and writes into `margins.json` how far the sides of each
assert's comparisons were apart: the least in all repetitions, the mean and the deviation.
"""

import ast
import collections
import contextlib
import io
import json
import multiprocessing
import operator
import os
import runpy
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from ledger import entry, name_of
from lessons import NOTEBOOKS, cells

from cartpole_lib.files import written_whole

ROOT = Path(__file__).parent.parent
SETTINGS = {"MPLBACKEND": "agg", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
MARGINS = Path(__file__).parent / "margins.json"
TRAINING = [path for path in NOTEBOOKS if "train_" in path.read_text(encoding="utf-8")]


class Compared(ast.NodeTransformer):
    """Has `_compare(claim, operators, sides)` called where an assert compares."""

    claim = None

    def visit_Assert(self, node):
        self.claim = ast.unparse(node.test)
        node.test = self.visit(node.test)
        self.claim = None
        return ast.fix_missing_locations(node)

    def visit_GeneratorExp(self, node):  # one of many that are counted may well be wrong
        return self.generic_visit(node) if self.claim and "all(" in self.claim else node

    visit_ListComp = visit_GeneratorExp

    def visit_Compare(self, node):
        self.generic_visit(node)
        if self.claim is None:
            return node
        operators = ast.Constant(" ".join(type(op).__name__ for op in node.ops))
        sides = ast.List([node.left, *node.comparators], ast.Load())
        name = ast.Name("_compare", ast.Load())
        return ast.Call(name, [ast.Constant(self.claim), operators, sides], [])


ORDERED = {"Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt, "GtE": operator.ge}
OTHERS = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Is": operator.is_,
    "IsNot": operator.is_not,
    "In": lambda a, b: a in b,
    "NotIn": lambda a, b: a not in b,
}


def comparing(found):
    """Return `_compare`, which keeps in `found` how far sides are apart: negative if wrong."""

    def compare(claim, operators, sides):
        results = []
        for op, a, b in zip(operators.split(), sides, sides[1:]):
            results.append((ORDERED | OTHERS)[op](a, b))
            if op in ORDERED and (np.ndim(results[-1]) == 0 or "all(" in claim):
                more, less = (b, a) if op[0] == "L" else (a, b)
                apart = np.subtract(more, less, dtype=float)
                found.setdefault(claim, []).append(float(np.min(apart)))
        return results[0] if len(results) == 1 else all(results)

    return compare


def failures(path, n_digits):
    """Run the code cells of a notebook; return what their errors say, and the margins of asserts."""
    from IPython.core.interactiveshell import InteractiveShell

    os.environ["N_DIGITS"] = str(n_digits)
    runpy.run_path(str(ROOT / "tests" / "other_machine" / "sitecustomize.py"))
    os.chdir(path.parent)
    shell, errors, margins = InteractiveShell.instance(), [], {}
    shell.ast_transformers.append(Compared())
    shell.user_ns["_compare"] = comparing(margins)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for cell in cells(path, "code"):
            result = shell.run_cell(cell.source)
            error = result.error_before_exec or result.error_in_exec
            errors += [f"cell {cell.id}: {error!r}"] if error else []
    return errors, margins


def report(connection, path, n_digits):
    connection.send(failures(path, n_digits))


def run_apart(context, path, n_digits):
    """Return what `failures` says in a process of its own."""
    here, there = context.Pipe()
    process = context.Process(target=report, args=(there, path, n_digits))
    process.start()
    there.close()
    try:
        return here.recv()
    except EOFError:
        return ["the process died"], {}
    finally:
        process.join()


def write_margins(found, n_repetitions):
    """Put what was found of some notebooks into the table, and keep the others."""
    table = json.loads(MARGINS.read_text()) if MARGINS.exists() else {}
    for path, apart in found.items():
        claims = {claim: margin(apart[claim]) for claim in entry(path)["asserts"]}
        table[name_of(path)] = {"repetitions": n_repetitions, "claims": claims}
    with written_whole(MARGINS) as beside:
        beside.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n")


def margin(repetitions):
    """Return the least, the mean and the deviation; nothing if no sizes are compared."""
    if not repetitions:
        return {}
    least = [min(values) for values in repetitions]
    spread = {"least": min(least), "mean": np.mean(least), "deviation": np.std(least, ddof=1)}
    return {name: float(f"{value:.3g}") for name, value in spread.items()}


def main(n_repetitions, lesson=""):
    paths = [path for path in TRAINING if path.name.startswith(lesson)]
    if not paths:
        numbers = sorted({path.name[:2] for path in TRAINING})
        return f"LESSON={lesson}: no lesson that trains, take one of {', '.join(numbers)}"
    os.environ.update(SETTINGS)
    context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
    context.set_forkserver_preload(["cartpole_lib", "tensorflow", "keras", "scipy.stats"])
    runs = [(path, n) for n in range(1, n_repetitions + 1) for path in paths]
    failed = collections.defaultdict(list)
    found = {path: collections.defaultdict(list) for path in paths}
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        answers = threads.map(lambda run: run_apart(context, *run), runs)
        for (path, n), (errors, apart) in zip(runs, answers):
            print(f"{n}: {path.relative_to(ROOT)} {errors or 'holds'}", flush=True)
            for error in errors:
                failed[f"{path.relative_to(ROOT)} {error}"].append(n)
            for claim, values in apart.items():
                found[path][claim].append(values)
    for error, where in failed.items():
        print(f"in repetition {where}: {error}")
    print(f"{len(paths)} notebooks, {n_repetitions} repetitions, {len(failed)} cells failed")
    if not failed:
        write_margins(found, n_repetitions)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]))
