"""Trainers that are done at once, in a module that other processes import without TensorFlow."""

import functools
import importlib
import os
import signal
import time
from pathlib import Path

import gymnasium as gym
import numpy as np

from cartpole_lib.evaluate import Summary
from cartpole_lib.training import Training


def fake_training(seed, gamma=0.99, pause=0.0, log=None):
    """Return at once what looks like a run; with `log`, leave a line there first."""
    if log is not None:
        with open(log, "a") as file:
            file.write(f"{seed}\n")
    time.sleep(pause)
    returns = np.random.default_rng(seed).integers(10, 500, 20) * gamma
    summary = Summary(returns.mean(), 1.0, 10.0, 20.0, 30.0, bool(seed % 2))
    lengths = np.arange(20) + seed
    counts = 5, int(lengths.sum()), 200
    return Training(None, returns, lengths, *counts, bool(seed % 2), summary, summary)


def fails_on_one(seed):
    if seed == 1:
        raise RuntimeError("the pole is made of lead")
    return fake_training(seed)


def returns_nothing(*anything, seed, path=None):
    return None


def forgets_its_seed(seed):
    return fake_training(0)


def kills_its_worker_once(seed, folder):
    if seed == 3 and not (Path(folder) / "killed").exists():
        (Path(folder) / "killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return fake_training(seed)


class Five(gym.Env):
    """A world of one step; what it pays is an attribute of the class."""

    observation_space = gym.spaces.Box(-1, 1, (1,), np.float32)
    action_space = gym.spaces.Discrete(2)
    reward = 1.0

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        return np.zeros(1, np.float32), {}

    def step(self, action):
        return np.zeros(1, np.float32), self.reward, True, False, {}


def plays(env_id, *, seed):
    """Return what looks like a run: its `n_steps` is the first reward of the world."""
    env = gym.make(env_id)
    env.reset(seed=seed)
    return fake_training(seed)._replace(n_steps=int(env.step(0)[1]))


class NotInstalled:
    """Pickles here, but cannot be loaded: as from a library that a worker lacks."""

    def __repr__(self):
        return "NotInstalled()"

    def __reduce__(self):
        return importlib.import_module, ("a_library_that_is_not_there",)


def counts_its_calls(seed, calls):
    calls.append(seed)
    return fake_training(len(calls))


def fake_for_killers(seed, gamma=0.99):
    """A fake that takes its time where FAKE_PAUSE says so, which is no argument of a study."""
    return fake_training(seed, gamma, pause=float(os.environ.get("FAKE_PAUSE", 0)))


SLOW = {"slow": fake_for_killers, "slow, too": functools.partial(fake_for_killers, gamma=0.9)}


def scores_at_once(connection, seed):
    """Stand in for an `Opponent`'s network: the score is the start times `seed`; 13 is bad luck."""
    while (start := connection.recv()) != 13:
        connection.send((start, start * seed))


def nobody(connection, seed):
    """Stand in for an `Opponent`'s network whose training failed."""
