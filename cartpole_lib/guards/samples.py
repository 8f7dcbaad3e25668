"""Are these results enough for a statement about seeds? Complaints say what is missing."""

import numpy as np

from cartpole_lib.guards.values import count, flag, must_be, short, vector


def sample(values, name):
    """Return `values` as an array of at least two results."""
    values = vector(values, name)
    if len(values) < 2:
        raise ValueError(
            f"{name} must be the results of at least 2 runs, to tell their spread; got "
            f"{len(values)}: run more seeds"
        )
    return values


def flags(solved, name):
    """Return `solved` as a list of bools, at least one."""
    must_be("a list with True or False for each run", np.iterable)(solved, name)
    wanted = f'{name}, as in [record["solved"] for record in records],'
    checked = [flag(entry, wanted) for entry in solved]
    if not checked:
        raise ValueError(f"{name} must have an entry for each run; got none: run some seeds")
    return checked


def lengths_of(lengths, name, episode_returns):
    """Return the lengths of the episodes that have these returns, at least one episode."""
    lengths, n_returns = vector(lengths, name), len(episode_returns)
    if not n_returns or n_returns != len(lengths) or lengths.min() < 1:
        raise ValueError(
            f"episode_returns and {name} must be of the same episodes, at least one, each of 1 step "
            f"or more; got {short(episode_returns)} and {short(lengths)}"
        )
    return lengths


def equal_curves(curves, name):
    """Return `curves` as an array of shape (n_runs, n_points), of at least two runs."""
    must_be("a list with a curve for each run", np.iterable)(curves, name)
    rows = [vector(row, f"{name}[{run}]") for run, row in enumerate(curves)]
    sample(np.zeros(len(rows)), name)
    if len({len(row) for row in rows}) > 1:
        raise ValueError(
            f"{name} must all have the same number of points; got "
            f"{sorted({len(row) for row in rows})}: give `curve` the same at_steps"
        )
    return np.array(rows)


def other_sample(second, name, first):
    """Return a second sample whose mean is not that of the first."""
    second = sample(second, name)
    if first.mean() == second.mean():
        raise ValueError(
            f"first and {name} have the same mean, {first.mean():g}: no winner can be the wrong one"
        )
    return second


def at_most_all(n_seeds, name, first, second):
    """Return a number of seeds that both samples have."""
    most = min(len(first), len(second))
    if count(n_seeds, name) > most:
        raise ValueError(
            f"{name} must be at most {most}, as many as both have, for they are drawn without "
            f"replacement; got {n_seeds}"
        )
    return int(n_seeds)


def two_returns(returns, name):
    """Return `returns` as an array of at least two."""
    if np.iterable(returns) and any(hasattr(entry, "rewards") for entry in [returns, *returns]):
        raise TypeError(
            f"{name} must be a list of numbers, one an episode, but got Episodes: pass "
            "[episode.rewards.sum() for episode in episodes]"
        )
    returns = vector(returns, name)
    if len(returns) < 2:
        raise ValueError(f"{name} must be at least 2, to tell their spread; got {len(returns)}")
    return returns
