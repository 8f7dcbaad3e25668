"""Faults of the tables of recorded runs, and those that only a re-run can see: (name, file, change)."""

import json

from changes import code, picture, printed
from ledger import sealed


def row(name, value, seal=dict):
    """Return a change of one value of the first row of a table that has it, with the digest left."""

    def change(path):
        rows = json.loads(path.read_text())
        place, found = next((i, row) for i, row in enumerate(rows) if row[name])
        rows[place] = seal({**found, name: value(found[name])})
        path.write_text(json.dumps(rows))

    return change


def report(**new):
    """Return a change of the sampled report of a row, with a digest that fits."""
    return row("sampled", lambda old: {**old, **new}, sealed)


def without_last_row(path):
    path.write_text(json.dumps(json.loads(path.read_text())[:-1]))


def with_a_row_twice(path):
    rows = json.loads(path.read_text())
    path.write_text(json.dumps([*rows, rows[0]]))


def one_more(value):
    return value + 1


TABLES = [
    (
        "one return edited",
        "thirty_seeds.json",
        row("episode_returns", lambda r: [r[0] + 1, *r[1:]]),
    ),
    (
        "two returns swapped",
        "thirty_seeds.json",
        row("episode_returns", lambda r: [r[1], r[0], *r[2:]]),
    ),
    ("steps edited", "thirty_seeds.json", row("n_steps", one_more)),
    (
        "an unsolved run called solved",
        "thirty_seeds.json",
        row("greedy", lambda g: {**g, "solved": True}),
    ),
    ("a mean edited", "thirty_seeds.json", row("greedy", lambda g: {**g, "mean": 500.0})),
    ("a run missing", "thirty_seeds.json", without_last_row),
    ("a run twice", "thirty_seeds.json", with_a_row_twice),
    ("one return edited", "acrobot.json", row("episode_returns", lambda r: [r[0] + 1, *r[1:]])),
    ("a seed edited", "acrobot.json", row("seed", one_more)),
    ("a mean that is not in the middle, sealed", "thirty_seeds.json", report(mean=30.0)),
    ("solved far below the threshold, sealed", "thirty_seeds.json", report(solved=True)),
    ("a spread that is not its interval's, sealed", "thirty_seeds.json", report(std=40.0)),
    ("an update too many, sealed", "thirty_seeds.json", row("n_updates", one_more, sealed)),
    (
        "a return above the time limit, sealed",
        "thirty_seeds.json",
        row("episode_returns", lambda r: [r[0] + 600, *r[1:]], sealed),
    ),
    (
        "a length that is not its return's, sealed",
        "acrobot.json",
        row("episode_lengths", lambda n: [n[0] - 50, n[1] + 50, *n[2:]], sealed),
    ),
    ("a run missing", "acrobot.json", without_last_row),
    (
        "a flag that nobody saw",
        "mountain_car.json",
        row("episode_returns", lambda r: [-90, *r[1:]]),
    ),
    ("a run missing", "mountain_car.json", without_last_row),
]
RERUN = [
    ("a wrong digit in a compared output", "03", printed(r"-22\.", "-23.")),
    (
        "a caption that is not the code's",
        "03",
        picture("text/html and text/plain", "returns", "rewards"),
    ),
    ("a function that computes something else", "03", code(r"gamma \* following$", "following")),
]
