"""What a loss looks up besides its arguments: a compiled step would keep it as it was at first."""

import argparse
import inspect
import warnings
from contextlib import suppress
from dataclasses import is_dataclass
from functools import partial
from types import SimpleNamespace
from weakref import WeakKeyDictionary

import numpy as np

NUMBERS = int | float | np.generic
SETTINGS = NUMBERS | str | tuple | dict | SimpleNamespace | argparse.Namespace
MANY = 10  # compilations for one optimiser, a tenth of a second each
N_COMPILED = WeakKeyDictionary()


def kept(net, loss):
    """Return what a compiled step keeps: the weights that it trains, and all that `loss` looks up."""
    return tuple(map(id, net.trainable_variables)), tuple(_looked_up(loss, []))


def seldom_compiled(optimizer):
    """Return `optimizer`; warn once if its step is compiled again and again."""
    N_COMPILED[optimizer] = N_COMPILED.get(optimizer, 0) + 1
    if N_COMPILED[optimizer] == MANY:
        warnings.warn(
            f"a step was compiled {MANY} times, which takes most of the time: define loss once, outside "
            "of update, and take a keras.Variable for what it looks up and changes each time",
            stacklevel=5,
        )
    return optimizer


def _looked_up(loss, seen):
    """Yield what a function looks up by name, also in others of its module, with what it is now.

    Of what its own instance holds only numbers count, for a log would make each step another one.
    """
    function = loss.func if isinstance(loss, partial) else loss
    function = function if inspect.isroutine(function) else type(function).__call__
    seen.append(function)
    held_by = loss, getattr(loss, "__self__", None)
    held = [part for owner in held_by for part in getattr(owner, "__dict__", {}).items()]
    parts = {name: part for name, part in held if isinstance(part, NUMBERS)}
    with suppress(TypeError):  # written in C
        found = inspect.getclosurevars(function)
        parts |= found.nonlocals | found.globals
    for name, part in parts.items():
        beside = inspect.isfunction(part) and part.__module__ == function.__module__
        if isinstance(part, np.ndarray):
            yield name, part.shape, part.tobytes()
        elif isinstance(part, SETTINGS) or is_dataclass(part):
            yield name, repr(part)
        elif beside and part not in seen:
            yield from _looked_up(part, seen)
