import os
import sys

import pytest

from cartpole_lib.files import written_whole


@pytest.fixture
def path(tmp_path):
    (tmp_path / "record.json").write_text("before")
    return tmp_path / "record.json"


@pytest.mark.parametrize("problem", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_stops_leaves_the_old_file_and_nothing_beside_it(problem, path):
    with pytest.raises(type(problem)), written_whole(path) as beside:
        beside.write_text("ha")
        raise problem
    assert path.read_text() == "before"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_others_may_read_it_where_the_umask_lets_them(path):
    before = os.umask(0o022)
    with written_whole(path) as beside:
        beside.write_text("after")
    os.umask(before)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("after", 0o644)


def test_what_a_killed_write_leaves_is_hidden_and_of_another_name(path):
    with written_whole(path) as beside:
        beside.write_text("after")
        assert beside.parent == path.parent and beside.name.startswith(".")


def test_two_processes_write_to_places_of_their_own(path, monkeypatch):
    places = set()
    for process in (1, 2):
        monkeypatch.setattr(os, "getpid", lambda process=process: process)
        with written_whole(path) as beside:
            places.add(beside)
            beside.write_text("after")
    assert len(places) == 2
