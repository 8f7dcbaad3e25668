import gymnasium as gym
import keras
import numpy as np
import pytest
import tensorflow as tf
from worlds import BEST_RETURN

from cartpole_lib import gradients, training
from cartpole_lib.evaluate import Summary
from cartpole_lib.forward import action_probabilities, numpy_forward
from cartpole_lib.networks import scaled_policy_net, sigmoid_policy_net, softmax_policy_net
from cartpole_lib.policies import greedy_policy, load_policy, sampling_policy, save_policy
from cartpole_lib.reinforce import policy_gradient_loss, reinforce_update, train_reinforce
from cartpole_lib.returns import discounted_returns, leave_one_out, standardize
from cartpole_lib.rollout import Episode, make_envs, play_episode, play_episodes

pytestmark = pytest.mark.filterwarnings("ignore:nothing was learned")
RNG = np.random.default_rng(0)
LOGITS = RNG.normal(size=(7, 3))
ACTIONS = RNG.integers(3, size=7)
WEIGHTS = RNG.normal(size=7)


def log_softmax(logits):
    return logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))


def loss_by_hand(logits):
    return -np.mean(WEIGHTS * log_softmax(logits)[np.arange(7), ACTIONS])


def test_loss_and_its_gradient_against_finite_differences():
    logits = tf.Variable(LOGITS)
    with tf.GradientTape() as tape:
        loss = policy_gradient_loss(logits, ACTIONS, WEIGHTS)
    assert float(loss) == pytest.approx(loss_by_hand(LOGITS), abs=1e-6)
    gradient, h = tape.gradient(loss, logits).numpy(), 1e-5
    for index in np.ndindex(LOGITS.shape):
        nudge = np.zeros_like(LOGITS)
        nudge[index] = h
        expected = (loss_by_hand(LOGITS + nudge) - loss_by_hand(LOGITS - nudge)) / (2 * h)
        assert gradient[index] == pytest.approx(expected, abs=1e-6)


def test_the_gradient_is_the_policy_gradient_of_a_bandit():
    rewards, logits = np.array([1.0, 2.0, 4.0]), tf.Variable([[0.3, -0.2, 0.1]])
    pi = np.exp(log_softmax(logits.numpy()))[0]
    exact = pi * (rewards - pi @ rewards)  # d(mean reward) / d(logits)
    actions = np.arange(3)  # every action once, weighed by how often it is drawn
    with tf.GradientTape() as tape:
        loss = 3 * policy_gradient_loss(tf.tile(logits, (3, 1)), actions, pi * rewards)
    assert -tape.gradient(loss, logits).numpy()[0] == pytest.approx(exact, abs=1e-6)


def cartpole_episodes(policy_net, n_envs=3):
    return play_episodes(make_envs("CartPole-v1", n_envs), sampling_policy(policy_net, 0), seed=0)


@pytest.mark.parametrize("build", [sigmoid_policy_net, softmax_policy_net])
def test_one_update_is_the_sum_of_weighted_steps(build):
    policy_net, optimizer = build(0), keras.optimizers.SGD(0.5)
    episodes = cartpole_episodes(policy_net)
    weights = np.concatenate(standardize([discounted_returns(e.rewards, 0.9) for e in episodes]))
    observations = np.concatenate([e.observations[:-1] for e in episodes])
    actions = np.concatenate([e.actions for e in episodes])
    total = [0] * 4
    for observation, action, weight in zip(observations, actions, weights):
        with tf.GradientTape() as tape:
            outputs = policy_net(observation[None])
            p = (
                keras.ops.softmax(outputs)
                if outputs.shape[-1] > 1
                else [[1 - outputs[0, 0], outputs[0, 0]]]
            )
            loss = -tf.math.log(p[0][action])
        gradients = tape.gradient(loss, policy_net.trainable_variables)
        total = [t + weight * g.numpy() / len(actions) for t, g in zip(total, gradients)]
    expected = [w - 0.5 * t for w, t in zip(policy_net.get_weights(), total)]
    reinforce_update(policy_net, optimizer, episodes, 0.9, weigh=standardize)
    for after, wanted in zip(policy_net.get_weights(), expected):
        assert after == pytest.approx(wanted, abs=1e-5)


def test_one_trace_for_all_batch_sizes():
    policy_net, optimizer = softmax_policy_net(0), keras.optimizers.Adam()
    gradients._compiled.cache_clear()
    for n_envs in (2, 3, 5):
        reinforce_update(policy_net, optimizer, cartpole_episodes(policy_net, n_envs), 0.99)
    assert gradients._compiled.cache_info().misses == 1


def test_the_optimizers_state_is_kept_from_update_to_update():
    nets, optimizers = [softmax_policy_net(0) for _ in range(2)], [keras.optimizers.Adam(0.1)]
    optimizers.append(keras.optimizers.Adam(0.1))
    episodes = cartpole_episodes(nets[0])
    returns = [discounted_returns(e.rewards, 0.9) for e in episodes]
    weights = np.float32(np.concatenate(leave_one_out(returns)))
    observations = np.concatenate([e.observations[:-1] for e in episodes])
    actions = np.concatenate([e.actions for e in episodes])
    for _ in range(3):
        reinforce_update(nets[0], optimizers[0], episodes, 0.9)
        with tf.GradientTape() as tape:
            loss = policy_gradient_loss(nets[1](observations), actions, weights)
        variables = nets[1].trainable_variables
        optimizers[1].apply(tape.gradient(loss, variables), variables)
    assert int(optimizers[0].iterations) == 3
    for one, other in zip(*(net.get_weights() for net in nets)):
        assert one == pytest.approx(other, abs=1e-3)


def test_an_update_takes_the_loss_it_is_given():
    policy_net = softmax_policy_net(0)
    episodes = cartpole_episodes(policy_net)
    arguments = policy_net, keras.optimizers.SGD(0.0), episodes, 0.99
    assert reinforce_update(*arguments, loss=lambda *_: tf.reduce_sum(_[0]) * 0 + 7) == 7


def test_no_step_where_all_weights_are_equal():
    policy_net = softmax_policy_net(0)
    before = policy_net.get_weights()
    one_step = Episode(np.zeros((2, 4), np.float32), np.array([1]), np.array([1.0]), True)
    reinforce_update(policy_net, keras.optimizers.Adam(), [one_step, one_step], 0.99)
    for old, new in zip(before, policy_net.get_weights()):
        assert np.array_equal(old, new)


def test_leave_one_out_worked_by_hand():
    weights = leave_one_out([[3, 2, 1], [1, 0]])
    deviation = np.std([3, 2, 1, 1, 0])
    assert weights[0] == pytest.approx(np.array([2, 2, 1]) / deviation)
    assert weights[1] == pytest.approx(np.array([-2, -2]) / deviation)
    three = leave_one_out([[3, 2, 1], [1, 0], [2, 1]])
    deviation = np.std([3, 2, 1, 1, 0, 2, 1])
    expected = np.array([3 - 1.5, 2 - 0.5, 1])  # ended episodes count as 0
    assert three[0] == pytest.approx(expected / deviation)
    assert three[2] == pytest.approx([2 - 2, 1 - 1])


def test_the_clock_alone_weighs_nothing():
    survivors = [discounted_returns(np.ones(500), 0.99)] * 4
    assert np.abs(np.concatenate(leave_one_out(survivors))).max() < 1e-6


class Probe(gym.Env):
    """A world whose best action is known; the policy's probability of it must become high."""

    observation_space = gym.spaces.Box(-1, 1, (2,), np.float32)
    action_space = gym.spaces.Discrete(2)

    def __init__(self, kind):
        self.kind = kind

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.step_number, side = 0, self.np_random.choice([-1.0, 1.0])
        self.observation = np.array([side, 0], np.float32)
        return self.observation, {}

    def step(self, action):
        self.step_number += 1
        right = int(self.observation[0] > 0)
        if self.kind == "constant reward":
            return self.observation.copy(), 1.0, True, False, {}
        if self.kind == "action matters":
            return self.observation.copy(), float(action == right), True, False, {}
        if self.step_number == 1:  # "wait": 1 now, or 3 at the second step
            self.took = action
            return np.array([0, 1], np.float32), float(action == 0), False, False, {}
        return self.observation.copy(), 3.0 * self.took, True, False, {}


@pytest.fixture(autouse=True, scope="module")
def probes():
    kinds = "constant reward", "action matters", "wait"
    names = {f"Probe{kind.title().replace(' ', '')}-v0": kind for kind in kinds}
    for name, kind in names.items():
        gym.register(name, entry_point=Probe, kwargs={"kind": kind})
    yield
    for name in names:
        gym.registry.pop(name)


def test_probe_constant_reward_moves_nothing():
    run = train_reinforce("ProbeConstantReward-v0", seed=0, n_updates=3)
    untrained = train_reinforce("ProbeConstantReward-v0", seed=0, n_updates=1)
    for one, other in zip(run.policy_net.get_weights(), untrained.policy_net.get_weights()):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("seed", range(3))
def test_probe_action_matters(seed):
    run = train_reinforce("ProbeActionMatters-v0", seed=seed, n_updates=60)
    probabilities = action_probabilities(run.policy_net)
    assert probabilities(np.array([1.0, 0]))[1] > 0.9
    assert probabilities(np.array([-1.0, 0]))[0] > 0.9


@pytest.mark.parametrize(("gamma", "action"), [(0.99, 1), (0.1, 0)])
def test_probe_two_steps_discounted(gamma, action):
    run = train_reinforce("ProbeWait-v0", seed=0, n_updates=60, gamma=gamma)
    start = np.array([[1.0, 0], [-1.0, 0]])
    assert (action_probabilities(run.policy_net)(start)[:, action] > 0.9).all()


def test_any_box_any_number_of_actions_any_reward():
    run = train_reinforce("Six-v0", seed=0, n_updates=40)
    assert run.policy_net.output_shape == (None, 3)
    assert run.greedy.mean > run.episode_returns[:40].mean()
    assert run.greedy.mean == pytest.approx(BEST_RETURN)
    assert not run.solved


def test_scaled_policy_net_maps_bounds_to_one():
    space = gym.spaces.Box(np.float32([-4, 1, -np.inf]), np.float32([4, 3, np.inf]))
    scaling = scaled_policy_net(space, 2, seed=0).layers[0]
    scaled = scaling(np.array([[4, 1, 7], [-4, 3, -7]], np.float32)).numpy()
    assert scaled == pytest.approx(np.array([[1, -1, 7], [-1, 1, -7]]), abs=1e-5)


def test_scaled_policy_net_acts_in_numpy_as_in_keras():
    space = gym.spaces.Box(np.float32([-4, 1, -np.inf]), np.float32([4, 3, np.inf]))
    net, observations = scaled_policy_net(space, 2, seed=0), RNG.normal(size=(9, 3))
    expected = net(observations.astype(np.float32)).numpy()
    assert numpy_forward(net)(observations) == pytest.approx(expected, abs=1e-5)


def test_training_balances_the_pole():
    run = train_reinforce(seed=11)
    assert run.solved and run.greedy.mean >= 475 and run.sampled.mean >= 475
    assert run.n_steps == run.episode_lengths.sum() == run.episode_returns.sum() < 80_000
    assert len(run.episode_returns) == 6 * run.n_updates
    assert run.episode_returns[:16].mean() < 100


@pytest.fixture
def easy_env():
    """An environment whose threshold every policy passes."""
    gym.register(
        "Easy-v0", entry_point=Probe, kwargs={"kind": "constant reward"}, reward_threshold=0.5
    )
    yield "Easy-v0"
    gym.registry.pop("Easy-v0")


def test_it_stops_when_solved_and_only_if_asked(easy_env):
    assert train_reinforce(easy_env, seed=0, n_updates=5).n_updates == 1
    assert train_reinforce(easy_env, seed=0, n_updates=5).solved
    to_the_end = train_reinforce(easy_env, seed=0, n_updates=5, stop_when_solved=False)
    assert (to_the_end.n_updates, to_the_end.solved) == (5, False)


def summary_of(mean):
    return Summary(mean=mean, std=0, minimum=mean, low=mean, high=mean, solved=True)


@pytest.mark.parametrize(
    ("looks", "n_updates", "solved"),
    [
        ([(1, 1), (1, 1)], 1, True),
        ([(1, 1), (1, 0), (1, 1), (1, 1)], 2, True),  # the second look did not confirm the first
        ([(1, 1), (0, 1)] * 3, 3, False),
        ([(1, 0), (0, 1), (0, 0)], 3, False),  # greedy or sampled alone is not enough
    ],
)
def test_it_takes_two_looks_in_a_row(looks, n_updates, solved, easy_env, monkeypatch):
    coming = iter([*looks, (1, 1), (1, 1)])  # then the final report
    monkeypatch.setattr(
        training, "evaluate_both", lambda *arguments: (list(map(summary_of, next(coming))), 7)
    )
    run = train_reinforce(easy_env, seed=0, n_updates=3)
    assert (run.n_updates, run.solved) == (n_updates, solved)


def test_training_returns_alone_do_not_solve(easy_env, monkeypatch):
    unsure = Summary(mean=0.9, std=1, minimum=0, low=0.4, high=1.4, solved=True)
    monkeypatch.setattr(training, "evaluate_both", lambda *arguments: ([unsure, unsure], 7))
    run = train_reinforce(easy_env, seed=0, n_updates=5)
    assert (run.n_updates, run.solved) == (5, False)


def test_each_update_starts_elsewhere(monkeypatch):
    starts = []

    def spy(envs, policy, seed):
        starts.append(seed)
        return play_episodes(envs, policy, seed)

    monkeypatch.setattr(training, "play_episodes", spy)
    train_reinforce(seed=0, n_updates=3)
    assert len(set(starts)) == 3


def test_same_seed_same_weights():
    first, again, other = (train_reinforce(seed=s, n_updates=3) for s in (1, 1, 2))
    weights = [run.policy_net.get_weights()[-1] for run in (first, again, other)]
    assert np.array_equal(weights[0], weights[1])
    assert not np.array_equal(weights[0], weights[2])
    assert first.greedy == again.greedy


def test_a_budget_is_kept():
    run = train_reinforce(seed=0, n_updates=1, n_envs=3)
    assert (run.n_updates, len(run.episode_returns), run.solved) == (1, 3, False)


def test_a_network_of_ones_own():
    mine = sigmoid_policy_net(0)
    before = mine.get_weights()[0].copy()
    run = train_reinforce(seed=0, n_updates=2, policy_net=mine, weigh=standardize)
    assert run.policy_net is mine
    assert not np.array_equal(before, mine.get_weights()[0])


@pytest.mark.parametrize(
    ("weigh", "message"),
    [
        (lambda returns: np.concatenate(returns), "a list with an array for each episode"),
        (lambda returns: returns[:-1], "a list with an array for each episode"),
        (lambda returns: [w / 0 * 0 for w in returns], "weights must be finite; entry 0 is nan"),
    ],
)
def test_bad_weights(weigh, message):
    with np.errstate(all="ignore"), pytest.raises(ValueError, match=message):
        train_reinforce(seed=0, n_updates=1, weigh=weigh)


def test_save_and_load(tmp_path):
    path = tmp_path / "policy.keras"
    run = train_reinforce(seed=0, n_updates=1, path=path)
    env = gym.make("CartPole-v1")
    kept, loaded = run.policy_net, load_policy(path)
    for one, other in zip(*(play_episode(env, greedy_policy(net), 3) for net in (kept, loaded))):
        assert np.array_equal(one, other)
    save_policy(softmax_policy_net(0), path)
    assert len(load_policy(path).layers) == 2


def test_bad_paths(tmp_path, monkeypatch):
    (tmp_path / "text.keras").write_text("not a network")
    with pytest.raises(ValueError, match="text.keras' is empty, cut short or no saved policy"):
        load_policy(tmp_path / "text.keras")
    with pytest.raises(FileNotFoundError, match="none.keras' is no file"):
        load_policy(tmp_path / "none.keras")
    with pytest.raises(ValueError, match="path must end in .keras"):
        save_policy(softmax_policy_net(0), tmp_path / "policy.h5")
    monkeypatch.setattr(training, "play_episodes", None)  # nothing may be played before the error
    with pytest.raises(FileNotFoundError, match="folder that does not exist"):
        train_reinforce(seed=0, n_updates=1, path=tmp_path / "no" / "policy.keras")
    (tmp_path / "folder.keras").mkdir()
    with pytest.raises(PermissionError, match="cannot be written"):
        train_reinforce(seed=0, n_updates=1, path=tmp_path / "folder.keras")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"seed": None}, "seed must be a whole number, so that"),
        ({"seed": 1.5}, "seed must be a whole number"),
        ({"seed": "1"}, "seed must be a whole number"),
        ({"seed": 0, "gamma": 1.5}, "gamma must be a number from 0 to 1"),
        ({"seed": 0, "learning_rate": 0}, "learning_rate must be above 0"),
        ({"seed": 0, "learning_rate": np.nan}, "learning_rate must be one finite number"),
        ({"seed": 0, "n_updates": 0}, "n_updates must be a whole number of at least 1"),
        ({"seed": 0, "n_envs": 0}, "n_envs must be a whole number of at least 1"),
        ({"seed": 0, "env_id": "Pendulum-v1"}, "actions must be discrete"),
        ({"seed": 0, "env_id": "CartPol-v1"}, "env_id 'CartPol-v1' is unknown"),
        (
            {"seed": 0, "policy_net": softmax_policy_net(0, n_actions=3)},
            "policy_net has 3 outputs, but the environment has 2 actions",
        ),
        (
            {"seed": 0, "policy_net": softmax_policy_net(0, 6)},
            "policy_net takes 6 numbers for each observation, but the environment gives 4",
        ),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        train_reinforce(**arguments)


def test_a_number_with_room_for_one_value_stays_as_it_is():
    space = gym.spaces.Box(np.float32([-2, 3]), np.float32([2, 3]))
    scaled = scaled_policy_net(space, 2, seed=0).layers[0](np.float32([[1, 3]])).numpy()
    assert scaled == pytest.approx(np.array([[0.5, 3]]))
