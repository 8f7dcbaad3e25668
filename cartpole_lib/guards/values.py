"""Numbers, arrays, seeds and paths."""

import inspect
import math
import os
import reprlib
import traceback
from contextlib import contextmanager
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


@contextmanager
def noted(note):
    """Add a note to what is raised inside, unless a guard raised it."""
    try:
        yield
    except Exception as error:
        if not is_complaint(error):
            error.add_note(note)
        raise


def must_be(wanted, fits, error=TypeError, remedy="", kept_as=lambda value: value):
    """Return the check that a value `fits`; it returns the value as `kept_as` makes it."""

    def check(value, name):
        if not fits(value):
            raise error(f"{name} must be {wanted}; got {short(value)}{remedy}")
        return kept_as(value)

    return check


def must_count(wanted, fits, remedy="", kept_as=float):
    """Return the check that a value is a number that `fits`; True is none."""

    def is_number(value):
        return isinstance(value, Real) and not isinstance(value, bool) and fits(value)

    return must_be(wanted, is_number, ValueError, remedy, kept_as)


def is_a(*kinds):
    """Return the function that says whether a value is of one of these kinds."""
    return lambda value: isinstance(value, kinds)


def has(*names):
    """Return the function that says whether a value has these attributes."""
    return lambda value: all(hasattr(value, name) for name in names)


def is_finite(value):
    """Return whether a number is one that a float can hold."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def is_whole(least):
    """Return the function that says whether a number is whole, and `least` or more."""
    return lambda value: isinstance(value, Integral) and value >= least


number = must_count("one finite number", is_finite)
threshold = must_count("one finite number", is_finite, ": say which mean return you call solved")
fraction = must_count("a number from 0 to 1, such as 0.99", lambda value: 0 <= value <= 1)
count = must_count("a whole number of at least 1", is_whole(1), kept_as=int)
natural = must_count("a whole number of at least 0, or None", is_whole(0), kept_as=int)
flag = must_be("True or False", is_a(bool, np.bool_), kept_as=bool)
text = must_be("a text in quotes", is_a(str))
a_path = must_be(
    "a path, a Path or a text in quotes",
    is_a(str, Path),
    kept_as=lambda path: Path(path).expanduser(),  # "~" is the home
)
generator = must_be("a generator, np.random.default_rng(0)", is_a(np.random.Generator))
function = must_be(
    "a function",
    callable,
    remedy=": pass it itself, neither its name in quotes nor what it returns",
)


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


def two_functions(values, name):
    """Return `values` if they are two functions, the actor's and the critic's."""
    if not isinstance(values, list | tuple) or len(values) != 2:
        raise TypeError(
            f"{name} must be two functions, the actor's and the critic's, such as "
            f"(policy_gradient_loss, value_loss); got {short(values)}"
        )
    return [function(value, f"each of {name}") for value in values]


def misfit(function, *arguments, **named):
    """Return why `function` cannot be called with these, or None if it can."""
    try:
        inspect.signature(function).bind(*arguments, **named)
    except ValueError:  # some functions written in C do not say
        return None
    except TypeError as problem:
        return problem


def called_with(*arguments):
    """Return the check that a function can be called with these arguments, by position."""

    def check(value, name):
        if hasattr(value, "get_concrete_function"):
            raise TypeError(
                f"{name} is compiled already, and keeps the numbers that it looked up at first: leave "
                "@tf.function out"
            )
        if problem := misfit(function(value, name), *arguments):
            raise TypeError(
                f"{name} is called as {name}({', '.join(arguments)}), but {short(value)} takes "
                f"{inspect.signature(value)}: {problem}"
            )
        return value

    return check


def seed(value, name):
    """Return a seed as an int, or None for None (a different result each time)."""
    return None if value is None else natural(value, name)


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


def observed(observations, width, who):
    """Return `observations` as an array if they are arrays of `width` numbers, as `who` takes them."""
    if isinstance(observations, tuple) and dict in map(type, observations):
        raise TypeError(
            "observations must be an array, but here are all things that env.reset() or env.step() "
            "returns: take the first, as in observation, info = env.reset()"
        )
    observations = np.asarray(observations)
    if observations.shape[-1:] != (width,):
        raise ValueError(
            f"{who} takes {width} numbers for each observation; got shape {observations.shape}"
        )
    return observations


def _one(values, name):
    """Return the remedy for a column, or for lists in a list; words in it are no lists."""
    if np.shape(getattr(values, "shape", None)) == (2,) and values.shape[1] == 1:
        return ": take its only column, [:, 0]"
    nested = np.iterable(values) and any(isinstance(v, list | tuple | np.ndarray) for v in values)
    return f": pass one {'episode' if name == 'rewards' else 'row'} at a time" if nested else ""


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
