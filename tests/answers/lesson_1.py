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


RIGHT = {
    "1a": [lambda: "worse", lambda: " Worse"],
    "1b": [upside_down, with_where, lambda o: 1 - (o[..., 2] > 0)],
    "1c": [through_summary, lambda w: float(evaluate(linear_policy((0, 0, 1, w))).mean())],
    "1d": [lambda: (0.1, 0.2, 1, 1), lambda: np.array([0.05, 0.2, 1, 0.9])],
}
WRONG = {
    "1a": {
        "'better', 'the same' and 'worse'. Yours is 'bad'": lambda: "bad",
        "Yours is None: does it end": lambda: None,
        "ZeroDivisionError": lambda: 1 / 0,
    },
    "1b": {
        "towards the lean": lambda o: (o[..., 2] > 0).astype(int),
        "floats, such as 1.0": lambda o: 1.0 - lean_policy(o),
        "they are floats": lambda o: np.where(o[..., 2] > 0, 0.0, 1.0),
        "True and False": lambda o: o[..., 2] <= 0,
        "`if` and `not` take one": lambda o: int(not lean_policy(o)),
        "the shape is": lambda o: np.atleast_2d(1 - lean_policy(o)),
        "None": lambda o: None,
        "without brackets": lean_policy(np.ones(4)),
        "work on a copy": pushes_what_it_has_sorted,
    },
    "1c": {
        "All 100 returns": lambda w: evaluate(linear_policy([0, 0, 1, w])),
        "For (0.2) it returned policy, expected 500": lambda w: linear_policy([0, 0, 1, w]),
        "swapped": lambda w: np.mean(evaluate(linear_policy([0, 0, w, 1]))),
    },
    "1d": {
        "It gives 'fallen after": lambda: [0.1, 0.1, 1, 1],
        "A weight below 0": lambda: [-0.1, -0.1, 1, 1],
        "wanders off": lambda: [0, 0, 1, 1],
        "Four weights": lambda: [0.1, 1, 1],
    },
}
