"""Right answers in other forms than ours, and wrong ones with what they must be told."""

import functools
import itertools
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import tensorflow as tf

from cartpole_lib.returns import discounted_returns


def backwards(n_steps, gamma):
    returns, following = np.zeros(n_steps), 0
    for t in reversed(range(n_steps)):
        following = (-1 if t == n_steps - 1 else 0) + gamma * following
        returns[t] = following
    return returns


def ends_in_its_first_round(n_steps, gamma):
    returns, following = np.zeros(n_steps), 0
    for t in reversed(range(n_steps)):
        following = (-1 if t == n_steps - 1 else 0) + gamma * following
        returns[t] = following
        return returns


def in_place_with_whole_numbers(n_steps, gamma):
    returns = np.array([0] * (n_steps - 1) + [-1])
    for t in reversed(range(n_steps - 1)):
        returns[t] += returns[t + 1] * gamma
    return returns


def from_the_fall(n_steps: int, gamma: float = 0.9):
    if n_steps == 1:
        return np.array([-1.0])
    later = from_the_fall(n_steps - 1, gamma)
    return np.array([gamma * later[0], *later])


def by_logarithms(n_steps, gamma):
    with np.errstate(all="ignore"):
        return -np.exp(np.log(gamma) * np.arange(n_steps)[::-1])


def with_a_try(rewards):
    try:
        turned = rewards[::-1]
    except TypeError:
        turned = list(reversed(rewards))
    with np.errstate(all="ignore"):
        return np.cumsum(turned)[::-1]


def shorter_and_shorter(rewards):
    if len(rewards) == 1:
        return rewards.copy()
    return np.append(rewards.sum(), shorter_and_shorter(rewards[1:]))


def turns_its_argument(rewards):
    rewards[:] = rewards[::-1]
    return rewards.cumsum()[::-1]


def of_another_library(rewards):
    raise NotImplementedError("no whole numbers yet")


def sums_from_here(rewards):
    return np.array([rewards[t:].sum() for t in range(len(rewards))])


def returns_by_hand(rewards):
    returns, following = np.zeros(len(rewards)), 0
    for t in reversed(range(len(rewards))):
        following += rewards[t]
        returns[t] = following
    return returns


def returns_by_while(rewards):
    returns = [rewards[-1]]
    while len(returns) < len(rewards):
        returns.insert(0, rewards[-len(returns) - 1] + returns[0])
    return np.array(returns)


def returns_until_an_error(rewards):
    left, returns = list(rewards), []
    while True:
        try:
            returns.insert(0, left.pop() + sum(returns[:1]))
        except IndexError:
            return np.array(returns)


def by_accumulating(rewards):
    return np.array(list(itertools.accumulate(reversed(rewards))))[::-1]


@functools.wraps(returns_by_hand)
def decorated(*rewards):
    return returns_by_hand(*rewards)


class ByHand:
    def __call__(self, rewards):
        return np.array([rewards[t:].sum() for t in range(len(rewards))])


def adds_in_place(rewards):
    rewards[:] = np.cumsum(rewards[::-1])[::-1]
    return rewards


def searched(p, rewards, baselines=None):
    baselines = np.arange(3, 7.005, 0.01) if baselines is None else baselines
    spreads = [
        np.sqrt(p * (1 - p)) * abs((rewards[1] - b) * (1 - p) + (rewards[0] - b) * p)
        for b in baselines
    ]
    return baselines[np.argmin(spreads)]


def exactly(kind_of_number, p, rewards):
    p, first, second = map(kind_of_number, (p, *rewards.tolist()))
    return p * first + (1 - p) * second


def multiplies_its_argument(p, rewards):
    rewards *= [p, 1 - p]
    return rewards.sum()


def by_squared_scores(p, rewards):
    return np.average(rewards, weights=[(1 - p) * p**2, p * (1 - p) ** 2])


RIGHT = {
    "3a": [lambda: "the long one", lambda: "The long one "],
    "3b": [
        backwards,
        lambda n, gamma: -(gamma ** np.arange(n)[::-1]),
        lambda n, gamma: discounted_returns([0] * (n - 1) + [-1], gamma),
        lambda n, gamma: np.array([-(gamma ** (n - 1 - t)) for t in range(n)]),
        lambda n, gamma: -np.vander([gamma], n)[0],
        lambda n, gamma: np.float32(discounted_returns(-np.eye(n)[-1], gamma)),
        from_the_fall,
    ],
    "3c": [
        with_a_try,
        shorter_and_shorter,
        lambda rewards: tf.cumsum(rewards, reverse=True),
        lambda rewards: np.convolve(rewards[::-1], np.ones(len(rewards)))[: len(rewards)][::-1],
        by_accumulating,
        lambda rewards: discounted_returns(rewards, 1),
        lambda rewards: rewards.sum() - np.cumsum(rewards) + rewards,
        lambda rewards: np.triu(np.ones((len(rewards), len(rewards)))) @ rewards,
        lambda rewards: np.flip(np.flip(rewards).cumsum()),
    ],
    "3d": [
        by_squared_scores,
        lambda p, rewards: rewards[1] - p * (rewards[1] - rewards[0]),
        lambda p, rewards: float(np.dot(rewards, [p, 1 - p])),
        lambda p, rewards: exactly(Fraction, p, rewards),
        lambda p, rewards: exactly(Decimal, p, rewards),
        lambda p, rewards: np.float32(p * rewards[0] + rewards[1] - p * rewards[1]),
    ],
}
WRONG = {
    "3a": {
        "The answers are": lambda: "long",
        "But what shrinks here is a loss": lambda: "The short one",
        "only at gamma 1": lambda: "both alike",
    },
    "3b": {
        "one step more": lambda n, gamma: discounted_returns([0.0] * n + [-1.0], gamma),
        "once too often": lambda n, gamma: -(gamma ** np.arange(n, 0, -1)),
        "must have -1": lambda n, gamma: np.array([-(gamma**t) for t in range(n)]),
        "These are the rewards": lambda n, gamma: np.where(np.arange(n) == n - 1, -1, 0),
        "put it below the loop": ends_in_its_first_round,
        "3b wrong: It stopped with SystemExit: an answer returns, and": lambda n, g: sys.exit(2),
        "as in 3.3": in_place_with_whole_numbers,
        "its reward is -1": lambda n, gamma: gamma ** np.arange(n)[::-1],
        "gamma is not used": lambda n, gamma: -np.ones(n),
        "earn 1 here": lambda n, gamma: discounted_returns([1] * (n - 1) + [-1], gamma),
        "all 1: change them": lambda n, gamma: discounted_returns([1] * n, gamma),
        "the first step alone": lambda n, gamma: -(gamma ** (n - 1)),
        "a list, where an array": lambda n, gamma: [-(gamma ** (n - 1 - t)) for t in range(n)],
        "the shape is (1, 1)": lambda n, gamma: backwards(n, gamma)[:, np.newaxis],
        "None": lambda n, gamma: None,
        "nan, which is no number: was something divided by 0? For (3, 0)": by_logarithms,
        "3b wrong: The shape is (4,)": lambda n, g: discounted_returns([0, 0, 0, -1], g),
        "For (3, 0.5) it returned [-0.81 -0.9": lambda n, gamma: backwards(n, 0.9),
        "For (4, 0.9) it returned [-0.73": lambda n, gamma: np.round(backwards(n, gamma), 2),
        "-2 is out of bounds for axis 0 with size 1": lambda n, gamma: backwards(n, gamma)[[-2]],
        "an array of objects": lambda n, gamma: backwards(n, gamma).astype(object),
        "a generator, where an array": lambda n, gamma: (-(gamma**t) for t in reversed(range(n))),
        "without brackets": backwards(4, 0.9),
    },
    "3c": {
        "there is a loop in it": sums_from_here,
        "write it without": returns_by_hand,
        "`for` or `while`": returns_by_while,
        "`for` or `while`: write": returns_until_an_error,
        "The returns are right, but there": functools.partial(returns_by_hand),
        "but there is a loop": decorated,
        "in it, `for` or": ByHand(),
        "3c wrong: It returned a list, where an array": lambda rewards: [*np.cumsum(rewards)[::-1]],
        "lacks the last reward": lambda rewards: np.flip(rewards.cumsum()),
        "what came up to each step": lambda rewards: rewards.cumsum(),
        "turn them round once more": lambda rewards: rewards[::-1].cumsum(),
        "It returns an error, NotImplementedError, where": lambda rewards: NotImplementedError(),
        "of the step itself": lambda rewards: np.append(sums_from_here(rewards)[1:], 0),
        "the sum of all": lambda rewards: rewards * 0 + rewards.sum(),
        "This is one number": lambda rewards: sum(rewards),
        "never added up": lambda rewards: np.flip(rewards),
        "work on a copy": adds_in_place,
        "the shape is (1, 1)": lambda rewards: sums_from_here(rewards)[:, np.newaxis],
        "a list, where": lambda rewards: list(sums_from_here(rewards)),
        "None": lambda rewards: None,
        "True and False": lambda rewards: sums_from_here(rewards) > 0,
        "AttributeError": lambda rewards: rewards.reversed(),
        "a copy. (A copied list": turns_its_argument,
        "stopped with NotImplementedError: no whole numbers yet": of_another_library,
        "a function, where an array": lambda rewards: np.cumsum(rewards[::-1])[::-1].copy,
        "It should lack the first": lambda rewards: np.array([*np.cumsum([x for x in rewards])])[
            ::-1
        ],
        "index 1 is out of bounds": lambda r: np.array([r[0] + r[1] + r[2], r[1] + r[2], r[2]]),
        "whole": lambda rewards: np.cumsum(rewards[::-1], dtype=int)[::-1],
        "a tuple, where an array": lambda rewards: (*np.cumsum(rewards[::-1])[::-1],),
    },
    "3d": {
        "the mean reward": lambda p, rewards: p * rewards[1] + (1 - p) * rewards[0],
        "halfway": lambda p, rewards: sum(rewards) / 2,
        "one more than the first": lambda p, rewards: rewards[1] - p,
        "one more than the first, as in the game": lambda p, rewards: 1 - p + rewards[0],
        "use the rewards that are given": lambda p, rewards: 5 - p,
        "4 + p is the mean reward": lambda p, rewards: p + 4,
        "how often each action": lambda p, r: (
            (r[0] * p**2 + r[1] * (1 - p) ** 2) / (p**2 + (1 - p) ** 2)
        ),
        "nine baselines": lambda p, r: searched(p, r, np.arange(3, 7.1, 0.5)),
        "off by up to 0.0013": lambda p, r: searched(p, r, np.arange(-10, 10.5, 0.01) + 0.0013),
        "off by up to 0.00": searched,
        "the shape is": lambda p, rewards: np.array([rewards[1] - p * (rewards[1] - rewards[0])]),
        "None": lambda p, rewards: None,
        "IndexError": lambda p, rewards: rewards[2],
        "3d wrong: Other numbers": lambda p, rewards: 4.8,
        "work on a copy": multiplies_its_argument,
        "off by up to 0.00012": lambda p, r: searched(p, r, np.linspace(-10, 10, 20_001)),
        "A search or a rounded number": lambda p, r: round(np.dot(r, [p, 1 - p]), 3),
        "a complex, where a number": lambda p, rewards: complex(np.dot(rewards, [p, 1 - p])),
        "a bool, where a number is wanted. For": lambda p, rewards: p > 0.5,
        "a word, where a number": lambda p, rewards: f"{np.dot(rewards, [p, 1 - p])}",
    },
}
