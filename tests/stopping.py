"""Let a script that is stopped end in one sentence: import this before all that takes long."""

import sys


def say(kind, problem, trace):
    """Say in a sentence that Ctrl-C or the disk ended a script; show any other error whole."""
    if issubclass(kind, KeyboardInterrupt):
        print("\nStopped. What is done is kept; the same command does the rest.", file=sys.stderr)
    elif issubclass(kind, OSError):
        print(f"\n{kind.__name__}: {problem}", file=sys.stderr)
    else:
        sys.__excepthook__(kind, problem, trace)


sys.excepthook = say
