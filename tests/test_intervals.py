from functools import partial

import numpy as np
import pytest

from cartpole_lib.study import intervals
from cartpole_lib.study.intervals import (
    bootstrap_interval,
    curve,
    curve_band,
    difference_interval,
    interquartile_mean,
    probability_of_solving,
    share_of_wrong_winners,
)


def test_interquartile_mean_worked_by_hand():
    assert interquartile_mean([0, 4, 6, 1000]) == 5
    assert interquartile_mean([1, 2, 3]) == 2
    assert interquartile_mean([9, 1, 2, 3, -70]) == 2  # of 5, one is cut at each end
    assert interquartile_mean(np.array([[0, 1], [4, 1], [6, 1], [9, 5]])).tolist() == [5, 1]
    assert interquartile_mean([[0, 4, 6, 9], [1, 1, 1, 5]], axis=1).tolist() == [5, 1]


def test_bootstrap_interval_is_repeatable_and_holds_the_statistic():
    values = np.random.default_rng(0).normal(300, 50, 30)
    low, high = bootstrap_interval(values)
    assert (low, high) == bootstrap_interval(values)
    assert (low, high) != bootstrap_interval(values, seed=1)
    assert low < interquartile_mean(values) < high
    assert isinstance(low, float) and isinstance(high, float)


def test_bootstrap_of_the_mean_is_near_the_formula():
    values = np.random.default_rng(0).normal(300, 50, 100)
    margin = 1.96 * values.std() / 10
    expected = (values.mean() - margin, values.mean() + margin)
    assert bootstrap_interval(values, statistic=np.mean) == pytest.approx(expected, abs=1)
    low, high = bootstrap_interval([0, 0, 0, 1], statistic=np.max)
    assert (low, high) == (0, 1)


def test_a_statistic_may_take_the_draws_one_by_one():
    def median(values):
        return np.median(values)

    runs = np.random.default_rng(0).normal(size=12)
    assert bootstrap_interval(runs, statistic=median) == bootstrap_interval(
        runs, statistic=np.median
    )


@pytest.mark.parametrize("value", [500, 0, -3.5])
def test_runs_that_all_agree(value):
    assert bootstrap_interval([value] * 30) == (value, value)
    assert bootstrap_interval([value] * 2, statistic=np.mean) == (value, value)


def test_the_interval_catches_the_truth_about_19_times_in_20():
    rng = np.random.default_rng(0)
    intervals = [bootstrap_interval(rng.normal(size=30), i) for i in range(200)]
    assert np.mean([low <= 0 <= high for low, high in intervals]) == pytest.approx(0.94, abs=0.04)


def test_probability_of_solving_worked_by_hand():
    assert probability_of_solving([True] * 5 + [False] * 5) == pytest.approx(
        # Wilson's centre is 1/2; half its width is 1.96 / 13.84 * sqrt(10 / 4 + 1.96^2 / 4)
        (0.5, 0.5 - 0.2634, 0.5 + 0.2634),
        abs=1e-4,
    )
    share, low, high = probability_of_solving(np.ones(30, bool))
    assert (share, high) == (1, 1)
    assert low == pytest.approx(30 / (30 + 1.959964**2))
    assert probability_of_solving([False])[:2] == (0, 0)


def test_curve_worked_by_hand():
    at_steps = [0, 9, 10, 29, 30, 59, 60, 1000]
    values = curve([10, 20, 60], [10, 20, 30], at_steps)
    assert values.tolist() == [10, 10, 10, 10, 15, 15, 30, 30]


def test_curve_is_the_mean_of_the_last_10_episodes():
    returns = np.random.default_rng(0).integers(8, 500, 100)
    lengths = np.random.default_rng(1).integers(8, 500, 100)
    values = curve(returns, lengths, np.cumsum(lengths))
    expected = [returns[max(0, i - 9) : i + 1].mean() for i in range(100)]
    assert values == pytest.approx(expected)


def test_the_interval_of_a_difference():
    rng = np.random.default_rng(0)
    near, far = rng.normal(10, 1, 30), rng.normal(14, 1, 30)
    low, high = difference_interval(far, near)
    assert 3 < low < 4 < high < 5
    assert difference_interval(near, far) == pytest.approx((-high, -low), abs=0.2)
    low, high = difference_interval(near, near)
    assert low < 0 < high
    with pytest.raises(ValueError, match="second must be the results of at least 2 runs"):
        difference_interval([1, 2], [3])


def test_the_interval_of_a_difference_is_as_wide_as_the_bootstraps():
    """Against runs that all agree, the difference moves as the one sample does."""
    runs = np.random.default_rng(0).exponential(10, 30)
    assert difference_interval(runs, np.zeros(2)) == pytest.approx(
        bootstrap_interval(runs), abs=0.3
    )


def test_curve_band():
    curves = np.array([[0, 7], [4, 7], [6, 7], [1000, 7]])
    middle, low, high = curve_band(curves)
    assert middle.tolist() == [5, 7]
    assert (low[0], high[0]) == bootstrap_interval(curves[:, 0])
    assert (low[1], high[1]) == (7, 7)
    assert low[0] < 5 < high[0]
    for before, again in zip(curve_band(list(curves)), curve_band(curves)):
        assert np.array_equal(before, again)


def test_wrong_winners_worked_by_hand():
    # Means 2 and 1.5: of the four pairs (0, 1), (0, 2), (4, 1), (4, 2), two are wrong.
    assert share_of_wrong_winners([0, 4], [1, 2], 1) == pytest.approx(0.5, abs=0.02)
    assert share_of_wrong_winners([0, 4], [1, 2], 2) == 0
    assert share_of_wrong_winners([3, 4], [1, 2], 1) == 0
    # Means 2 and 5/3: of nine pairs with 3, 2, 1 against 2, 2, 1: 1 < 2 twice, three ties.
    assert share_of_wrong_winners([3, 2, 1], [2, 2, 1], 1) == pytest.approx(3.5 / 9, abs=0.02)


def test_wrong_winners_know_no_direction():
    first, second = np.random.default_rng(0).normal([[0], [0.5]], 1, (2, 30))
    share = share_of_wrong_winners(first, second, 5)
    assert 0.01 < share < 0.45
    assert share_of_wrong_winners(-first, -second, 5) == share
    assert share_of_wrong_winners(second, first, 5) == pytest.approx(share, abs=0.02)
    assert share > share_of_wrong_winners(first, second, 20)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bootstrap_interval([1]), "values must be the results of at least 2 runs.*got 1"),
        (lambda: bootstrap_interval([1, np.nan]), "values must be finite; entry 1 is nan"),
        (lambda: probability_of_solving([]), "solved must have an entry for each run; got none"),
        (lambda: curve([], [], [1]), "must be of the same episodes, at least one"),
        (lambda: curve([1, 2], [1], [1]), r"same episodes.*shape \(2,\) and an array of shape"),
        (lambda: curve([1], [0], [1]), "each of 1 step or more"),
        (lambda: curve([1], [1], "x"), "at_steps must be a list of numbers"),
        (lambda: curve_band([[1, 2]]), "curves must be the results of at least 2 runs.*got 1"),
        (lambda: curve_band([[1, 2], [1]]), r"same number of points; got \[1, 2\]: give `curve`"),
        (lambda: curve_band([1, 2]), r"curves\[0\] must be one-dimensional"),
        (lambda: share_of_wrong_winners([1, 2], [2, 3], 3), "n_seeds must be at most 2.*got 3"),
        (lambda: share_of_wrong_winners([1, 2], [2, 3], 0), "n_seeds must be a whole number"),
        (lambda: share_of_wrong_winners([1, 2], [2, 1], 1), "the same mean, 1.5: no winner"),
        (lambda: share_of_wrong_winners([1, 2], [2, 3], 1, n_draws=0), "n_draws must be a whole"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_solved_is_not_records():
    with pytest.raises(
        TypeError, match=r'record\["solved"\] for record in records\], must be True'
    ):
        probability_of_solving([{"solved": True}])


def test_intervals_depend_on_the_seed_alone():
    first, second = np.random.default_rng(0).normal(size=(2, 12))
    curves = np.random.default_rng(1).normal(size=(8, 3))
    for interval in (partial(difference_interval, first, second), partial(curve_band, curves)):
        same, again, other = interval(0), interval(0), interval(1)
        assert np.array_equal(same, again)
        assert not np.array_equal(same, other)


def test_no_more_seeds_are_compared_than_either_has():
    with pytest.raises(ValueError, match="n_seeds must be at most 2.*got 3"):
        share_of_wrong_winners([1, 2], [2, 3, 4], 3)
    with pytest.raises(ValueError, match="n_seeds must be at most 2.*got 3"):
        share_of_wrong_winners([2, 3, 4], [1, 2], 3)


def test_the_interval_of_a_difference_is_of_a_thousand_draws_or_more(monkeypatch):
    n_draws, middle = [], intervals.interquartile_mean

    def counted(draws, axis):
        n_draws.append(len(draws))
        return middle(draws, axis)

    monkeypatch.setattr(intervals, "interquartile_mean", counted)
    difference_interval([1, 2, 3], [2, 3, 4])
    assert len(n_draws) == 2 and min(n_draws) >= 1000


def test_winners_are_named_by_means_and_not_by_medians():
    assert share_of_wrong_winners([0, 0, 9], [1, 1, 1], 3) == 0


def test_wrong_winners_depend_on_the_seed():
    first, second = np.random.default_rng(0).normal([[0], [0.5]], 1, (2, 30))
    same, again, other = (share_of_wrong_winners(first, second, 5, seed) for seed in (0, 0, 1))
    assert same == again != other


def test_samples_of_other_sizes_are_drawn_at_their_own():
    runs = np.random.default_rng(0).exponential(10, 30)
    low, high = bootstrap_interval(runs)
    assert difference_interval(np.zeros(2), runs) == pytest.approx((-high, -low), abs=0.3)


def test_wrong_winners_are_of_as_many_draws_as_asked():
    one_draw = [share_of_wrong_winners([0, 4], [1, 2], 1, seed, n_draws=1) for seed in range(8)]
    assert set(one_draw) == {0, 1}


def test_a_bootstrap_asks_for_a_few_draws_at_a_time():
    """All at once take five times as long, for no cache holds them."""
    sizes = []

    def statistic(values, axis):
        sizes.append(np.size(values))
        return np.mean(values, axis=axis)

    intervals.bootstrap_interval(np.arange(30.0), statistic=statistic)
    assert max(sizes) <= 100 * 30
