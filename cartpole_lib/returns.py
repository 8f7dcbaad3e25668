"""From rewards to returns and advantages: how much came after each action, against what."""

import numpy as np

from cartpole_lib.guards import guard
from cartpole_lib.guards.episodes import several_episodes


@guard
def discounted_returns(rewards, gamma, bootstrap=0.0):
    """Return G_t = r_t + gamma * G_{t+1} for each of the T rewards: a float64 array, shape (T,).

    `bootstrap` stands for what would have come after the last reward: 0 after a fall, an
    estimate of the value of the last observation where the time limit cut the episode off.

    Raises ValueError for a `gamma` outside [0, 1] and for rewards that are not a
    one-dimensional list of finite numbers. Source: Sutton & Barto, 2nd edition, equation
    3.9 (there the reward that follows action t has the index t + 1). Shown in notebook 03.
    """
    returns = np.zeros(len(rewards))  # (T,), of floats
    following = bootstrap
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        returns[t] = following
    return returns


@guard
def standardize(returns):
    """Shift and scale the returns of a whole batch to mean 0 and standard deviation 1.

    `returns` is a list of arrays, one for each episode, and so is the result; a single
    array counts as a batch of one. Where all returns are equal the result is 0. The mean
    and the deviation are those of all steps together, so a longer episode keeps its lead.

    Raises ValueError for returns that are not finite. The idea of a baseline: Sutton & Barto,
    2nd edition, section 13.4, where it depends on the state; here it is one number for the
    batch. Shown in notebook 03.
    """
    if len(returns) == 0:
        return returns
    if np.ndim(returns[0]) == 0:
        return standardize([returns])[0]
    steps = np.concatenate(returns)  # (all steps of all episodes,)
    return [(episode - steps.mean()) / (steps.std() + 1e-8) for episode in returns]


@guard(returns=several_episodes)
def leave_one_out(returns):
    """Compare each return with the mean of the other episodes at the same step.

    Subtracts from G_t the mean of the other episodes' returns at step t, an episode that has
    ended counting as 0, for nothing more came; and divides all by the deviation of the batch.
    `returns` is a list of arrays, one for each of at least two episodes, and so is the result.
    No return is part of its own baseline: the subtraction leaves the expected gradient what it
    is without one. Where all episodes are equal the result is 0: the clock alone cancels.

    Raises ValueError for a single episode, and for returns that are not finite. Source: the
    leave-one-out baseline of Kool, van Hoof and Welling 2019, also called RLOO, here step by
    step; Sutton & Barto, 2nd edition, section 13.4. Shown in notebook 04.
    """
    n_episodes, n_steps = len(returns), max(map(len, returns))
    table = np.zeros((n_episodes, n_steps))
    for row, episode in zip(table, returns):
        row[: len(episode)] = episode
    others = (table.sum(axis=0) - table) / (n_episodes - 1)  # (n_episodes, n_steps)
    deviation = np.std(np.concatenate(returns)) + 1e-8
    return [(episode - mean[: len(episode)]) / deviation for episode, mean in zip(returns, others)]


@guard
def generalized_advantages(rewards, values, gamma, lam, terminated):
    """Return how much better than expected each step turned out: a float64 array, shape (T,).

    `values` are the critic's expectations, shape (T + 1,): one for each observation, the one
    after the last action included. With `terminated`, a fall, nothing comes after the last
    reward; at the time limit `values[-1]` stands for what would have come. `lam` 0 trusts the
    critic from the next step on; `lam` 1 gives discounted returns minus values.

    Raises ValueError for `gamma` or `lam` outside [0, 1], for `values` of the wrong length,
    and for entries that are not finite. Source: Schulman et al. 2016, equation 16; the
    TD error: Sutton & Barto, 2nd edition, equation 6.5. Shown in notebook 05.
    """
    following = 0.0 if terminated else values[-1]
    advantages, advantage = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        error = rewards[t] + gamma * following - values[t]
        advantage = error + gamma * lam * advantage
        advantages[t] = advantage
        following = values[t]
    return advantages
