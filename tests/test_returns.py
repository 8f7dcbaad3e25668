import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartpole_lib.returns import discounted_returns, standardize
from cartpole_lib.rollout import Episode

numbers = st.floats(-1e3, 1e3)
rewards_lists = st.lists(numbers, max_size=30)
gammas = st.floats(0, 1)


def test_worked_by_hand():
    assert discounted_returns([10, 0, -50], 0.8) == pytest.approx([-22, -40, -50])


def test_integers_are_not_truncated():
    expected = [4.52438125, 3.709875, 2.8525, 1.95, 1]
    assert discounted_returns(np.ones(5, int), 0.95) == pytest.approx(expected)
    assert discounted_returns([1] * 5, 0.95).dtype == np.float64


def test_integers_are_not_truncated_without_a_guard_either():
    """A lesson shows the body alone."""
    bare = discounted_returns.__wrapped__
    assert bare(np.ones(3, int), 0.5).tolist() == [1.75, 1.5, 1]


@pytest.mark.parametrize(
    ("rewards", "gamma", "expected"),
    [([], 0.9, []), ([7], 0.9, [7]), ([1, 2, 3], 0, [1, 2, 3]), ([1, 2, 3], 1, [6, 5, 3])],
)
def test_corners(rewards, gamma, expected):
    assert discounted_returns(rewards, gamma).tolist() == expected


def test_bootstrap_stands_for_what_follows():
    assert discounted_returns([1, 1], 0.5, bootstrap=8) == pytest.approx([1 + 0.5 * 5, 5])
    assert discounted_returns(np.ones(500), 0.99, bootstrap=100) == pytest.approx(100)


def test_input_stays_as_it_was():
    rewards = np.array([1.0, 2.0])
    discounted_returns(rewards, 0.5)
    assert rewards.tolist() == [1, 2]


@given(rewards_lists, gammas)
def test_recursion_and_definition(rewards, gamma):
    returns = discounted_returns(rewards, gamma)
    for t in range(len(rewards)):
        following = returns[t + 1] if t + 1 < len(rewards) else 0
        assert returns[t] == pytest.approx(rewards[t] + gamma * following)
        by_definition = sum(gamma**k * reward for k, reward in enumerate(rewards[t:]))
        assert returns[t] == pytest.approx(by_definition, abs=1e-6)


@pytest.mark.parametrize("gamma", [-0.1, 1.1, np.nan, "0.9", None, True])
def test_bad_gamma(gamma):
    with pytest.raises(ValueError, match="gamma must be a number from 0 to 1"):
        discounted_returns([1, 2], gamma)


@pytest.mark.parametrize(
    ("rewards", "message"),
    [
        ([[1, 2], [3, 4]], r"rewards must be one-dimensional.*shape \(2, 2\)"),
        (5, r"one-dimensional.*shape \(\)"),
        ([1, np.nan], "entry 1 is nan"),
        ([np.inf, 1], "entry 0 is inf"),
        ("abc", "rewards must be a list of numbers"),
        ([[1], [2, 3]], "rewards must be a list of numbers"),
        (Episode(np.ones((3, 4)), np.ones(2), np.ones(2), True), "pass episode.rewards"),
    ],
)
def test_bad_rewards(rewards, message):
    with pytest.raises((TypeError, ValueError), match=message):
        discounted_returns(rewards, 0.9)


@pytest.mark.parametrize("bootstrap", [np.nan, None, [1, 2]])
def test_bad_bootstrap(bootstrap):
    with pytest.raises(ValueError, match="bootstrap"):
        discounted_returns([1, 2], 0.9, bootstrap)


def test_standardize_worked_by_hand():
    batch = standardize([np.array([-22.0, -40, -50]), np.array([26.0, 20])])
    assert batch[0] == pytest.approx([-0.284, -0.866, -1.189], abs=1e-3)
    assert batch[1] == pytest.approx([1.267, 1.073], abs=1e-3)


@given(st.lists(st.lists(numbers, min_size=1, max_size=9), min_size=1, max_size=5))
def test_standardize_the_batch(batch):
    steps = np.concatenate(standardize(batch))
    assert len(steps) == sum(map(len, batch))
    assert steps.mean() == pytest.approx(0, abs=1e-3)
    spread = np.std(np.concatenate(batch))
    assert steps.std() == pytest.approx(spread / (spread + 1e-8), abs=1e-3)


def test_standardize_corners():
    assert standardize(np.array([5.0, 5, 5])).tolist() == [0, 0, 0]
    assert standardize([np.array([5.0])])[0].tolist() == [0]
    assert len(standardize([])) == 0
    assert standardize([1, 3]) == pytest.approx([-1, 1])
    assert standardize([np.array([]), np.array([1.0, 3])])[1] == pytest.approx([-1, 1])


def test_longer_episodes_keep_their_lead():
    means = [
        weights.mean() for weights in standardize([np.arange(n, 0, -1) for n in (10, 20, 50, 200)])
    ]
    assert means == sorted(means)
    assert means[0] < -1 < 0 < means[-1]


def test_standardize_names_what_is_wrong():
    with pytest.raises(ValueError, match="returns must be finite; entry 1 is nan"):
        standardize([np.array([1.0, np.nan])])
