"""Right answers in other forms than ours, and wrong ones with what they must be told."""

import itertools

import numpy as np

from cartpole_lib.returns import discounted_returns


def backwards(n_steps, gamma):
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


def by_accumulating(rewards):
    return np.array(list(itertools.accumulate(reversed(rewards))))[::-1]


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


def by_squared_scores(p, rewards):
    return np.average(rewards, weights=[(1 - p) * p**2, p * (1 - p) ** 2])


RIGHT = {
    "3a": [lambda: "the long one", lambda: "The long one "],
    "3b": [
        backwards,
        lambda n, gamma: -(gamma ** np.arange(n)[::-1]),
        lambda n, gamma: discounted_returns([0] * (n - 1) + [-1], gamma),
        lambda n, gamma: np.array([-(gamma ** (n - 1 - t)) for t in range(n)]),
    ],
    "3c": [
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
        "as in 3.3": in_place_with_whole_numbers,
        "its reward is -1": lambda n, gamma: gamma ** np.arange(n)[::-1],
        "gamma is not used": lambda n, gamma: -np.ones(n),
        "earn 1 here": lambda n, gamma: discounted_returns([1] * (n - 1) + [-1], gamma),
        "all 1: change them": lambda n, gamma: discounted_returns([1] * n, gamma),
        "the first step alone": lambda n, gamma: -(gamma ** (n - 1)),
        "a list, where an array": lambda n, gamma: [-(gamma ** (n - 1 - t)) for t in range(n)],
        "the shape is (1, 1)": lambda n, gamma: backwards(n, gamma)[:, np.newaxis],
        "None": lambda n, gamma: None,
        "without brackets": backwards(4, 0.9),
    },
    "3c": {
        "there is a loop in it": sums_from_here,
        "write it without": returns_by_hand,
        "`for` or `while`": returns_by_while,
        "3c wrong: It returned a list, where an array": lambda rewards: [*np.cumsum(rewards)[::-1]],
        "lacks the last reward": lambda rewards: np.flip(rewards.cumsum()),
        "what came up to each step": lambda rewards: rewards.cumsum(),
        "turn them round once more": lambda rewards: rewards[::-1].cumsum(),
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
    },
}
