"""Right answers in other forms than ours, and wrong ones with what they must be told."""

from collections import deque, namedtuple

import keras
import numpy as np
import tensorflow as tf

Pair = namedtuple("Pair", "action label")


def step_by_step(weights, gradients, factor, learning_rate):
    moved = []
    for i in range(len(weights)):
        moved.append(weights[i] - factor * learning_rate * gradients[i])
    return moved


def moves_its_arguments(weights, gradients, factor, learning_rate):
    for w, g in zip(weights, gradients):
        w -= learning_rate * factor * g
    return weights


def repeated_by_index(weights, gradients, factor, learning_rate):
    gradients = gradients * factor
    return [weights[i] - gradients[i] * learning_rate for i in range(len(weights))]


def in_the_first_round(weights, gradients, factor, learning_rate):
    for w, g in zip(weights, gradients):
        return w - learning_rate * factor * g


def last_round(weights, gradients, factor, learning_rate):
    for w, g in zip(weights, gradients):
        moved = w - learning_rate * factor * g
    return moved


def returns_too_early(weights, gradients, factor, learning_rate):
    moved = weights.copy()
    for i, g in enumerate(gradients):
        moved[i] = moved[i] - learning_rate * factor * g
        return moved


def renamed(weights, gradients, factor, learning_rate):
    for w, g in zip(weights, gradients):
        w = w - learning_rate * factor * g
    return weights


def from_the_end(w, g, f, r):
    return [w[0] - r * f * g[0], *from_the_end(w[1:], g[1:], f, r)] if w else []


def copied_list(weights, gradients, factor, learning_rate):
    moved = weights.copy()
    for i, g in enumerate(gradients):
        moved[i] -= learning_rate * factor * g
    return moved


def kept_from_call_to_call(weights, gradients, factor, learning_rate, moved=[]):  # noqa: B006
    for w, g in zip(weights, gradients):
        moved.append(w - learning_rate * factor * g)
    return moved


def of_two(weights, gradients, factor, learning_rate):
    first, second = weights
    return [first - learning_rate * factor * gradients[0], second - gradients[1] * 0.3]


def by_choice(p_left, rng):
    action = rng.choice([0, 1], p=[p_left, 1 - p_left])
    return action, int(action == 0)


def by_uniform(p_left, rng):
    pushes_left = rng.uniform() < p_left
    if pushes_left:
        return [0, 1]
    return [1, 0]


def as_in_the_lesson(p_left, rng):
    action = int(rng.random() < p_left)
    return action, action


def labelled(action):
    return action, 1 - action


def own_dice(p_left, rng):
    rng = np.random.default_rng(0)
    return labelled(int(rng.random() >= p_left))


def by_the_rule(logits, rewards):
    pi = np.exp(logits) / np.exp(logits).sum()
    total = np.zeros(len(logits))
    for action in range(len(logits)):
        done = np.zeros(len(logits))
        done[action] = 1
        total += pi[action] * rewards[action] * (pi - done)
    return total


def by_tape(logits, rewards, share=keras.ops.softmax, said=lambda z: z, from_logits=True):
    total = 0
    for action in range(len(logits)):
        z = tf.constant([logits], dtype=tf.float32)
        with tf.GradientTape() as tape:
            tape.watch(z)
            loss = keras.losses.sparse_categorical_crossentropy(
                np.array([action]), said(z), from_logits=from_logits
            )
        total += share(z)[0, action] * rewards[action] * tape.gradient(loss, z)[0]
    return total


def of_the_mean_reward(logits, rewards):
    z = tf.constant(logits)
    with tf.GradientTape() as tape:
        tape.watch(z)
        loss = -tf.reduce_sum(tf.nn.softmax(z) * rewards)
    return tape.gradient(loss, z)


def of_the_mean_loss(logits, rewards):
    z = tf.constant(logits)
    with tf.GradientTape() as tape:
        tape.watch(z)
        pi = tf.nn.softmax(z)
        loss = -tf.reduce_sum(pi * rewards * tf.math.log(pi))
    return tape.gradient(loss, z).numpy()


def not_watched(logits, rewards):
    z = tf.constant(logits)
    with tf.GradientTape() as tape:
        loss = -tf.reduce_sum(tf.nn.softmax(z) * rewards)
    return tape.gradient(loss, z)


def in_short(logits, rewards):
    pi = keras.ops.softmax(logits).numpy()
    return pi * (pi @ rewards - rewards)


def weighed(logits, rewards):
    pi = keras.ops.softmax(logits).numpy()
    return np.average(rewards[:, np.newaxis] * (pi - np.eye(len(pi))), axis=0, weights=pi)


def by_nudging(logits, rewards, size=1e-4):
    nudges = size * np.eye(len(logits))
    mean = lambda z: np.exp(z) @ rewards / np.exp(z).sum()  # noqa: E731
    return np.array([mean(logits - n) - mean(logits + n) for n in nudges]) / (2 * size)


def moves_the_logits(logits, rewards):
    logits -= logits.max()
    return in_short(logits, rewards)


RIGHT = {
    "2a": [lambda: "rises", lambda: "Rises "],
    "2b": [
        step_by_step,
        lambda w, g, f, r: [a - r * b for a, b in zip(w, f * np.array(g, dtype=object))],
        lambda w, g, factor, rate: [a - rate * (factor * b) for a, b in zip(w, g)],
        lambda w, g, factor, rate: [tf.constant(a) - rate * factor * b for a, b in zip(w, g)],
        lambda w, g, factor, rate: tuple(map(lambda a, b: a - rate * factor * b, w, g)),
        lambda w, g, f, r: deque(np.float32(a - r * f * b) for a, b in zip(w, g)),
        lambda w, g, f, r: [tf.Variable(a).assign_sub(r * f * b) for a, b in zip(w, g)],
        from_the_end,
    ],
    "2c": [
        by_choice,
        by_uniform,
        lambda p, rng: (1, 0) if rng.random() >= p else (0, 1),
        lambda p, rng: Pair(0, 1) if 1 - rng.random() <= p else Pair(1, 0),
        lambda p, rng: labelled(np.argmax(np.log([p, 1 - p]) + rng.gumbel(size=2))),
        lambda p, rng: labelled((rng.random(100) >= p).astype(np.int8)[0]),
        lambda p, rng: np.eye(2, dtype=int)[int(rng.random() < p)],
        lambda p, rng: np.array([1, 0]) if rng.binomial(1, 1 - p) else np.array([0, 1]),
    ],
    "2d": [by_the_rule, by_tape, of_the_mean_reward, in_short, weighed, by_nudging],
}
WRONG = {
    "2a": {
        "The answers are": lambda: "goes up",
        "Yours is None": lambda: None,
        "a negative one makes it less likely": lambda: "falls",
        "this is one step after one of them": lambda: "stays",
    },
    "2b": {
        "is the list repeated": repeated_by_index,
        "cannot be multiplied by a fraction": lambda w, g, f, r: w - r * f * g,
        "they cannot become one": lambda w, g, factor, rate: [
            a - b for a, b in zip(w, np.multiply(factor * rate, g))
        ],
        "gather what has moved in a list": lambda w, g, f, r: np.array(
            [a - r * f * b for a, b in zip(w, g)]
        ),
        "goes up the loss": lambda w, g, f, r: [a + r * f * b for a, b in zip(w, g)],
        "in front of the weight": lambda w, g, f, r: [f * a - r * b for a, b in zip(w, g)],
        "the whole moved weight": lambda w, g, f, r: [f * (a - r * b) for a, b in zip(w, g)],
        "is not used": lambda w, g, f, r: [a - f * b for a, b in zip(w, g)],
        "the step of 2.5 as it was": lambda w, g, f, r: [a - r * b for a, b in zip(w, g)],
        "how far each weight moves": lambda w, g, f, r: [b * f * -r for b in g],
        "work on a copy": moves_its_arguments,
        "0.1 here, whatever is asked": lambda w, g, f, r: [a - 0.1 * f * b for a, b in zip(w, g)],
        "a list of 2, where a list of 3": lambda w, g, f, r: [
            a - r * f * b for a, b in zip(w[:2], g)
        ],
        "Only the last array": last_round,
        "Only the first array has moved": returns_too_early,
        "came back as they were": renamed,
        "Only the first array of": in_the_first_round,
        "Your list has the first": lambda *step: [in_the_first_round(*step)],
        "None": lambda w, g, f, r: None,
        "A copied list still holds": copied_list,
        "keep a list from call to call": kept_from_call_to_call,
        "too many values to unpack": of_two,
        "The numbers are right, but an entry is a list, where": lambda w, g, f, r: [
            (a - r * f * b).tolist() for a, b in zip(w, g)
        ],
        "2b wrong: An entry is None. For": lambda w, g, f, r: [print(a) for a in w],
        "an EagerTensor, where a list of 2": lambda w, g, f, r: tf.constant(1.0),
        "an array, where a list of 2": lambda w, g, f, r: np.array(1.0),
        "an array of 3, where a list of 2": lambda w, g, f, r: np.concatenate(w),
        "a dict, where a list of 2": lambda w, g, f, r: dict(enumerate(w)),
        "a generator, where": lambda w, g, f, r: (a - r * f * b for a, b in zip(w, g)),
        "-0.5, 0.1) it returned": lambda w, g, f, r: [a - r * abs(f) * b for a, b in zip(w, g)],
        "where (2, 2) is wanted": lambda w, g, f, r: [
            (a - r * f * b).ravel() for a, b in zip(w, g)
        ],
        "whole": lambda w, g, f, r: [(a - r * f * b).astype(int) for a, b in zip(w, g)],
        "without brackets": [1, 2],
    },
    "2c": {
        "The draw is right, but": lambda p, rng: (1, 1) if rng.random() > p else (0, 0),
        "both still take": as_in_the_lesson,
        "A nudge cannot see it": lambda p, rng: (1, 0) if rng.random() < p else (0, 1),
        "never find out": lambda p, rng: (0, 1) if p > 0.5 else (1, 0),
        "half of the time": lambda p, rng: (0, 1) if rng.random() < 0.5 else (1, 0),
        "dice other than rng": lambda p, rng: (0, 1) if np.random.rand() < p else (1, 0),
        "the output itself": lambda p, rng: (0, p) if rng.random() < p else (1, p),
        "int(…) makes them": lambda p, rng: (int(rng.random() > p), rng.random() < p),
        "2c wrong: Two numbers are wanted": lambda p, rng: int(rng.random() > p),
        "not None": lambda p, rng: None,
        "rng was not used: draw from it. With p_left": own_dice,
        "makes them 1, 0 and 1": lambda p, rng: labelled(float(rng.random() >= p)),
        "2c wrong: True, False and 1.0": lambda p, rng: np.eye(2)[int(rng.random() < p)],
        "With p_left 0.96": lambda p, rng: labelled(int(rng.random() >= round(p, 1))),
        "500 draws: 100% (0, 1). Wanted: 96%": lambda p, rng: labelled(
            int(rng.integers(10) >= 10 * p)
        ),
        "2c wrong: With p_left 0.75 action": lambda p, rng: labelled(int(rng.random() >= p * p)),
        "0.96 action": lambda p, rng: labelled(int(rng.random() >= p + 0.05)),
        "action and label, not 1": lambda p, rng: np.array(1),
        "action and label, not {": lambda p, rng: {0: 1, 1: 0},
        "(0, 0), ": lambda p, rng: (int(rng.random() >= p), int(rng.random() < p)),
        "0 or 1, not (-1, 1)": lambda p, rng: (-1, 1) if rng.random() < p else (1, 0),
        "0 or 1, not": lambda p, rng: (int(rng.random() > p), [[1]]),
        "100% (0, 1). Wanted: 75% (0, 1), 25%": lambda p, rng: (0, 1),
        "in 500 draws: 5": lambda p, rng: (0, 1) if rng.random() < p * p else (1, 0),
        "in 500 draws: 8": lambda p, rng: (0, 1) if rng.random() < p**0.5 else (1, 0),
    },
    "2d": {
        "counts once": lambda z, r: sum(r[a] * s for a, s in steps(z)),
        "the plain mean": lambda z, r: np.mean([r[a] * s for a, s in steps(z)], axis=0),
        "no probabilities": lambda z, r: by_tape(z, r, share=lambda z: z),
        "sign is turned": lambda z, r: -by_tape(z, r),
        "multiply each by its reward": lambda z, r: by_tape(z, r * 0 + 1),
        "nothing added to the zeros": lambda z, r: np.zeros(len(z)),
        "taken twice": lambda z, r: by_tape(z, r, said=lambda z: 1 * keras.ops.softmax(z)),
        "needs from_logits=True": lambda z, r: by_tape(z, r, from_logits=False),
        "derivative also runs": of_the_mean_loss,
        "the first action alone": lambda z, r: steps(z)[0][1] * keras.ops.softmax(z)[0] * r[0],
        "the shape is (1, 2)": lambda z, r: in_short(z, r)[np.newaxis],
        "a list, where an array": lambda z, r: list(in_short(z, r)),
        "None": lambda z, r: None,
        "NameError": lambda z, r: logits,  # noqa: F821
        "for what it did not watch": not_watched,
        "work on a copy": moves_the_logits,
        "an array of objects, where": lambda z, r: in_short(z, r).astype(object),
        "2d wrong: Other numbers": lambda z, r: in_short(r, z),
        "shape is that of one number": lambda z, r: in_short(z, r).sum(),
        "shape is (2, 2), where (2,)": lambda z, r: np.outer(r, in_short(z, r)),
    },
}


def steps(logits):
    pi = keras.ops.softmax(logits).numpy()
    return [(action, pi - np.eye(len(pi))[action]) for action in range(len(pi))]
