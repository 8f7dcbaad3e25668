"""Do the claims on trainings hold by luck? `make test-repeated SEEDS=20` trains all anew so many times.

Each time the last digit of CartPole's cosine and sine differs by one more. After some hundred
steps a training is another one then, as with another seed or on another processor. Prints which
cell failed, and in which repetitions.
"""

import collections
import contextlib
import io
import multiprocessing
import os
import runpy
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lessons import NOTEBOOKS, cells

ROOT = Path(__file__).parent.parent
SETTINGS = {"MPLBACKEND": "agg", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
TRAINING = [path for path in NOTEBOOKS if "train_" in path.read_text(encoding="utf-8")]


def failures(path, n_digits):
    """Run the code cells of a notebook; return what their errors say."""
    from IPython.core.interactiveshell import InteractiveShell

    os.environ["N_DIGITS"] = str(n_digits)
    runpy.run_path(str(ROOT / "tests" / "other_machine" / "sitecustomize.py"))
    os.chdir(path.parent)
    shell, errors = InteractiveShell.instance(), []
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for cell in cells(path, "code"):
            result = shell.run_cell(cell.source)
            error = result.error_before_exec or result.error_in_exec
            errors += [f"cell {cell.id}: {error!r}"] if error else []
    return errors


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
        return ["the process died"]
    finally:
        process.join()


def main(n_repetitions):
    os.environ.update(SETTINGS)
    context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
    context.set_forkserver_preload(["cartpole_lib", "tensorflow", "keras", "scipy.stats"])
    runs = [(path, n) for n in range(1, n_repetitions + 1) for path in TRAINING]
    failed = collections.defaultdict(list)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        answers = threads.map(lambda run: run_apart(context, *run), runs)
        for (path, n), errors in zip(runs, answers):
            print(f"{n}: {path.relative_to(ROOT)} {errors or 'holds'}", flush=True)
            for error in errors:
                failed[f"{path.relative_to(ROOT)} {error}"].append(n)
    for error, where in failed.items():
        print(f"in repetition {where}: {error}")
    print(f"{len(TRAINING)} notebooks, {n_repetitions} repetitions, {len(failed)} cells failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
