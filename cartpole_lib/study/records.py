"""One run of a study as one JSON file: what was run, what came of it, and whether it is whole."""

import functools
import hashlib
import json
import platform
import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from operator import methodcaller

from cartpole_lib.files import written_whole
from cartpole_lib.guards.values import short
from cartpole_lib.study.code import code_digest
from cartpole_lib.training import Training


def describe(trainer):
    """Return the function and the arguments of a trainer, as a dict that JSON gives back unchanged.

    The arguments are those of a `functools.partial`, by keyword, or by position from "0" on.
    Functions among them stand as qualified names, other partials as such dicts, networks as
    the names of their classes, what else JSON does not know as its repr.
    """
    call = functools.partial(trainer)  # a partial of a partial is one
    arguments = {str(place): value for place, value in enumerate(call.args)} | call.keywords
    description = {"function": as_json(call.func), "arguments": arguments}
    return json.loads(json.dumps(description, default=as_json))


def as_json(value):
    """Return what stands in a record for a value that JSON does not know."""
    if isinstance(value, functools.partial):
        return describe(value)
    if hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    if hasattr(value, "get_weights"):  # Keras counts up names; the digest has the weights
        return type(value).__name__
    return repr(value)


def identify(trainer):
    """Return what tells a trainer from every other: its description, and a digest of its code."""
    return describe(trainer) | {"code": code_digest(trainer)}


def results_of(training):
    """Return a `Training` without its networks, as a dict of lists and numbers."""
    if not isinstance(training, Training):
        raise TypeError(f"a trainer must return a Training; got {short(training)}")
    if training.interrupted:
        raise KeyboardInterrupt
    results = training._asdict()
    for name in ("policy_net", "value_net", "interrupted"):
        del results[name]
    results |= {"greedy": training.greedy._asdict(), "sampled": training.sampled._asdict()}
    return json.loads(json.dumps(results, default=methodcaller("tolist")))


def library_versions():
    """Return the versions of Python and of the libraries that a result may depend on."""
    names = ["numpy", "keras", "gymnasium", "tensorflow", "tensorflow-cpu"]
    versions = {"python": platform.python_version()}
    for name in names:
        with suppress(PackageNotFoundError):  # of TensorFlow's two wheels, one is there
            versions[name.removesuffix("-cpu")] = version(name)
    return versions


def file_name(trainer_name, seed):
    """Return the name of a run's file, such as 'actor-critic-one-step-seed-7.json'."""
    slug = re.sub(r"[^a-z0-9]+", "-", trainer_name.lower()).strip("-")
    return f"{slug}-seed-{seed}.json"


def digest(record):
    """Return the SHA-256 of a record, which changes with every edit of it."""
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def write_record(record, file):
    """Write a record so that `file` is there whole or not at all."""
    with written_whole(file) as beside:
        beside.write_text(json.dumps(record | {"digest": digest(record)}), encoding="utf-8")


def read_record(file):
    """Return the record in a file, without its digest.

    Raises ValueError if the file is half-written, edited, renamed or no record at all.
    """
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        whole = record.pop("digest") == digest(record)
        whole = whole and file.name == file_name(record["trainer"], record["seed"])
    except (ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise ValueError(
            f"path: the file {str(file)!r} was half-written, edited or renamed: delete it, and "
            "its run is run again"
        )
    return record
