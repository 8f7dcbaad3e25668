"""A stand-in for a training: it plays nothing, and notes what it was asked to do."""

import inspect

import numpy as np

from cartpole_lib.evaluate import evaluate
from cartpole_lib.exercises.comparing import Complaint, same, shown
from cartpole_lib.policies import sampling_policy

CHANCE = 100  # steps; a fresh network stands for less
SHAPES = [(4, 32), (32,), (32, 2), (2,)]  # of the weights of our policy networks


def settings_of(train, answer, *case):
    """Return the settings with which `answer(train, *case)` trains, defaults included: a dict.

    The answer gets a stand-in that is called like `train`. Complains where it trains not
    once, or returns something else than what the training returned.
    """
    calls, run = [], Run()
    signature = inspect.signature(train)

    def stand_in(*positional, **named):
        call = signature.bind(*positional, **named)
        call.apply_defaults()
        calls.append(call.arguments)
        return run

    returned = answer(stand_in, *case)
    if len(calls) != 1:
        raise Complaint(
            f"Call train once, the one that is handed over; it was called {len(calls)} times."
        )
    if returned is not run:
        raise Complaint("Return what train returned, the run as it is.")
    return calls[0]


def others_of(train, settings, known):
    """Return in words the settings beside the known ones that are not the defaults of `train`."""
    defaults = inspect.signature(train).parameters
    changed = [
        f"{name}={shown(value)}"
        for name, value in settings.items()
        if name not in known and not unchanged(value, defaults[name].default)
    ]
    return ", ".join(changed) or "no other change"


def unchanged(value, default):
    """Return whether a setting is its default: the same object, or an equal word or number.

    Or a function under its name: the update that the learner's notebook wrote out, and hands over.
    """
    if inspect.isfunction(value) and inspect.isfunction(default):
        return value.__name__ == default.__name__
    return value is default or (isinstance(value, str | int | float) and value == default)


def plainly(number):
    """Return a number as it is written, so that 1, 1.0 and "1" are three things."""
    return repr(number.item() if isinstance(number, np.generic) else number)


def kind_of_network(net, net_of_another_run):
    """Return in words whether a network is fresh; None stands for one that the training builds."""
    if net is None:
        return "a fresh network"
    if evaluate(sampling_policy(net, seed=0)).mean() >= CHANCE:
        return "a trained network"
    if net is net_of_another_run:
        return "one network for all runs"
    shapes = [tuple(weights.shape) for weights in net.trainable_variables]
    return "a fresh network" if shapes == SHAPES else "a network of another shape"


def wrongly_set(run, right, seed):
    """Return diagnose(answer): a sentence on the first setting that is not that of `right`."""

    def diagnose(answer):
        for got, wanted in zip(run(answer, seed), run(right, seed)):
            if not same(got, wanted):
                return f"It trains with {in_words(got)}. Wanted: {in_words(wanted)}."
        return None

    return diagnose


def in_words(setting):
    """Return a setting as it is told: words as they are, an array as the weights that it holds."""
    return setting if isinstance(setting, str) else f"weights {shown(setting)}"


class NothingPlayed(Complaint, AttributeError):
    """A stand-in has no such thing."""


class Run:
    """What a stand-in returns in place of a `Training`."""

    def __repr__(self):
        return "the run"

    def __getattr__(self, name):
        raise NothingPlayed(
            f"Return the run itself: this stand-in played nothing, it has no {name}."
        )
