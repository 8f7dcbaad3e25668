import inspect
from pathlib import Path

import gymnasium as gym
import keras
import numpy as np
import pytest
import tensorflow as tf
from worlds import BEST_RETURN

from cartpole_lib import gradients
from cartpole_lib.actor_critic import (
    actor_critic_update,
    advantages_and_targets,
    train_actor_critic,
    value_loss,
)
from cartpole_lib.forward import numpy_forward
from cartpole_lib.gradients import compiled_value_step
from cartpole_lib.networks import (
    scaled_policy_net,
    scaled_value_net,
    shared_value_net,
    softmax_policy_net,
)
from cartpole_lib.policies import load_policy, sampling_policy
from cartpole_lib.reinforce import policy_gradient_loss, train_reinforce
from cartpole_lib.returns import discounted_returns, generalized_advantages
from cartpole_lib.rollout import Episode, make_envs, play_episodes
from cartpole_lib.training import RECENT

RNG = np.random.default_rng(0)
SPACE = gym.spaces.Box(np.float32([-4, -np.inf, -1, -np.inf]), np.float32([4, np.inf, 1, np.inf]))


@pytest.mark.parametrize(
    ("terminated", "lam", "expected"),
    [
        # one-step errors: 1 + 2 - 2, 1 + 1 - 2, 1 + (1 or 0) - 1
        (False, 0.5, [1.25, 0.5, 1.0]),
        (True, 0.5, [1.0, 0.0, 0.0]),
        (False, 0.0, [1.0, 0.0, 1.0]),
        (True, 0.0, [1.0, 0.0, 0.0]),
        (False, 1.0, [2.0, 1.0, 1.0]),
        (True, 1.0, [1.0, 0.0, 0.0]),
    ],
)
def test_advantages_worked_by_hand(terminated, lam, expected):
    advantages = generalized_advantages([1, 1, 1], [2, 2, 1, 1], 1, lam, terminated)
    assert advantages.tolist() == expected


@pytest.mark.parametrize("terminated", [True, False])
def test_advantages_against_the_double_sum(terminated):
    rewards, values, gamma, lam = RNG.normal(size=9), RNG.normal(size=10), 0.9, 0.7
    following = values[1:].copy()
    if terminated:
        following[-1] = 0
    errors = rewards + gamma * following - values[:-1]
    expected = [sum((gamma * lam) ** (k - t) * errors[k] for k in range(t, 9)) for t in range(9)]
    advantages = generalized_advantages(rewards, values, gamma, lam, terminated)
    assert advantages == pytest.approx(np.array(expected))


@pytest.mark.parametrize(("terminated", "bootstrap"), [(True, 0), (False, 1)])
def test_lam_1_is_returns_minus_values(terminated, bootstrap):
    rewards, values = RNG.normal(size=6), RNG.normal(size=7)
    returns = discounted_returns(rewards, 0.8, bootstrap=bootstrap * values[-1])
    advantages = generalized_advantages(rewards, values, 0.8, 1, terminated)
    assert advantages == pytest.approx(returns - values[:-1])


def test_advantages_leave_their_arguments_alone():
    values = np.ones(3)
    generalized_advantages([1, 1], values, 1, 1, True)
    assert values.tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lam": 1.01}, "lam must be a number from 0 to 1"),
        ({"lam": -0.1}, "lam must be a number from 0 to 1"),
        ({"lam": np.nan}, "lam must be a number from 0 to 1"),
        ({"gamma": 2}, "gamma must be a number from 0 to 1"),
        ({"values": [1, 1]}, "values must have 3 entries.* 2 rewards; got 2"),
        ({"values": [1, 1, 1, 1]}, "values must have 3 entries.* got 4"),
        ({"values": [1, np.nan, 1]}, "values must be finite; entry 1 is nan"),
        ({"values": [[1], [1], [1]]}, r"values must be one-dimensional.* \(3, 1\)"),
        ({"rewards": [1, np.inf]}, "rewards must be finite; entry 1 is inf"),
        ({"terminated": 0.0}, "terminated must be True or False; got 0.0"),
        ({"terminated": None}, "terminated must be True or False; got None"),
    ],
)
def test_bad_input_to_advantages(change, message):
    good = {"rewards": [1, 1], "values": [1, 1, 1], "gamma": 1, "lam": 1, "terminated": True}
    with pytest.raises((TypeError, ValueError), match=message):
        generalized_advantages(**(good | change))


def test_value_loss_and_what_minimises_it():
    assert float(value_loss(np.array([1.0, 2.0]), np.array([0.0, 4.0]))) == pytest.approx(2.5)
    targets = np.array([0.0, 0.0, 9.0])
    nearby = [float(value_loss(3 + step, targets)) for step in (-0.1, 0, 0.1)]
    assert np.argmin(nearby) == 1


def cartpole_batch(policy_net, seed=0, n_envs=3):
    policy = sampling_policy(policy_net, seed)
    return play_episodes(make_envs("CartPole-v1", n_envs), policy, seed=seed)


def trained_a_little(build, *arguments, seed=0):
    """Return a value network whose last layer is not zero any more."""
    value_net = build(*arguments)
    kernel, bias = value_net.layers[-1].get_weights()
    noise = np.random.default_rng(seed).normal(size=kernel.shape)
    value_net.layers[-1].set_weights([kernel + noise, bias + 0.3])
    return value_net


def test_a_blank_critic_expects_nothing():
    assert not scaled_value_net(SPACE, 0)(RNG.normal(size=(5, 4))).numpy().any()


def test_a_blank_critic_has_its_own_last_layer_on_the_shared_ones():
    policy_net = scaled_policy_net(SPACE, 3, 0)
    value_net = shared_value_net(policy_net)
    assert value_net.layers[:-1] == policy_net.layers[:-1]
    assert len(value_net.layers) == len(policy_net.layers)


def test_targets_and_advantages_of_a_batch():
    policy_net, value_net = softmax_policy_net(0), trained_a_little(scaled_value_net, SPACE, 0)
    batch = cartpole_batch(policy_net)
    batch[1] = batch[1]._replace(terminated=False)
    advantages, targets = advantages_and_targets(value_net, batch, 0.9, lam=1)
    returns = []
    for episode in batch:
        values = value_net(episode.observations).numpy()[:, 0]
        after = 0 if episode.terminated else values[-1]
        returns.append(discounted_returns(0.1 * episode.rewards, 0.9, bootstrap=after))
    assert targets == pytest.approx(np.concatenate(returns), abs=1e-5)
    expected = np.concatenate(
        [numpy_forward(value_net)(episode.observations[:-1])[:, 0] for episode in batch]
    )
    assert advantages == pytest.approx(targets - expected, abs=1e-5)


def critic_moved_by_its_own_loss_alone(update):
    """Say whether `update` moves the critic by the gradient of `value_loss` and nothing else."""
    policy_net, value_net = softmax_policy_net(0), trained_a_little(scaled_value_net, SPACE, 0)
    batch = cartpole_batch(policy_net)
    _, targets = advantages_and_targets(value_net, batch, 0.99, 0.98)
    observations = np.concatenate([episode.observations[:-1] for episode in batch])
    with tf.GradientTape() as tape:
        loss = value_loss(value_net(observations)[:, 0], targets.astype(np.float32))
    gradients = tape.gradient(loss, value_net.trainable_variables)
    expected = [w.numpy() - 0.5 * g for w, g in zip(value_net.trainable_variables, gradients)]
    update(policy_net, value_net, [keras.optimizers.SGD(0.5) for _ in range(2)], batch)
    return all(np.allclose(*pair, atol=1e-5) for pair in zip(value_net.get_weights(), expected))


def leaky_update(policy_net, value_net, optimizers, episodes):
    """One tape, one loss, and no stop-gradient: as the famous examples have it."""
    _, targets = advantages_and_targets(value_net, episodes, 0.99, 0.98)
    targets = targets.astype(np.float32)
    observations = np.concatenate([episode.observations[:-1] for episode in episodes])
    actions = np.concatenate([episode.actions for episode in episodes])
    with tf.GradientTape() as tape:
        values = value_net(observations)[:, 0]
        loss = policy_gradient_loss(policy_net(observations), actions, targets - values)
        loss += value_loss(values, targets)
    gradients = tape.gradient(loss, value_net.trainable_variables)
    optimizers[1].apply(gradients, value_net.trainable_variables)


def test_advantages_are_constants_to_the_actor():
    def update(*arguments):
        actor_critic_update(*arguments, n_value_steps=1)

    assert critic_moved_by_its_own_loss_alone(update)
    assert not critic_moved_by_its_own_loss_alone(leaky_update)


def sgd(rate=0.5):
    """Return the actor's optimiser, which moves nothing, and the critic's."""
    return [keras.optimizers.SGD(0.0), keras.optimizers.SGD(rate)]


def test_gamma_and_lam_are_not_swapped():
    policy_net, value_net = softmax_policy_net(1), trained_a_little(scaled_value_net, SPACE, 0)
    batch, squares = cartpole_batch(policy_net), []
    for observations, _, rewards, terminated in batch:
        values = value_net(observations).numpy()[:, 0]
        squares += generalized_advantages(0.25 * rewards, values, 0.75, 0.5, terminated).tolist()
    nets = policy_net, value_net, sgd()
    _, loss = actor_critic_update(*nets, batch, gamma=0.75, lam=0.5, n_value_steps=3)
    assert loss == pytest.approx(np.mean(np.square(squares)), rel=1e-4)


def test_the_critic_takes_as_many_steps_as_asked():
    policy_net, value_net = softmax_policy_net(1), trained_a_little(scaled_value_net, SPACE, 0)
    optimizers = [keras.optimizers.Adam() for _ in range(2)]
    for _ in range(2):
        batch = cartpole_batch(policy_net)
        actor_critic_update(policy_net, value_net, optimizers, batch, n_value_steps=2)
    assert [int(optimizer.iterations) for optimizer in optimizers] == [2, 4]


def test_targets_stay_while_the_critic_takes_its_steps():
    nets = [trained_a_little(scaled_value_net, SPACE, 0) for _ in range(2)]
    policy_net = softmax_policy_net(1)
    batch = cartpole_batch(policy_net)
    _, targets = advantages_and_targets(nets[0], batch, 0.99, 0.98)
    observations = np.concatenate([episode.observations[:-1] for episode in batch])
    step = compiled_value_step(nets[0], sgd(0.1)[1], value_loss)
    for _ in range(5):
        step(observations, targets)
    actor_critic_update(policy_net, nets[1], sgd(0.1), batch, n_value_steps=5)
    for one, other in zip(*(net.get_weights() for net in nets)):
        assert one == pytest.approx(other, abs=1e-5)


def test_targets_are_floats_to_the_critic():
    value_net = scaled_value_net(SPACE, 0)
    step = compiled_value_step(value_net, sgd()[1], value_loss)
    assert float(step(np.zeros((2, 4)), np.array([0.5, 0.25]))) == pytest.approx(0.3125 / 2)


def policy_after_an_update(value_net, lam, batch):
    policy_net = softmax_policy_net(1)
    optimizers = [keras.optimizers.SGD(0.5), keras.optimizers.SGD(0.0)]
    actor_critic_update(policy_net, value_net, optimizers, batch, lam=lam)
    return policy_net.get_weights()


def test_the_actors_step_is_that_of_the_policy_gradient():
    policy_net, value_net = softmax_policy_net(1), trained_a_little(scaled_value_net, SPACE, 0)
    batch = cartpole_batch(policy_net)
    advantages, _ = advantages_and_targets(value_net, batch, 0.99, 0.9)
    with tf.GradientTape() as tape:
        logits = policy_net(np.concatenate([episode.observations[:-1] for episode in batch]))
        actions = np.concatenate([episode.actions for episode in batch])
        weights = (advantages - advantages.mean()).astype(np.float32)
        loss = policy_gradient_loss(logits, actions, weights)
    gradients = tape.gradient(loss, policy_net.trainable_variables)
    expected = [w.numpy() - 0.5 * g for w, g in zip(policy_net.trainable_variables, gradients)]
    for after, wanted in zip(policy_after_an_update(value_net, 0.9, batch), expected):
        assert after == pytest.approx(wanted.numpy(), abs=1e-5)


def test_a_constant_added_to_all_values_changes_nothing_for_the_actor():
    batch = [episode for episode in cartpole_batch(softmax_policy_net(1)) if episode.terminated]
    low, high = (trained_a_little(scaled_value_net, SPACE, 0) for _ in range(2))
    kernel, bias = high.layers[-1].get_weights()
    high.layers[-1].set_weights([kernel, bias + 5])
    for one, other in zip(*(policy_after_an_update(net, 1, batch) for net in (low, high))):
        assert one == pytest.approx(other, abs=1e-5)
    for one, other in zip(*(policy_after_an_update(net, 0.5, batch) for net in (low, high))):
        assert one != pytest.approx(other, abs=1e-5)  # below lam 1 it is no longer a baseline


def test_two_heads_on_one_trunk_get_the_gradients_they_should():
    policy_net = scaled_policy_net(SPACE, 2, seed=0)
    value_net = trained_a_little(shared_value_net, policy_net)
    observations, actions = RNG.normal(size=(6, 4)).astype(np.float32), np.array([0, 1, 0, 1, 1, 0])
    weights = targets = RNG.normal(size=6).astype(np.float32)
    trunk, heads = policy_net.layers[1], [policy_net.layers[-1], value_net.layers[-1]]
    variables = [trunk.kernel.value, *(head.kernel.value for head in heads)]
    with tf.GradientTape(persistent=True) as tape:
        actor_loss = policy_gradient_loss(policy_net(observations), actions, weights)
        critic_loss = value_loss(value_net(observations)[:, 0], targets)
        both = actor_loss + critic_loss
    of_actor, of_critic, of_both = (
        tape.gradient(loss, variables) for loss in (actor_loss, critic_loss, both)
    )
    assert of_actor[2] is None and of_critic[1] is None
    assert all(np.abs(gradient).max() > 1e-3 for gradient in (*of_actor[:2], of_critic[0]))
    assert of_both[0].numpy() == pytest.approx((of_actor[0] + of_critic[0]).numpy(), abs=1e-6)
    assert of_both[1].numpy() == pytest.approx(of_actor[1].numpy(), abs=1e-6)
    assert of_both[2].numpy() == pytest.approx(of_critic[2].numpy(), abs=1e-6)


def test_a_shared_trunk_is_shared_and_a_separate_one_is_not():
    policy_net = scaled_policy_net(SPACE, 2, seed=0)
    shared, separate = shared_value_net(policy_net), scaled_value_net(SPACE, seed=0)
    assert shared.layers[1] is policy_net.layers[1]
    before = policy_net(np.ones((1, 4))).numpy()
    for value_net in (separate, shared):
        kernel, bias = value_net.layers[1].get_weights()
        value_net.layers[1].set_weights([kernel + 1, bias])
        moved = not np.allclose(policy_net(np.ones((1, 4))).numpy(), before)
        assert moved == (value_net is shared)


def test_one_trace_for_all_batch_sizes():
    value_net, optimizer = scaled_value_net(SPACE, 0), keras.optimizers.Adam()
    gradients._compiled.cache_clear()
    for n_steps in (3, 5, 8):
        compiled_value_step(value_net, optimizer, value_loss)(
            RNG.normal(size=(n_steps, 4)), np.ones(n_steps)
        )
    assert gradients._compiled.cache_info().misses == 1


class Probe(gym.Env):
    """A world whose values are known in closed form, whatever is done."""

    observation_space = gym.spaces.Box(-1, 1, (1,), np.float32)
    action_space = gym.spaces.Discrete(2)

    def __init__(self, kind):
        self.kind = kind

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.step_number, self.side = 0, self.np_random.choice([-1.0, 1.0])
        return np.array([self.side], np.float32), {}

    def step(self, action):
        self.step_number += 1
        end = np.array([0], np.float32)
        if self.kind == "sign":  # one step; the reward is what was seen
            return end, self.side, True, False, {}
        if self.kind == "delay":  # two steps; only the second one pays
            return end, float(self.step_number == 2), self.step_number == 2, False, {}
        return np.array([self.side], np.float32), 1.0, False, self.step_number == 5, {}  # for ever


KINDS = {"sign": [-1, 1], "delay": [0.9, 0.9], "for ever": [10, 10]}  # at gamma 0.9


@pytest.fixture(autouse=True, scope="module")
def probes():
    names = {kind: f"Value{kind.title().replace(' ', '')}-v0" for kind in KINDS}
    for kind, name in names.items():
        gym.register(name, entry_point=Probe, kwargs={"kind": kind})
    yield names
    for name in names.values():
        gym.registry.pop(name)


@pytest.mark.parametrize(
    "kind, lam",
    [("sign", 0.9), *((kind, lam) for kind in ("delay", "for ever") for lam in (0, 0.9, 1))],
)
def test_the_critic_finds_known_values(kind, lam, probes):
    run = train_actor_critic(
        probes[kind], seed=0, n_updates=40, n_envs=8, gamma=0.9, lam=lam, value_learning_rate=0.01
    )
    values = numpy_forward(run.value_net)(np.array([[-1.0], [1.0]]))[:, 0] / (1 - 0.9)
    assert values == pytest.approx(np.array(KINDS[kind]), abs=0.05 * max(map(abs, KINDS[kind])))


def test_a_limit_taken_for_a_fall_gives_other_values(probes):
    def fall(policy_net, value_net, optimizers, episodes, *settings):
        episodes = [episode._replace(terminated=True) for episode in episodes]
        actor_critic_update(policy_net, value_net, optimizers, episodes, *settings)

    run = train_actor_critic(probes["for ever"], seed=0, n_updates=40, gamma=0.9, update=fall)
    assert numpy_forward(run.value_net)(np.array([1.0]))[0] / (1 - 0.9) < 5


def test_any_box_any_number_of_actions_any_reward():
    run = train_actor_critic("Six-v0", seed=0, n_updates=40)
    assert run.policy_net.output_shape == (None, 3) and run.value_net.output_shape == (None, 1)
    assert run.greedy.mean == pytest.approx(BEST_RETURN)
    assert not run.solved


def test_training_balances_the_pole():
    run = train_actor_critic(seed=11)
    assert run.solved and run.greedy.mean >= 475 and run.sampled.mean >= 475
    assert run.n_steps == run.episode_lengths.sum() < 80_000


def test_it_does_not_swing_after_solving():
    run = train_actor_critic(seed=12, n_updates=40, stop_when_solved=False)
    means = run.episode_returns.reshape(-1, 4).mean(axis=1)
    assert means[-10:].min() > 400 and run.greedy.mean >= 475


def test_same_seed_same_weights():
    first, again, other = (train_actor_critic(seed=s, n_updates=3) for s in (1, 1, 2))
    for name in ("policy_net", "value_net"):
        weights = [getattr(run, name).get_weights()[-2] for run in (first, again, other)]
        assert np.array_equal(weights[0], weights[1])
        assert not np.array_equal(weights[0], weights[2])
    assert first.greedy == again.greedy


def test_networks_and_an_update_of_ones_own(tmp_path):
    policy_net, calls = scaled_policy_net(SPACE, 2, 0), []
    value_net = shared_value_net(policy_net)

    def update(*arguments):
        calls.append(arguments)
        return actor_critic_update(*arguments)

    run = train_actor_critic(
        seed=0,
        n_updates=2,
        lam=0.5,
        n_value_steps=3,
        policy_net=policy_net,
        value_net=value_net,
        update=update,
        path=tmp_path / "policy.keras",
    )
    assert run.policy_net is policy_net and run.value_net is value_net
    assert [call[4:] for call in calls] == [(0.99, 0.5, 3)] * 2
    saved = load_policy(tmp_path / "policy.keras")
    assert np.array_equal(saved.get_weights()[-1], policy_net.get_weights()[-1])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"seed": None}, "seed must be a whole number, so that"),
        ({"gamma": 1}, "gamma must be below 1, such as 0.99"),
        ({"gamma": 1.5}, "gamma must be a number from 0 to 1"),
        ({"lam": 2}, "lam must be a number from 0 to 1"),
        ({"learning_rate": 0}, "learning_rate must be above 0"),
        ({"value_learning_rate": -1}, "value_learning_rate must be above 0"),
        ({"n_value_steps": 0}, "n_value_steps must be a whole number of at least 1"),
        ({"n_updates": 0}, "n_updates must be a whole number of at least 1"),
        ({"env_id": "Pendulum-v1"}, "actions must be discrete"),
        ({"policy_net": softmax_policy_net(0, 6)}, "policy_net takes 6 numbers"),
        ({"value_net": softmax_policy_net(0)}, "value_net must take the 4 numbers.* one output"),
        ({"value_net": softmax_policy_net(0, 3, 1)}, "value_net must take the 4 numbers"),
        ({"value_net": lambda observations: 0}, "value_net must be a Keras model"),
        (
            {"value_net": keras.Sequential([keras.layers.Dense(1)])},
            r"value_net has no weights yet: begin it with keras.Input\(\(4,\)\)",
        ),
    ],
)
def test_bad_arguments(arguments, message, monkeypatch):
    from cartpole_lib import training

    monkeypatch.setattr(training, "play_episodes", None)  # nothing may be played before the error
    with pytest.raises((TypeError, ValueError), match=message):
        train_actor_critic(**({"seed": 0} | arguments))


def test_two_steps_of_an_episode_alone_can_be_learned_from():
    one_step = Episode(np.zeros((2, 4), np.float32), np.array([1]), np.array([1.0]), True)
    nets = scaled_policy_net(SPACE, 2, 0), scaled_value_net(SPACE, 0)
    losses = actor_critic_update(*nets, [keras.optimizers.Adam() for _ in nets], [one_step])
    assert np.isfinite(losses).all()


def test_each_of_the_two_losses_is_the_one_that_was_given():
    policy_net, value_net = scaled_policy_net(SPACE, 2, 0), scaled_value_net(SPACE, 0)
    optimizers = [keras.optimizers.SGD(0.1) for _ in range(2)]
    batch = play_episodes(make_envs("CartPole-v1", 2), sampling_policy(policy_net, 0), seed=0)
    before = policy_net.get_weights(), value_net.get_weights()
    flat = lambda values, *labels: 0 * tf.reduce_sum(values)  # noqa: E731
    actor_critic_update(policy_net, value_net, optimizers, batch, losses=(flat, flat))
    for old, net in zip(before, (policy_net, value_net)):
        assert all(map(np.array_equal, old, net.get_weights()))


def test_advantages_are_floats_without_a_guard_either():
    bare = generalized_advantages.__wrapped__
    assert bare(np.ones(2, int), [0.5, 0.5, 0.5], 0.5, 0.5, False).tolist() == [0.9375, 0.75]


def test_an_update_has_the_defaults_of_the_training():
    of_update, of_training = (
        inspect.signature(f).parameters for f in (actor_critic_update, train_actor_critic)
    )
    for name in ("gamma", "lam", "n_value_steps"):
        assert of_update[name].default == of_training[name].default


def test_contributing_gives_the_reasons_of_the_settings_that_are_there():
    text = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    ours, actors = (inspect.signature(f).parameters for f in (train_reinforce, train_actor_critic))
    n_steps, lam = (actors[name].default for name in ("n_value_steps", "lam"))
    assert n_steps == 20 and f"takes twenty steps a batch and `lam` is {lam}" in text
    plays = [parameters["n_envs"].default for parameters in (ours, actors)]
    said = "REINFORCE plays {} and actor-critic {} episodes an update, and looks when the last {} "
    assert said.format(*plays, RECENT) in text


def test_an_update_returns_the_actors_loss_and_then_the_critics():
    policy_net, value_net = scaled_policy_net(SPACE, 2, 0), scaled_value_net(SPACE, 0)
    optimizers, batch = [keras.optimizers.SGD(0.1) for _ in range(2)], cartpole_batch(policy_net)
    losses = [lambda outputs, *labels, n=n: 0 * tf.reduce_sum(outputs) + n for n in (7, 3)]
    assert actor_critic_update(policy_net, value_net, optimizers, batch, losses=losses) == (7, 3)


def test_the_actors_loss_is_from_before_the_critic_moves_a_shared_trunk():
    policy_net = scaled_policy_net(SPACE, 2, 0)
    value_net, batch = shared_value_net(policy_net), cartpole_batch(policy_net)
    logits = policy_net(np.concatenate([episode.observations[:-1] for episode in batch]))
    optimizers = [keras.optimizers.SGD(0.1) for _ in range(2)]
    losses = [lambda outputs, *labels: tf.reduce_mean(outputs)] * 2
    returned = actor_critic_update(policy_net, value_net, optimizers, batch, losses=losses)
    assert returned == pytest.approx((np.mean(logits), 0), abs=1e-5)
