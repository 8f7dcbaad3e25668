"""The exercises of lesson 7: bugs that run without a word, and the tests that catch them."""

import numpy as np

from cartpole_lib.exercises.exercise import Exercise, all_from, prediction
from cartpole_lib.exercises.trying_tests import how_it_tests
from cartpole_lib.policies import random_policy
from cartpole_lib.returns import discounted_returns, leave_one_out, standardize
from cartpole_lib.rollout import make_envs, play_episodes

# ---- 7a: gamma 0


def largest_weights():
    """Return a sentence with the largest weights and what they do to a fresh network."""
    import keras

    from cartpole_lib.networks import scaled_policy_net
    from cartpole_lib.reinforce import reinforce_update

    envs = make_envs("CartPole-v1", 6)
    batch, words = play_episodes(envs, random_policy(1), seed=0), []
    for weigh in (standardize, leave_one_out):
        weights = weigh([discounted_returns(episode.rewards, 0) for episode in batch])
        policy_net = scaled_policy_net(envs.single_observation_space, 2, seed=0)
        before = policy_net.get_weights()
        reinforce_update(policy_net, keras.optimizers.Adam(0.03), batch, 0, weigh)
        moved = any(np.any(a != b) for a, b in zip(before, policy_net.get_weights()))
        does = "moves" if moved else "does not move"
        largest = np.abs(np.concatenate(weights)).max()
        words.append(
            f"With {weigh.__name__} the largest weight is {largest:.1g}, the network {does}"
        )
    return ". ".join(words) + "."


# ---- 7b: the time limit of the mill


def until_the_limit(limit, gamma):
    """The first step of walking is the price; all that follows pays more than staying."""
    discounts = gamma ** np.arange(limit)
    return 0.4 * discounts.sum(), discounts[1:].sum()


def undiscounted(limit, gamma):
    """Nothing is discounted here: the reward of step t counts gamma to the power of t."""
    return until_the_limit(limit, 1.0)


def paid_at_once(limit, gamma):
    """Walking is paid from the first step on here. That step only leads to the mill: it pays 0."""
    return until_the_limit(limit, gamma)[0], np.sum(gamma ** np.arange(limit))


def clock_starts_at_the_mill(limit, gamma):
    """The mill's first 1 comes at the second step of the episode, so it counts gamma, not 1.

    Discounts begin at the first step of the episode: not at the mill, and not at the limit.
    """
    return until_the_limit(limit, gamma)[0], np.sum(gamma ** np.arange(limit - 1))


def one_step_more(limit, gamma):
    """One step too many: at a limit of 1 there is a single reward, that of step 0."""
    return until_the_limit(limit + 1, gamma)


def without_the_limit(limit, gamma):
    """This is what would be earned for ever. With the bug nothing counts after the limit."""
    return 0.4 / (1 - gamma), gamma / (1 - gamma)


def counted_for_the_critic(limit, gamma):
    """These are 1 - gamma times as much, as for the critic. Here the rewards count in full."""
    return tuple((1 - gamma) * np.array(until_the_limit(limit, gamma)))


def first_discounted(limit, gamma):
    """Here the very first reward is discounted already; that of step 0 counts in full."""
    return tuple(gamma * np.array(until_the_limit(limit, gamma)))


def walking_first(limit, gamma):
    """The two are swapped: staying first, then walking."""
    return until_the_limit(limit, gamma)[::-1]


# ---- 7c: a test is tried on right programs and on the bug


def wants(rewards, wanted, gamma=0.5):
    """Return a test that wants these returns of these rewards."""

    def test(returns_of):
        assert np.allclose(returns_of(rewards, gamma), wanted)

    return test


def catches_marks(returns_of):
    """It fails on the bug, and passes on four right programs."""
    wants([1, 0, 1], [1.25, 0.5, 1])(returns_of)


def ones(returns_of):
    """It passes on the bug: no reward of yours is 0, and without a 0 both compute the same."""
    wants([1, 1, 1], [1.75, 1.5, 1])(returns_of)


def zero_at_the_end(returns_of):
    """It passes on the bug: after the 0 of your rewards nothing comes that could be lost.

    Put a reward behind it.
    """
    wants([1, 1, 0], [1.5, 1, 0])(returns_of)


def gamma_0(returns_of):
    """It passes on the bug: with gamma 0 nothing that comes later counts, so nothing is lost."""
    wants([1, 0, 1], [1, 0, 1], gamma=0)(returns_of)


def only_tells(returns_of):
    """You return whether the bug is there, but nobody looks at what a test returns.

    Put `assert` in the place of `return`.
    """
    return np.allclose(returns_of([1, 0, 1], 0.5), [1.25, 0.5, 1])


def looks_elsewhere(returns_of):
    """Your rewards would show the bug, but the test does not fail on it.

    An assert must compare the returns that the bug spoils, those at the 0 and before it, and fail
    if one differs: np.any is content with one that does not, a `try` hides the failure, and an
    assert of a pair in brackets, (…, "…"), never fails.
    """
    assert returns_of([1, 0, 1], 0.5)[-1] == 1


def never_asks(returns_of):
    """It never calls `returns_of`: call it on rewards that you choose, and compare the result."""
    wants([1, 0, 1], [1.25, 0.5, 1])(discounted_returns)


def blames_all(returns_of):
    """It fails on the bug and on right programs alike: what it asserts of the returns is not true.

    They are an array. Work them out by hand from the end: each is its reward plus gamma times the next.
    """
    wants([1, 0, 1], [2, 1, 1])(returns_of)


def turned_round(returns_of):
    """It is the wrong way round: it passes on the bug and fails on right programs.

    What it wants are the returns with the bug. Assert what is right.
    """
    wants([1, 0, 1], [1, 0, 1])(returns_of)


def to_the_last_digit(returns_of):
    """It fails on one right program and not on another: they differ in their last digits only.

    Compare by np.allclose, not by ==.
    """
    rewards = [1, 0, 1, 1, 0.3, 0, 0.7]
    assert np.all(returns_of(rewards, 0.9) == discounted_returns(rewards, 0.9))


# ---- 7d: several episodes in one array


def returns_of_rows(rewards, ended, gamma):
    """No return hears of the next episode, and each has its own last reward."""
    episodes = np.split(rewards, np.flatnonzero(ended) + 1)
    return np.concatenate([discounted_returns(each, gamma) for each in episodes if len(each)])


def across_the_end(rewards, ended, gamma):
    """As before: the rewards of the next episode still count in this one."""
    return discounted_returns(rewards, gamma)


def forgets_too_late(rewards, ended, gamma):
    """The last step of an episode still hears of the next one, the step before it of nothing.

    Where ended[t], forget what follows before you add the reward of row t.
    """
    a_row_too_early = np.append(ended[1:], False)
    return returns_of_rows(rewards, a_row_too_early, gamma)


def last_reward_lost(rewards, ended, gamma):
    """The last reward of each episode is lost: where it ended, the return is that reward."""
    return returns_of_rows(np.where(ended, 0.0, rewards), ended, gamma)


def turned_mask(rewards, ended, gamma):
    """The mask is turned round: what follows must count where `ended` is False.

    In yours it counts where it is True.
    """
    return returns_of_rows(rewards, ~np.asarray(ended), gamma)


def not_discounted(rewards, ended, gamma):
    """The episodes are apart, but gamma is not used."""
    return returns_of_rows(rewards, ended, 1)


def whole_numbers(rewards, ended, gamma):
    """Whole rewards give you whole returns, bug 1 of the lesson: np.zeros(len(rewards))."""
    return returns_of_rows(rewards, ended, gamma).astype(np.asarray(rewards).dtype)


def forwards(rewards, ended, gamma):
    """It runs forwards, and gathers what came before each action: loop from the end."""
    begins_anew = np.append(False, ended[:-1])
    return returns_of_rows(rewards[::-1], begins_anew[::-1], gamma)[::-1]


def forwards_as_it_stands(rewards, ended, gamma):
    """It runs forwards, and gathers what came before: loop from the end, where the marks belong."""
    return returns_of_rows(rewards[::-1], ended[::-1], gamma)[::-1]


def last_row_first(rewards, ended, gamma):
    """The right returns, but the last row comes first: turn them round at the end, by [::-1]."""
    return returns_of_rows(rewards, ended, gamma)[::-1]


def one_array_each(rewards, ended, gamma):
    """You return an array for each episode; one for all rows is wanted: np.concatenate them."""
    return [part for part in nothing_behind_the_last(rewards, ended, gamma) if len(part)]


def nothing_behind_the_last(rewards, ended, gamma):
    """You return an array for each episode, and an empty one if nothing follows the last end.

    One for all rows is wanted: np.concatenate puts them end to end.
    """
    return np.split(returns_of_rows(rewards, ended, gamma), np.flatnonzero(ended) + 1)


def some_rows():
    """Return the cases of 7d: one episode, two, one of a single step, zeros, and gamma 0."""
    return [
        (np.array([1.0, 2.0, 4.0]), np.array([False, False, True]), 0.5),
        (np.array([1, 2, 4, 8, 15]), np.array([False, True, False, False, True]), 0.5),
        (np.array([3.0, -1.0, 0.5, 2.0]), np.array([False, True, True, False]), 0.9),
        (np.array([2.0, 0.0, 0.0, 1.0]), np.array([False, False, False, True]), 0.875),
        (np.array([2.0, 1.0, 0.0, 1.0]), np.array([False, False, False, False]), 0),
    ]


EXERCISES = {
    "7a": prediction(
        "leave_one_out",
        "To it an episode that has ended counts as 0, so whoever still stands is better than the "
        "others' mean. To the other all returns are equal, and nothing is left.",
        wrong={
            "neither": "Tempting, for all returns are 1. But leave_one_out compares step by step, "
            "and there an episode that has ended counts as 0.",
            "standardize": "Tempting, for it looks at the whole batch. But in the whole batch all "
            "returns are 1: less their mean they are 0.",
            "both": "Tempting, for the episodes do differ in length. But standardize does not look "
            "at lengths: all returns are 1, and less their mean they are 0.",
        },
        measure=largest_weights,
    ),
    "7b": Exercise(
        until_the_limit,
        wrong=all_from(undiscounted, to=walking_first),
        cases=lambda: [(1, 0.9), (2, 0.9), (3, 0.5), (5, 0.8)],
    ),
    "7c": Exercise(catches_marks, wrong=all_from(ones, to=to_the_last_digit), run=how_it_tests),
    "7d": Exercise(
        returns_of_rows, wrong=all_from(across_the_end, to=nothing_behind_the_last), cases=some_rows
    ),
}
