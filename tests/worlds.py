"""Environments unlike CartPole, to find out what the library takes for granted."""

import gymnasium as gym
import numpy as np


class SixNumbersThreeActions(gym.Env):
    """Five steps; the reward is a fraction, and action 2 earns most."""

    observation_space = gym.spaces.Box(np.array([-1, -1, 0, 0, -np.inf, 2], np.float32), np.inf)
    action_space = gym.spaces.Discrete(3)

    def _observation(self):
        return np.r_[self.np_random.random(size=5), 3].astype(np.float32)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.step_number = 0
        return self._observation(), {}

    def step(self, action):
        self.step_number += 1
        return self._observation(), 0.25 * action - 0.1, self.step_number == 5, False, {}


BEST_RETURN = 5 * (0.25 * 2 - 0.1)
gym.register("Six-v0", entry_point=SixNumbersThreeActions)
