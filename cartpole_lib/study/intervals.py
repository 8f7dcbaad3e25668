"""What a handful of seeds can tell: each number with the interval that more seeds might move it in."""

import numpy as np
from scipy import stats

from cartpole_lib.guards import guard
from cartpole_lib.guards.samples import (
    at_most_all,
    equal_curves,
    flags,
    lengths_of,
    other_sample,
    sample,
)
from cartpole_lib.guards.values import numbers, seed_or_generator, vector
from cartpole_lib.training import RECENT

N_RESAMPLES = 2000  # for percentiles in the tails, Efron & Tibshirani ask for a thousand or more


@guard(values=numbers)
def interquartile_mean(values, axis=0):
    """Return the mean of the middle half along `axis`: a quarter, rounded down, is cut at each end.

    A single lucky or broken run does not move it, as it would the mean; it uses more of the
    runs than the median. Source: Agarwal et al. 2021, "Deep reinforcement learning at the
    edge of the statistical precipice". Used in notebook 06.
    """
    return stats.trim_mean(values, 0.25, axis=axis)


@guard(values=sample, seed=seed_or_generator)
def bootstrap_interval(values, seed=0, statistic=interquartile_mean):
    """Return the 95 % interval (low, high) of a statistic of runs, two floats in the unit of `values`.

    `values` has shape (n_runs,). The percentile bootstrap draws runs with replacement, and
    cuts 2.5 % off both ends of what `statistic` says of the draws: it gets them one by one, or
    all at once if it takes an `axis`. Of few runs, ten or less, the interval is too narrow: they
    cannot show what they did not meet.

    Raises ValueError for fewer than two runs. Source: Efron 1979; Agarwal et al. 2021. Used
    in notebook 06.
    """
    low, high = percentile_bootstrap(values, statistic, seed)
    return float(low), float(high)


def percentile_bootstrap(values, statistic, seed):
    """Return low and high along the first axis, resampling whole runs."""
    return stats.bootstrap(
        (values,),
        statistic,
        n_resamples=N_RESAMPLES,
        batch=100,  # five times as fast as all at once, which no cache holds
        vectorized=None,  # only where `statistic` takes an axis
        axis=0,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval


@guard(first=sample, second=sample)
def difference_interval(first, second, seed=0):
    """Return the 95 % interval (low, high) of how much more the middle of `first` is than of `second`.

    Both have shape (n_runs,), of separate runs. Draws from each with replacement, and subtracts
    the interquartile means; where 0 lies inside, these runs do not settle which is larger.

    Raises ValueError for fewer than two runs. Source: Efron 1979. Shown in notebook 06.
    """
    rng = np.random.default_rng(seed)
    middles = []
    for runs in (first, second):
        draws = rng.choice(runs, size=(2000, len(runs)))  # a row a draw
        middles.append(interquartile_mean(draws, axis=1))
    low, high = np.percentile(middles[0] - middles[1], [2.5, 97.5])
    return float(low), float(high)


@guard(solved=flags)
def probability_of_solving(solved):
    """Return (share, low, high): which share of runs solved it, with its 95 % interval.

    `solved` has a bool for each run; whether a run that failed counts is for you to say. The
    interval is Wilson's, which is right for few runs, too, and where all or none succeed.

    Raises TypeError or ValueError for no runs or entries that are not bools. Source: Wilson
    1927. Used in notebook 06.
    """
    result = stats.binomtest(sum(solved), len(solved))
    low, high = result.proportion_ci(method="wilson")
    return float(result.statistic), float(low), float(high)


@guard(episode_returns=vector, episode_lengths=lengths_of, at_steps=vector)
def curve(episode_returns, episode_lengths, at_steps):
    """Return a run's mean training return after so many environment steps: shape (n_points,).

    `at_steps` has shape (n_points,); the episodes' returns and lengths, in steps, have shape
    (n_episodes,), in order. Each point is the mean of the last 10 episodes that had ended by
    then, or of all where they are fewer; before the first end it is the first return. After
    the run ended its last value is held, as if the policy had been kept. Episodes that were
    played side by side count one after the other.

    Raises ValueError for episodes that do not fit. Used in notebook 06.
    """
    totals = np.concatenate([np.zeros(RECENT), np.cumsum(episode_returns)])
    n_recent = np.minimum(np.arange(len(episode_returns)) + 1, RECENT)
    means = (totals[RECENT:] - totals[:-RECENT]) / n_recent
    n_ended = np.searchsorted(np.cumsum(episode_lengths), at_steps, side="right")
    return means[np.maximum(n_ended, 1) - 1]


@guard(curves=equal_curves, seed=seed_or_generator)
def curve_band(curves, seed=0):
    """Return (middle, low, high): interquartile mean and 95 % interval over runs, at each point.

    `curves` has shape (n_runs, n_points), a row a run, from `curve` with the same `at_steps`;
    each result has shape (n_points,). The interval is `bootstrap_interval`'s. It holds for
    each point by itself, not for the whole curve at once.

    Raises ValueError for fewer than two runs. Source: Agarwal et al. 2021. Used in notebook 06.
    """
    low, high = percentile_bootstrap(curves, interquartile_mean, seed)
    return interquartile_mean(curves), low, high


@guard(first=sample, second=other_sample, n_seeds=at_most_all, seed=seed_or_generator)
def share_of_wrong_winners(first, second, n_seeds, seed=0, n_draws=10_000):
    """Return how often a comparison of `n_seeds` seeds would name the wrong winner, from 0 to 1.

    `first` and `second` have the results of two algorithms, shape (n_runs,) each. Their means
    over all runs say who wins; whether more or less is better changes nothing. In each of
    `n_draws` draws, `n_seeds` runs of each, without replacement and unpaired, are compared by
    their means; a tie counts half.

    Raises ValueError if there is no winner, or too few runs. Source: after Henderson et al.
    2018, "Deep reinforcement learning that matters", who split ten seeds in two halves. Used
    in notebook 06.
    """
    rng, size = np.random.default_rng(seed), (n_draws, 1)
    draws = [rng.permuted(np.tile(runs, size), axis=1)[:, :n_seeds] for runs in (first, second)]
    leads = np.sign(draws[0].mean(axis=1) - draws[1].mean(axis=1))
    winner = np.sign(first.mean() - second.mean())
    return float(np.mean(1 - winner * leads) / 2)
