"""CartPole played by hand: the score, the best one, and what a policy makes of the same start."""

import gymnasium as gym
import numpy as np

from cartpole_lib.guards import guard
from cartpole_lib.rollout import play_episode

LEFT, RIGHT = 0, 1  # CartPole's two actions
SLOWER = 4  # in slow motion a second lasts four


class Game:
    """Episodes of CartPole whose actions come from outside, one push a step.

    `score` is the return so far, `best` the highest score of an episode that is over, and
    `best_start` the seed of its start. The starts are drawn from `seed`; with None they differ
    each time. There is no push "none" in CartPole: who plays goes on pushing to one side.
    """

    @guard
    def __init__(self, seed=None):
        self.env = gym.make("CartPole-v1", render_mode="rgb_array")
        self.steps_per_second = self.env.metadata["render_fps"]
        self._rng = np.random.default_rng(seed)
        self.best = self.best_start = None
        self.restart()

    def restart(self):
        """Begin the next episode, from a start of its own."""
        self.start = int(self._rng.integers(2**31))
        self.observation, _ = self.env.reset(seed=self.start)
        self.score, self.over = 0, False

    def push(self, action):
        """Take one step with action 0 (left) or 1 (right); after the end of an episode, none."""
        if self.over:
            return
        self.observation, reward, terminated, truncated, _ = self.env.step(action)
        self.score += int(reward)
        self.over = terminated or truncated
        if self.over:
            self._keep_best()

    def leave(self):
        """Count the episode at hand as it is."""
        if self.score:
            self._keep_best()

    def frame(self):
        """Return the environment's own picture, an array of shape (height, width, 3)."""
        return self.env.render()

    def score_of(self, policy, start=None):
        """Return what `policy` scores from the start of this episode, or from another one's."""
        env = gym.make("CartPole-v1")
        return int(play_episode(env, policy, self.start if start is None else start).rewards.sum())

    def _keep_best(self):
        if self.best is None or self.score > self.best:
            self.best, self.best_start = self.score, self.start


def comparison(scores):
    """Say who reached what, from a dict of names and scores; None is a score still to come."""
    words = {name: "not yet" if score is None else score for name, score in scores.items()}
    return ", ".join(f"{name}: {score}" for name, score in words.items())
