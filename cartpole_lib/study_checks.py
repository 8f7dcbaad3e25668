"""Can this study be run, and does this folder hold it? Nothing is run or written before."""

import functools
import inspect
import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

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


def check_folder(path):
    """Return `path` as an absolute Path if it is a folder of records, or nothing yet."""
    folder = Path(path).resolve()
    if not folder.exists():
        return folder
    if not folder.is_dir():
        raise NotADirectoryError(f"path {str(path)!r} is a file: choose a folder")
    for file in record_files(folder):
        if not re.fullmatch(r"[a-z0-9-]+-seed-\d+\.json", file.name) or not file.is_file():
            raise ValueError(
                f"path {str(path)!r} has {file.name!r}, which is no run of a study: choose "
                "another folder"
            )
    return folder


def make_folder(folder):
    """Make the folder of a study unless it is there; raise if nothing can be written in it."""
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise PermissionError(f"path {str(folder)!r} cannot be written: choose another folder")


def check_shared(folder):
    """Raise unless a worker, perhaps on another machine, sees the study's folder."""
    if not folder.is_dir():
        raise FileNotFoundError(
            f"path {str(folder)!r} is not there for a worker: choose a folder that all machines of "
            "the cluster share"
        )


def record_files(folder):
    """Return the files of a folder but for hidden ones, such as what a killed run left behind."""
    return sorted(file for file in folder.iterdir() if not file.name.startswith("."))


def check_same_study(records, trainers, path):
    """Raise if a folder has runs of a trainer with other arguments, or one with the same slug."""
    check_names([*trainers, *(record["trainer"] for record in records)])
    for record in records:
        name = record["trainer"]
        now = describe(trainers[name]) if name in trainers else {}
        before = {key: record[key] for key in now}
        if now != before:
            raise ValueError(
                f"path {str(path)!r} holds another study, with {name!r} as {before}, not {now}: "
                "give the trainer another name, or choose another folder"
            )
