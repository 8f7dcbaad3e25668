"""Numbers, arrays, seeds and paths."""

import inspect
import math
import os
import reprlib
import traceback
from numbers import Integral, Real
from pathlib import Path

import numpy as np


def short(value):
    """Describe a value in few words: an array by its shape, a function by its name."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    if inspect.isroutine(value):
        return f"the function {value.__name__}"
    return reprlib.repr(value)


def innermost(error):
    """Return the frame that raised `error`."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return frame


def comes_from(error, package):
    """Return whether code of `package` raised `error`."""
    return innermost(error).f_globals["__name__"].startswith(package)


def is_complaint(error):
    """Return whether a guard raised `error`, which says then itself what to do."""
    return comes_from(error, "cartpole_lib.guards")


def number(value, name):
    """Return `value` as a float if it is one finite number."""
    try:
        finite = not isinstance(value, bool) and isinstance(value, Real) and math.isfinite(value)
    except OverflowError:  # a whole number or a fraction, larger than any float
        finite = False
    if not finite:
        hint = ": say which mean return you call solved" if name == "threshold" else ""
        raise ValueError(f"{name} must be one finite number; got {short(value)}{hint}")
    return float(value)


def fraction(value, name):
    """Return `value` as a float if it is a number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 <= value <= 1:
        raise ValueError(f"{name} must be a number from 0 to 1, such as 0.99; got {short(value)}")
    return float(value)


def below_one(value, name):
    """Return `value` as a float if it is at least 0 and below 1."""
    if fraction(value, name) == 1:
        raise ValueError(
            f"{name} must be below 1, such as 0.99: the critic learns (1 - {name}) * return"
        )
    return float(value)


def positive(value, name):
    """Return `value` as a float if it is a finite number above 0."""
    if number(value, name) <= 0:
        raise ValueError(f"{name} must be above 0; got {short(value)}")
    return float(value)


def count(value, name):
    """Return `value` as an int if it is a whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1; got {short(value)}")
    return int(value)


def flag(value, name):
    """Return `value` as a bool if it is True or False."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False; got {short(value)}")
    return bool(value)


def function(value, name):
    """Return `value` if it can be called."""
    if not callable(value):
        raise TypeError(
            f"{name} must be a function; got {short(value)}: pass it itself, neither its name in "
            "quotes nor what it returns"
        )
    return value


def two_functions(values, name):
    """Return `values` if they are two functions, the actor's and the critic's."""
    if not isinstance(values, list | tuple) or len(values) != 2:
        raise TypeError(
            f"{name} must be two functions, the actor's and the critic's, such as "
            f"(policy_gradient_loss, value_loss); got {short(values)}"
        )
    return [function(value, f"each of {name}") for value in values]


def called_with(*arguments):
    """Return the check that a function can be called with these arguments, by position."""

    def check(value, name):
        if hasattr(value, "get_concrete_function"):
            raise TypeError(
                f"{name} is compiled already, and keeps the numbers that it looked up at first: leave "
                "@tf.function out"
            )
        try:
            inspect.signature(function(value, name)).bind(*arguments)
        except ValueError:  # some functions written in C do not say
            pass
        except TypeError as problem:
            if not callable(value):
                raise
            raise TypeError(
                f"{name} is called as {name}({', '.join(arguments)}), but {short(value)} takes "
                f"{inspect.signature(value)}: {problem}"
            ) from None
        return value

    return check


def seed(value, name):
    """Return a seed as an int, or None for None (a different result each time)."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 0:
        raise ValueError(
            f"{name} must be a whole number of at least 0, or None; got {short(value)}"
        )
    return int(value)


def network_seed(value, name):
    """Return a seed as an int or None, no larger than Keras can hold."""
    if seed(value, name) is not None and value >= 2**63:
        raise ValueError(f"{name} of a network must be below 2**63; got {short(value)}")
    return seed(value, name)


def repeatable_seed(value, name):
    """Return a seed as an int; None is none."""
    if value is None or isinstance(value, str):
        raise ValueError(
            f"{name} must be a whole number, so that the run can be repeated; got {short(value)}"
        )
    return seed(value, name)


def seed_or_generator(value, name):
    """Return `value` if it is a seed, None or a NumPy generator."""
    if isinstance(value, np.random.Generator):
        return value
    if np.iterable(value) and not isinstance(value, str):
        raise TypeError(
            f"{name} must be a whole number, but got {short(value)}: if these are observations, you "
            "passed the function that makes a policy; call it first, as in random_policy(seed=0)"
        )
    return seed(value, name)


def generator(value, name):
    """Return `value` if it is a NumPy generator."""
    if not isinstance(value, np.random.Generator):
        raise TypeError(f"{name} must be a generator, np.random.default_rng(0); got {short(value)}")
    return value


def floats(values, name):
    """Return `values` as a float64 array of any shape."""
    if hasattr(values, "_fields"):
        raise TypeError(
            f"{name} must be a list of numbers of one kind; got a {type(values).__name__}, whose "
            "numbers mean different things: pass what it was made from"
        )
    try:
        # same_kind: neither words nor complex numbers become numbers of some kind
        return np.asarray(values).astype(np.float64, casting="same_kind", copy=False)
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} must be a list of numbers, such as [1, 1, 1]; got {short(values)}"
            + _one(values, name)
        ) from None


def vector(values, name):
    """Return `values` as a float64 array of shape (T,), every entry finite."""
    if hasattr(values, "rewards"):
        raise TypeError(
            f"{name} must be a list of numbers, but got an Episode: pass episode.rewards"
        )
    array = floats(values, name)
    if array.ndim != 1:
        raise ValueError(
            f"{name} must be one-dimensional, a plain list of numbers; got shape {array.shape}"
            + _one(values, name)
        )
    bad = np.flatnonzero(~np.isfinite(array))
    if bad.size:
        raise ValueError(f"{name} must be finite; entry {bad[0]} is {array[bad[0]]}")
    return array


def numbers(values, name):
    """Return `values` as a float64 array of any shape, at least one number, every entry finite."""
    array = floats(values, name)
    if not array.size or not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite numbers, at least one; got {short(values)}")
    return array


def observed(observations):
    """Return `observations` as an array; all that env.reset() or env.step() returns are none."""
    if isinstance(observations, tuple) and dict in map(type, observations):
        raise TypeError(
            "observations must be an array, but here are all things that env.reset() or env.step() "
            "returns: take the first, as in observation, info = env.reset()"
        )
    return np.asarray(observations)


def _one(values, name):
    """Return the remedy for a column, or for lists in a list; words in it are no lists."""
    if np.shape(getattr(values, "shape", None)) == (2,) and values.shape[1] == 1:
        return ": take its only column, [:, 0]"
    nested = np.iterable(values) and any(isinstance(v, list | tuple | np.ndarray) for v in values)
    return f": pass one {'episode' if name == 'rewards' else 'row'} at a time" if nested else ""


def a_path(path, name):
    """Return `path`, a string or a Path, as a Path; "~" is the home."""
    if not isinstance(path, str | Path):
        raise TypeError(f"{name} must be a path, a Path or a text in quotes; got {short(path)}")
    return Path(path).expanduser()


def policy_path(path, name):
    """Return `path` as a Path if a .keras file can be written there; nothing is written yet."""
    path = a_path(path, name)
    if path.suffix != ".keras":
        raise ValueError(f"{name} must end in .keras, such as 'policy.keras'; got {str(path)!r}")
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"{name} {str(path)!r} is in a folder that does not exist: make it first"
        )
    if path.is_dir() or not all(os.access(p, os.W_OK) for p in (path, path.parent) if p.exists()):
        raise PermissionError(f"{name} {str(path)!r} cannot be written: choose another place")
    return path
