import numpy as np

from cartpole_lib.evaluate import evaluate, summarize
from cartpole_lib.policies import lean_policy, linear_policy


def upside_down(observations):
    return (np.sign(observations[..., 2]) < 1).astype(np.int32)


def with_where(observations):
    return np.where(observations[..., 2] > 0, 0, 1)


def through_summary(weight):
    return summarize(evaluate(linear_policy([0, 0, 1.0, weight]), seed=0), 475).mean


def pushes_what_it_has_sorted(observations):
    leans = 1 - lean_policy(observations)
    observations.sort()
    return leans


class Policy:
    def __call__(self, observations):
        return (observations.T[2] <= 0) * 1


def four_numbers_or_many(observations):
    if len(observations) == 4:
        return int(observations[2] <= 0)
    return (observations[:, 2] <= 0).astype(int)


def all_rows_then_squeezed(observations):
    return np.squeeze((np.atleast_2d(observations)[:, 2] <= 0).astype(int))


def asks_one_row(observations):
    if observations[2] > 0:
        return 0
    return 1


def spin(weight, n_episodes=100):
    return evaluate(linear_policy([0, 0, 1, weight]), n_episodes=n_episodes, seed=0).mean()


def third_of_many(observations):
    return (observations[2] <= 0).astype(int)


RIGHT = {
    "1a": [lambda: "worse", lambda: " Worse"],
    "1b": [
        upside_down,
        with_where,
        Policy(),
        lambda o: 1 - (o[..., 2] > 0),
        lambda o: lean_policy(o) ^ 1,
        lambda o: np.apply_along_axis(lambda one: int(one[2] <= 0), -1, o),
    ],
    "1c": [
        through_summary,
        lambda w: np.float32(spin(w)),
        lambda w: evaluate(lambda o: (o[..., 2] + w * o[..., 3] > 0).astype(int)).mean(),
        lambda w: float(evaluate(linear_policy((0, 0, 1, w))).mean()),
    ],
    "1d": [lambda: (1, 2, 10, 10), lambda: (0.1, 0.2, 1, 1), lambda: np.array([0.05, 0.2, 1, 0.9])],
}
WRONG = {
    "1a": {
        "'better', 'the same' and 'worse'. Yours is 'bad'": lambda: "bad",
        "Yours is None: does it end": lambda: None,
        "ZeroDivisionError": lambda: 1 / 0,
        "the foot leaves the falling pole": lambda: "better",
        "chance only half of the time": lambda: "the same",
    },
    "1b": {
        "-1 is no action, and -0 is 0": lambda o: -lean_policy(o),
        "It looks at the position": lambda o: np.where(o[..., 0] > 0, 0, 1),
        "It looks at the velocity of the cart": lambda o: 1 - (o[..., 1] > 0),
        "It looks at how the pole turns": lambda o: np.where(o[..., 3] > 0, 0, 1),
        "observations[2] is the third observation": third_of_many,
        "towards the lean": lambda o: (o[..., 2] > 0).astype(int),
        "floats, such as 1.0": lambda o: 1.0 - lean_policy(o),
        "they are floats": lambda o: np.where(o[..., 2] > 0, 0.0, 1.0),
        "True and False": lambda o: o[..., 2] <= 0,
        "True and False: make whole numbers of them": lambda o: (
            not o[2] > 0 if o.ndim == 1 else 1 - lean_policy(o)
        ),
        "and int(…) one number": lambda o: float(o[2] <= 0) if o.ndim == 1 else 1 - lean_policy(o),
        "`if` and `not` take one": lambda o: int(not lean_policy(o)),
        "the shape is": lambda o: np.atleast_2d(1 - lean_policy(o)),
        "None": lambda o: None,
        "in the line: return int(observations[2] <= 0)": four_numbers_or_many,
        "that of one number, where (1,)": all_rows_then_squeezed,
        "Many come at once": asks_one_row,
        "For ([1. 2. 0. 3.]) it returned 0": lambda o: (o[..., 2] < 0).astype(int),
        "pushes towards the lean, as": lambda o: 1.0 * lean_policy(o),
        "stopped with ValueError: cannot reshape": lambda o: 1 - lean_policy(o.reshape(4)),
        "For ([ 1. 2. 0.001 -3. ]) it returned 1": lambda o: 1 * (o[..., 2] <= 0.05),
        "such as 1.0, which": lambda o: float(o[2] <= 0) if o.ndim == 1 else 1 - lean_policy(o),
        "that of one number, where (16,)": lambda o: int((o[..., 2] <= 0).any()),
        "an array of words, where": lambda o: np.where(o[..., 2] > 0, "left", "right"),
        "without brackets": lean_policy(np.ones(4)),
        "work on a copy": pushes_what_it_has_sorted,
    },
    "1c": {
        "weight of the cart's velocity": lambda w: evaluate(
            linear_policy(np.array([0, w, 1, 0]))
        ).mean(),
        "counts as much as the angle, whatever": lambda w: spin(1),
        "starts of another seed": lambda w: evaluate(linear_policy([0, 0, 1, w]), seed=1).mean(),
        "All 100 returns": lambda w: evaluate(linear_policy([0, 0, 1, w])),
        "For (0.2) it returned policy, expected 500": lambda w: linear_policy([0, 0, 1, w]),
        "KeyError: 3.3": lambda w: {0.2: 500.0, 0.5: 500.0, 2: 397.34, 5: 235.63}[w],
        "For (-1) it returned": lambda w: spin(abs(w)),
        "For (2) it returned 388.76": lambda w: spin(w, n_episodes=50),
        "It returned a function, where a number": lambda w: (
            evaluate(linear_policy([0, 0, 1, w])).mean
        ),
        "swapped": lambda w: np.mean(evaluate(linear_policy([0, 0, w, 1]))),
    },
    "1d": {
        "It gives 'fallen after": lambda: [0.1, 0.1, 1, 1],
        "A weight below 0": lambda: [-0.1, -0.1, 1, 1],
        "wanders off": lambda: [0, 0, 1, 1],
        "stay positive": lambda: [0.1, 0.2, 1, 0],
        "pushes to the left a cart that rolls to the right.": lambda: [0.1, -0.2, 1, 1],
        "It gives 'off the track after": lambda: [0, 0.2, 1, 1],
        "Four numbers are wanted, a": lambda: "0.1, 0.2, 1, 1",
        "Four weights": lambda: [0.1, 1, 1],
        "wanted in one row": lambda: [[0.1, 0.2, 1, 1]],
        "positive, or the pole falls": lambda: [0.1, 0.2, -1, 1],
        "a cart that is far right.": lambda: [-0.1, 0.2, 1, 1],
        "off the track after": lambda: [0, 0.1, 1, 2],  # from each start after 1,000 steps or more
    },
}
