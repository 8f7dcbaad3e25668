"""The exercises of lesson 6: what a handful of seeds can tell."""

import functools

import numpy as np
from scipy import stats

from cartpole_lib.exercises.comparing import same, shown
from cartpole_lib.exercises.exercise import Exercise, all_from, prediction
from cartpole_lib.study.intervals import (
    bootstrap_interval,
    difference_interval,
    interquartile_mean,
    share_of_wrong_winners,
)

EVENLY = (np.arange(30) + 0.5) / 30
BELL = stats.norm.ppf(EVENLY)  # thirty runs, evenly spread: middle 0, spread 1
RUNS = (20_000 + 1000 * BELL).round()
TAILS = (20_000 + 560 * stats.logistic.ppf(EVENLY)).round()  # means and middles equally sure
FEW = TAILS[1::3] - 60  # ten runs, with nearly the same middle
WORDS = "first", "second", "not settled"
N_STUDIES, N_CHANGES, N_DRAWS = 50, 20, 400


def changes_that_stand_out(rng):
    """Return how many of twenty changes that change nothing have an interval without 0."""
    runs = rng.normal(20_000, 6_000, size=(1 + N_CHANGES, len(BELL)))  # row 0: unchanged
    picks = rng.integers(len(BELL), size=(1 + N_CHANGES, N_DRAWS, len(BELL)))
    middles = interquartile_mean(np.take_along_axis(runs[:, None], picks, axis=2), axis=2)
    low, high = np.percentile(middles[1:] - middles[0], [2.5, 97.5], axis=1)
    return np.sum((low > 0) | (high < 0))


def studies_of_nothing():
    """Return a sentence with what exercise 6a asks about."""
    rng = np.random.default_rng(0)
    found = np.array([changes_that_stand_out(rng) for _ in range(N_STUDIES)])
    return (
        f"In {N_STUDIES} such studies {found.mean():.1f} of {N_CHANGES} stood out on average, and "
        f"{np.sum(found > 0)} of the studies had at least one to report."
    )


def share_and_steps(records, middle=interquartile_mean):
    """A failed run counts in the share, and an unsolved one has no steps until solved."""
    steps = [record["n_steps"] for record in records if record.get("solved")]
    return len(steps) / len(records), middle(steps)


def budget_included(records):
    """An unsolved run is in your steps: its number is the budget, not the steps until solved."""
    steps = [record["n_steps"] for record in records if record["error"] is None]
    return share_and_steps(records)[0], interquartile_mean(steps)


def failed_left_out(records):
    """The runs that failed are not in your share: a method that crashes is one that fails.

    Divide by the number of all records.
    """
    return share_and_steps([record for record in records if record["error"] is None])


def finished_only(records):
    """Two things: the runs that failed are not in your share, and unsolved ones are in your steps.

    A crash counts as not solved, and the steps of an unsolved run are its budget.
    """
    return failed_left_out(records)[0], budget_included(records)[1]


def failed_asked(records):
    """A run that failed has no "solved", hence the KeyError.

    Count it as not solved: record.get("solved") is None then, or ask for its "error" first.
    """
    steps = [record["n_steps"] for record in records if record["solved"]]
    return len(steps) / len(records), interquartile_mean(steps)


def share_of_the_solved(records):
    """The share is always 1: it is of the solved runs among the solved ones.

    Divide by the number of all records.
    """
    return 1, share_and_steps(records)[1]


def count_of_solved(records):
    """The first number is how many are solved; the share divides it by the number of records."""
    share, steps = share_and_steps(records)
    return share * len(records), steps


def swapped(records):
    """The two are swapped: the share comes first, then the steps."""
    return share_and_steps(records)[::-1]


def in_percent(records):
    """The share is a number from 0 to 1; yours is a hundred times that."""
    share, steps = share_and_steps(records)
    return 100 * share, steps


def plain_mean(records):
    """This is the plain mean of the steps, which one slow run moves: interquartile_mean(steps)."""
    return share_and_steps(records, np.mean)


def median(records):
    """This is the median of the steps; the middle of lesson 6 is interquartile_mean(steps)."""
    return share_and_steps(records, np.median)


def some_records():
    """Return the cases of 6b: all solved, some not, a crash, and two runs that are equal."""
    solved = [{"error": None, "solved": True, "n_steps": n} for n in (11, 9, 62, 10, 20, 14)]
    large, small = ({"error": None, "solved": False, "n_steps": n} for n in (300, 40))  # budgets
    failed = {"error": {"type": "ValueError", "message": "gamma must be below 1"}}
    equal = [failed, large, *solved[:1] * 2, solved[4]]
    cases = solved[:4], solved, [large, *solved, small], [failed, *solved[1:], large], equal
    return [(records,) for records in cases]


def first_record_alone(answer):
    """Return a sentence if only the first record counts, or None."""
    [records] = some_records()[0]
    if not same(answer(records), (1 / len(records), records[0]["n_steps"])):
        return None
    return "Only the first record is counted: does return stand inside the loop?"


def fewer_steps(first, second):
    """Where 0 lies inside the interval of the difference, these runs do not settle it."""
    low, high = difference_interval(first, second)
    return "second" if low > 0 else "first" if high < 0 else "not settled"


def whoever_is_ahead(first, second):
    """It names whoever is ahead, however little that is.

    Ask difference_interval(first, second) whether chance among the seeds could be all.
    """
    return "first" if interquartile_mean(first) < interquartile_mean(second) else "second"


def by_overlap(first, second):
    """It leaves open what the 95 % interval of the difference settles.

    So it is where one asks whether two intervals overlap: they may, though the two methods differ.
    Or where the interval is a wider one, of 99 %. Ask difference_interval(first, second).
    """
    a, b = bootstrap_interval(first), bootstrap_interval(second)
    return "first" if a[1] < b[0] else "second" if b[1] < a[0] else "not settled"


def made_as_long(first, second):
    """It settles a pair of unequal samples whose interval of the difference has 0 inside.

    So it comes out if the smaller one is filled up, for the same runs again are no new ones, or
    the larger one cut. difference_interval(first, second) takes any number of each.
    """
    n = max(len(first), len(second))
    return fewer_steps(np.resize(first, n), np.resize(second, n))


def thinned(first, second):
    """It leaves open a pair of unequal samples that all their runs settle.

    All of them count, also where one has more: difference_interval(first, second) takes any number.
    """
    n = min(len(first), len(second))
    picks = [np.linspace(0, len(runs) - 1, n).astype(int) for runs in (first, second)]
    return fewer_steps(first[picks[0]], second[picks[1]])


def too_early(first, second):
    """It settles a pair whose 95 % interval of the difference has 0 inside.

    An interval of 90 % would do so: 95 % leave 2.5 % beyond each end.
    """
    rng = np.random.default_rng(0)
    draws = [rng.choice(runs, size=(2000, len(runs))) for runs in (first, second)]
    low, high = np.percentile(draws[0].mean(axis=1) - draws[1].mean(axis=1), [5, 95])
    return "second" if low > 0 else "first" if high < 0 else "not settled"


def backwards(first, second):
    """The names are swapped: difference_interval gives first minus second.

    If that is above 0, the first needs more steps, and the second fewer.
    """
    swap = {"first": "second", "second": "first", "not settled": "not settled"}
    return swap[fewer_steps(first, second)]


def run_against_run(first, second):
    """It decides only where single runs of the two lie far apart.

    So it is where the slowest of one must be ahead of the fastest of the other, or where the spread
    of the runs is taken for that of their middle. The question is about the middles: use
    difference_interval.
    """
    if max(first) < min(second):
        return "first"
    return "second" if max(second) < min(first) else "not settled"


def never_settled(first, second):
    """It never decides. Where both ends of the interval lie on one side of 0, it is settled."""
    return "not settled"


def pairs_of_samples():
    """Return the cases of 6c: far apart, apart, intervals that overlap, nearly settled, nearly the same.

    The last ones have different numbers of runs, and the same runs in two orders.
    """
    far, near, close, nearly, same = TAILS + np.array([-7300, -2500, 580, 455, 160])[:, np.newaxis]
    pairs = [(far, TAILS), (TAILS, near), (TAILS, close), (TAILS, nearly), (TAILS, same)]
    pairs += [(close, TAILS), (nearly, TAILS)]
    pairs += [(same, TAILS), (TAILS / 100, near / 100), (near[::2], TAILS)]
    pairs += [(TAILS, FEW), (TAILS[::-1], FEW), (TAILS, FEW + 590)]
    many = 20_000 + 560 * stats.logistic.ppf((np.arange(90) + 0.5) / 90)
    return [*pairs, (many[::-1].round(), FEW + 60 + 755)]


def not_all_runs(answer):
    """Return a sentence on what is no word, or on one that depends on the order of runs, or None."""
    for other in (TAILS + 160, FEW):
        pairs = [(runs.copy(), other.copy()) for runs in (TAILS, TAILS[::-1])]  # it may sort them
        words = [spelled(answer, *pair) for pair in pairs]
        for word in words:
            if word is not None and word not in WORDS:
                return (
                    f"The words are 'first', 'second' and 'not settled'; it returned {shown(word)}."
                )
        if words[0] != words[1]:
            return (
                "The same runs in another order get another word. They are no pairs, and all of "
                "them count: difference_interval(first, second) takes any number of each."
            )
    return None


def spelled(answer, *case):
    """Return a word that the answer returns without capitals and blanks around it."""
    word = answer(*case)
    return word.strip().lower() if isinstance(word, str) else word


def seeds_needed(first, second):
    """Where ten do not do, these thirty runs cannot say."""
    return next(n_that_do(first, second, range(1, 11)), None)


def n_that_do(first, second, numbers, at_most=0.05):
    """Yield the numbers of seeds that name the wrong winner at most in this share."""
    return (n for n in numbers if share(tuple(first), tuple(second), n) <= at_most)


@functools.cache
def share(first, second, n):
    """Return `share_of_wrong_winners`; kept, for most of the functions here ask for the same."""
    return share_of_wrong_winners(np.array(first), np.array(second), n)


def up_to_all(first, second):
    """You look beyond ten. More than ten, drawn from thirty, are nearly the same runs again.

    They agree with the thirty whoever is right: look at 1 to 10, else return None.
    """
    return next(n_that_do(first, second, range(1, 31)), None)


def one_too_few(first, second):
    """It is one less than asked for: does your list begin with 1 seed, at index 0?"""
    return next((n - 1 for n in n_that_do(first, second, range(1, 11))), None)


def most(first, second):
    """This is the largest number up to ten that will do; the smallest is wanted."""
    return max(n_that_do(first, second, range(1, 11)), default=None)


def always_one(first, second):
    """One seed is always enough for you. One in twenty is a share of 0.05: compare with that."""
    return 1


def only_one_tried(first, second):
    """You try one seed and no other number, then you return None.

    An `else: return None` in a loop ends it in its first round: None comes after the loop.
    """
    return next(n_that_do(first, second, [1]), None)


def ten_not_tried(first, second):
    """It returned None for a pair that needs all ten.

    You never try ten if it is range(1, 10), which ends at 9: range(1, 11) ends at 10. Else your
    shares are a little too high there: those of share_of_wrong_winners are asked for.
    """
    return next(n_that_do(first, second, range(1, 10)), None)


def less_than_one_in_twenty(first, second):
    """A share of just 0.05 is enough, too: "at most" is <=, and you want less."""
    return next(n_that_do(first, second, range(1, 11), at_most=0.05 - 1e-9), None)


def never_enough(first, second):
    """It returned None for every pair: does it end with return?

    And the share is that of *wrong* winners: 0.05 of them at most.
    """
    return None


def counts_from_two(first, second):
    """One seed is possible, too: begin with 1."""
    return next(n_that_do(first, second, range(2, 11)), None)


def counts_from_three(first, second):
    """One and two seeds are possible, too: begin with 1."""
    return next(n_that_do(first, second, range(3, 11)), None)


def share_itself(first, second):
    """It returns a share of wrong winners; the number of seeds is wanted."""
    n = seeds_needed(first, second)
    return None if n is None else share(tuple(first), tuple(second), n)


def results():
    """Return the cases of 6d: one seed, ten, not even ten, four; and one seed with a share of just 0.05.

    Dice other than those of seed 0 find less than 0.05 in the last one, so they need one seed, too.
    """
    first, second = np.random.default_rng(674).normal(20_000, 1000, (2, 30)).round(-2)
    return [*((RUNS + shift, RUNS) for shift in (3000, 630, -560, 1170)), (first + 2100, second)]


EXERCISES = {
    "6a": prediction(
        "one",
        "An interval of 95 % misses the truth once in twenty times, and here the truth is 0. So "
        "whoever tries twenty things can expect one to report.",
        wrong={
            "none": "Tempting, for the programs are equal, and 95 % sounds safe. But the interval "
            "of each comparison misses once in twenty, and there are twenty.",
            "ten": "Tempting, for by chance about half of them come out ahead. But to be ahead is "
            "not to stand out: most of these intervals have 0 inside.",
        },
        measure=studies_of_nothing,
    ),
    "6b": Exercise(
        share_and_steps,
        wrong=all_from(budget_included, to=median),
        cases=some_records,
        diagnose=first_record_alone,
    ),
    "6c": Exercise(
        fewer_steps,
        wrong=all_from(whoever_is_ahead, to=never_settled),
        cases=pairs_of_samples,
        run=spelled,
        diagnose=not_all_runs,
    ),
    "6d": Exercise(seeds_needed, wrong=all_from(up_to_all, to=share_itself), cases=results),
}
