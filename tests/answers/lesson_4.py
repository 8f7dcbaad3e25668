"""Right answers in other forms than ours, and wrong ones with what they must be told."""

import functools

import keras
import numpy as np

from cartpole_lib.networks import softmax_policy_net
from cartpole_lib.reinforce import policy_gradient_loss, reinforce_update
from cartpole_lib.returns import leave_one_out, standardize

ONE_NET = softmax_policy_net(0)


def by_itself(returns):
    return [(r - r.mean()) / (r.std() + 1e-8) for r in returns]


def fresh_inside(train, seed):
    net = softmax_policy_net(seed)
    run = train("CartPole-v1", seed=seed, n_envs=1, n_updates=100, weigh=by_itself, policy_net=net)
    return run


def with_a_loop(returns):
    weights = []
    for episode in returns:
        middle, deviation = sum(episode) / len(episode), np.std(episode)
        weights.append(np.array([(g - middle) / (deviation + 1e-8) for g in episode]))
    return weights


def first_by_itself(returns):
    return [by_itself(returns[:1])[0], *first_by_itself(returns[1:])] if returns else []


def divides_in_place(returns):
    weights = returns.copy()
    for w in weights:
        w -= w.mean()
        w /= w.std() + 1e-8
    return weights


def kept_from_batch_to_batch(returns, weights=[]):  # noqa: B006
    for episode in returns:
        weights.append(standardize(episode))
    return weights


def each_with_nan_to_num(returns):
    return [np.nan_to_num((r - np.mean(r)) / np.std(r)) for r in returns]


def only_one_step_is_safe(returns):
    weights = []
    for r in returns:
        if len(r) == 1:
            weights.append(np.zeros(1))
        else:
            weights.append((r - r.mean()) / r.std())
    return weights


def plays_a_little():
    """Return a network that stands for some three hundred steps."""
    net = softmax_policy_net(0)
    weights = [np.zeros(shape.shape) for shape in net.get_weights()]
    weights[0][:, 0], weights[2][0] = [0, 0, 1, 1], [-4, 4]
    net.set_weights(weights)
    return net


def renamed(returns):
    for r in returns:
        r = (r - r.mean()) / (r.std() + 1e-8)
    return returns


def first_round(logits, actions, weights, n=1):
    for row, action, weight in zip(logits, actions, weights):
        return -weight * (row[action] - np.log(np.sum(np.exp(row)))) / n


def changes_its_argument(returns):
    for i, episode in enumerate(returns):
        returns[i] = standardize(episode)
    return returns


def moves_the_logits(logits, actions, weights):
    logits -= logits.max(axis=-1, keepdims=True)
    return step_by_step(logits, actions, weights)


def step_by_step(logits, actions, weights):
    total = 0
    for row, action, weight in zip(logits, actions, weights):
        p = np.exp(row) / np.exp(row).sum()
        total -= weight * np.log(p[action])
    return total / len(actions)


def needs_two_steps(logits, actions, weights):
    assert len(actions) == 2


def with_onehot(logits, actions, weights):
    pi = keras.ops.softmax(logits).numpy()
    hit = np.eye(logits.shape[1])[actions]
    return (weights * -np.log((pi * hit).sum(axis=1))).mean()


def as_a_column(logits, actions, weights):
    log_probs = np.log(keras.ops.softmax(logits))
    picked = np.take_along_axis(log_probs, actions[:, np.newaxis], axis=1)  # (n, 1)
    return -np.mean(weights * picked)


def one(weigh=standardize, **others):
    settings = {"n_envs": 1, "n_updates": 100, "weigh": weigh} | others
    return lambda train, seed: train(seed=seed, **settings)


@functools.wraps(reinforce_update)
def of_the_notebook(*batch):
    """Stand for the update that notebook 04 writes out: not the library's, but of its name."""


RIGHT = {
    "4a": [lambda: "to fall", lambda: "To fall "],
    "4b": [
        fresh_inside,
        one(by_itself, progress=True),
        one(update=of_the_notebook),
        one(each_with_nan_to_num),
        one(lambda returns: tuple(np.float32(w) for w in by_itself(returns))),
        one(n_envs=np.int32(1), gamma=0.99, policy_net=None),
        lambda train, seed: functools.partial(train, seed=seed)(
            n_envs=1, n_updates=100, weigh=standardize
        ),
    ],
    "4c": [
        each_with_nan_to_num,
        by_itself,
        with_a_loop,
        lambda returns: tuple(standardize([r])[0] for r in returns),
        lambda returns: [np.float32(weights) for weights in map(standardize, returns)],
        first_by_itself,
    ],
    "4d": [
        step_by_step,
        with_onehot,
        policy_gradient_loss,
        lambda *batch: float(policy_gradient_loss(*batch)),
        lambda z, a, w: -np.mean(w * np.choose(a, keras.ops.log_softmax(z).numpy().T)),
        lambda z, a, w: np.float32(step_by_step(z - z.max(), a, w)),
    ],
}
WRONG = {
    "4a": {
        "Tempting, for nothing crashes": lambda: "to balance",
        "each step is taken, down instead of up": lambda: "nothing",
        "'to fall'. Yours is": lambda: "it falls",
        "without brackets": "to fall",
    },
    "4b": {
        "nothing is divided by the deviation: take": one(
            lambda returns: [np.subtract(r, np.mean(r)) for r in returns]
        ),
        "still plays six episodes": lambda train, seed: train(
            weigh=standardize, n_updates=100, seed=seed
        ),
        "n_updates is still 300": lambda train, seed: train(weigh=by_itself, n_envs=1, seed=seed),
        "trains with seed 0, whatever seed": lambda train, seed: one()(train, 0),
        "no other episode": one(leave_one_out),
        "all positive": one(lambda returns: [r + 0 for r in returns]),
        "so nothing is compared": one(lambda returns: [r * 0 + r[0] for r in returns]),
        "It trains with gamma=0.5. Wanted: no other change": one(gamma=0.5),
        "It trains with stop_when_solved=False. Wanted: no": one(stop_when_solved=False),
        "It trains with learning_rate=0.01. Wanted: no": one(learning_rate=0.01),
        "It trains with update=by_itself. Wanted: no": one(update=by_itself),
        "It trains with '1' an update. Wanted: 1 an": one(n_envs="1"),
        "a network of another shape. Wanted: a fresh": lambda train, seed: one(
            policy_net=keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
        )(train, seed),
        "It trains with 1.0 an update": one(n_envs=1.0),
        "It trains with env_id='CartPole-v0'. Wanted": one(env_id="CartPole-v0"),
        "4b wrong: Return the run itself": lambda train, seed: one()(train, seed).sampled,
        "It trains with 33 updates": one(n_updates=33),
        "It trains with '100' updates. Wanted: 100 updates": one(n_updates="100"),
        "Leave policy_net out, or": lambda train, seed: one(policy_net=plays_a_little())(
            train, seed
        ),
        "one network for all runs": one(policy_net=ONE_NET),
        "it was called 0 times": lambda train, seed: None,
        "Return what train returned": lambda train, seed: one()(train, seed) and None,
        "of lengths [4]; got lengths [1, 1, 1, 1]": one(lambda returns: standardize(returns[0])),
        "weigh must be a function": one("standardize"),
        "unexpected keyword": lambda train, seed: train(seed=seed, n_episodes=1),
        "For (4) it gives 'seed 3', where 'seed 4'": lambda train, seed: one()(train, 3),
        "It trains with seed 4. Wanted: seed 3": lambda train, seed: one()(train, seed + 1),
        "It trains with True an update": one(n_envs=True),
        "It trains with seed '3'. Wanted": lambda train, seed: one()(train, str(seed)),
        "stand-in played nothing, it has no": lambda train, seed: one()(train, seed).lengths.mean(),
        "not subscriptable": lambda train, seed: one()(train, seed)[0],
        "it was called 2 times": lambda train, seed: one()(train, seed) and one()(train, seed),
        "with weights [-1.1832 -0.7325 0.6198 1.2959]": one(
            lambda returns: [-w for w in standardize(returns)]
        ),
    },
    "4c": {
        "mean of the episode is not subtracted": lambda returns: [
            r / (np.std(r) + 1e-8) for r in returns
        ],
        "deviation is that of the whole batch": lambda returns: [
            (r - r.mean()) / (np.hstack(returns).std() + 1e-8) for r in returns
        ],
        "but the mean is that of the whole batch": lambda returns: [
            (r - np.hstack(returns).mean()) / (r.std() + 1e-8) for r in returns
        ],
        "put end to end": lambda returns: np.hstack(by_itself(returns)),
        "in a second list": lambda returns: [standardize([episode]) for episode in returns],
        "over the batch": standardize,
        "This is leave_one_out": leave_one_out,
        "divides by the variance": lambda returns: [
            (r - r.mean()) / (r.var() + 1e-8) for r in returns
        ],
        "of one step are left out": lambda R: [by_itself([r])[0] for r in R if len(r) > 1],
        "It returned a dict, where a list": lambda R: dict(enumerate(by_itself(R))),
        "division by the deviation": lambda returns: [r - r.mean() for r in returns],
        "0 / 0": lambda returns: [(r - r.mean()) / r.std() for r in returns],
        "after the first": lambda returns: (returns[0] - returns[0].mean()) / returns[0].std(),
        "work on a copy": changes_its_argument,
        "None": lambda returns: None,
        "where an array is wanted": lambda returns: [list(standardize(r)) for r in returns],
        "the shape is": lambda returns: [standardize(r)[:, np.newaxis] for r in returns],
        "came back as they were": renamed,
        "Your list has the last": lambda returns: [standardize(r) for r in returns[-1:]],
        "Your list has the first": lambda returns: [standardize(returns[0])],
        "a list of 1, where a list of 2": lambda returns: standardize(returns)[:1],
        "a list of 2, where a list of 3": lambda returns: [
            standardize([r])[0] for r in returns[:2]
        ],
        "two equal returns": only_one_step_is_safe,
        "divides by n - 1": lambda returns: [(r - r.mean()) / r.std(ddof=1) for r in returns],
        "that of a sample": lambda returns: [
            (r - r.mean()) / (np.std(r, ddof=min(1, len(r) - 1)) + 1e-8) for r in returns
        ],
        "copy each of them": divides_in_place,
        "keep a list from call to call": kept_from_batch_to_batch,
        "but an entry is a list": lambda returns: [standardize(r).tolist() for r in returns],
        "An entry is None": lambda returns: [print(len(r)) for r in returns],
        "a function, where an array": lambda returns: [standardize(r).copy for r in returns],
        "an array, where a list of 2": lambda returns: np.array(1.0),
        "a map, where a list of 2": lambda returns: map(standardize, returns),
        "where (1,) is wanted": lambda R: [w if len(w) > 1 else 0.0 for w in by_itself(R)],
        "order from the end": lambda returns: [w[::-1] for w in by_itself(returns)],
        "it returned [[1.": lambda returns: [(r - min(r)) / (np.ptp(r) + 1e-8) for r in returns],
        "True and False": lambda returns: [r > r.mean() for r in returns],
        "without brackets": [1.0],
    },
    "4d": {
        "weighs the probabilities themselves": lambda z, a, w: (
            -np.mean(w * np.take_along_axis(keras.ops.softmax(z).numpy(), a[:, None], axis=1)[:, 0])
        ),
        "softmax runs over the steps": lambda z, a, w: (
            -np.mean(w * np.log(np.exp(z) / np.exp(z).sum(axis=0))[np.arange(len(a)), a])
        ),
        "The weights are not used": lambda z, a, w: step_by_step(z, a, np.ones(len(a))),
        "log_probs[actions] takes whole rows": lambda z, a, w: (
            -np.mean(w[:, None] * keras.ops.log_softmax(z).numpy()[a])
        ),
        "counts the actions that were not taken": lambda z, a, w: (
            -np.mean((w[:, None] * keras.ops.log_softmax(z).numpy()).sum(axis=1))
        ),
        "a table with an entry for each action": lambda z, a, w: (
            -np.mean(w[:, None] * keras.ops.log_softmax(z).numpy() * np.eye(z.shape[1])[a])
        ),
        "Each weight met every step": as_a_column,
        "The sign is wrong": lambda *batch: -step_by_step(*batch),
        "the sum over all steps": lambda logits, a, w: len(a) * step_by_step(logits, a, w),
        "the sum of the weights": lambda logits, a, w: step_by_step(logits, a, w) * len(a) / sum(w),
        "the softmax is missing": lambda logits, a, w: -(w * logits[np.arange(len(a)), a]).mean(),
        "loss for each step": lambda logits, a, w: (
            w * -keras.ops.log_softmax(logits).numpy()[np.arange(len(a)), a]
        ),
        "None": lambda logits, actions, weights: None,
        "One sum over the whole table": lambda z, a, w: (
            -np.mean(w * np.log(np.exp(z) / np.exp(z).sum())[np.arange(len(a)), a])
        ),
        "each divides a column": lambda z, a, w: (
            -np.mean(w * np.log(np.exp(z) / np.exp(z).sum(axis=1))[np.arange(len(a)), a])
        ),
        "softmax is taken twice": lambda z, a, w: step_by_step(keras.ops.softmax(z), a, w),
        "has shape (n, n)": lambda z, a, w: -(w * keras.ops.log_softmax(z).numpy()[:, a]).mean(),
        "right for two actions, and not": lambda z, a, w: np.mean(
            w * np.log1p(np.exp(np.where(a, -1, 1) * (z[:, 1] - z[:, 0])))
        ),
        "counts the first step alone": first_round,
        "adds the first step alone": lambda *batch: first_round(*batch, n=len(batch[1])),
        "work on a copy": moves_the_logits,
        "4d wrong: Other numbers": lambda z, a, w: step_by_step(z, a * 0, w),
        "it returned 0.14": lambda z, a, w: step_by_step(z, a, w) * len(a) / z.shape[1],
        "shape is (1,), where one number": lambda z, a, w: np.array([step_by_step(z, a, w)]),
        "stopped with AssertionError, in": needs_two_steps,
        "stopped with": lambda logits, actions, weights: reinforce_update(logits),
    },
}
