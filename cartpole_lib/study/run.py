"""Many seeds: every trainer on every seed, on one machine or on a cluster, each run a file."""

import time
import warnings

import cloudpickle
import gymnasium as gym
from joblib import Parallel, delayed
from joblib.externals.loky import get_reusable_executor
from joblib.parallel import get_active_backend
from tqdm.auto import tqdm

from cartpole_lib.guards import guard
from cartpole_lib.study import guards
from cartpole_lib.study.code import own_worlds
from cartpole_lib.study.records import (
    file_name,
    identify,
    library_versions,
    read_record,
    results_of,
    write_record,
)


@guard(seeds=guards.each_seed_once, trainers=guards.named_trainers, path=guards.study_folder)
def run_study(trainers, seeds, path, n_jobs=2):
    """Run every trainer on every seed, and return the records: a list of dicts.

    `trainers` is a dict from names to functions, called as trainer(seed=seed), that return a
    `Training`; `functools.partial` gives them arguments. The records stand in the order of
    the trainers, then of the seeds. `path` is a folder where each run is kept as a file once
    it ends: started again, with more seeds or trainers or not, a study runs only what is
    missing. A trainer whose arguments or code have changed is another one, and needs another
    name.

    A run that raises does not stop the others: its record has `error`, a dict of type and
    message, and no results. It counts as done; to run it again, delete its file. All other
    records have `error` None. A warning says how many failed, and which trainer came out the same
    for every seed. `cpu_seconds` is of all threads of the worker: on a
    cluster, start workers with one thread each.

    Runs are spread over `n_jobs` processes of this machine, started anew, or, inside
    joblib.parallel_config(backend="dask") with a Dask client, over its cluster, which must
    share the folder. Environments that are registered here are registered there, too. If a
    worker is killed, a cluster runs that run elsewhere; on one machine joblib ends the other
    workers, too, with TerminatedWorkerError: start the study again. On a cluster, a run that
    kills four workers is given up, but waited for: interrupt the study.

    Raises TypeError, ValueError or OSError for a bad argument or folder before anything runs.
    Used in notebook 06.
    """
    found = read_study(path) if path.exists() else []
    guards.same_study(found, trainers, path)
    runs = [(name, seed) for name in trainers for seed in seeds]
    records = {run_of(record): record for record in found if run_of(record) in runs}
    missing = [run for run in runs if run not in records]
    path.mkdir(parents=True, exist_ok=True)
    n_jobs = min(n_jobs, len(missing)) or 1
    collect(start_runs(trainers, missing, path, n_jobs), records, len(runs))
    for words in doubts([records[run] for run in runs]):
        warnings.warn(words, stacklevel=3)
    return [records[run] for run in runs]


def doubts(records):
    """Yield in words what makes records useless: runs that failed, and seeds that change nothing."""
    failed = [record for record in records if record["error"]]
    if failed:
        first = failed[0]["error"]
        yield (
            f"{len(failed)} of {len(records)} runs failed, and have no results: see error in their "
            f"records, such as {first['type']}: {first['message']}"
        )
    results = {}
    for record in records:
        if "greedy" in record:
            same = [record[key] for key in ("episode_returns", "greedy", "sampled")]
            results.setdefault(record["trainer"], []).append(same)
    for name, found in results.items():
        if len(found) > 1 and all(same == found[0] for same in found):
            yield f"trainers: {name!r} came out the same for every seed: does it hand its seed on?"


@guard(path=guards.study_records)
def read_study(path):
    """Return all records of the folder `path`, sorted by the trainer's name, then by seed.

    Every file is checked. Raises ValueError or OSError if the folder is missing, has other
    files, or has one that was half-written or edited. Used in notebook 06.
    """
    return sorted(map(read_record, path), key=run_of)


def run_of(record):
    """Return what tells a record from others: the trainer's name and the seed."""
    return record["trainer"], record["seed"]


def start_runs(trainers, missing, folder, n_jobs):
    """Start the runs that have no record; return an iterator over their records as they end."""
    get_reusable_executor().shutdown()  # workers of an earlier study may hold the code of then
    # A worker loads the trainer itself: what it lacks then is an error, and no silence on a
    # cluster; and a network among the arguments is new for every run.
    sent = {name: cloudpickle.dumps(trainer) for name, trainer in trainers.items()}
    backend, _ = get_active_backend()  # a cluster's uses all its workers, also for a single run
    worlds = cloudpickle.dumps(own_worlds() if backend.effective_n_jobs(n_jobs) > 1 else {})
    tasks = [delayed(run_once)(name, sent[name], seed, folder, worlds) for name, seed in missing]
    # Unbatched and all at once: a lost worker takes one run along, a new one finds work.
    return Parallel(n_jobs, return_as="generator_unordered", batch_size=1, pre_dispatch="all")(
        tasks
    )


def collect(finished, records, n_runs):
    """Add each record to `records` when its run ends; a bar shows runs done, failed and left."""
    with warnings.catch_warnings(), tqdm(total=n_runs, initial=len(records), unit="run") as bar:
        # joblib replaces a worker whose memory has grown, as TensorFlow's does; no run is lost.
        warnings.filterwarnings("ignore", "A worker stopped while some jobs were given")
        for record in finished:
            records[run_of(record)] = record
            n_failed = sum(known["error"] is not None for known in records.values())
            bar.set_postfix(failed=n_failed, left=n_runs - len(records), refresh=False)
            bar.update()


@guard(folder=guards.shared_folder)
def run_once(name, sent, seed, folder, worlds):
    """Run a pickled trainer on a seed, write the record and return it; if it is there, read it."""
    file = folder / file_name(name, seed)
    if not file.exists():  # a cluster that loses a worker asks anew for what that one had done
        gym.registry.update(cloudpickle.loads(worlds))
        write_record(make_record(name, cloudpickle.loads(sent), seed), file)
    return read_record(file)


def make_record(name, trainer, seed):
    """Run a trainer on a seed and return the record, with its results or its error."""
    run = {"trainer": name, "seed": seed, **identify(trainer), "versions": library_versions()}
    start = time.process_time()
    try:
        results, error = results_of(trainer(seed=seed)), None
    except Exception as problem:
        results, error = {}, {"type": type(problem).__name__, "message": str(problem)}
    return {**run, "cpu_seconds": time.process_time() - start, "error": error, **results}
