"""Right answers in other forms than ours, and wrong ones with what they must be told."""

import itertools
from fractions import Fraction

import keras
import numpy as np
import tensorflow as tf

from cartpole_lib.actor_critic import train_actor_critic
from cartpole_lib.exercises.lesson_4 import lean_and_spin_net
from cartpole_lib.networks import shared_value_net, softmax_policy_net
from cartpole_lib.returns import discounted_returns, generalized_advantages

ONE_NET = softmax_policy_net(0)
ONE_CRITIC = shared_value_net(softmax_policy_net(0))


def in_a_loop(rewards, values, gamma, terminated):
    errors = []
    for t in range(len(rewards)):
        following = values[t + 1]
        if terminated and t == len(rewards) - 1:
            following = 0
        errors.append(rewards[t] + gamma * following - values[t])
    return np.array(errors)


def as_tensors(rewards, values, gamma, terminated):
    following = values[1:].copy()
    following[-1] *= not terminated
    return keras.ops.convert_to_tensor(rewards + gamma * following - values[:-1])


def by_pairs(rewards: np.ndarray, values: np.ndarray, gamma: float = 0.99, terminated=False):
    values = [*values[:-1], 0 if terminated else values[-1]]
    pairs = itertools.pairwise(values)
    return np.fromiter((r + gamma * v - own for r, (own, v) in zip(rewards, pairs)), float)


def a_step_and_the_rest(rewards, values, gamma, terminated):
    if len(rewards) == 1:
        return np.array([rewards[0] + gamma * (0 if terminated else values[1]) - values[0]])
    rest = a_step_and_the_rest(rewards[1:], values[1:], gamma, terminated)
    return np.append(rewards[0] + gamma * values[1] - values[0], rest)


class InFloat32:
    def __call__(self, *case):
        return in_a_loop(*case).astype(np.float32)


def a_single_step_is_a_fall(rewards, values, gamma, terminated):
    return in_a_loop(rewards, values, gamma, terminated or len(rewards) == 1)


def end_as_minus_one(rewards, values, gamma, terminated):
    return rewards + gamma * values[1:] * ~terminated - values[:-1]


def into_the_rewards(rewards, values, gamma, terminated):
    errors = np.zeros_like(rewards)
    errors[:] = in_a_loop(rewards, values, gamma, terminated)
    return errors


@tf.function
def numpy_in_a_graph(rewards, values, gamma, terminated):
    return rewards + gamma * values[1:] - np.array(values[:-1])


def spoils_its_values(rewards, values, gamma, terminated):
    if terminated:
        values[-1] = 0
    return rewards + gamma * values[1:] - values[:-1]


def backwards(rewards, values, gamma, lam, terminated):
    targets = np.zeros(len(rewards))
    target = following = 0 if terminated else values[-1]
    for t in reversed(range(len(rewards))):
        target = rewards[t] + gamma * ((1 - lam) * following + lam * target)
        targets[t], following = target, values[t]
    return targets


def weighed_sums(rewards, values, gamma, lam, terminated):
    t = np.arange(len(rewards))
    ahead = t - t[:, np.newaxis]
    weights = np.triu((gamma * lam) ** np.maximum(ahead, 0.0))
    return weights @ in_a_loop(rewards, values, gamma, terminated) + values[:-1]


def mean_of_n_step_returns(rewards, values, gamma, lam, terminated):
    return np.array(
        [
            mean_from(rewards[t:], [*values[t:-1], 0 if terminated else values[-1]], gamma, lam)
            for t in range(len(rewards))
        ]
    )


def mean_from(rewards, values, gamma, lam):
    n_steps = range(1, len(rewards) + 1)
    returns = [discounted_returns(rewards[:n], gamma, values[n])[0] for n in n_steps]
    return sum((1 - lam) * lam**i * g for i, g in enumerate(returns[:-1])) + (
        lam ** (len(returns) - 1) * returns[-1]
    )


def whole_targets(rewards, values, *rest):
    targets = np.zeros_like(rewards)
    targets[:] = advantages_plus_values(rewards, values, *rest)
    return targets


def divides_by_its_weights(rewards, values, gamma, lam, terminated):
    weights = (gamma * lam) ** np.arange(len(rewards))
    with np.errstate(invalid="ignore"):
        sums = np.cumsum((weights * in_a_loop(rewards, values, gamma, terminated))[::-1])[::-1]
        return sums / weights + values[:-1]


def divides_by_what_is_0_at(lam_0, lam_1=0):
    def targets(rewards, values, gamma, lam, terminated):
        right = advantages_plus_values(rewards, values, gamma, lam, terminated)
        share = lam_0 * lam + lam_1 * (1 - lam)
        with np.errstate(invalid="ignore"):
            return right * share / np.float64(share)

    return targets


def into_its_values(rewards, values, *rest):
    values[:-1] += generalized_advantages(rewards, values, *rest)
    return values[:-1]


def advantages_plus_values(rewards, values, *rest):
    gamma, lam, terminated = rest
    return values[: len(rewards)] + generalized_advantages(rewards, values, *rest)


def by_steps(place):
    left = right = n = 0
    while right <= left:
        n += 1
        left += 0.2 * 0.99 ** (n - 1) * (n >= place)
        right += 0.99 ** (n - 1) * (n >= 20 - place)
    return n


def as_numpy(place):
    n = np.arange(1, 100)
    pays = 0.99 ** (n - 1)
    gap = np.cumsum(np.where(n >= 20 - place, pays, 0) - 0.2 * np.where(n >= place, pays, 0))
    return n[gap > 0][0]


def lazy(**changes):
    settings = {"lam": 0.9, "n_value_steps": 5, "n_updates": 35, "stop_when_solved": False}
    return lambda train, seed: train(seed=seed, **(settings | changes))


def actor_critic_update(policy_net, value_net, optimizers, episodes, gamma, lam, n_value_steps):
    """Stand for the update that notebook 05 writes out: not the library's, but of its name."""


def shows_its_run(train, seed):
    run = lazy()(train, seed)
    return run.shown() if hasattr(run, "shown") else run


def trains_twice(train, seed):
    lazy()(train, seed)
    return lazy()(train, seed)


def with_networks(train, seed):
    net = softmax_policy_net(seed)
    return lazy(policy_net=net, value_net=shared_value_net(softmax_policy_net(seed)))(train, seed)


def with_done_flags(rewards, values, gamma, lam, terminated, in_both=True):
    targets, advantage = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        error = rewards[t] + gamma * values[t + 1] * (1 - terminated) - values[t]
        advantage = error + gamma * lam * (1 - terminated * in_both) * advantage
        targets[t] = advantage + values[t]
    return targets


def to_go(rewards, values, gamma, lam, terminated):
    return discounted_returns(rewards, gamma, 0 if terminated else values[-1])


def first_clock(pays_left, pays_right):
    return next(n for n in range(1, 99) if pays_right(n) > pays_left(n))


def left_from_the_next_step(place):
    return first_clock(
        lambda n: sum(0.2 * 0.99 ** (t - 1) for t in range(place + 1, n + 1)),
        lambda n: sum(0.99 ** (t - 1) for t in range(20 - place, n + 1)),
    )


def each_from_its_arrival(place):
    return first_clock(
        lambda n: sum(0.2 * 0.99**t for t in range(n - place + 1)),
        lambda n: sum(0.99**t for t in range(n - (20 - place) + 1)),
    )


def subtracts_the_next(rewards, values, gamma, terminated):
    following = np.append(values[1:-1], 0 if terminated else values[-1])
    return rewards + gamma * following - values[1:]


RIGHT = {
    "5a": [lambda: "not at all", lambda: "Not at all"],
    "5b": [
        by_pairs,
        a_step_and_the_rest,
        InFloat32(),
        in_a_loop,
        as_tensors,
        lambda r, v, g, end: generalized_advantages(r, v, g, 0, end),
    ],
    "5c": [backwards, advantages_plus_values, weighed_sums, mean_of_n_step_returns],
    "5d": [by_steps, as_numpy, lambda place: float(by_steps(place))]
    + [lambda place: Fraction(by_steps(place))],
    "5e": [lazy(progress=True), with_networks, lazy(env_id="CartPole-v1", gamma=0.99)]
    + [lazy(stop_when_solved=np.bool_(False)), lazy(n_value_steps=np.int64(5)), shows_its_run]
    + [lazy(update=actor_critic_update)],
}
WRONG = {
    "5a": {
        "goes down by 5 as well": lambda: "all steps are blamed",
        "all steps move alike": lambda: "the last steps are blamed",
        "The answers are": lambda: "by 5",
    },
    "5b": {
        "At the time limit the pole still stands": lambda r, v, g, end: in_a_loop(r, v, g, True),
        "The two ends are exchanged": lambda r, v, g, end: in_a_loop(r, v, g, not end),
        "next value is not discounted": lambda r, v, g, end: in_a_loop(r, v, 1, end),
        "reward of the step itself is discounted": lambda r, v, g, end: in_a_loop(g * r, v, g, end),
        "This is what happened, one step ahead": lambda r, v, g, end: (
            in_a_loop(r, v, g, end) + v[:-1]
        ),
        "what happened minus what was expected": lambda *case: -in_a_loop(*case),
        "The value that is discounted is that of the step": lambda r, v, g, end: (
            r + g * v[:-1] - v[:-1]
        ),
        "The rewards were multiplied by 1": lambda r, v, g, end: in_a_loop((1 - g) * r, v, g, end),
        "The value that is subtracted is the next": subtracts_the_next,
        "work on a copy": spoils_its_values,
        "After a fall nothing comes": lambda r, v, g, end: r + g * v[1:] - v[:-1],
        "of every step": lambda r, v, g, end: r + g * v[1:] * (not end) - v[:-1],
        "where an array is wanted": lambda *case: list(in_a_loop(*case)),
        "in the order from the end": lambda *case: in_a_loop(*case)[::-1],
        "the shape is": lambda *case: in_a_loop(*case)[:, np.newaxis],
        "stopped with": lambda r, v, g, end: r + g * v - v[:-1],
        "lambda 1": lambda r, v, g, end: discounted_returns(r, g, 0 if end else v[-1]) - v[:-1],
        "None": lambda *case: None,
        "The last step is missing": lambda *case: in_a_loop(*case)[:-1],
        "True and False": lambda *case: in_a_loop(*case) > 0,
        "without brackets": 1.0,
        "For ([0.5], [2. 0.75], 0.5, False)": a_single_step_is_a_fall,
        "Other numbers": end_as_minus_one,
        "made from integers": into_the_rewards,
        "NotImplementedError: in user code": numpy_in_a_graph,
        "The numbers are right, but it returned a tuple": lambda *case: tuple(in_a_loop(*case)),
        "It returned a generator": lambda *case: (error for error in in_a_loop(*case)),
    },
    "5c": {
        "have the values subtracted already": lambda r, v, *rest: (
            generalized_advantages(r, v, *rest) - v[: len(r)]
        ),
        "the target of lambda 0": lambda r, v, g, lam, end: backwards(r, v, g, 0, end),
        "Every end is taken for a fall": lambda r, v, g, lam, end: backwards(r, v, g, lam, True),
        "A fall is taken for a time limit": lambda r, v, g, lam, end: backwards(
            r, v, g, lam, False
        ),
        "That is for the actor; the critic takes": lambda r, v, *rest: (
            (a := generalized_advantages(r, v, *rest)) - a.mean() + v[:-1]
        ),
        "The rewards were multiplied by 1": lambda r, v, g, lam, end: backwards(
            (1 - g) * r, v, g, lam, end
        ),
        "for the actor": generalized_advantages,
        "the target of lambda 1": to_go,
        "values[:-1]": lambda r, v, *rest: generalized_advantages(r, v, *rest) + v[1:],
        "as if every episode had fallen": lambda r, v, g, *rest: discounted_returns(r, g),
        "does return stand inside the loop": lambda *case: backwards(*case)[:1],
        "wipes out what follows each step": with_done_flags,
        "wipes out the next value of every": lambda *case: with_done_flags(*case, in_both=False),
        "made from integers": whole_targets,
        "nan, which is no number": divides_by_its_weights,
        "1, 1, False) it returned [nan": divides_by_what_is_0_at(lam_0=0, lam_1=1),
        "0.9, 0, False) it returned [nan": divides_by_what_is_0_at(lam_0=1),
        "work on a copy": into_its_values,
        "Other numbers": lambda r, v, g, lam, end: advantages_plus_values(r, v, lam, g, end),
        "missing 1 required": lambda r, v, g, lam, end: (
            generalized_advantages(r, v, g, lam) + v[:-1]
        ),
        "could not be broadcast": lambda r, v, *rest: generalized_advantages(r, v, *rest) + v,
        "None": lambda *case: None,
    },
    "5d": {
        "This is the length of the corridor": lambda place: 20,
        "compares sums that are not discounted": lambda place: next(
            n for n in range(1, 99) if n - (19 - place) > 0.2 * max(n - place + 1, 0)
        ),
        "left end pays one step too late": left_from_the_next_step,
        "discounted from its own arrival": each_from_its_arrival,
        "One step too many": lambda place: by_steps(place) + 1,
        "One step too few": lambda place: as_numpy(place) - 1,
        "first pays": lambda place: 20 - place,
        "shape is": lambda place: np.array([by_steps(place)]),
        "For (5) it returned 5, expected 17": lambda place: place,
        "None": lambda place: None,
        "For (1) it returned None, expected 24": lambda place: (
            (n := by_steps(place)) < 20 and n or None
        ),
        "in this case: does every way": lambda place: next(
            (n for n in range(1, 20) if by_steps(place) == n), None
        ),
        "For (9) it returned 17, expected 11": lambda place: 17,
        "For (16) it returned": lambda place: by_steps(min(place, 10)),
        "It returned a word": lambda place: str(by_steps(place)),
    },
    "5e": {
        "It is gamma that is 0.9 here": lazy(lam=0.98, gamma=0.9),
        "n_updates is still 300": lazy(n_updates=300),
        "trains with seed 0, whatever seed": lambda train, seed: lazy()(train, 0),
        "Add stop_when_solved": lazy(stop_when_solved=True),
        "still takes its twenty": lazy(n_value_steps=20),
        "lam is still": lazy(lam=0.98),
        "It trains with lam 0. Wanted": lazy(lam=0),
        "It trains with 50 updates. Wanted": lazy(n_updates=50),
        "It trains with '35' updates. Wanted": lazy(n_updates="35"),
        "It trains with '5' critic steps. Wanted": lazy(n_value_steps="5"),
        "For (4) it gives 'seed 3', where 'seed 4'": lambda train, seed: lazy()(train, 3),
        "with a trained network. Wanted: a fresh": lambda train, seed: lazy(
            policy_net=lean_and_spin_net()
        )(train, seed),
        "with one network for all runs. Wanted: a fresh": lazy(policy_net=ONE_NET),
        "with n_envs=1. Wanted: no other": lazy(n_envs=1),
        "with update=by_steps. Wanted: no other": lazy(update=by_steps),
        "one critic for all runs": lazy(value_net=ONE_CRITIC),
        "with value_learning_rate=0.01": lazy(value_learning_rate=0.01),
        "It trains with seed '3'. Wanted": lambda train, seed: lazy()(train, str(seed)),
        "It trains with seed 4. Wanted": lambda train, seed: lazy()(train, seed + 1),
        "It trains with 35.0 updates": lazy(n_updates=35.0),
        "with stop_when_solved=0. Wanted: stop_when_solved=False": lazy(stop_when_solved=0),
        "value_net must be a Keras model": lazy(value_net="fresh"),
        "lam '0.9'. Wanted": lazy(lam="0.9"),
        " argument: 'seed'": lambda train, seed: train(seed, lam=0.9),
        "with learning_rate=0.01. Wanted: no other": lazy(learning_rate=0.01),
        "with env_id='CartPole-v0'. Wanted: no other": lazy(env_id="CartPole-v0"),
        "it was called 2 times": trains_twice,
        "It trains with lam 0.5. Wanted: lam 0.9": lazy(lam=0.5, n_updates=7, learning_rate=1),
        "Return what train returned": lambda train, seed: [lazy()(train, seed)],
        "Call train once": lambda train, seed: train_actor_critic,
        "5e wrong: Return the run itself": lambda train, seed: lazy()(train, seed).episode_returns,
    },
}
