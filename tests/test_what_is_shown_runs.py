"""What is on the page is what runs: an edit of a lesson's loss or update changes what is trained."""

import ast
import re

import numpy as np
import pytest
from lessons import LESSONS, cells

# What a lesson must have set before it trains, besides its imports and definitions.
NEEDED = {"envs", "space", "gamma", "policy_net", "value_net"}
TRAININGS = {"returns", "runs", "actor_critics"}
# One seed and three updates tell.
SMALLER = {
    r"n_updates=\d\d": "n_updates=3",
    r"range\((\d\d), \d\d\)": r"[\1]",
    "seed=seed, update": "n_updates=3, seed=seed, update",
}


def names_of(statement):
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {
        node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)
    }


def trained(number, **edits):
    """Run a copy of a lesson as far as it trains, and return the training returns, by name."""
    [path] = [path for path in LESSONS if path.name.startswith(number)]
    code = "\n".join(cell.source for cell in cells(path, "code"))
    for before, after in edits.values():
        assert before in code
        code = code.replace(before, after)
    for long, short in SMALLER.items():
        code, n_found = re.subn(long, short, code)
        assert n_found
    results, namespace = {}, {"__name__": "lesson"}
    for statement in ast.parse(code).body:
        names = names_of(statement)
        definition = isinstance(
            statement, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
        )
        trains = names & TRAININGS and "train" in ast.unparse(statement.value)
        if definition or names & NEEDED or trains or names == {"seeds"}:
            exec(compile(ast.Module([statement], []), str(path), "exec"), namespace)
        for name in names & TRAININGS if trains else ():
            value = namespace[name]
            runs = isinstance(value, list)
            results.setdefault(name, value[0].episode_returns if runs else value.ravel())
    return results


LOSS = ("return keras.ops.mean(weights * losses)", "return -keras.ops.mean(weights * losses)")
VALUE_LOSS = (
    "return keras.ops.mean(keras.ops.square(values - targets))",
    "return 0 * keras.ops.mean(values) + 5 * keras.ops.mean(keras.ops.square(values - targets - 1))",
)
EDITS = {
    ("04", "the loss"): LOSS,
    ("04", "the update"): (
        "weights = np.concatenate(weigh(returns))",
        "weights = -np.concatenate(weigh(returns))",
    ),
    ("05", "the critic's loss"): VALUE_LOSS,
    ("05", "the update"): ("advantages - advantages.mean()", "advantages.mean() - advantages"),
    ("05", "the advantages"): (
        "advantage = error + gamma * lam * advantage",
        "advantage = error - gamma * lam * advantage",
    ),
}


@pytest.fixture(scope="module")
def untouched():
    return {number: trained(number) for number in ("04", "05")}


@pytest.mark.parametrize(("number", "what"), EDITS)
def test_an_edit_changes_every_training(number, what, untouched):
    changed = trained(number, edit=EDITS[number, what])
    assert (
        set(changed)
        == set(untouched[number])
        == TRAININGS - {"actor_critics" if number == "04" else "runs"}
    )
    for name, returns in changed.items():
        assert not np.array_equal(returns, untouched[number][name]), name


def test_the_same_lesson_trains_the_same(untouched):
    again = trained("04")
    assert all(np.array_equal(again[name], returns) for name, returns in untouched["04"].items())
