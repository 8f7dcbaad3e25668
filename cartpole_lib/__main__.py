"""The command line: `python -m cartpole_lib play`, and train, watch and evaluate a policy file.

What cannot be done is refused in one sentence and with exit code 2, as argparse does it.
"""

import argparse
import sys
import warnings
from pathlib import Path

from cartpole_lib.interrupt import interrupt_later

INTERRUPTED = 130  # what a shell expects after Ctrl-C


def parser():
    """Return the parser of the command line; each command's function in `commands` is its `run`."""
    main = argparse.ArgumentParser(
        "python -m cartpole_lib",
        description="Play CartPole yourself, or train, watch and evaluate a policy.",
    )
    added_to = main.add_subparsers(required=True, metavar="command")

    def command(name, words, file=True):
        added = added_to.add_parser(name, help=words, description=words)
        added.set_defaults(run=f"{name}_command")
        if file:
            added.add_argument("file", type=Path, help="what train saved: policy.keras")
        if name != "play":
            known = "an environment by name, or module:name (default: %(default)s)"
            added.add_argument("--env", default="CartPole-v1", help=known)
            added.add_argument("--seed", type=int, default=0, help="default: %(default)s")
        return added

    command("play", "balance the pole yourself, in a window", file=False)
    added = command("train", "train a policy by one of two methods", file=False)
    added.add_argument("method", choices=["reinforce", "actor-critic"])
    added.add_argument("--save", metavar="policy.keras", help="save the policy there")
    added = command("watch", "watch a saved policy in a window, until you close it")
    added.add_argument(
        "--gif", type=Path, metavar="out.gif", help="write one episode there instead"
    )
    words = "play a saved policy, greedily and sampled, and print the mean returns"
    added = command("evaluate", words)
    added.add_argument("--episodes", type=int, default=100, help="of each (default: %(default)s)")
    return main


def main(words=None):
    """Run a command, given as a list of words; return the exit code."""
    command_line = parser()
    arguments = command_line.parse_args(words)
    try:
        for line in _lines(command_line, arguments):
            print(line, flush=True)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    return 0


def _lines(command_line, arguments):
    """Yield the lines of a command; end the program with a sentence if it cannot be done."""
    with interrupt_later():  # while NumPy loads, Ctrl-C would become an ImportError
        import gymnasium as gym  # here, so that --help is quick

        from cartpole_lib import commands

    refused = (ValueError, TypeError, OSError, RuntimeError, ImportError, gym.error.Error)
    try:
        with warnings.catch_warnings():
            yield from getattr(commands, arguments.run)(arguments)
    except (*refused, UserWarning) as error:
        sentence = " ".join(str(error).split()) or type(error).__name__
        command_line.exit(2, f"{command_line.prog}: error: {sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
