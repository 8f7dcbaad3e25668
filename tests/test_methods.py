import json
from pathlib import Path

import numpy as np
import pytest

from cartpole_lib.evaluate import Summary
from cartpole_lib.study.methods import (
    ABLATIONS,
    METHODS,
    PAST_SUCCESS,
    search_linear,
    train_with_known_settings,
)
from cartpole_lib.study.records import describe

TABLE = json.loads((Path(__file__).parent.parent / "notebooks" / "thirty_seeds.json").read_text())
TRAINERS = METHODS | ABLATIONS | PAST_SUCCESS


def recorded(name, seed):
    [record] = [row for row in TABLE if (row["trainer"], row["seed"]) == (name, seed)]
    return record


def test_the_table_is_whole_and_of_these_trainers():
    runs = {(row["trainer"], row["seed"]) for row in TABLE}
    assert runs == {(name, seed) for name in TRAINERS for seed in range(2000, 2030)}
    assert len(TABLE) == len(runs) and all(row["error"] is None for row in TABLE)
    for row in TABLE:
        assert {key: row[key] for key in ("function", "arguments")} == describe(
            TRAINERS[row["trainer"]]
        )


@pytest.mark.parametrize("name", ["random", "lean", "lean and spin", "random linear search"])
@pytest.mark.parametrize("seed", [2003, 2017])
def test_what_uses_no_network_comes_out_the_same_everywhere(name, seed):
    run, record = TRAINERS[name](seed=seed), recorded(name, seed)
    assert run.greedy._asdict() == pytest.approx(record["greedy"])
    assert run.episode_returns.tolist() == record["episode_returns"]
    assert (run.n_steps, run.solved) == (record["n_steps"], record["solved"])


@pytest.mark.parametrize("name", ["REINFORCE", "actor-critic"])
@pytest.mark.parametrize("seed", [2003, 2017])
def test_what_trains_a_network_comes_out_alike(name, seed):
    """Last digits differ between processors, and grow: the first two updates are the same."""
    run, record = TRAINERS[name](seed=seed), recorded(name, seed)
    assert run.episode_returns[:16].tolist() == record["episode_returns"][:16]
    assert run.solved == record["solved"]
    assert run.greedy.mean == pytest.approx(record["greedy"]["mean"], abs=25)


def test_search_keeps_the_best_of_a_small_budget():
    run = search_linear(seed=1, n_updates=3)
    assert (len(run.episode_returns), run.n_updates, run.n_steps) == (
        24,
        3,
        run.episode_returns.sum(),
    )
    assert run.greedy.mean > np.min(run.episode_returns.reshape(3, 8).mean(axis=1))


def test_search_takes_two_looks_too(monkeypatch):
    from cartpole_lib.study import methods

    good, bad = (Summary(mean, 0, mean, mean, mean, mean > 0) for mean in (500, 0))
    coming = iter([(look, 7) for look in (good, bad, good, good, good)])
    monkeypatch.setattr(methods, "looks_promising", lambda *arguments: True)
    monkeypatch.setattr(methods, "report", lambda *arguments: next(coming))
    run = search_linear(seed=0)
    assert (run.n_updates, run.solved, run.n_evaluation_steps) == (2, True, 28)


def test_known_settings_are_those_of_the_lesson(monkeypatch):
    from cartpole_lib.study import methods

    monkeypatch.setattr(methods, "train_reinforce", lambda **arguments: arguments)
    arguments = train_with_known_settings(seed=3)
    assert [layer.units for layer in arguments["policy_net"].layers] == [5, 1]
    assert (arguments["n_updates"], arguments["n_envs"], arguments["gamma"]) == (150, 10, 0.95)
