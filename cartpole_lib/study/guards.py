"""Can these trainers be run on these seeds, and does this folder hold their study and nothing else?"""

import functools
import inspect
import json
import os
import re
from collections.abc import Mapping

import cloudpickle
import numpy as np

from cartpole_lib.guards.values import a_path, must_be, seed, short
from cartpole_lib.study.code import own_worlds
from cartpole_lib.study.records import describe, file_name, identify

LITTER = {"desktop.ini", "Thumbs.db"}  # and all hidden files: what systems leave in every folder


def each_seed_once(seeds, name):
    """Return seeds as a sorted list of ints, each once."""
    given = list(seeds) if np.iterable(seeds) and not isinstance(seeds, str) else [None]
    if any(each is None or np.ndim(each) for each in given):
        raise TypeError(f"{name} must be whole numbers, such as range(30); got {short(seeds)}")
    if not given:
        raise ValueError(f"{name} must be at least one whole number, such as range(30); got none")
    checked = sorted(seed(each, "seed") for each in given)
    for each, following in zip(checked, checked[1:]):
        if each == following:
            raise ValueError(f"{name} must differ, or runs count twice; got {each} more than once")
    return checked


def named_trainers(trainers, name):
    """Return a dict of names and trainers that can run in another process."""
    if not isinstance(trainers, Mapping) or not trainers:
        raise ValueError(
            f"{name} must be a dict with at least one trainer, such as "
            f"{{'REINFORCE': train_reinforce}}; got {short(trainers)}"
        )
    different_files(trainers)
    for trainer_name, trainer in trainers.items():
        callable_with_seed(trainer, trainer_name)
        can_travel(trainer, f"trainers: {trainer_name!r}")
    different_runs(trainers)
    for env_id, spec in own_worlds().items():
        can_travel(spec, f"the environment {env_id!r}")
    return trainers


def different_runs(trainers):
    """Raise if two names stand for the same trainer."""
    owners = {}
    for name, trainer in trainers.items():
        other = owners.setdefault(json.dumps(identify(trainer)), name)
        if other != name:
            raise ValueError(
                f"trainers: {name!r} and {other!r} are the same. A lambda made in a loop looks its "
                "variable up later, when the loop is over: give arguments by functools.partial"
            )


def different_files(names):
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


def callable_with_seed(trainer, name):
    """Raise unless a trainer can be called as trainer(seed=seed)."""
    remedy = ". Arguments go into functools.partial(train_reinforce, gamma=0.9)"
    must_be("a function", callable, remedy=remedy)(trainer, f"trainers: {name!r}")
    try:
        call = functools.partial(trainer, seed=0)
        inspect.signature(call.func).bind(*call.args, **call.keywords)
    except (TypeError, ValueError) as problem:
        raise TypeError(
            f"trainers: {name!r} cannot be called as trainer(seed=0), {problem}: give other "
            "arguments by functools.partial"
        ) from None
    try:
        described = describe(trainer)
    except (TypeError, ValueError) as problem:
        raise TypeError(
            f"trainers: {name!r} has arguments that cannot be recorded, {problem}: let it make them "
            "itself, while it runs"
        ) from None
    if described["arguments"].get("path"):
        raise ValueError(
            f"trainers: {name!r} has a path, where each seed would replace what another saved: "
            "leave it out, or save under the seed's own name in a function of your own"
        )
    if "seed" in described["arguments"]:
        raise ValueError(f"trainers: {name!r} has a seed already: leave it out, seeds has them")
    address = re.search(r"<[^<]* at 0x\w+", json.dumps(described))
    if address:
        raise TypeError(
            f"trainers: {name!r} has {address[0]}>, which cannot be recognised when the study is "
            "started again: pass a function, or a value with a repr of its own"
        )


def can_travel(value, name):
    """Raise unless a trainer or an environment can be sent to another process."""
    try:
        cloudpickle.dumps(value)
    except Exception as problem:
        raise TypeError(
            f"{name} cannot be sent to another process, {problem}: let it open or make that "
            "itself, while it runs"
        ) from None


def study_folder(path, name):
    """Return `path` as an absolute Path if it is a folder of records, or nothing yet."""
    folder = a_path(path, name).resolve()
    if folder.exists():
        record_files(folder, name)
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(there, os.W_OK):
        raise PermissionError(f"{name} {str(folder)!r} cannot be written: choose another folder")
    return folder


def study_records(path, name):
    """Return the files of a folder of records, but for what systems and killed runs leave behind."""
    folder = a_path(path, name).resolve()
    if not folder.exists():
        raise FileNotFoundError(f"{name} {str(path)!r} does not exist: run_study makes it")
    return record_files(folder, name)


def record_files(folder, name):
    """Return the files of a folder of records, sorted; raise if it has any other."""
    if not folder.is_dir():
        raise NotADirectoryError(f"{name} {str(folder)!r} is a file: choose a folder")
    files = sorted(f for f in folder.iterdir() if f.name[0] != "." and f.name not in LITTER)
    for file in files:
        if not re.fullmatch(r"[a-z0-9-]+-seed-\d+\.json", file.name) or not file.is_file():
            raise ValueError(
                f"{name} {str(folder)!r} has {file.name!r}, which is no run of a study: choose "
                "another folder"
            )
    return files


def shared_folder(folder, name):
    """Return `folder` if a worker, perhaps on another machine, sees it."""
    if not folder.is_dir():
        raise FileNotFoundError(
            f"{name} {str(folder)!r} is not there for a worker: choose one that all machines of "
            "the cluster share"
        )
    return folder


def same_study(records, trainers, path):
    """Raise if a folder has runs of a trainer with other arguments or code, or one with its slug."""
    different_files([*trainers, *(record["trainer"] for record in records)])
    now = {name: identify(trainer) for name, trainer in trainers.items()}
    for record in records:
        name = record["trainer"]
        known = now.get(name, {}).items()
        changed = {key: value for key, value in known if value != record.get(key)}
        if changed and record["error"]:
            raise ValueError(
                f"path {str(path)!r}: {name!r} failed as another trainer, with "
                f"{record['error']['type']}: {record['error']['message']}. If you mended it, delete "
                f"{file_name(name, record['seed'])}, and it is run again"
            )
        if changed:
            before = {key: record.get(key) for key in changed}
            raise ValueError(
                f"path {str(path)!r} holds another study, with {name!r} as {before}, not {changed}: "
                "give the trainer another name, or choose another folder"
            )
