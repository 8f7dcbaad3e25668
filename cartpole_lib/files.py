"""Files that are there whole or not at all, whenever the disk is full or the process is killed."""

import os
from contextlib import contextmanager


@contextmanager
def written_whole(path):
    """Give a path beside `path` to write to, and put what was written in its place at the end.

    After an error `path` is what it was, and nothing is left beside it.
    """
    beside = path.with_name(f".{path.stem}-{os.getpid()}{path.suffix}")
    try:
        yield beside
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
