"""Can these trainers be run on these seeds? Errors come before anything is run or written."""

import functools
import inspect
import json
import re
from collections.abc import Iterable, Mapping

import cloudpickle

from cartpole_lib.checks import check_seed, short
from cartpole_lib.records import describe, file_name


def check_seeds(seeds):
    """Return `seeds` as a sorted list of ints, each once."""
    if not isinstance(seeds, Iterable) or isinstance(seeds, str) or None in (seeds := list(seeds)):
        raise TypeError(f"seeds must be whole numbers, such as range(30); got {short(seeds)}")
    if not seeds:
        raise ValueError("seeds must be at least one whole number, such as range(30); got none")
    checked = sorted(check_seed(seed) for seed in seeds)
    repeated = [seed for seed, following in zip(checked, checked[1:]) if seed == following]
    if repeated:
        raise ValueError(
            f"seeds must differ, or runs count twice; got {repeated[0]} more than once"
        )
    return checked


def check_trainers(trainers):
    """Raise unless `trainers` is a dict of names and trainers that can run in another process."""
    if not isinstance(trainers, Mapping) or not trainers:
        raise ValueError(
            "trainers must be a dict with at least one trainer, such as "
            f"{{'REINFORCE': train_reinforce}}; got {short(trainers)}"
        )
    check_names(trainers)
    for name, trainer in trainers.items():
        check_call(name, trainer)
        check_travels(name, trainer)


def check_names(names):
    """Raise if a trainer's name makes no file name, or that of another trainer."""
    owners = {}
    for name in names:
        if not isinstance(name, str) or not re.search("[a-z0-9]", name.lower()):
            raise ValueError(f"trainers: a name must have a letter or digit; got {short(name)}")
        other = owners.setdefault(file_name(name, 0), name)
        if other != name:
            raise ValueError(
                f"trainers: {name!r} and {other!r} make the same file names: change one of them"
            )


def check_call(name, trainer):
    """Raise unless a trainer can be called as trainer(seed=seed)."""
    if not callable(trainer):
        raise TypeError(
            f"trainers: {name!r} must be a function; got {short(trainer)}. Arguments go into "
            "functools.partial(train_reinforce, gamma=0.9)"
        )
    try:
        call = functools.partial(trainer, seed=0)
        inspect.signature(call.func).bind(*call.args, **call.keywords)
    except (TypeError, ValueError) as problem:
        raise TypeError(
            f"trainers: {name!r} cannot be called as trainer(seed=0), {problem}: give other "
            "arguments by functools.partial"
        ) from None
    if "seed" in describe(trainer)["arguments"]:
        raise ValueError(f"trainers: {name!r} has a seed already: leave it out, seeds has them")


def check_travels(name, trainer):
    """Raise unless a trainer can be sent to another process, and recognised in another session."""
    try:
        cloudpickle.dumps(trainer)
    except Exception as problem:
        raise TypeError(
            f"trainers: {name!r} cannot be sent to another process, {problem}: let it open or "
            "make that itself, while it runs"
        ) from None
    address = re.search(r"<[^<]* at 0x\w+", json.dumps(describe(trainer)))
    if address:
        raise TypeError(
            f"trainers: {name!r} has {address[0]}>, which cannot be recognised when the study is "
            "started again: pass a function, or a value with a repr of its own"
        )
