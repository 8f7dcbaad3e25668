"""Re-run all notebooks, strictly, as other processors compute: `make test-processors`.

Last digits differ between processors. What is compared strictly must not depend on them, and
the asserts on trainings must hold. Prints a table; ONLY=sine takes the cases with the word.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
CASES = {
    "an old one": {
        "ONEDNN_MAX_CPU_ISA": "SSE41",
        "TF_ENABLE_ONEDNN_OPTS": "1",
        "OPENBLAS_CORETYPE": "Nehalem",
    },
    "a newer one, one thread": {
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "OPENBLAS_CORETYPE": "Haswell",
        "OMP_NUM_THREADS": "1",
        "TF_NUM_INTRAOP_THREADS": "1",
    },
    "another sine": {"PYTHONPATH": str(ROOT / "tests" / "other_machine")},
}
RERUN = [
    "-m",
    "pytest",
    "notebooks",
    "-n",
    "auto",
    "--dist",
    "loadfile",
    "--nbval",
    "--nbval-current-env",
]
RERUN += ["--nbval-cell-timeout=300", "--nbval-sanitize-with=tests/sanitize.cfg"]


def main(wanted):
    cases = {name: case for name, case in CASES.items() if wanted in name}
    if not cases:
        return f"ONLY={wanted}: no case has this word, take one of {', '.join(CASES)}"
    failed = False
    for name, environment in cases.items():
        start, command = time.monotonic(), [sys.executable, *RERUN]
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True
        )
        failed |= done.returncode != 0
        word = "passed" if done.returncode == 0 else "FAILED"
        lines = done.stdout.splitlines()
        shown = lines[-1:] if word == "passed" else [t for t in lines if t[:6] == "FAILED"][:12]
        seconds = time.monotonic() - start
        print(f"{name:<24} {word} {seconds:.0f} s", *shown, sep="\n  ", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
