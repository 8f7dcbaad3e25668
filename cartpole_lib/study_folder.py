"""Does this folder hold this study, and nothing else? A study writes nothing before that is sure."""

import os
import re
from pathlib import Path

from cartpole_lib.records import describe
from cartpole_lib.study_checks import check_names


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
