"""What an exercise is: data that `check` reads."""

import inspect
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cartpole_lib.exercises.comparing import Complaint


def call(answer, *case):
    """Return what the answer returns: what is compared, unless an exercise says otherwise."""
    return answer(*case)


class Exercise(NamedTuple):
    """An exercise: the right function, its cases, and the wrong functions that learners write.

    right    the function that is asked for; its docstring is what a right answer is told
    wrong    functions or classes; whoever computes the same as one of them is told its docstring
    cases    a function that returns a list of tuples of arguments, fresh generators and networks
             at each call; the smallest case first, for the first that fails is shown
    run      run(answer, *case) returns what is compared; by default what the answer returns; it
             may raise a Complaint, whose words are shown as they are
    diagnose diagnose(answer) returns a sentence on a wrong answer that no list can hold, or None
    measure  measure() returns a sentence with the figures of an experiment, or None
    """

    right: Callable
    wrong: Sequence[Callable] = ()
    cases: Callable = lambda: [()]
    run: Callable = call
    diagnose: Callable = lambda answer: None
    measure: Callable = lambda: None


def all_from(first, *, to):
    """Return the functions and classes of a module from `first` to `to`, in the order of its lines."""
    module = vars(sys.modules[first.__module__])
    names = list(module)
    chosen = names[names.index(first.__name__) : names.index(to.__name__) + 1]
    return [module[name] for name in chosen]


def sentence_of(function):
    """Return the docstring of a function as one line."""
    return " ".join(inspect.getdoc(function).split())


def prediction(right, why, wrong, measure):
    """Return the exercise of a prediction: an answer without arguments that returns an option.

    right    the option that comes true, a string, and why
    wrong    option -> sentence: why it tempts, and why it fails
    measure  runs the experiment and returns a sentence with its figures
    """
    return Exercise(
        right=choosing(right, why),
        wrong=[choosing(option, sentence) for option, sentence in wrong.items()],
        run=lambda answer: one_of(answer(), [right, *wrong]),
        measure=measure,
    )


def choosing(option, sentence):
    """Return a function that returns an option, with a sentence for its docstring."""

    def choice():
        return option

    choice.__doc__ = sentence
    return choice


def one_of(option, options):
    """Return an option as it is written in the exercise; complain if it is none."""
    for known in options:
        if isinstance(option, str) and option.strip().lower() == known.lower():
            return known
    raise Complaint(no_option(option, options))


def no_option(given, options):
    """Return in words which options there are, and what was given instead."""
    *others, last = map(repr, sorted(options))
    words = f"The answers are {', '.join(others)} and {last}. Yours is {given!r:.60}"
    return words + (": does it end with return?" if given is None else ".")
