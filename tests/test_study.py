"""Studies that are killed, resumed, spread over a cluster, and fed with what cannot work."""

import functools
import json
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import cloudpickle
import gymnasium as gym
import joblib
import keras
import numpy as np
import pytest
from dask.distributed import Client, LocalCluster
from fakes import (
    SLOW,
    Five,
    NotInstalled,
    counts_its_calls,
    fails_on_one,
    fake_training,
    forgets_its_seed,
    kills_its_worker_once,
    returns_nothing,
)
from joblib.externals.loky.process_executor import TerminatedWorkerError

from cartpole_lib.reinforce import train_reinforce
from cartpole_lib.study import read_study, records, run, run_study
from cartpole_lib.study.guards import study_folder


def without_seconds(records):
    return [{**record, "cpu_seconds": 0} for record in records]


def wait_for_files(folder, n_files):
    give_up = time.monotonic() + 300
    while len(list(folder.glob("[!.]*.json"))) < n_files:  # a hidden one is being written
        assert time.monotonic() < give_up
        time.sleep(0.01)


def test_what_a_record_holds(tmp_path):
    trainers = {"Far-sighted, one": functools.partial(fake_training, gamma=0.5)}
    [record] = run_study(trainers, [3], tmp_path / "new" / "study", n_jobs=1)
    run = fake_training(3, gamma=0.5)
    assert record["trainer"] == "Far-sighted, one"
    assert record["seed"] == 3
    assert record["function"] == "fakes.fake_training"
    assert record["arguments"] == {"gamma": 0.5}
    assert record["episode_returns"] == run.episode_returns.tolist()
    assert record["episode_lengths"] == run.episode_lengths.tolist()
    assert record["greedy"] == record["sampled"] == run.greedy._asdict()
    assert (record["n_updates"], record["n_steps"], record["solved"]) == (5, run.n_steps, True)
    assert record["error"] is None
    assert 0 <= record["cpu_seconds"] < 5
    assert set(record["versions"]) == {"python", "numpy", "keras", "gymnasium", "tensorflow"}
    assert record["versions"]["numpy"] == np.__version__
    file = tmp_path / "new" / "study" / "far-sighted-one-seed-3.json"
    assert set(json.loads(file.read_text())) == {*record, "digest"}


FAILED = "ignore:. of . runs failed"
ALIKE = "ignore:trainers. 'a' came out the same"


@pytest.mark.filterwarnings(FAILED)
def test_arguments_are_recorded_as_json_can(tmp_path):
    arguments = {"gamma": 1, "pause": np.float32(0), "log": None}
    trainers = {
        "values": functools.partial(fake_training, **arguments),
        "position": functools.partial(functools.partial(returns_nothing, fake_training), (1, 2)),
        "partial": functools.partial(returns_nothing, functools.partial(max, 1, key=len)),
        "method": functools.partial(returns_nothing, Five.reset),
        "none": fake_training,
    }
    first = run_study(trainers, [0], tmp_path, n_jobs=1)
    assert [record["arguments"] for record in first] == [
        {"gamma": 1, "pause": "np.float32(0.0)", "log": None},
        {"0": "fakes.fake_training", "1": [1, 2]},
        {"0": {"function": "builtins.max", "arguments": {"0": 1, "key": "builtins.len"}}},
        {"0": "fakes.Five.reset"},
        {},
    ]
    assert run_study(trainers, [0], tmp_path, n_jobs=1) == first


def test_the_table_is_in_the_order_asked_for_and_grows(tmp_path):
    trainers = {"b": fake_training, "a": functools.partial(fake_training, gamma=0.9)}
    first = run_study(trainers, [5, 2], tmp_path, n_jobs=1)
    assert [(r["trainer"], r["seed"]) for r in first] == [("b", 2), ("b", 5), ("a", 2), ("a", 5)]
    third = {"c": functools.partial(fake_training, gamma=0.8)}
    more = run_study(trainers | third, range(2, 6), tmp_path)
    assert len(more) == 12
    assert [record for record in more if record in first] == first
    assert read_study(tmp_path) == sorted(more, key=lambda r: (r["trainer"], r["seed"]))
    assert run_study(third, [2], tmp_path, n_jobs=1) == [more[8]]


def test_a_trainer_that_keeps_its_seed_is_warned_of(tmp_path):
    trainers = {"mine": forgets_its_seed, "other": fake_training}
    with pytest.warns(UserWarning, match="^trainers: 'mine' came out the same for every") as caught:
        run_study(trainers, range(2), tmp_path, n_jobs=1)
    assert [warning.filename for warning in caught] == [__file__]
    assert run_study(trainers, [0], tmp_path, n_jobs=1)


def test_lambdas_of_a_loop_are_the_same_trainer_and_are_refused(tmp_path):
    trainers = {}
    for gamma in (0.9, 0.99):
        trainers[f"gamma {gamma}"] = lambda seed: fake_training(seed, gamma)  # noqa: B023
    with pytest.raises(ValueError, match="'gamma 0.99' and 'gamma 0.9' are the same. A lambda"):
        run_study(trainers, [0], tmp_path, n_jobs=1)
    assert not list(tmp_path.iterdir())


def test_seeds_do_not_share_the_path_of_a_policy(tmp_path):
    trainers = {"mine": functools.partial(train_reinforce, path=str(tmp_path / "policy.keras"))}
    with pytest.raises(ValueError, match="'mine' has a path, where each seed would replace"):
        run_study(trainers, range(2), tmp_path / "study", n_jobs=1)
    trainers = {"mine": functools.partial(returns_nothing, path=None)}
    with pytest.warns(UserWarning, match="1 of 1 runs failed"):
        run_study(trainers, [0], tmp_path / "study", n_jobs=1)


def test_nothing_is_run_again(tmp_path):
    log = tmp_path / "log"
    trainers = {"logged": functools.partial(fake_training, log=str(log))}
    first = run_study(trainers, range(4), tmp_path / "study")
    assert run_study(trainers, range(4), tmp_path / "study") == first
    assert sorted(log.read_text().split()) == ["0", "1", "2", "3"]
    (tmp_path / "study" / "logged-seed-2.json").unlink()
    assert without_seconds(run_study(trainers, range(4), tmp_path / "study")) == without_seconds(
        first
    )
    assert sorted(log.read_text().split()) == ["0", "1", "2", "2", "3"]


def test_a_run_that_raises_is_recorded_and_stops_no_other(tmp_path, capfd):
    trainers = {"heavy": fails_on_one, "empty": returns_nothing}
    words = "4 of 6 runs failed, .* such as RuntimeError: the pole is made of lead$"
    with pytest.warns(UserWarning, match=words) as caught:
        records = run_study(trainers, range(3), tmp_path)
    assert [warning.filename for warning in caught] == [__file__]
    assert [record["error"] for record in records[:3]] == [
        None,
        {"type": "RuntimeError", "message": "the pole is made of lead"},
        None,
    ]
    assert "episode_returns" not in records[1]
    assert "a trainer must return a Training; got None" in records[4]["error"]["message"]
    with pytest.warns(UserWarning, match=words):
        assert run_study(trainers, range(3), tmp_path) == records
    shown = capfd.readouterr()
    assert "6/6" in shown.err
    assert "failed=4, left=0" in shown.err
    assert shown.out == ""


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_what_a_worker_lacks_stops_the_study(n_jobs, tmp_path):
    trainers = {"a": functools.partial(fake_training, log=NotInstalled())}
    with pytest.raises(ModuleNotFoundError, match="a_library_that_is_not_there"):
        run_study(trainers, range(2), tmp_path, n_jobs=n_jobs)
    assert read_study(tmp_path) == []


@pytest.mark.parametrize("n_jobs", [1, 2])
@pytest.mark.filterwarnings(ALIKE)
def test_every_run_has_arguments_of_its_own(n_jobs, tmp_path):
    trainers = {"a": functools.partial(counts_its_calls, calls=[])}
    records = run_study(trainers, range(3), tmp_path, n_jobs=n_jobs)
    assert [record["episode_lengths"][0] for record in records] == [1, 1, 1]
    assert [record["arguments"] for record in records] == [{"calls": []}] * 3


needs_sigkill = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@needs_sigkill
def test_killed_half_way_and_started_again(tmp_path):
    code = (
        "from cartpole_lib.study import run_study; from fakes import SLOW; "
        f"run_study(SLOW, range(6), {str(tmp_path / 'killed')!r})"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "FAKE_PAUSE": "0.2"},
    )
    wait_for_files(tmp_path / "killed", 4)
    os.killpg(process.pid, signal.SIGKILL)  # parent and workers, as a machine does that goes down
    assert process.wait() == -signal.SIGKILL
    before = read_study(tmp_path / "killed")
    assert 4 <= len(before) < 12
    resumed = run_study(SLOW, range(6), tmp_path / "killed")
    whole = run_study(SLOW, range(6), tmp_path / "whole")
    assert without_seconds(resumed) == without_seconds(whole)
    assert all(record in resumed for record in before)


@needs_sigkill
def test_a_worker_killed_on_this_machine(tmp_path):
    deadly = functools.partial(kills_its_worker_once, folder=str(tmp_path))
    trainers = {"deadly": deadly, "fake": fake_training}
    with pytest.raises(TerminatedWorkerError, match="SIGKILL"):
        run_study(trainers, range(6), tmp_path / "study")
    assert len(run_study(trainers, range(6), tmp_path / "study")) == 12


@needs_sigkill
def test_a_cluster_that_loses_a_worker_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("FAKE_PAUSE", "0.2")
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        victim = list(client.run(os.getpid).values())[0]

        def kill_worker():
            wait_for_files(tmp_path / "cluster", 4)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill_worker)
        killer.start()
        with joblib.parallel_config(backend="dask"):
            records = run_study(SLOW, range(5), tmp_path / "cluster")
        killer.join()
        assert victim not in client.run(os.getpid).values()
    monkeypatch.delenv("FAKE_PAUSE")
    assert without_seconds(records) == without_seconds(run_study(SLOW, range(5), tmp_path / "here"))


def test_real_runs_repeat(tmp_path):
    trainers = {"REINFORCE": functools.partial(train_reinforce, n_updates=1)}
    # The fake is there so that the real one goes to a worker; a second worker would learn no more.
    first = run_study(trainers | {"fake": fake_training}, [0], tmp_path / "a", n_jobs=2)
    second = run_study(trainers, range(2), tmp_path / "b", n_jobs=1)
    assert without_seconds(first[:1]) == without_seconds(second[:1])
    assert second[0]["episode_returns"] != second[1]["episode_returns"]
    assert first[0]["function"] == "cartpole_lib.reinforce.train_reinforce"
    assert len(first[0]["episode_lengths"]) == 6
    assert first[0]["error"] is None
    assert first[0]["cpu_seconds"] > 0


def closure_over_a_lock():
    lock = threading.Lock()

    def trainer(seed):
        with lock:
            return fake_training(seed)

    return trainer


BAD_ARGUMENTS = [
    ({"seeds": []}, ValueError, "seeds must be at least one whole number.*got none"),
    ({"seeds": 30}, TypeError, r"seeds must be whole numbers, such as range\(30\); got 30"),
    ({"seeds": "12"}, TypeError, "seeds must be whole numbers.*got '12'"),
    ({"seeds": [None]}, TypeError, r"seeds must be whole numbers.*got \[None\]"),
    ({"seeds": [[0], [1]]}, TypeError, r"seeds must be whole numbers.*got \[\[0\], \[1\]\]"),
    ({"seeds": np.eye(2, dtype=int)}, TypeError, "seeds must be whole numbers.*got an array"),
    ({"seeds": np.array(3)}, TypeError, "seeds must be whole numbers.*got"),
    ({"seeds": [0, 1.5]}, ValueError, "seed must be a whole number of at least 0.*got 1.5"),
    ({"seeds": [1, True]}, ValueError, "seed must be a whole number of at least 0.*got True"),
    ({"seeds": [-1]}, ValueError, "seed must be a whole number of at least 0.*got -1"),
    ({"seeds": [4, 3, 4]}, ValueError, "seeds must differ.*got 4 more than once"),
    ({"trainers": {}}, ValueError, "trainers must be a dict with at least one trainer.*got {}"),
    ({"trainers": fake_training}, ValueError, "trainers must be a dict.*got the function"),
    ({"trainers": {"a": 1}}, TypeError, "'a' must be a function; got 1. Arguments go into"),
    ({"trainers": {"a": time.sleep}}, TypeError, r"'a' cannot be called as trainer\(seed=0\)"),
    ({"trainers": {"a": lambda s: s}}, TypeError, r"'a' cannot be called.*missing.*'s'"),
    (
        {"trainers": {"a": functools.partial(fake_training, gama=1)}},
        TypeError,
        "'a' cannot be called.*'gama'",
    ),
    (
        {"trainers": {"a": functools.partial(fake_training, seed=1)}},
        ValueError,
        "'a' has a seed already: leave it out",
    ),
    ({"trainers": {"a": closure_over_a_lock()}}, TypeError, "'a' cannot be sent.*lock.*let it"),
    (
        {"trainers": {"a": functools.partial(fake_training, log=object())}},
        TypeError,
        "'a' has <object object at 0x.*>, which cannot be recognised",
    ),
    (
        {"trainers": {"a": functools.partial(fake_training, log={(1, 2): 3})}},
        TypeError,
        "'a' has arguments that cannot be recorded, keys must be.*not tuple: let it make them",
    ),
    ({"trainers": {1: fake_training}}, ValueError, "a name must have a letter or digit; got 1"),
    ({"trainers": {"γ": fake_training}}, ValueError, "a name must have a letter or digit; got 'γ'"),
    (
        {"trainers": {"γ = 1": fake_training, "1": fake_training}},
        ValueError,
        "'1' and 'γ = 1' make the same file names: change one",
    ),
    ({"n_jobs": 0}, ValueError, "n_jobs must be a whole number of at least 1; got 0"),
]


@pytest.mark.parametrize(("bad", "error", "message"), BAD_ARGUMENTS)
def test_bad_arguments(bad, error, message, tmp_path):
    arguments = {"trainers": {"good": fake_training}, "seeds": [0], "path": tmp_path / "study"}
    with pytest.raises(error, match=message):
        run_study(**arguments | bad)
    assert not (tmp_path / "study").exists()


def test_an_open_file_cannot_travel(tmp_path):
    with (
        open(tmp_path / "open", "w") as file,
        pytest.raises(TypeError, match="'a' cannot be sent.*let it"),
    ):
        run_study({"a": functools.partial(fake_training, log=file)}, [0], tmp_path / "study")


@pytest.fixture
def study(tmp_path):
    run_study({"fake": fake_training}, [0, 1], tmp_path / "study", n_jobs=1)
    return tmp_path / "study"


def never(seed):
    raise AssertionError("this run is done")


def test_finished_runs_are_not_sent_to_workers_again(study, monkeypatch):
    sent = []
    start = run.start_runs

    def kept(trainers, missing, *rest):
        sent.append(missing)
        return start(trainers, missing, *rest)

    monkeypatch.setattr(run, "start_runs", kept)
    run_study({"fake": fake_training}, range(3), study, n_jobs=1)
    run_study({"fake": fake_training}, range(3), study, n_jobs=1)
    assert sent == [[("fake", 2)], []]


def test_a_run_whose_file_is_there_is_read_and_not_repeated(study):
    before = (study / "fake-seed-1.json").read_bytes()
    worlds = cloudpickle.dumps({})
    record = run.run_once("fake", cloudpickle.dumps(never), 1, study, worlds)
    assert record["error"] is None and record["seed"] == 1
    assert (study / "fake-seed-1.json").read_bytes() == before


def test_cpu_seconds_are_of_the_processor_and_not_of_the_wall(monkeypatch):
    monkeypatch.setattr(time, "process_time", iter([100.0, 102.5]).__next__)
    assert run.make_record("fake", fake_training, 0)["cpu_seconds"] == 2.5


def test_a_record_is_never_written_in_place(study, monkeypatch):
    """A full disk, and a reader that looks in the middle of it."""
    file, seen, write = study / "fake-seed-5.json", [], Path.write_text

    def full(path, text, *rest, **options):
        write(path, text[: len(text) // 2], *rest, **options)
        seen.append(file.exists())
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        records.write_record({"trainer": "fake", "seed": 5}, file)
    assert seen == [False] and not file.exists()
    assert len(list(study.iterdir())) == 2


def test_a_record_tells_greedy_from_sampled():
    training = fake_training(0)
    sampled = training.greedy._replace(mean=1.0)
    results = records.results_of(training._replace(sampled=sampled))
    assert results["greedy"] == training.greedy._asdict()
    assert results["sampled"] == sampled._asdict()


def test_records_stand_in_the_order_of_trainers_then_seeds(study):
    other = functools.partial(fake_training, gamma=0.9)
    found = run_study({"b": other, "fake": fake_training}, [2, 1], study, n_jobs=1)
    expected = [("b", 1), ("b", 2), ("fake", 1), ("fake", 2)]
    assert [(record["trainer"], record["seed"]) for record in found] == expected


@pytest.mark.filterwarnings(FAILED)
def test_a_trainer_that_was_mended_is_told_to_delete_what_failed(tmp_path):
    run_study({"mine": fails_on_one}, [1], tmp_path, n_jobs=1)
    message = "failed as another trainer, .* delete mine-seed-1.json, and it is run again"
    refused(tmp_path, message, trainers={"mine": fake_training})


def test_a_failed_run_is_recorded_with_its_error():
    record = run.make_record("heavy", fails_on_one, 1)
    assert record["error"] == {"type": "RuntimeError", "message": "the pole is made of lead"}
    assert "greedy" not in record


def refused(folder, message, error=ValueError, trainers=None):
    """Assert that the folder is refused, and that nothing in it changes."""
    before = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    with pytest.raises(error, match=message):
        run_study(trainers or {"fake": fake_training}, range(3), folder, n_jobs=1)
    assert before == {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_another_study(study):
    other = {"fake": functools.partial(fake_training, gamma=0.5)}
    refused(study, "holds another study, with 'fake' as .*gamma.*another name", trainers=other)
    refused(study, "holds another study.*fake_training.*fails", trainers={"fake": fails_on_one})
    refused(
        study, "'Fake' and 'fake' make|'fake' and 'Fake' make", trainers={"Fake": fake_training}
    )


def test_no_study(study):
    for name in ("notes.txt", "fake-seed-0.json.bak"):
        (study / name).write_text("mine")
        refused(study, f"'{name}', which is no run of a study: choose another folder")
        (study / name).unlink()
    (study / "fake-seed-9.json").mkdir()
    refused(study, "'fake-seed-9.json', which is no run")


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "[]",
        lambda text: "{}",
        lambda text: text.replace('"solved": true', '"solved": false'),
        lambda text: text.replace('"seed": 1', '"seed": 2'),
    ],
)
def test_half_written_or_edited(study, edit):
    file = study / "fake-seed-1.json"
    changed = edit(file.read_text())
    assert changed != file.read_text()
    file.write_text(changed)
    refused(study, "fake-seed-1.json' was half-written, edited or renamed: delete it, and")
    with pytest.raises(ValueError, match="fake-seed-1.json"):
        read_study(study)
    file.unlink()
    assert len(run_study({"fake": fake_training}, range(2), study, n_jobs=1)) == 2


def test_a_renamed_file(study):
    (study / "fake-seed-1.json").rename(study / "fake-seed-7.json")
    refused(study, "fake-seed-7.json' was half-written, edited or renamed")


def test_what_a_killed_write_left_behind_is_no_record(study):
    (study / ".abc.tmp").write_text('{"half')
    assert len(run_study({"fake": fake_training}, range(3), study, n_jobs=1)) == 3


def test_a_folder_that_can_only_be_read(study, monkeypatch):
    read_only = [study]  # by hand, for root may write everywhere
    monkeypatch.setattr(os, "access", lambda path, mode: path not in read_only)
    refused(study, "study' cannot be written: choose another folder", PermissionError)
    read_only[:] = [study.parent]
    with pytest.raises(PermissionError, match="new' cannot be written: choose another folder"):
        run_study({"fake": fake_training}, [0], study.parent / "no" / "new")
    assert len(read_study(study)) == 2


def test_path(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError, match="file' is a file: choose a folder"):
        run_study({"fake": fake_training}, [0], tmp_path / "file")
    with pytest.raises(FileNotFoundError, match="none' does not exist: run_study makes it"):
        read_study(tmp_path / "none")


def test_runs_are_spread_over_as_many_processes_as_asked(tmp_path, monkeypatch):
    asked = []

    class Counted(run.Parallel):
        def __init__(self, n_jobs, **settings):
            asked.append(n_jobs)
            super().__init__(1, **settings)

    monkeypatch.setattr(run, "Parallel", Counted)
    for n_jobs in (1, 2, 9):
        run_study({"fake": fake_training}, range(3), tmp_path / str(n_jobs), n_jobs=n_jobs)
    assert asked == [1, 2, 3]


def test_a_record_says_the_version_of_each_library():
    versions = records.library_versions()
    assert versions["keras"] == keras.__version__
    assert versions["gymnasium"] == gym.__version__
    assert versions["tensorflow"] != versions["numpy"] == np.__version__


def test_a_worker_that_does_not_see_the_folder_says_so_before_its_run(tmp_path):
    sent, worlds = cloudpickle.dumps(never), cloudpickle.dumps({})
    with pytest.raises(FileNotFoundError, match="is not there for a worker"):
        run.run_once("fake", sent, 1, tmp_path / "elsewhere", worlds)


def test_the_bar_of_a_study_started_again_counts_what_is_done(study, capfd):
    run_study({"fake": fake_training}, range(3), study, n_jobs=1)
    assert "3/3" in capfd.readouterr().err
    run_study({"fake": fake_training}, [2], study, n_jobs=1)
    assert "1/1" in capfd.readouterr().err


def warns(seed):
    warnings.warn("the pole is made of lead", stacklevel=1)
    return fake_training(seed)


def test_what_a_trainer_warns_of_is_shown(tmp_path):
    with pytest.warns(UserWarning, match="the pole is made of lead"):
        run_study({"warns": warns}, [0], tmp_path, n_jobs=1)


def test_a_study_is_read_in_the_order_of_its_seeds(tmp_path):
    run_study({"fake": fake_training}, [2, 10], tmp_path, n_jobs=1)
    assert [record["seed"] for record in read_study(tmp_path)] == [2, 10]


def test_a_record_has_all_of_a_training_but_its_networks():
    training = fake_training(0)._replace(policy_net=object(), value_net=object())
    kept = {*training._fields} - {"policy_net", "value_net", "interrupted"}
    assert records.results_of(training).keys() == kept


def test_a_number_is_no_record(study):
    (study / "fake-seed-1.json").write_text("5")
    refused(study, "fake-seed-1.json' was half-written, edited or renamed")


def test_a_folder_is_the_same_for_a_worker_in_another_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert study_folder("new", "path") == tmp_path.resolve() / "new"


def test_runs_are_sent_one_by_one_and_all_at_once(monkeypatch):
    """So that a cluster uses all its workers, and who is lost takes one run along."""
    settings = {}
    monkeypatch.setattr(run, "Parallel", lambda n_jobs, **given: settings.update(given) or list)
    run.start_runs({"fake": fake_training}, [("fake", 0)], None, 1)
    assert (settings["batch_size"], settings["pre_dispatch"]) == (1, "all")


def test_nothing_is_said_of_a_worker_that_joblib_replaces(recwarn):
    def finished():
        warnings.warn("A worker stopped while some jobs were given to the executor.", stacklevel=1)
        yield {"trainer": "fake", "seed": 0, "error": None}

    run.collect(finished(), {}, 1)
    assert not recwarn


def test_an_argument_that_holds_itself_is_no_argument_of_a_record(tmp_path):
    log = []
    log.append(log)
    trainers = {"a": functools.partial(fake_training, log=log)}
    with pytest.raises(TypeError, match="'a' has arguments that cannot be recorded, Circular"):
        run_study(trainers, [0], tmp_path / "study")
