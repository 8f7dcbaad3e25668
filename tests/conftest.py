"""Environments that end in every way, for the tests of rollout, evaluate and animate."""

import gc
import signal

import gymnasium as gym
import numpy as np
import pytest
from hypothesis import settings

settings.register_profile("no clock", deadline=None)  # a busy machine is no fault
settings.load_profile("no clock")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # `make test &` ignores Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what tests start must not


def pytest_configure(config):
    """Here, for a test that says so could itself be left out by it."""
    names = [config.getini(f"python_{kind}") for kind in ("files", "classes", "functions")]
    assert names == [["test_*.py", "*_test.py"], ["Test"], ["test"]], names


def pytest_collection_finish(session):
    """Python need not look through all of TensorFlow's objects again and again: a tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


class Countdown(gym.Env):
    """Ends after `length` steps: by itself if `terminates`, else by truncation.

    The observation is (episode number, step), so that a row of another episode shows; the
    reward of a step is its number plus a quarter, so that a fraction lost shows.
    """

    observation_space = gym.spaces.Box(-np.inf, np.inf, (2,), np.float32)
    action_space = gym.spaces.Discrete(3)

    def __init__(self, length=3, terminates=True):
        self.length, self.terminates = length, terminates
        self.episode = -1

    def _observation(self):
        return np.array([self.episode, self.step_number], np.float32)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.episode += 1
        self.step_number = 0
        return self._observation(), {}

    def step(self, action):
        self.step_number += 1
        end = self.step_number == self.length
        reward = self.step_number + 0.25
        return self._observation(), reward, end and self.terminates, end and not self.terminates, {}


@pytest.fixture
def countdown():
    return Countdown


@pytest.fixture
def first_action():
    """The policy that takes action 0 whatever it observes."""
    return lambda observations: np.zeros(observations.shape[:-1], int)
