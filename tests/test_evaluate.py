import numpy as np
import pytest

from cartpole_lib import evaluate as evaluation
from cartpole_lib.evaluate import evaluate, summarize
from cartpole_lib.policies import lean_and_spin_policy, lean_policy, random_policy


def test_separate_seeded_episodes():
    returns = evaluate(lean_policy, seed=1)
    assert returns.shape == (100,)
    assert len(set(returns)) > 10
    assert np.array_equal(returns, evaluate(lean_policy, seed=1))
    assert not np.array_equal(returns, evaluate(lean_policy, seed=2))


def test_what_the_baselines_reach():
    assert 19 < evaluate(random_policy(0), n_episodes=1000, seed=1).mean() < 25
    assert 40 < evaluate(lean_policy, n_episodes=1000, seed=1).mean() < 44
    assert 465 < evaluate(lean_and_spin_policy, n_episodes=1000, seed=1).mean() < 495


def test_any_environment_with_discrete_actions():
    returns = evaluate(random_policy(0, n_actions=3), "MountainCar-v0", n_episodes=3)
    assert returns.tolist() == [-200, -200, -200]


def test_summary_worked_by_hand():
    summary = summarize([1, 2, 3, 4], threshold=2.5)
    assert (summary.mean, summary.minimum, summary.solved) == (2.5, 1, True)
    assert summary.std == pytest.approx(1.2910, abs=1e-4)
    assert (summary.low, summary.high) == pytest.approx((2.5 - 1.2652, 2.5 + 1.2652), abs=1e-4)
    assert not summarize([1, 2, 3, 4], threshold=2.6).solved
    assert summarize([500, 500], 475)[:5] == (500, 0, 500, 500, 500)


def test_the_interval_catches_the_mean_19_times_in_20():
    samples = np.random.default_rng(0).exponential(size=(2000, 100))
    summaries = [summarize(sample, 1) for sample in samples]
    assert np.mean([s.low <= 1 <= s.high for s in summaries]) == pytest.approx(0.95, abs=0.02)


def test_bad_input():
    with pytest.raises(ValueError, match="n_episodes must be a whole number of at least 1; got 0"):
        evaluate(lean_policy, n_episodes=0)
    with pytest.raises(
        ValueError, match="env_id 'CartPol-v1' is unknown.*Did you mean: `CartPole`"
    ):
        evaluate(lean_policy, "CartPol-v1")
    with pytest.raises(ValueError, match="must be discrete"):
        evaluate(lean_policy, "Pendulum-v1")
    with pytest.raises(ValueError, match="seed must be"):
        evaluate(lean_policy, seed="one")
    with pytest.raises(ValueError, match="at least 2, to tell their spread; got 1"):
        summarize([500], 475)
    with pytest.raises(ValueError, match="entry 0 is nan"):
        summarize([np.nan, 1], 475)
    with pytest.raises(
        ValueError, match="threshold must be .* number; got None: say which mean return"
    ):
        summarize([1, 2], None)


def test_policies_face_the_same_starts_where_no_seed_is_given():
    returns = evaluate(lean_policy, n_episodes=5)
    assert np.array_equal(returns, evaluate(lean_policy, n_episodes=5))
    assert np.array_equal(returns, evaluate(lean_policy, n_episodes=5, seed=0))


def test_environments_are_closed_after_an_evaluation(monkeypatch):
    closed, make = [], evaluation.make_envs

    def made(*arguments):
        envs = make(*arguments)
        monkeypatch.setattr(envs, "close", lambda: closed.append(envs))
        return envs

    monkeypatch.setattr(evaluation, "make_envs", made)
    evaluate(lean_policy, n_episodes=1)
    with pytest.raises(ZeroDivisionError):
        evaluate(lambda observations: 1 / 0, n_episodes=1)
    assert len(closed) == 2
