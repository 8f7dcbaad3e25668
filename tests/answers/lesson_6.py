import functools
from fractions import Fraction

import numpy as np
from scipy import stats

from cartpole_lib.study import intervals
from cartpole_lib.study.intervals import (
    bootstrap_interval,
    difference_interval,
    interquartile_mean,
    probability_of_solving,
)


def share_of_wrong_winners(first, second, n_seeds, seed=0):
    """The course's own, but what it found is kept: most answers here ask for the same."""
    return known_share(tuple(first), tuple(second), n_seeds, seed)


@functools.cache
def known_share(first, second, n_seeds, seed):
    return intervals.share_of_wrong_winners(np.array(first), np.array(second), n_seeds, seed)


def by_flags(records):
    solved = [record["error"] is None and record["solved"] for record in records]
    steps = [record["n_steps"] for record, flag in zip(records, solved) if flag]
    return [np.mean(solved), interquartile_mean(np.array(steps))]


def by_loop(records):
    steps, n_solved = [], 0
    for record in records:
        if "solved" in record and record["solved"]:
            n_solved += 1
            steps.append(record["n_steps"])
    n_cut = len(steps) // 4
    middle = sorted(steps)[n_cut : len(steps) - n_cut]
    return n_solved / len(records), sum(middle) / len(middle)


def as_a_fraction(records):
    n_solved = sum(bool(record.get("solved")) for record in records)
    return Fraction(n_solved, len(records)), by_loop(records)[1]


def not_sorted(records):
    steps = [record["n_steps"] for record in records if record.get("solved")]
    n_cut = len(steps) // 4
    return by_loop(records)[0], np.mean(steps[n_cut : len(steps) - n_cut])


def cut_by_minus_0(records):
    share, steps = by_loop(records)[0], sorted(r["n_steps"] for r in records if r.get("solved"))
    middle = steps[len(steps) // 4 : -(len(steps) // 4)]
    return share, sum(middle) / len(middle)


def as_a_set(records):
    steps = {record["n_steps"] for record in records if record.get("solved")}
    return len(steps) / len(records), interquartile_mean(list(steps))


def of_one_budget(records):
    steps = [record["n_steps"] for record in records if record.get("n_steps", 300) != 300]
    return len(steps) / len(records), interquartile_mean(steps)


def between_quartiles(records):
    steps = np.array([record["n_steps"] for record in records if record.get("solved")])
    low, high = np.percentile(steps, [25, 75])
    return by_loop(records)[0], steps[(low <= steps) & (steps <= high)].mean()


def in_the_first_round(records):
    steps = []
    for record in records:
        if record.get("solved"):
            steps.append(record["n_steps"])
        return len(steps) / len(records), interquartile_mean(steps)


def by_wilson(records):
    solved = [bool(record.get("solved")) for record in records]
    steps = [record["n_steps"] for record in records if record.get("solved")]
    return probability_of_solving(solved)[0], interquartile_mean(steps)


def forgets_the_failed(records):
    records[:] = [record for record in records if record["error"] is None]
    return by_flags(records)


def changes_but_is_right(records):
    right = by_loop(records)
    records.pop()
    return right


def resampled(first, second):
    rng = np.random.default_rng(5)
    draws = [rng.choice(runs, size=(4000, len(runs))) for runs in (first, second)]
    differences = np.subtract(*(interquartile_mean(draw, axis=1) for draw in draws))
    low, high = np.percentile(differences, [2.5, 97.5])
    if low <= 0 <= high:
        return "Not settled"
    return "first" if high < 0 else "second"


def sorts_and_guesses(first, second):
    first.sort()
    second.sort()
    first *= 2
    return "first"


def in_wide_letters(first, second):
    return f" {resampled(first, second)}\n"


def of_means(first, second):
    rng = np.random.default_rng(6)
    draws = [rng.choice(runs, size=(4000, len(runs))).mean(axis=1) for runs in (first, second)]
    low, high = np.percentile(draws[1] - draws[0], [2.5, 97.5])
    return "first" if low > 0 else "second" if high < 0 else "not settled"


def the_other_way_round(first, second):
    low, high = difference_interval(second, first)
    return "second" if high < 0 else "first" if low > 0 else "not settled"


def means(first, second):
    return "first" if np.mean(first) < np.mean(second) else "second"


def by_a_fixed_gap(first, second):
    gap = np.mean(first) - np.mean(second)
    return "not settled" if abs(gap) < 550 else "first" if gap < 0 else "second"


def medians(first, second):
    return "second" if np.median(first) > np.median(second) else "first"


def overlap_of_means(first, second):
    (low, high), (other_low, other_high) = (
        bootstrap_interval(runs, statistic=np.mean) for runs in (first, second)
    )
    if high < other_low:
        return "first"
    return "second" if other_high < low else "not settled"


def by_while(first, second):
    n = 1
    while share_of_wrong_winners(first, second, n) > 0.05:
        n += 1
        if n > 10:
            return None
    return n


def with_other_dice(first, second):
    shares = (share_of_wrong_winners(first, second, n, seed=2) for n in range(1, 11))
    return next((n for n, share in enumerate(shares, 1) if share <= 0.05), None)


def other_seed(first, second):
    for n in range(1, 11):
        if share_of_wrong_winners(second, first, n, seed=3) <= 0.05:
            return np.int64(n)


def first_of_ten(first, second):
    shares = np.array([share_of_wrong_winners(first, second, n) for n in np.arange(1, 11)])
    return int(np.argmax(shares <= 1 / 20)) + 1 if shares.min() <= 1 / 20 else None


def by_share_of_right(first, second):
    enough = [n for n in range(1, 11) if 1 - share_of_wrong_winners(first, second, n) >= 0.95]
    return min(enough, default=None)


def none_inside_the_loop(first, second):
    for n in range(1, 11):
        if share_of_wrong_winners(first, second, n) <= 0.05:
            return n
        else:
            return None


def smallest(first, second, numbers=range(1, 11), enough=lambda share: share <= 0.05):
    for n in numbers:
        if enough(share_of_wrong_winners(first, second, n)):
            return n


def by_means(first, second):
    rng, ahead = np.random.default_rng(0), np.mean(first) < np.mean(second)
    for n in range(1, 11):
        means = [np.mean(rng.choice(runs, size=(10_000, n)), axis=1) for runs in (first, second)]
        if np.mean((means[0] < means[1]) != ahead) <= 0.05:
            return n


def all_thirty(first, second):
    for n in range(1, len(first) + 1):
        if share_of_wrong_winners(first, second, n) <= 0.05:
            return n


def welch(first, second):
    interval = stats.ttest_ind(first, second, equal_var=False).confidence_interval()
    if interval.low > 0:
        return "second"
    return "first" if interval.high < 0 else "not settled"


def word_of(low, high):
    return "second" if low > 0 else "first" if high < 0 else "not settled"


def cut_in_front(first, second):
    n = min(len(first), len(second))
    return word_of(*difference_interval(first[:n], second[:n]))


def cut_at_the_end(first, second):
    n = min(len(first), len(second))
    return word_of(*difference_interval(first[-n:], second[-n:]))


def in_pairs(first, second):
    gaps = np.array([a - b for a, b in zip(first, second)])
    return word_of(*bootstrap_interval(gaps))


def repeated(first, second):
    n = max(len(first), len(second))
    longer = [np.tile(runs, n // len(runs) + 1)[:n] for runs in (first, second)]
    return word_of(*difference_interval(*longer))


def every_third(first, second):
    n = min(len(first), len(second))
    return word_of(*difference_interval(*(r[:: max(1, len(r) // n)] for r in (first, second))))


def of_ninety_percent(first, second):
    rng = np.random.default_rng(9)
    draws = [rng.choice(runs, size=(4000, len(runs))).mean(axis=1) for runs in (first, second)]
    return word_of(*np.percentile(draws[0] - draws[1], [5, 95]))


def of_one_end(first, second):
    rng = np.random.default_rng(0)
    draws = [rng.choice(runs, size=(2000, len(runs))) for runs in (first, second)]
    return word_of(*np.percentile(draws[0].mean(axis=1) - draws[1].mean(axis=1), [0, 97.5]))


def of_ninety_nine(first, second):
    rng = np.random.default_rng(9)
    draws = [rng.choice(runs, size=(4000, len(runs))).mean(axis=1) for runs in (first, second)]
    return word_of(*np.percentile(draws[0] - draws[1], [0.5, 99.5]))


def run_by_run(first, second):
    low, high = bootstrap_interval(first - second)
    return "second" if low > 0 else "first" if high < 0 else "not settled"


def by_the_spread_of_runs(first, second):
    ahead, spread = np.mean(second) - np.mean(first), 1.96 * np.hypot(np.std(first), np.std(second))
    return "not settled" if abs(ahead) < spread else "first" if ahead > 0 else "second"


def by_halves(first, second):
    low, high = 1, 11
    while low < high:
        middle = (low + high) // 2
        if share_of_wrong_winners(first, second, middle) <= 0.05:
            high = middle
        else:
            low = middle + 1
    return low if low <= 10 else None


def shuffled_labels(first, second):
    rng, runs = np.random.default_rng(0), np.concatenate([first, second])
    ahead, found = np.mean(second) - np.mean(first), []
    for _ in range(2000):
        rng.shuffle(runs)
        found.append(runs[len(first) :].mean() - runs[: len(first)].mean())
    if np.mean(np.abs(found) >= abs(ahead)) > 0.05:
        return "not settled"
    return "first" if ahead > 0 else "second"


def by_everything(records):
    solved = [record["solved"] for record in records]
    return np.mean(solved), interquartile_mean([record["n_steps"] for record in records])


RIGHT = {
    "6a": [lambda: "one", lambda: "One "],
    "6b": [by_flags, by_loop, by_wilson, as_a_fraction],
    "6c": [resampled, of_means, the_other_way_round, welch, shuffled_labels] + [in_wide_letters],
    "6d": [by_halves, by_while, other_seed, with_other_dice, first_of_ten, by_share_of_right],
}
WRONG = {
    "6a": {"to be ahead is not": lambda: "TEN", "The answers are": lambda: 1}
    | {"Yours is 'one or ten'": lambda: "one or ten"}
    | {"misses once in twenty, and": lambda: "none"},
    "6b": {
        "its number is the budget": lambda records: (
            by_loop(records)[0],
            interquartile_mean([r["n_steps"] for r in records if "n_steps" in r]),
        ),
        "Two things": lambda records: by_everything([r for r in records if not r["error"]]),
        "is a number from 0 to 1": lambda records: (100 * by_loop(records)[0], by_loop(records)[1]),
        "which one slow run moves": lambda records: (
            by_loop(records)[0],
            np.mean([r["n_steps"] for r in records if r.get("solved")]),
        ),
        "This is the median of the steps": lambda records: (
            by_loop(records)[0],
            np.median([r["n_steps"] for r in records if r.get("solved")]),
        ),
        "are not in your share: a": forgets_the_failed,
        "work on a copy": changes_but_is_right,
        "The two are swapped": lambda records: by_loop(records)[::-1],
        "Only the first record": in_the_first_round,
        "first number is how many": lambda records: (
            sum(bool(record.get("solved")) for record in records),
            by_loop(records)[1],
        ),
        "the KeyError": lambda records: (
            np.mean([record["solved"] for record in records]),
            by_loop(records)[1],
        ),
        "of the solved runs among": lambda records: (1.0, by_loop(records)[1]),
        "does it end with return": lambda records: None,
        "returned (1, 35.5), expected": not_sorted,
        "ZeroDivisionError": cut_by_minus_0,
        "returned (0.4, 15.5), expected (0.6, 14)": as_a_set,
        "returned (0.6, 15.5), expected (0.6, 14)": lambda records: (
            by_flags(records)[0],
            interquartile_mean(np.unique([r["n_steps"] for r in records if r.get("solved")])),
        ),
        "Other numbers": of_one_budget,
        "returned (1, 12.5), expected (1, 13.75)": between_quartiles,
        "The shape is (3,)": lambda records: (
            probability_of_solving([bool(record.get("solved")) for record in records]),
            by_loop(records)[1],
        ),
        "It returned a dict": lambda records: dict(zip(("share", "steps"), by_loop(records))),
    },
    "6c": {
        "names whoever is ahead": means,
        "names whoever is ahead,": medians,
        "they may, though": overlap_of_means,
        "names are swapped": lambda first, second: {"first": "second", "second": "first"}.get(
            resampled(first, second), "not settled"
        ),
        "and 'not settled'; it returned (": lambda *pair: difference_interval(*pair),
        "'not settled'; it returned 'neither'": lambda first, second: "neither",
        "in another order": cut_in_front,
        "They are no pairs": cut_at_the_end,
        "and all of them count": in_pairs,
        "the same runs again are no new ones": repeated,
        "All of them count, also where": every_third,
        "An interval of 90 %": of_ninety_percent,
        "leaves open what": of_ninety_nine,
        "it gives 'not settled', where 'second' is": of_one_end,
        "without brackets": "first",
        "it gives 'first', where": sorts_and_guesses,
        "it gives 'second', where 'not settled'": lambda *pair: (
            "first" if resampled(*pair) == "first" else "second"
        ),
        "it gives 'second', where 'first'": lambda *pair: (
            "second" if resampled(*pair) == "first" else resampled(*pair).lower()
        ),
        "it returned False": lambda *pair: bool(difference_interval(*pair)[0] > 0),
        "The same runs in another order get": run_by_run,
        "spread of the runs is taken": by_the_spread_of_runs,
        "it gives 'not settled', where 'second'": by_a_fixed_gap,
        "It returned None: does it end with return": lambda first, second: None,
        "never decides": lambda first, second: "Not settled",
    },
    "6d": {
        "One and two seeds are possible": lambda *pair: smallest(*pair, numbers=range(3, 11)),
        "It returns a share of wrong winners": lambda first, second: next(
            (
                share
                for n in range(1, 11)
                if (share := share_of_wrong_winners(first, second, n)) <= 0.05
            ),
            None,
        ),
        "beyond ten": all_thirty,
        "one less": lambda first, second: next(
            (i for i in range(10) if share_of_wrong_winners(first, second, i + 1) <= 0.05), None
        ),
        "largest number": lambda first, second: max(
            (n for n in range(1, 11) if share_of_wrong_winners(first, second, n) < 0.05),
            default=None,
        ),
        "One seed is always enough": lambda first, second: next(
            n for n in range(1, 11) if share_of_wrong_winners(first, second, n) <= 5
        ),
        "look at 1 to 10": lambda *pair: smallest(*pair, numbers=range(1, 12)),
        "returned 5, expected 4": lambda *pair: smallest(*pair, numbers=[1, 3, 5, 10]),
        "never try ten": lambda *pair: smallest(*pair, numbers=range(1, 10)),
        'A share of just 0.05 is enough, too: "at most"': lambda *pair: smallest(
            *pair, enough=lambda share: share < 0.05
        ),
        "None comes after the loop": none_inside_the_loop,
        "One seed is possible": lambda *pair: smallest(*pair, numbers=range(2, 11)),
        "One in twenty is a share": lambda *pair: smallest(*pair, enough=lambda share: share < 0.5),
        "does it end with return": lambda first, second: None,
        "None is wanted. For": lambda *pair: smallest(*pair) or 10,
        "returned 7, expected 10": lambda *pair: smallest(*pair, enough=lambda share: share <= 0.1),
        "at least 1; got 0": lambda *pair: smallest(*pair, numbers=range(11)),
        "shares are a little too high": by_means,
        "StopIteration": lambda first, second: next(
            n for n in range(1, 11) if share_of_wrong_winners(first, second, n) <= 0.05
        ),
        "where one number is wanted": lambda first, second: [
            n for n in range(1, 11) if share_of_wrong_winners(first, second, n) <= 0.05
        ],
    },
}
