"""Run the tests with other versions: `make test-versions`, or ONLY=lowest for some of them.

Each Python with the lock; the lowest versions that pyproject.toml admits; the newest of
everything, which the workflow runs each week. Each in an environment of its own, in a temporary
folder. Prints a table, and which packages moved since the lock was written.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
UV = str(Path(sys.executable).with_name("uv"))
GROUPS = ["pyproject.toml", "--group", "test", "--group", "lint"]
CASES = {
    "3.11 locked": ("3.11", ["-r", "requirements.txt"]),
    "3.12 locked": ("3.12", ["-r", "requirements.txt"]),
    "3.13 locked": ("3.13", ["-r", "requirements.txt"]),
    "3.11 lowest": ("3.11", ["-r", *GROUPS, "--resolution", "lowest-direct"]),
    "3.13 newest": ("3.13", ["-r", *GROUPS, "--upgrade"]),
}
TESTS = ["tests", "notebooks", "-n", "auto", "--dist", "loadfile", "-q", "--nbval"]
TESTS += [
    "--nbval-current-env",
    "--nbval-sanitize-with=tests/sanitize.cfg",
    "-p",
    "no:cacheprovider",
]


def run(*command, **environment):
    """Run a command in the checkout; return whether it succeeded, and what it printed."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True
    )
    return done.returncode == 0, done.stdout + done.stderr


def moved(folder):
    """Return which packages of an environment have another version than the lock says."""
    _, frozen = run(UV, "pip", "freeze", VIRTUAL_ENV=str(folder))
    locked, now = (
        set(re.findall(r"^([\w.-]+)(?:\[.*?\])?==([\w.+!]+)", text, re.MULTILINE))
        for text in ((ROOT / "requirements.txt").read_text(), frozen)
    )
    were = dict(sorted(locked))
    return [f"{name} {were.get(name, 'none')} -> {new}" for name, new in sorted(now - locked)]


def try_case(python, requirements, folder):
    """Install into a new environment and run the tests; return a word and a list of the last lines."""
    inside = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    steps = [
        [UV, "venv", "--seed", "--python", python, str(folder)],
        [UV, "pip", "install", *requirements],
        [UV, "pip", "install", "--no-deps", "--editable", "."],
        [inside, "-m", "pytest", *TESTS],
    ]
    for step in steps:
        worked, printed = run(*step, VIRTUAL_ENV=str(folder), TF_NUM_INTRAOP_THREADS="1")
        if not worked:
            return "FAILED", printed.splitlines()[-12:]
    return "passed", printed.splitlines()[-1:]


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    cases = {name: case for name, case in CASES.items() if wanted in name}
    if not cases:
        sys.exit(f"ONLY={wanted}: no case has this word, take one of {', '.join(CASES)}")
    failed = False
    for name, (python, requirements) in cases.items():
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            venv = Path(folder) / "venv"
            word, lines = try_case(python, requirements, venv)
            lines += moved(venv)
        failed |= word == "FAILED"
        seconds = time.monotonic() - start
        print(f"{name:<12} {word:<7} {seconds:.0f} s", *lines, sep="\n  ", flush=True)
    sys.exit(failed)
