"""Errors that a learner can act on: each names the argument, its value and the remedy.

Numbers and arrays are checked here, environments and policies in `play_checks`, networks in
`net_checks`.
"""

import os
import reprlib
from numbers import Integral, Real
from pathlib import Path

import numpy as np


def short(value):
    """Describe a value in few words: an array by its shape."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    return reprlib.repr(value)


def check_number(value, name):
    """Return `value` as a float if it is one finite number."""
    if isinstance(value, bool) or not isinstance(value, Real) or not np.isfinite(value):
        raise ValueError(f"{name} must be one finite number; got {short(value)}")
    return float(value)


def check_fraction(value, name):
    """Return `value` as a float if it is a number from 0 to 1; `name` is the argument to blame."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 <= value <= 1:
        raise ValueError(f"{name} must be a number from 0 to 1, such as 0.99; got {short(value)}")
    return float(value)


def check_below_one(value, name):
    """Return `value` as a float if it is at least 0 and below 1."""
    if check_fraction(value, name) == 1:
        raise ValueError(
            f"{name} must be below 1, such as 0.99: the critic learns (1 - {name}) * return"
        )
    return float(value)


def check_count(value, name):
    """Return `value` as an int if it is a whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1; got {short(value)}")
    return int(value)


def check_seed(seed):
    """Return `seed` as an int, or None for None (a different result each time)."""
    if seed is None:
        return None
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise ValueError(f"seed must be a whole number of at least 0, or None; got {short(seed)}")
    return int(seed)


def check_rng(seed):
    """Return a NumPy generator made from `seed`, or `seed` itself if it is one."""
    if isinstance(seed, np.random.Generator):
        return seed
    if np.ndim(seed):
        raise TypeError(
            f"seed must be a whole number, but got {short(seed)}: if these are observations, you "
            "passed the function that makes a policy; call it first, as in random_policy(seed=0)"
        )
    return np.random.default_rng(check_seed(seed))


def check_vector(values, name):
    """Return `values` as a float64 array of shape (T,), every entry finite."""
    if hasattr(values, "rewards"):
        raise TypeError(
            f"{name} must be a list of numbers, but got an Episode: pass episode.rewards"
        )
    try:
        vector = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} must be a list of numbers, such as [1, 1, 1]; got {short(values)}"
        ) from None
    if vector.ndim != 1:
        raise ValueError(
            f"{name} must be one-dimensional, a plain list of numbers; got shape {vector.shape}"
        )
    bad = np.flatnonzero(~np.isfinite(vector))
    if bad.size:
        raise ValueError(f"{name} must be finite; entry {bad[0]} is {vector[bad[0]]}")
    return vector


def check_values(values, n_rewards):
    """Return a critic's `values` as an array with one entry more than there are rewards."""
    values = check_vector(values, "values")
    if len(values) != n_rewards + 1:
        raise ValueError(
            f"values must have {n_rewards + 1} entries, one for each observation, the last one "
            f"included, where there are {n_rewards} rewards; got {len(values)}"
        )
    return values


def check_flag(value, name):
    """Return `value` as a bool if it is True or False."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False; got {short(value)}")
    return bool(value)


def check_positive(value, name):
    """Return `value` as a float if it is a finite number above 0."""
    if check_number(value, name) <= 0:
        raise ValueError(f"{name} must be above 0; got {short(value)}")
    return float(value)


def check_path(path):
    """Return `path` as a Path if a .keras file can be written there; nothing is written yet."""
    path = Path(path)
    if path.suffix != ".keras":
        raise ValueError(f"path must end in .keras, such as 'policy.keras'; got {str(path)!r}")
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"path {str(path)!r} is in a folder that does not exist: make it first"
        )
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise PermissionError(f"path {str(path)!r} cannot be written: choose another place")
    return path


def check_width(observations, width, name):
    """Raise unless the last axis of `observations` has as many numbers as `name` takes."""
    if np.shape(observations)[-1:] != (width,):
        raise ValueError(
            f"{name} takes {width} numbers for each observation; got shape {np.shape(observations)}"
        )
