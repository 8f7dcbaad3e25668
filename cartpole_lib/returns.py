"""From rewards to returns and advantages: how much came after each action, against what."""

import numpy as np

from cartpole_lib.checks import check_flag, check_fraction, check_number, check_values, check_vector


def discounted_returns(rewards, gamma, bootstrap=0.0):
    """Return G_t = r_t + gamma * G_{t+1} for each of the T rewards: a float64 array, shape (T,).

    `bootstrap` stands for what would have come after the last reward: 0 after a fall, an
    estimate of the value of the last observation where the time limit cut the episode off.

    Raises ValueError for a `gamma` outside [0, 1] and for rewards that are not a
    one-dimensional list of finite numbers. Source: Sutton & Barto, 2nd edition, equation
    3.9 (there the reward that follows action t has the index t + 1). Shown in notebook 03.
    """
    rewards = check_vector(rewards, "rewards")  # (T,), as floats
    gamma = check_fraction(gamma, "gamma")
    returns = np.zeros(len(rewards))
    following = check_number(bootstrap, "bootstrap")
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        returns[t] = following
    return returns


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
    returns = [check_vector(episode, "returns") for episode in returns]
    steps = np.concatenate(returns)  # (all steps of all episodes,)
    return [(episode - steps.mean()) / (steps.std() + 1e-8) for episode in returns]


def standardize_by_step(returns):
    """Compare each return with those of the other episodes at the same step.

    Subtracts from G_t the mean of G_t over the episodes that got as far as t, and divides by
    the deviation of all returns of the batch. `returns` is a list of arrays, one for each
    episode, and so is the result. Where only one episode is left, and where all are equal, the
    result is 0: so what the clock alone does to the returns cancels.

    Raises ValueError for returns that are not finite. The mean is a baseline that depends on
    the time: Sutton & Barto, 2nd edition, section 13.4. Shown in notebook 04.
    """
    returns = [check_vector(episode, "returns") for episode in returns]
    table = np.full((len(returns), max(map(len, returns), default=0)), np.nan)
    for row, episode in zip(table, returns):
        row[: len(episode)] = episode
    baseline = np.nanmean(table, axis=0)  # (steps of the longest episode,)
    deviation = np.nanstd(table) + 1e-8
    return [(episode - baseline[: len(episode)]) / deviation for episode in returns]


def generalized_advantages(rewards, values, gamma, lam, terminated):
    """Return how much better than expected each step turned out: a float64 array, shape (T,).

    `values` are the critic's expectations, shape (T + 1,): one for each observation, the one
    after the last action included. With `terminated`, a fall, nothing comes after the last
    reward; at the time limit `values[-1]` stands for what would have come. `lam` 0 trusts the
    critic from the next step on; `lam` 1 gives discounted returns minus values.

    Raises ValueError for `gamma` or `lam` outside [0, 1], for `values` of the wrong length,
    and for entries that are not finite. Source: Schulman et al. 2016, equation 16; the
    one-step error: Sutton & Barto, 2nd edition, equation 6.5. Shown in notebook 05.
    """
    rewards = check_vector(rewards, "rewards")  # (T,), as floats
    values = check_values(values, len(rewards))  # (T + 1,)
    gamma, lam = check_fraction(gamma, "gamma"), check_fraction(lam, "lam")
    following = 0.0 if check_flag(terminated, "terminated") else values[-1]
    advantages, advantage = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        error = rewards[t] + gamma * following - values[t]
        advantage = error + gamma * lam * advantage
        advantages[t] = advantage
        following = values[t]
    return advantages
