"""Are these results enough for a statement about seeds? Errors say what is missing."""

import numpy as np

from cartpole_lib.checks import check_count, check_flag, check_vector, short


def check_sample(values, name):
    """Return `values` as an array of at least two results."""
    values = check_vector(values, name)
    if len(values) < 2:
        raise ValueError(
            f"{name} must be the results of at least 2 runs, to tell their spread; got "
            f"{len(values)}: run more seeds"
        )
    return values


def check_solved(solved):
    """Return `solved` as a list of bools, at least one."""
    flags = [
        check_flag(flag, 'solved, as in [record["solved"] for record in records],')
        for flag in solved
    ]
    if not flags:
        raise ValueError("solved must have an entry for each run; got none: run some seeds")
    return flags


def check_episodes(returns, lengths):
    """Return the returns and the lengths of the same episodes as arrays, at least one episode."""
    returns = check_vector(returns, "episode_returns")
    lengths = check_vector(lengths, "episode_lengths")
    if not len(returns) or len(returns) != len(lengths) or lengths.min() < 1:
        raise ValueError(
            "episode_returns and episode_lengths must be of the same episodes, at least one, each "
            f"of 1 step or more; got {short(returns)} and {short(lengths)}"
        )
    return returns, lengths


def check_curves(curves):
    """Return `curves` as an array of shape (n_runs, n_points), of at least two runs."""
    rows = [check_vector(row, f"curves[{run}]") for run, row in enumerate(curves)]
    check_sample(np.zeros(len(rows)), "curves")
    if len({len(row) for row in rows}) > 1:
        raise ValueError(
            "curves must all have the same number of points; got "
            f"{sorted({len(row) for row in rows})}: give `curve` the same at_steps"
        )
    return np.array(rows)


def check_draw(first, second, n_seeds):
    """Return two samples whose means differ, and how many seeds to draw from each."""
    first, second = check_sample(first, "first"), check_sample(second, "second")
    if check_count(n_seeds, "n_seeds") > min(len(first), len(second)):
        raise ValueError(
            f"n_seeds must be at most {min(len(first), len(second))}, as many as both have, for "
            f"they are drawn without replacement; got {n_seeds}"
        )
    if first.mean() == second.mean():
        raise ValueError(
            f"first and second have the same mean, {first.mean():g}: no winner can be the wrong one"
        )
    return first, second, int(n_seeds)
