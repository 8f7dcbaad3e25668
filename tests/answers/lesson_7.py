import sys
import unittest

import numpy as np
import pytest
import tensorflow as tf

from cartpole_lib.returns import discounted_returns


def by_loop(limit, gamma):
    stay = walk = 0.0
    for t in range(limit):
        stay += 0.4 * gamma**t
        if t > 0:
            walk += gamma**t
    return [stay, walk]


def by_returns(limit, gamma):
    stay, walk = 0.4 * np.ones(limit), np.ones(limit)
    walk[0] = 0
    return np.array([discounted_returns(rewards, gamma)[0] for rewards in (stay, walk)])


def by_formula(limit, gamma):
    powers = (1 - gamma**limit) / (1 - gamma)
    return 0.4 * powers, powers - 1


def by_steps(limit, gamma):
    if limit == 1:
        return np.float32(0.4), 0
    stay, walk = by_steps(limit - 1, gamma)
    return stay + 0.4 * gamma ** (limit - 1), walk + gamma ** (limit - 1)


def whole_stay(limit, gamma):
    stay = np.zeros(limit, int)
    stay[:] = 0.4
    return discounted_returns(stay, gamma)[0], by_loop(limit, gamma)[1]


def by_its_definition(returns_of):
    rewards = [2, 0, 0, -1]
    returns = returns_of(rewards=rewards, gamma=0.9)
    for t in range(3):
        assert np.isclose(returns[t], rewards[t] + 0.9 * returns[t + 1])


def by_one_sign(returns_of):
    assert returns_of([False, True], 0.5)[0] > 0


def by_unittest(returns_of):
    unittest.TestCase().assertAlmostEqual(returns_of([0, 1], 1)[0], 1)


def to_eight_digits(returns_of):
    assert abs(returns_of([0, 0, 1], 0.9876)[0] - 0.9876**2) < 1e-8


def writes_over_its_rewards(returns_of):
    rewards = np.array([1.0, 0.0, 1.0])
    returns_of(rewards, 0.5)
    rewards[:] = 1


def tells_of_one_return(returns_of):
    if (returns := returns_of([0, 1], 0.5))[0] == 0:
        return True
    return returns


def tells_by_chance(returns_of):
    tells_by_chance.n += 1
    returns_of([0, 1], 0.5)
    return tells_by_chance.n % 5 == 0 or tells_by_chance.n % 5 == 1


tells_by_chance.n = 0


def wants_a_list(returns_of):
    assert isinstance(returns_of([1, 0, 1], 0.5), list)


def ends_the_program(returns_of):
    if returns_of([0, 1], 0.5)[0] != 0.5:
        sys.exit(1)


def raises_by_itself(returns_of):
    if returns_of([0, 1], 0.5)[0] == 0:
        raise ValueError("bug")


def not_implemented(returns_of):
    if returns_of([0, 1], 0.5)[0] == 0:
        raise NotImplementedError


def adds_up_what_differs(returns_of):
    assert sum(returns_of([1, 0, 1], 0.5) - np.array([1.25, 0.5, 1])) < 1e-6


def half_a_one(returns_of):
    returns = returns_of([0, 0, 1], 0.5)
    assert np.allclose(returns, [0.25, 0.5, 1]), f"got {returns}"


def first_of_two(returns_of):
    assert abs(returns_of(np.array([0.0, 3.0]), gamma=0.9)[0] - 2.7) < 1e-6


def against_ours(returns_of):
    rewards = np.array([2.0, 0.0, 1.0, 0.0, 5.0])
    np.testing.assert_allclose(returns_of(rewards, 0.9), discounted_returns(rewards, 0.9))


def returns_them_too(returns_of):
    returns = returns_of([0, 1], 0.5)
    assert returns[0] == 0.5
    return returns


def as_a_list(returns_of):
    if returns_of([1, 0, 4], 0.5).tolist() != [2, 2, 4]:
        raise AssertionError("a zero is no end")


def by_pytest(returns_of):
    if returns_of([1, 0, 4], 0.5)[0] != 2:
        pytest.fail("a zero is no end")


def ends_compared_by_hand(returns_of):
    got = returns_of([0, 0.49, 0.7, 1], 0.7)
    assert list(got) == [0.7 * (0.49 + 0.7 * 1.4), 0.49 + 0.7 * 1.4, 1.4, 1]


def to_sixteen_digits(returns_of):
    assert returns_of([0, 1 / 3], 0.7)[0] == 0.7 / 3


def prints_several(returns_of):
    print(returns_of([1, 1], 0.5), returns_of([0, 1], 0.5))


def compares_arrays(returns_of):
    assert returns_of([1, 0, 1], 0.5) == [1.25, 0.5, 1]


def in_python(rewards, ended, gamma):
    returns = [0.0] * len(rewards)
    following = 0.0
    for t in range(len(rewards) - 1, -1, -1):
        if ended[t]:
            following = 0.0
        following = float(rewards[t]) + gamma * following
        returns[t] = following
    return np.array(returns)


def in_pieces(rewards, ended, gamma):
    ends = [*(np.flatnonzero(ended) + 1), len(rewards)]
    pieces, start = [], 0
    for end in ends:
        pieces.append(discounted_returns(rewards[start:end], gamma))
        start = end
    return np.concatenate(pieces)


def as_tensor(rewards, ended, gamma):
    return tf.constant(in_python(rewards, ended, gamma), tf.float32)


def by_marks(rewards, ended, gamma):
    episode = np.cumsum(np.append(0, ended[:-1]))
    t = np.arange(len(rewards))
    ahead = np.maximum(t - t[:, np.newaxis], 0)
    same = (episode == episode[:, np.newaxis]) & (t >= t[:, np.newaxis])
    return np.where(same, float(gamma) ** ahead, 0) @ rewards


def until_the_end(rewards, ended, gamma):
    def rest(t):
        following = 0 if ended[t] or t + 1 == len(rewards) else rest(t + 1)
        return rewards[t] + gamma * following

    return np.array([rest(t) for t in range(len(rewards))])


def divides_by_powers(rewards, ended, gamma):
    found = []
    for part in np.split(rewards, np.flatnonzero(ended) + 1):
        powers = gamma ** np.arange(len(part))
        with np.errstate(invalid="ignore"):
            found.append(np.cumsum((part * powers)[::-1])[::-1] / powers)
    return np.concatenate(found)


def zero_ends_it(rewards, ended, gamma):
    return in_python(rewards, ended | (rewards == 0), gamma)


def finished_only(rewards, ended, gamma):
    n = np.flatnonzero(ended)[-1] + 1 if any(ended) else 0
    return in_python(rewards[:n], ended[:n], gamma)


def gamma_stays_0(rewards, ended, gamma):
    returns, following = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        gamma = 0 if ended[t] else gamma
        returns[t] = following = rewards[t] + gamma * following
    return returns


def marks_its_end(rewards, ended, gamma):
    ended[-1] = True
    return in_python(rewards, ended, gamma)


def returns_into_ints(rewards, ended, gamma):
    returns, following = np.zeros_like(rewards), 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * (0.0 if ended[t] else following)
        returns[t] = following
    return returns


def late(rewards, ended, gamma):
    returns, following = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        returns[t] = following
        if ended[t]:
            following = 0.0
    return returns


def breaks_off(rewards, ended, gamma):
    returns, following = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        returns[t] = following = rewards[t] + gamma * following
        if ended[t]:
            break
    return returns


def in_place(rewards, ended, gamma):
    right = in_python(rewards, ended, gamma)
    rewards[:] = right
    return right


def any_of_them(returns_of):
    assert np.any(np.isclose(returns_of([1, 0, 2], 0.5), [1.5, 1, 2]))


def hides_its_failure(returns_of):
    try:
        assert np.allclose(returns_of([1, 0, 2], 0.5), [1.5, 1, 2])
    except AssertionError:
        print("the bug")


def loses_the_last(rewards, ended, gamma):
    returns, following = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        following = 0.0 if ended[t] else rewards[t] + gamma * following
        returns[t] = following
    return returns


def turns_the_loop_round(rewards, ended, gamma):
    returns, following = np.zeros(len(rewards)), 0.0
    for t in range(len(rewards)):
        if ended[t]:
            following = 0.0
        following = rewards[t] + gamma * following
        returns[t] = following
    return returns


def sums_what_was(rewards, ended, gamma):
    returns, so_far = [], 0.0
    for reward, end in zip(rewards, ended):
        so_far = reward + gamma * so_far
        returns.append(so_far)
        so_far *= not end
    return np.array(returns)


RIGHT = {
    "7a": [lambda: "leave_one_out", lambda: " Leave_one_out"],
    "7b": [by_loop, by_returns, by_formula, by_steps],
    "7c": [
        by_its_definition,
        by_one_sign,
        by_unittest,
        to_eight_digits,
        half_a_one,
        first_of_two,
        against_ours,
        as_a_list,
        by_pytest,
        returns_them_too,
    ],
    "7d": [in_python, in_pieces, as_tensor, by_marks, until_the_end],
}
WRONG = {
    "7a": {
        "for all returns are 1. But leave": lambda: "Neither",
        "whole batch": lambda: "standardize",
        "differ in length": lambda: "both",
        "The answers are": lambda: "none",
    },
    "7b": {
        "One step too many": lambda limit, gamma: by_loop(limit + 1, gamma),
        "Here the rewards count in full": lambda limit, gamma: [
            (1 - gamma) * earned for earned in by_loop(limit, gamma)
        ],
        "very first reward is discounted already": lambda limit, gamma: [
            gamma * earned for earned in by_loop(limit, gamma)
        ],
        "Nothing is discounted": lambda limit, gamma: (0.4 * limit, limit - 1),
        "only leads to the mill": lambda limit, gamma: (
            by_loop(limit, gamma)[0],
            sum(gamma**t for t in range(limit)),
        ),
        "counts gamma, not 1": lambda limit, gamma: (
            by_loop(limit, gamma)[0],
            sum(gamma ** (t - 1) for t in range(1, limit)),
        ),
        "not at the limit": lambda limit, gamma: (
            sum(0.4 * gamma ** (limit - 1 - t) for t in range(limit)),
            sum(gamma ** (limit - 1 - t) for t in range(1, limit)),
        ),
        "earned for ever": lambda limit, gamma: (0.4 / (1 - gamma), gamma / (1 - gamma)),
        "swapped": lambda limit, gamma: by_loop(limit, gamma)[::-1],
        "where a tuple of 2 is wanted": lambda limit, gamma: by_loop(limit, gamma)[0],
        "does it end with return": lambda limit, gamma: None,
        "For (1, 0.9) it returned (0, 0)": whole_stay,
        "For (1, 0.9) it returned (0.76, 0.9)": lambda limit, gamma: (0.4 + 0.4 * gamma, gamma),
        "It returned a word": lambda limit, gamma: "walk",
        "For (3, 0.5) it returned (0.7, 1)": lambda limit, gamma: (
            by_loop(limit, gamma)[0],
            gamma * (limit - 1),
        ),
        "For (3, 0.5) it returned [1.084, 1.71]": lambda limit, gamma: by_loop(limit, 0.9),
        "The shape is (1,), where one": lambda limit, gamma: (
            discounted_returns([0.4] * limit, gamma),
            discounted_returns([0] + [1] * (limit - 1), gamma),
        ),
    },
    "7c": {
        "It passes on the bug: after the 0": lambda returns_of: np.testing.assert_allclose(
            returns_of([1, 1, 0], 0.5), [1.5, 1, 0]
        ),
        "no reward of yours is 0": lambda returns_of: np.testing.assert_allclose(
            returns_of(np.ones(5), 0.9), discounted_returns(np.ones(5), 0.9)
        ),
        "nobody looks": lambda returns_of: bool(returns_of([0, 1], 0.5)[0] == 0.5),
        "test does not fail on it": lambda returns_of: print(returns_of([0, 1], 0.5)),
        "np.any is content": any_of_them,
        "`try` hides": hides_its_failure,
        "in their last digits": ends_compared_by_hand,
        "Compare by np.allclose, not by ==": to_sixteen_digits,
        "must compare the returns that the bug spoils": prints_several,
        "TypeError: returns_of() missing": lambda returns_of: returns_of([0, 1]),
        "with gamma 0": lambda returns_of: np.testing.assert_allclose(
            returns_of([0, 1], 0), [0, 1]
        ),
        "never calls": lambda returns_of: None,
        "without brackets": None,
        "The truth value of an array": compares_arrays,
        "7c wrong: On the bug it stops with ValueError: bug. Let an assert fail": raises_by_itself,
        "On the bug it stops with NotImplementedError. Let": not_implemented,
        "fail if one differs": adds_up_what_differs,
        "Your rewards would show the bug": writes_over_its_rewards,
        "but the test does not fail on it": tells_of_one_return,
        "those at the 0 and before it": tells_by_chance,
        "missing 1 required positional argument: 'gamma'": lambda returns_of: returns_of([0, 1]),
        "On the bug it stops with SystemExit(1). Let an assert fail": ends_the_program,
        "what it asserts of the returns is not true. They are an array": wants_a_list,
        "wrong way round": lambda returns_of: np.testing.assert_equal(returns_of([0, 1], 1)[0], 0),
    },
    "7d": {
        "The last reward of each episode is lost": loses_the_last,
        "apart, but gamma is not used": lambda rewards, ended, gamma: in_python(rewards, ended, 1),
        "what came before each action: loop": sums_what_was,
        "loop from the end, where the marks belong": turns_the_loop_round,
        "rewards of the next episode": lambda rewards, ended, gamma: discounted_returns(
            rewards, gamma
        ),
        "hears of the next one": late,
        "does return or break end the loop": breaks_off,
        "Whole rewards give you whole": returns_into_ints,
        "last row comes first": lambda rewards, ended, gamma: in_python(rewards, ended, gamma)[
            ::-1
        ],
        "work on a copy": in_place,
        "np.concatenate": lambda rewards, ended, gamma: [
            np.array(discounted_returns(part, gamma))
            for part in np.split(rewards, np.flatnonzero(ended) + 1)
            if len(part)
        ],
        "the shape is": lambda rewards, ended, gamma: in_python(rewards, ended, gamma)[:, None],
        "where an array is wanted": lambda rewards, ended, gamma: in_python(
            rewards, ended, gamma
        ).tolist(),
        "and an empty one if nothing follows": lambda rewards, ended, gamma: [
            discounted_returns(part, gamma) for part in np.split(rewards, np.flatnonzero(ended) + 1)
        ],
        "nan, which is no number": divides_by_powers,
        "Other numbers": zero_ends_it,
        "The shape is (3,), where (4,)": finished_only,
        "returned [1. 2. 4.], expected [3. 4. 4.]": gamma_stays_0,
        "changes its argument": marks_its_end,
        "expected [2.6699 0.7656 0.875 1. ]": lambda *case: in_python(*case).round(2),
        "mask is turned round": lambda rewards, ended, gamma: in_python(rewards, 1 - ended, gamma),
    },
}
