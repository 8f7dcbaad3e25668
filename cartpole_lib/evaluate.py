"""How good is a policy? Play many separate episodes, and say how sure the answer is."""

from typing import NamedTuple

import numpy as np

from cartpole_lib.guards import guard
from cartpole_lib.guards.samples import two_returns
from cartpole_lib.rollout import make_envs, play_episodes


class Summary(NamedTuple):
    """What `summarize` says of a set of returns."""

    mean: float
    std: float  # of the returns, with n - 1 in the denominator
    minimum: float
    low: float  # the 95 % confidence interval of the mean goes from low
    high: float  # to high
    solved: bool  # mean >= threshold


def evaluation_episodes(policy, env_id, n_episodes, seed):
    """Return separate episodes of `policy`, played side by side: a list of `Episode`s."""
    envs = make_envs(env_id, n_episodes)
    try:
        return play_episodes(envs, policy, seed)
    finally:
        envs.close()


@guard
def evaluate(policy, env_id="CartPole-v1", n_episodes=100, seed=0):
    """Return the undiscounted returns of `policy` on separate episodes: an array, shape (n_episodes,).

    The episodes are played side by side, each from its own start. The starts depend on
    `seed` and `n_episodes` alone, so policies that are compared with the same ones face the
    same starts. `policy` gets all observations at once, shape (n_episodes, n_observations).

    Raises TypeError or ValueError for an unknown `env_id` or an `n_episodes` below 1, and
    like `play_episodes` for a policy that does not fit. Used in notebook 01.
    """
    episodes = evaluation_episodes(policy, env_id, n_episodes, seed)
    return np.array([episode.rewards.sum() for episode in episodes])


@guard(returns=two_returns)
def summarize(returns, threshold):
    """Return the `Summary` of at least two returns; solved means a mean of at least `threshold`.

    The threshold belongs to the environment: `gym.spec("CartPole-v1").reward_threshold` is
    475. The interval is the mean ± 1.96 standard errors: good for 100 returns, too narrow
    where most of them stand at the time limit.

    Raises ValueError for fewer than two returns. Used in notebook 01.
    """
    mean, std = returns.mean(), returns.std(ddof=1)
    margin = 1.96 * std / np.sqrt(len(returns))
    numbers = map(float, (mean, std, returns.min(), mean - margin, mean + margin))
    return Summary(*numbers, solved=bool(mean >= threshold))
