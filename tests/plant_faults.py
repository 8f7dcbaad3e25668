"""Plant each fault of `tests/faults/` in a copy of the course, and say which test finds it.

    make faults                all of them
    make faults ONLY=gamma     those whose name has the word

A process a fault, forked from one that has loaded TensorFlow already, as many side by side as
there are cores. In the end the tests that found one run without any fault: what fails then, too,
has found nothing.
"""

import contextlib
import importlib
import io
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import stopping  # noqa: F401
from faults import all_faults

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ".git", ".venv*", ".*_cache", ".hypothesis", "__pycache__", "site", "wheels"
NO_IMPORT = ", which cannot be imported"
LONGEST = 300  # seconds for a fault; a test without end has not found it
LOADED = [
    "pytest",
    "hypothesis",
    "keras",
    "gymnasium",
    "scipy.stats",
    "matplotlib.pyplot",
    "joblib",
]
# As cartpole_lib sets them, but before TensorFlow is loaded; and one thread, for cores are shared.
SETTINGS = {
    "TF_CPP_MIN_LOG_LEVEL": "1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "KERAS_BACKEND": "tensorflow",
    "PYTHONDONTWRITEBYTECODE": "1",
    # What a test leaves behind when its process is ended is tidied up, without a word.
    "PYTHONWARNINGS": "ignore::UserWarning:multiprocessing.resource_tracker",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # to load nbval and its kin takes seconds
}


class Finder:
    """A plugin of pytest that keeps which test failed first."""

    found = at = None

    def pytest_runtest_logstart(self, nodeid):
        self.at = nodeid.removeprefix("tests/")

    def pytest_keyboard_interrupt(self):  # a fault may let Ctrl-C through, which ends pytest
        self.found = self.found or self.at

    def pytest_runtest_logreport(self, report):
        if report.failed and self.found is None:
            self.found = report.nodeid.removeprefix("tests/")

    def pytest_collectreport(self, report):
        if report.failed and self.found is None:
            self.found = report.nodeid.removeprefix("tests/") + NO_IMPORT


def enter(copy):
    """Let this process and those that it starts import the library and the tests of a copy."""
    places = [str(copy), str(copy / "tests")]
    os.chdir(copy)
    os.environ["PYTHONPATH"] = os.pathsep.join(places)
    ours = ROOT, ROOT / "tests"
    sys.path[:] = places + [place for place in sys.path if Path(place).resolve() not in ours]
    for name in [name for name in sys.modules if name.split(".")[0] in ("faults", "stopping")]:
        del sys.modules[name]
    file = importlib.import_module("cartpole_lib").__file__
    assert Path(file).is_relative_to(copy), f"{file} is not the copy"


def first_to_fail(copy, tests):
    """Return which test of a copy fails first, None if none does; ValueError if there is none."""
    enter(copy)
    import pytest

    finder, said = Finder(), io.StringIO()
    options = ["-x", "-q", "-p", "no:cacheprovider"]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = pytest.main([*options, *(f"tests/{test}" for test in tests)], [finder])
    if code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise ValueError(said.getvalue())
    return finder.found


def report(connection, copy, tests):
    """Send what `first_to_fail` says, and the seconds of processors that it took."""
    if hasattr(os, "setsid"):
        os.setsid()  # a group, so that what tests leave behind can be ended, too
    try:
        answer = first_to_fail(copy, tests)
    except Exception as problem:
        answer = problem
    connection.send((answer, sum(os.times()[:4])))


def run_apart(context, copy, tests, longest=LONGEST):
    """Run tests of a copy in a process of their own; return what `report` sends."""
    here, there = context.Pipe()
    process = context.Process(target=report, args=(there, copy, tests))
    process.start()
    there.close()
    try:
        answer = here.recv() if here.poll(longest) else (TimeoutError("no end"), longest)
    except EOFError:
        answer = ChildProcessError("the process died"), 0.0
    with contextlib.suppress(ProcessLookupError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    process.join()
    return answer


@contextlib.contextmanager
def copied(fault=None):
    """Give a copy of the course in a temporary folder, with a fault planted."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder).resolve() / "course"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        if fault:
            file = copy / "cartpole_lib" / fault.file
            text = file.read_text(encoding="utf-8")
            assert text.count(fault.old) == 1, f"{fault.name}: the old text is not there once"
            file.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
        yield copy


def plant(context, fault):
    """Return the test that finds a fault, None or an error if none does, and the seconds."""
    with copied(fault) as copy:
        return run_apart(context, copy, fault.tests.split())


def said_of(fault, answer):
    """Return in words what became of a fault."""
    if isinstance(answer, str):
        return f"caught by {answer}"
    why = f" ({answer})" if answer else ""
    return f"SURVIVED{why}" + (f", equivalent: {fault.equivalent}" if fault.equivalent else "")


def plant_all(context, faults):
    """Plant the faults side by side; print and return what became of each, and the seconds."""
    answers, seconds = [], 0.0
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for fault, (answer, used) in zip(faults, threads.map(partial(plant, context), faults)):
            answers.append(answer)
            seconds += used
            print(f"{fault.name}: {said_of(fault, answer)} [{used:.0f} s]", flush=True)
    return answers, seconds


def main(word=""):
    """Plant all faults with a word in their names; return the exit code."""
    os.environ.update(SETTINGS)
    context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
    context.set_forkserver_preload(LOADED)
    start, faults = time.monotonic(), [fault for fault in all_faults() if word in fault.name]
    answers, seconds = plant_all(context, faults)
    finders = sorted({a.removesuffix(NO_IMPORT) for a in answers if isinstance(a, str)})
    with copied() as copy:
        wrong, used = run_apart(context, copy, finders, 10 * LONGEST) if finders else (None, 0)
    if wrong:
        print(f"fails without any fault, too: {wrong}")
    times = f"{time.monotonic() - start:.0f} s, {seconds + used:.0f} s of processors"
    n_caught = sum(isinstance(answer, str) for answer in answers)
    print(f"{n_caught} of {len(faults)} faults caught, in {times}")
    missed = [f for f, answer in zip(faults, answers) if not isinstance(answer, str)]
    return int(bool(wrong) or not faults or any(not fault.equivalent for fault in missed))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
