"""The loop that all algorithms share: what plays, what decides, what is reported and saved."""

import inspect
from functools import partial

import gymnasium as gym
import keras
import numpy as np
import pytest

from cartpole_lib import gradients, training
from cartpole_lib.actor_critic import actor_critic_update, train_actor_critic
from cartpole_lib.evaluate import Summary
from cartpole_lib.networks import softmax_policy_net
from cartpole_lib.policies import load_policy
from cartpole_lib.reinforce import reinforce_update, train_reinforce
from cartpole_lib.returns import standardize
from cartpole_lib.rollout import Episode

TRAINERS = {"reinforce": train_reinforce, "actor-critic": train_actor_critic}
pytestmark = pytest.mark.filterwarnings("ignore:nothing was learned")
GOOD = Summary(mean=1, std=0, minimum=1, low=1, high=1, solved=True)


class Choice(gym.Env):
    """Two steps; the reward is the action, doubled at the second."""

    observation_space = gym.spaces.Box(-1, 1, (2,), np.float32)
    action_space = gym.spaces.Discrete(2)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.step_number = 0
        return self.np_random.uniform(-1, 1, 2).astype(np.float32), {}

    def step(self, action):
        self.step_number += 1
        observation = self.np_random.uniform(-1, 1, 2).astype(np.float32)
        return observation, float(action * self.step_number), self.step_number == 2, False, {}


@pytest.fixture(autouse=True, scope="module")
def worlds():
    gym.register("Choice-v0", entry_point=Choice)
    gym.register("ChoiceSolved-v0", entry_point=Choice, reward_threshold=-10)
    yield
    gym.registry.pop("Choice-v0")
    gym.registry.pop("ChoiceSolved-v0")


@pytest.fixture
def no_evaluation(monkeypatch):
    """Evaluate at once and well, and keep the dice of each evaluation."""
    dice = []

    def at_once(policy_net, env_id, threshold, rng):
        dice.append(rng)
        return [GOOD, GOOD], 7

    monkeypatch.setattr(training, "evaluate_both", at_once)
    return dice


def net_for(bias):
    """Return a network that prefers action 1 by `bias`, whatever it observes."""
    net = softmax_policy_net(0, n_observations=2)
    kernel, _ = net.layers[-1].get_weights()
    net.layers[-1].set_weights([0 * kernel, np.array([0, bias])])
    return net


def nothing_learned(*arguments):
    pass


def one_step_on(policy_net, *arguments):
    bias = policy_net.layers[-1].bias
    bias.assign(bias + 0.1)


# ---- what plays


def test_playing_stopping_and_reporting_have_dice_of_their_own():
    first, again, other = (training.make_training_envs("Choice-v0", 1, s)[1] for s in (1, 1, 2))
    firsts = [rng.random() for rng in first]
    assert len(set(firsts)) == 3
    assert [rng.random() for rng in again[::-1]] == firsts[::-1]  # none shifts the others
    assert not {rng.random() for rng in other} & set(firsts)


def test_seeds_that_are_drawn_differ():
    rng = np.random.default_rng(0)
    assert len({training.draw_seed(rng) for _ in range(100)}) == 100


def test_training_samples_its_actions(no_evaluation):
    run = train_reinforce(
        "Choice-v0", seed=0, n_updates=1, n_envs=40, policy_net=net_for(0.5), update=nothing_learned
    )
    assert set(run.episode_returns) == {0, 1, 2, 3}


def test_each_batch_is_played_by_the_policy_of_now(no_evaluation):
    def update(policy_net, *arguments):
        policy_net.set_weights(net_for(50).get_weights())

    net = net_for(-50)
    run = train_reinforce("Choice-v0", seed=0, n_updates=2, n_envs=5, policy_net=net, update=update)
    assert run.episode_returns.tolist() == [0] * 5 + [3] * 5
    assert run.episode_lengths.tolist() == [2] * 10 and run.n_steps == 20


# ---- what an update gets


@pytest.mark.parametrize("name", TRAINERS)
def test_every_update_gets_the_settings_asked_for(name, no_evaluation):
    calls = []
    settings = {"gamma": 0.75, "weigh": standardize}
    if name == "actor-critic":
        settings = {"gamma": 0.75, "lam": 0.25, "n_value_steps": 3}
    TRAINERS[name](
        "Choice-v0", seed=0, n_updates=2, update=lambda *call: calls.append(call), **settings
    )
    after_episodes = 3 if name == "reinforce" else 4
    assert [list(call[after_episodes:]) for call in calls] == [list(settings.values())] * 2


@pytest.mark.parametrize("name", TRAINERS)
def test_every_update_gets_the_same_adam_with_the_rate_asked_for(name, no_evaluation):
    calls, rates = [], {"learning_rate": 0.007}
    if name == "actor-critic":
        rates["value_learning_rate"] = 0.002
    TRAINERS[name](
        "Choice-v0", seed=0, n_updates=2, update=lambda *call: calls.append(call), **rates
    )
    first, second = (call[1:2] if name == "reinforce" else call[2] for call in calls)
    for one, other, rate in zip(first, second, rates.values(), strict=True):
        assert one is other and type(one) is keras.optimizers.Adam
        assert float(one.learning_rate) == pytest.approx(rate)


@pytest.mark.parametrize("name", TRAINERS)
def test_adam_at_first_moves_weights_by_the_learning_rate(name, no_evaluation):
    """So that another optimiser, or another rate, shows wherever it comes in."""
    nets, before = [], []
    update = {"reinforce": reinforce_update, "actor-critic": actor_critic_update}[name]

    def kept(*arguments):
        nets[:] = [part for part in arguments[:2] if hasattr(part, "get_weights")]
        before[:] = [net.get_weights()[-1] for net in nets]
        update(*arguments)

    rates = {"learning_rate": 0.007}
    if name == "actor-critic":
        rates |= {"value_learning_rate": 0.002, "n_value_steps": 1}
    TRAINERS[name]("Choice-v0", seed=0, n_updates=1, update=kept, **rates)
    moved = [np.abs(net.get_weights()[-1] - old).max() for net, old in zip(nets, before)]
    expected = [rates["learning_rate"], rates.get("value_learning_rate")]
    assert moved == pytest.approx(expected[: len(nets)], rel=1e-2)


# ---- what decides


def test_the_last_ten_episodes_say_whether_to_look(no_evaluation, monkeypatch):
    seen = []
    monkeypatch.setattr(training, "looks_promising", lambda *call: seen.append(call))
    run = train_reinforce("ChoiceSolved-v0", seed=0, n_updates=5, n_envs=4, update=nothing_learned)
    totals = run.episode_returns
    expected = [(totals[max(0, n - 10) : n].mean(), -10) for n in (4, 8, 12, 16, 20)]
    assert seen == [pytest.approx(each) for each in expected]


def test_promising_is_five_percent_below_the_threshold():
    for threshold, enough, too_little in ((100, 95.1, 94.9), (-100, -104.9, -105.1), (0, 0, -0.1)):
        assert training.looks_promising(enough, threshold)
        assert not training.looks_promising(too_little, threshold)
    assert not training.looks_promising(1e9, None)


def test_steps_of_every_look_are_counted(no_evaluation, monkeypatch):
    looks = iter([(False, 5), (False, 6), (True, 8)])
    monkeypatch.setattr(training, "passes_twice", lambda *arguments: next(looks))
    run = train_reinforce("ChoiceSolved-v0", seed=0, n_updates=9, update=nothing_learned)
    assert (run.n_updates, run.n_evaluation_steps, run.solved) == (3, 5 + 6 + 8, True)
    monkeypatch.undo()
    assert training.passes_twice(net_for(50), "Choice-v0", 2.9, np.random.default_rng(0)) == (
        True,
        2 * 200 * 2,
    )


# ---- what is reported


def test_a_report_is_of_100_greedy_and_100_sampled_episodes():
    rng = np.random.default_rng(0)
    (greedy, sampled), n_steps = training.evaluate_both(net_for(0.5), "Choice-v0", 2, rng)
    assert n_steps == 200 * 2
    assert (greedy.mean, greedy.std, greedy.solved) == (3, 0, True)
    assert 1.5 < sampled.mean < 2.3 and sampled.minimum == 0
    assert sampled.high - sampled.mean == pytest.approx(1.96 * sampled.std / np.sqrt(100))


def test_every_look_is_at_fresh_episodes(monkeypatch):
    played = []
    play = training.evaluation_episodes

    def kept(*arguments):
        played.append(play(*arguments))
        return played[-1]

    monkeypatch.setattr(training, "evaluation_episodes", kept)
    training.passes_twice(net_for(50), "Choice-v0", 2, np.random.default_rng(0))
    starts = [tuple(e.observations[0]) for episodes in played for e in episodes]
    assert len(starts) == len(set(starts)) == 400


def test_the_report_is_of_episodes_that_no_decision_has_seen(no_evaluation):
    envs, rngs = training.make_training_envs("ChoiceSolved-v0", 2, seed=0)
    run = training.run_training(
        "ChoiceSolved-v0", envs, rngs, net_for(0), nothing_learned, n_updates=3
    )
    assert run.n_updates == 1 and len(no_evaluation) == 3
    for dice, expected in zip(no_evaluation, (rngs[1], rngs[1], rngs[2])):
        assert dice is expected
    assert run.greedy is run.sampled is GOOD


def test_without_a_threshold_nothing_is_solved():
    run = train_reinforce("Choice-v0", seed=0, n_updates=1)
    assert not (run.solved or run.greedy.solved or run.sampled.solved)


def test_a_threshold_of_0_is_a_threshold():
    (greedy, _), _ = training.evaluate_both(net_for(50), "Choice-v0", 0, np.random.default_rng(0))
    assert greedy.solved


# ---- what is saved


@pytest.mark.parametrize("name", TRAINERS)
def test_what_is_saved_is_what_was_trained(name, no_evaluation, tmp_path):
    net, path = net_for(0), tmp_path / "policy.keras"
    before = net.get_weights()
    TRAINERS[name]("Choice-v0", seed=0, n_updates=2, policy_net=net, path=path)
    assert all(map(np.array_equal, load_policy(path).get_weights(), net.get_weights()))
    assert not any(map(np.array_equal, before[-2:], net.get_weights()[-2:]))


# ---- what a learner sees, and what figures were measured with

SETTINGS = {
    "reinforce": {"n_updates": 300, "n_envs": 6, "gamma": 0.99, "learning_rate": 0.03},
    "actor-critic": {
        "n_updates": 300,
        "n_envs": 4,
        "gamma": 0.99,
        "lam": 0.98,
        "learning_rate": 0.03,
        "value_learning_rate": 0.03,
        "n_value_steps": 20,
    },
}


@pytest.mark.parametrize("name", TRAINERS)
def test_defaults_are_the_settings_of_all_published_figures(name):
    """Whoever changes one makes the study, the figures and the numbers of lessons 4 to 8 anew."""
    parameters = inspect.signature(TRAINERS[name]).parameters.values()
    numbers = {p.name: p.default for p in parameters if type(p.default) in (int, float)}
    assert numbers == SETTINGS[name]


def test_the_bar_shows_the_mean_of_the_last_ten_returns(no_evaluation, capsys):
    run = train_reinforce(seed=1, n_updates=2, progress=True)
    mean, last = run.episode_returns[-10:].mean(), run.episode_returns[-1]
    assert abs(mean - last) > 1
    assert capsys.readouterr().err.rstrip().endswith(f"mean return={mean:.0f}]")


def test_an_interval_that_begins_at_the_threshold_passes(monkeypatch):
    """As where the best possible return is the threshold, and every episode reaches it."""
    monkeypatch.setattr(training, "evaluate_both", lambda *arguments: ([GOOD, GOOD], 7))
    assert training.passes_twice(None, "Choice-v0", GOOD.low, None) == (True, 14)
    assert training.passes_twice(None, "Choice-v0", GOOD.low + 0.1, None) == (False, 7)


@pytest.mark.parametrize("name", TRAINERS)
def test_each_seed_has_first_networks_of_its_own(name, no_evaluation):
    train = partial(TRAINERS[name], "Choice-v0", n_updates=1, update=nothing_learned)
    first, again, other = (train(seed=seed) for seed in (0, 0, 1))
    nets = ["policy_net", "value_net"] if name == "actor-critic" else ["policy_net"]
    for net in nets:
        weights = [getattr(run, net).get_weights()[-4] for run in (first, again, other)]
        assert np.array_equal(weights[0], weights[1])
        assert not np.allclose(weights[0], weights[2])


def test_actor_and_critic_are_compiled_once_for_a_training(no_evaluation):
    gradients._compiled.cache_clear()
    train_actor_critic("Choice-v0", seed=0, n_updates=3)
    assert gradients._compiled.cache_info().misses == 2


@pytest.mark.parametrize("name", TRAINERS)
def test_there_is_no_bar_unless_asked_for(name, no_evaluation, capsys):
    train = partial(TRAINERS[name], "Choice-v0", seed=0, n_updates=1, update=nothing_learned)
    train()
    assert capsys.readouterr().err == ""
    train(progress=True)
    assert "1/1" in capsys.readouterr().err


def test_steps_of_a_look_that_was_not_confirmed_are_counted(monkeypatch):
    looks = iter([([GOOD, GOOD], 5), ([GOOD, GOOD._replace(low=0)], 6)])
    monkeypatch.setattr(training, "evaluate_both", lambda *arguments: next(looks))
    assert training.passes_twice(None, "Choice-v0", GOOD.low, None) == (False, 5 + 6)


def test_each_look_draws_actions_of_its_own(monkeypatch):
    sampled, play = [], training.evaluation_episodes

    def kept(*arguments):
        episodes = play(*arguments)
        sampled.append([episode.actions.tolist() for episode in episodes[100:]])
        return episodes

    monkeypatch.setattr(training, "evaluation_episodes", kept)
    training.passes_twice(net_for(0), "Choice-v0", -10, np.random.default_rng(0))
    first, second = sampled
    assert first != second


def test_the_warning_of_an_interrupt_points_at_the_call(no_evaluation):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    for train in TRAINERS.values():
        with pytest.warns(UserWarning, match="training was interrupted") as caught:
            train("Choice-v0", seed=0, update=interrupted)
        assert [warning.filename for warning in caught] == [__file__]


def test_environments_are_closed_after_training(no_evaluation):
    envs, rngs = training.make_training_envs("Choice-v0", 2, seed=0)
    training.run_training("Choice-v0", envs, rngs, net_for(0), nothing_learned, n_updates=1)
    assert envs.closed


@pytest.mark.parametrize("name", TRAINERS)
def test_a_ctrl_c_during_the_report_takes_no_policy_away(name, monkeypatch, tmp_path):
    def interrupted(*arguments):
        assert saved == [(net, path)]
        raise KeyboardInterrupt

    saved, path, net = [], tmp_path / "policy.keras", net_for(3)
    monkeypatch.setattr(training, "evaluate_both", interrupted)
    monkeypatch.setattr(training, "save_policy", lambda *arguments: saved.append(arguments))
    settings = {"n_updates": 1, "update": one_step_on, "policy_net": net, "path": path}
    with pytest.warns(UserWarning, match="^the report was interrupted: .* nan") as caught:
        run = TRAINERS[name]("Choice-v0", seed=0, **settings)
    assert [warning.filename for warning in caught] == [__file__]
    assert run.policy_net is net and run.n_updates == 1 and run.interrupted
    for report in (run.greedy, run.sampled):
        assert np.isnan(report[:5]).all() and report.solved is False


@pytest.mark.parametrize("name", TRAINERS)
def test_an_update_may_change_its_episodes(name, no_evaluation):
    def update(policy_net, *arguments):
        one_step_on(policy_net)
        episodes = arguments[2] if name == "actor-critic" else arguments[1]
        episodes[0].rewards[:] = 99
        episodes.clear()

    runs = [
        TRAINERS[name]("Choice-v0", seed=0, n_updates=2, n_envs=3, update=each)
        for each in (update, one_step_on)
    ]
    assert runs[0].n_updates == 2 and runs[0].n_steps == 12
    assert np.array_equal(runs[0].episode_returns[:3], runs[1].episode_returns[:3])


@pytest.mark.parametrize("name", TRAINERS)
def test_a_policy_that_cannot_be_saved_is_returned(name, no_evaluation, monkeypatch, tmp_path):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(training, "save_policy", full)
    settings = {"n_updates": 1, "update": one_step_on, "path": tmp_path / "policy.keras"}
    with pytest.warns(UserWarning, match="could not be saved, but is in what is returned: .*left"):
        run = TRAINERS[name]("Choice-v0", seed=0, **settings)
    assert run.n_updates == 1 and run.greedy is GOOD


def test_what_a_late_error_takes_away_is_said(no_evaluation):
    calls = []

    def update(policy_net, *arguments):
        calls.append(1)
        if len(calls) == 3:
            raise OSError("no more paper")
        one_step_on(policy_net)

    with pytest.raises(OSError, match="no more paper") as caught:
        train_reinforce("Choice-v0", seed=0, update=update, stop_when_solved=False)
    assert caught.value.__notes__ == [
        "2 updates are lost: give the training a path, and it keeps them."
    ]


@pytest.mark.parametrize("name", TRAINERS)
def test_an_update_that_moves_nothing_is_warned_of(name, no_evaluation, recwarn):
    settings = {"n_updates": 2, "stop_when_solved": False}
    TRAINERS[name]("Choice-v0", seed=0, update=one_step_on, **settings)
    assert not recwarn
    with pytest.warns(
        UserWarning, match="nothing was learned: 2 updates moved no weight"
    ) as caught:
        TRAINERS[name]("Choice-v0", seed=0, update=nothing_learned, **settings)
    assert [warning.filename for warning in caught] == [__file__]


@pytest.mark.parametrize("name", TRAINERS)
def test_every_update_is_of_as_many_episodes_as_asked_to_the_end_of_the_budget(name, no_evaluation):
    settings = {"n_updates": 2, "n_envs": 3, "stop_when_solved": False}
    run = TRAINERS[name]("ChoiceSolved-v0", seed=0, update=nothing_learned, **settings)
    assert (run.n_updates, len(run.episode_returns), run.solved) == (2, 6, False)


@pytest.mark.parametrize("name", TRAINERS)
def test_what_cannot_be_saved_is_refused_before_anything_is_played(name, monkeypatch, tmp_path):
    monkeypatch.setattr(training, "play_episodes", None)
    layers = keras.layers.Lambda(lambda x: 2 * x), keras.layers.Dense(2)
    net, path = keras.Sequential([keras.Input((2,)), *layers]), tmp_path / "policy.keras"
    with pytest.raises(ValueError, match="policy_net cannot be saved: its layer .*a Lambda"):
        TRAINERS[name]("Choice-v0", seed=0, policy_net=net, path=path)


def test_playing_leaves_the_dice_of_stopping_and_reporting_alone(no_evaluation):
    (envs, rngs), (_, fresh) = (training.make_training_envs("Choice-v0", 2, 0) for _ in range(2))
    training.run_training("Choice-v0", envs, rngs, net_for(0), nothing_learned, n_updates=2)
    for used, other in zip(rngs[1:], fresh[1:]):
        assert used.spawn(1)[0].random() == other.spawn(1)[0].random()
        assert used.random() == other.random()


def test_a_report_tells_greedy_episodes_from_sampled_ones(monkeypatch):
    episodes = [Episode(None, np.zeros(1), np.array([float(i)]), True) for i in range(200)]
    monkeypatch.setattr(training, "evaluation_episodes", lambda *_: episodes)
    (greedy, sampled), n_steps = training.evaluate_both(
        softmax_policy_net(0), "CartPole-v1", 475, np.random.default_rng(0)
    )
    assert (greedy.mean, sampled.mean, n_steps) == (49.5, 149.5, 200)
