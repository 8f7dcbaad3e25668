"""Each claim on trainings was seen to hold with room, thirty times: `make test-repeated` wrote it down."""

import ast
import copy
import json
import math

import numpy as np
import pytest
from ledger import entry, name_of
from lessons import cells
from repetitions import MARGINS, TRAINING, Compared, comparing, main, margin

TABLE = json.loads(MARGINS.read_text(encoding="utf-8"))
every_training = pytest.mark.parametrize("path", TRAINING, ids=name_of)


@every_training
def test_each_claim_was_repeated(path):
    row = TABLE[name_of(path)]
    assert row["repetitions"] >= 30
    measure = f"measure it: make test-repeated LESSON={path.name[:2]}"
    assert sorted(row["claims"]) == sorted(set(entry(path)["asserts"])), measure


# Lesson 7 runs these on a mistake, too, where they must fail.
TESTS_OF_MISTAKES = {
    "0.3 < share < 0.7",
    "abs(report - truth) < 5",
    "after > before",
    "second[:6].mean() < 100",
}
BUDGET = "result.n_episodes <= 200 and result.mean > 100"  # no answer can play more


@every_training
def test_each_claim_holds_with_room(path):
    """As far apart as 3.1 deviations: less than once in a thousand runs it would fail by chance."""
    for claim, apart in TABLE[name_of(path)]["claims"].items():
        if apart and claim not in (*TESTS_OF_MISTAKES, BUDGET):
            assert 0 <= apart["least"] <= apart["mean"], claim
            assert apart["mean"] >= 3.1 * apart["deviation"], claim


def varies(apart):
    """Return whether a claim's room differed between repetitions."""
    return bool(apart) and apart["deviation"] > 1e-6 * abs(apart["mean"])


def to_spare(apart, n_repetitions):
    """Return the comment that belongs above an assert whose room varies."""
    digits = -math.floor(math.log10(apart["deviation"]))
    mean, deviation = (
        f"{round(apart[name], digits):,.{max(digits, 0)}f}" for name in ("mean", "deviation")
    )
    return f"# to spare in {n_repetitions} repetitions: {mean} ± {deviation}"


def comments_above_asserts(path):
    """Return for each claim of a notebook the line above its assert."""
    above = {}
    for cell in cells(path, "code"):
        lines = ["", *cell.source.splitlines()]
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Assert):
                above[ast.unparse(node.test)] = lines[node.lineno - 1].strip()
    return above


@every_training
def test_the_room_of_what_varies_stands_beside_the_assert(path):
    above, row = comments_above_asserts(path), TABLE[name_of(path)]
    for claim, apart in row["claims"].items():
        if varies(apart) and claim not in (*TESTS_OF_MISTAKES, BUDGET):
            assert above[claim] == to_spare(apart, row["repetitions"]), claim
        else:
            assert "to spare" not in above[claim], claim


def test_a_lesson_that_does_not_train_is_told_so():
    """Else nothing is run, and that passes."""
    assert main(30, "5") == "LESSON=5: no lesson that trains, take one of 04, 05, 06, 07, 08"


def test_the_table_names_no_other_notebook():
    assert set(TABLE) == set(map(name_of, TRAINING))


# ---- the measuring, and the rules above


def test_the_sides_of_an_assert_are_measured_and_no_others():
    found, seen = {}, {"x": 3, "ys": np.array([5, 9])}
    code = """
assert 1 < x <= 4, "no"
assert x >= 4 or (ys > 2).all(), "no"
assert all(y > 2 for y in ys), "no"
assert sum(y > 6 for y in ys) == 1, "no"
larger = x > 2
"""
    tree = ast.fix_missing_locations(Compared().visit(ast.parse(code)))
    exec(compile(tree, "cell", "exec"), seen | {"_compare": comparing(found)})
    assert found == {
        "1 < x <= 4": [2, 1],
        "x >= 4 or (ys > 2).all()": [-1, 3],
        "all((y > 2 for y in ys))": [3, 7],
    }


def test_a_margin_is_of_the_least_of_each_repetition():
    assert margin([[3, 1], [2, 4]]) == {"least": 1, "mean": 1.5, "deviation": 0.707}
    assert margin([]) == {}


def first(row):
    """Return the numbers of the first claim of a row whose room varies."""
    return next(apart for apart in row["claims"].values() if varies(apart))


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (test_each_claim_was_repeated, lambda row: row.update(repetitions=29)),
        (test_each_claim_was_repeated, lambda row: row["claims"].popitem()),
        (test_each_claim_holds_with_room, lambda row: first(row).update(least=-0.1)),
        (
            test_each_claim_holds_with_room,
            lambda row: first(row).update(deviation=first(row)["mean"] / 3),
        ),
        (
            test_the_room_of_what_varies_stands_beside_the_assert,
            lambda row: first(row).update(mean=2 * first(row)["mean"]),
        ),
        (
            test_the_room_of_what_varies_stands_beside_the_assert,
            lambda row: first(row).update(deviation=0),
        ),
    ],
)
def test_a_rule_refuses_another_table(rule, change, monkeypatch):
    name, row = name_of(TRAINING[0]), copy.deepcopy(TABLE[name_of(TRAINING[0])])
    change(row)
    monkeypatch.setitem(TABLE, name, row)
    with pytest.raises(AssertionError):
        rule(TRAINING[0])
