"""Many seeds: run them, keep each run as a record, and say what a handful can tell."""

from cartpole_lib.study.run import read_study, run_study

__all__ = ["read_study", "run_study"]
