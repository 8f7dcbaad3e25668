"""What a trainer runs, as a digest: a record must not pass for a run of other code."""

import argparse
import functools
import hashlib
import inspect
import sys
import sysconfig
import types
from dataclasses import fields, is_dataclass

import gymnasium as gym
import numpy as np
from gymnasium.envs.registration import load_env_creator

INSTALLED = tuple(sysconfig.get_paths()[kind] for kind in ("stdlib", "purelib", "platlib"))


def code_digest(trainer):
    """Return a SHA-256 of a trainer's code and of all that it calls, but for installed libraries.

    It changes with the code of a function, a class, a module, or an environment that is named,
    and with the numbers, strings, tuples, lists, dicts, arrays and networks' weights that they are
    given or look up; not with comments or layout, and not with lists that are looked up or what an
    object holds that cannot be called, dataclasses and namespaces apart: they may change from run
    to run. Another version of Python gives another digest.
    """
    parts = []
    _walk(trainer, parts, set())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def own_worlds():
    """Return the environments that are registered here and not by Gymnasium, by their names."""
    worlds = gym.registry.items()
    return {name: x for name, x in worlds if not str(x.entry_point).startswith("gymnasium.")}


def _walk(value, parts, seen):
    """Add to `parts` what `value` consists of, once."""
    if isinstance(value, int | float | complex | str | bytes | range | None):
        parts.append(repr(value))
        if isinstance(value, str) and (spec := own_worlds().get(value.split(":")[-1])):
            make = spec.entry_point
            make = load_env_creator(make) if isinstance(make, str) else make
            settings = spec.kwargs, spec.max_episode_steps, spec.reward_threshold
            _walk((make, *settings), parts, seen)
    elif isinstance(value, np.ndarray | np.generic):
        _walk((str(value.dtype), value.shape, value.tolist()), parts, seen)
    elif isinstance(value, types.SimpleNamespace | argparse.Namespace):
        _walk(vars(value), parts, seen)
    elif is_dataclass(value) and not isinstance(value, type):
        held = [getattr(value, field.name, None) for field in fields(value)]
        _walk((type(value), held), parts, seen)
    elif isinstance(value, tuple | list | dict):
        for entry in value.items() if isinstance(value, dict) else value:
            _walk(entry, parts, seen)
    elif isinstance(value, set | frozenset):
        parts.append(str(sorted(map(repr, value))))
    elif isinstance(value, functools.partial):
        _walk((value.func, value.args, value.keywords), parts, seen)
    elif isinstance(value, property | functools.cached_property):
        _walk([getattr(value, name, None) for name in ("fget", "fset", "func")], parts, seen)
    elif isinstance(value, types.CodeType):
        parts.append(value.co_code.hex() + str((value.co_names, value.co_varnames)))
        _walk(value.co_consts, parts, seen)
    elif hasattr(value, "get_weights") and not isinstance(value, type):  # a network of Keras
        _walk(value.get_weights(), parts, seen)
    elif id(value) not in seen and _is_ours(value):
        seen.add(id(value))
        _walk_ours(value, parts, seen)


def _is_ours(value):
    """Say whether a module, a function, a class or an object's class was written here, not installed."""
    where = "__name__" if isinstance(value, types.ModuleType) else "__module__"
    module = getattr(value, where, None) or type(value).__module__
    file = getattr(sys.modules.get(module), "__file__", None)
    ours = module == "__main__" or module.startswith("cartpole_lib")
    return ours or bool(file) and not file.startswith(INSTALLED)


def _walk_ours(value, parts, seen):
    if hasattr(value, "__wrapped__") and not _decorated_here(value):
        _walk(value.__wrapped__, parts, seen)
    elif inspect.isfunction(value):
        cells = [cell.cell_contents for cell in value.__closure__ or () if cell != types.CellType()]
        outside = _looked_up(value.__code__, value.__globals__)
        for part in (value.__code__, value.__defaults__, value.__kwdefaults__, *cells, *outside):
            _walk(part, parts, seen)
    elif isinstance(value, type):
        held = vars(value).items()
        own = {name: part for name, part in held if name[:2] != "__" or inspect.isfunction(part)}
        _walk((own, *value.__bases__), parts, seen)
    elif inspect.ismethod(value):
        _walk((value.__func__, value.__self__), parts, seen)
    else:  # what is no function may change as it is used, as a world's state does
        held = getattr(value, "__dict__", None) if callable(value) else None
        _walk((type(value), held), parts, seen)


def _decorated_here(value):
    """Say whether a decorator of the user's own wraps `value`, and no guard or cache does."""
    made_in = getattr(value, "__globals__", {}).get("__name__", "functools")
    return not made_in.startswith(("cartpole_lib", "functools"))


def _looked_up(code, place):
    """Return what a function looks up in its module, and in modules of its user's own that it names."""
    names, places, found = sorted(set(_names(code))), [place], []
    for place in places:  # which grow, for a module may name another
        parts = {name: place[name] for name in names if name in place}
        found.append({name: part for name, part in parts.items() if not isinstance(part, list)})
        modules = [part for part in parts.values() if isinstance(part, types.ModuleType)]
        known = set(map(id, places))
        places += [vars(m) for m in modules if _is_ours(m) and id(vars(m)) not in known]
    return found


def _names(code):
    """Return the names that a function and those within it look up outside."""
    inner = [part for part in code.co_consts if isinstance(part, types.CodeType)]
    return [*code.co_names, *(name for part in inner for name in _names(part))]
