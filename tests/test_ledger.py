"""Outputs are those of the code beside them, claims do not vanish, and recorded runs are as they ran."""

import ast
import json

import pytest
from ledger import LEDGER, digest, entry, name_of, plain, sealed
from lessons import NOTEBOOKS, ROOT

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)


def written(path):
    return json.loads(LEDGER.read_text())[name_of(path)]


@every_notebook
def test_what_is_asserted_is_what_was(path):
    assert entry(path)["asserts"] == written(path)["asserts"], "if you meant it: make ledger"


@every_notebook
def test_outputs_are_those_of_this_code(path):
    assert entry(path)["code"] == written(path)["code"], "code changed: make notebooks"


@every_notebook
def test_outputs_that_no_rerun_compares_are_as_they_were_written(path):
    assert entry(path)["outputs"] == written(path)["outputs"], "edited by hand: make notebooks"


@every_notebook
def test_a_page_stands_as_its_author_left_it(path):
    assert entry(path)["page"] == written(path)["page"], "read what changed, then: make ledger"


@pytest.mark.parametrize(
    "rule",
    [
        test_what_is_asserted_is_what_was,
        test_outputs_are_those_of_this_code,
        test_outputs_that_no_rerun_compares_are_as_they_were_written,
        test_a_page_stands_as_its_author_left_it,
    ],
)
def test_a_rule_refuses_what_is_not_in_the_ledger(rule, monkeypatch):
    other = {part: "another" for part in entry(NOTEBOOKS[0])}
    monkeypatch.setitem(globals(), "entry", lambda path: other)
    with pytest.raises(AssertionError):
        rule(NOTEBOOKS[0])


def test_every_python_reads_the_same_code():
    """From 3.12 on, `ast.unparse` puts other quotes into an f-string."""
    code = ast.parse("""print(f"{runs['first']!r:>{width}}" "and", 1.0, None, x[..., 2])""")
    assert digest(plain(code)) == "acce13ffec7f"


def test_the_ledger_names_no_other_notebook():
    assert set(json.loads(LEDGER.read_text())) == set(map(name_of, NOTEBOOKS))


@pytest.mark.parametrize("name", ["thirty_seeds", "acrobot", "mountain_car"])
def test_recorded_runs_are_as_they_ran(name):
    for row in json.loads((ROOT / "notebooks" / f"{name}.json").read_text()):
        assert row == sealed(row), f"{row['trainer']}, seed {row['seed']}, was edited"


@pytest.mark.parametrize(
    ("name", "seeds"),
    [
        ("thirty_seeds", range(2000, 2030)),
        ("acrobot", range(7000, 7010)),
        ("mountain_car", range(7100, 7140)),
    ],
)
def test_every_trainer_has_run_on_the_same_seeds(name, seeds):
    ran = {}
    for row in json.loads((ROOT / "notebooks" / f"{name}.json").read_text()):
        ran.setdefault(row["trainer"], []).append(row["seed"])
    assert all(own == list(seeds) for own in ran.values())


@pytest.mark.parametrize(
    ("name", "threshold"), [("thirty_seeds", 475), ("acrobot", -100), ("mountain_car", -110)]
)
def test_recorded_runs_add_up(name, threshold):
    """On CartPole each step earns 1, in the others it costs 1, but for Acrobot's last one."""
    for row in json.loads((ROOT / "notebooks" / f"{name}.json").read_text()):
        returns = row["episode_returns"]
        lengths = row.get("episode_lengths") or list(map(abs, returns))
        assert not row["n_steps"] or sum(lengths) == row["n_steps"]
        assert all(n <= 500 and n - abs(total) in (0, 1) for n, total in zip(lengths, returns))
        assert not row["n_updates"] or len(returns) % row["n_updates"] == 0
        assert row["n_evaluation_steps"] or not (row["solved"] and row["n_updates"])
        for report in (row["greedy"], row["sampled"]):
            mean, margin = report["mean"], 1.96 * report["std"] / 10  # of 100 episodes
            assert report["minimum"] <= mean and report["solved"] == (mean >= threshold)
            assert [report["low"], report["high"]] == pytest.approx([mean - margin, mean + margin])
