from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace

import gymnasium as gym
import keras
import numpy as np
import pytest
import tensorflow as tf

from cartpole_lib import gradients
from cartpole_lib.gradients import (
    collect_gradients,
    compiled_step,
    compiled_value_step,
    logits_of,
    play_one_step,
)
from cartpole_lib.guards import losses, watched
from cartpole_lib.guards.losses import _looked_up
from cartpole_lib.networks import sigmoid_policy_net, softmax_policy_net
from cartpole_lib.reinforce import policy_gradient_loss

OBSERVATION = np.array([0.5, 1, 0.1, 0.5], np.float32)


def log_probability(net, weights, action):
    """log π(action | OBSERVATION), in float64 from the formula."""
    (w1, b1, w2, b2) = weights
    hidden = OBSERVATION @ w1 + b1
    hidden = np.where(hidden > 0, hidden, np.expm1(hidden))
    p = 1 / (1 + np.exp(-(hidden @ w2 + b2)[0]))
    return np.log(p if action == 1 else 1 - p)


@pytest.mark.parametrize("seed", range(6))
def test_gradients_against_finite_differences(seed):
    env = gym.make("CartPole-v1")
    env.reset(seed=0)
    net = sigmoid_policy_net(seed)
    action = int(np.random.default_rng(seed).random() < net(OBSERVATION[None]).numpy()[0, 0])
    *_, gradients = play_one_step(env, OBSERVATION, net, np.random.default_rng(seed))
    weights, h = [w.astype(float) for w in net.get_weights()], 1e-6
    for variable, gradient in enumerate(gradients):
        for index in np.ndindex(weights[variable].shape):
            sides = []
            for sign in (1, -1):
                nudged = [w.copy() for w in weights]
                nudged[variable][index] += sign * h
                sides.append(log_probability(net, nudged, action))
            expected = -(sides[0] - sides[1]) / (2 * h)
            assert gradient.numpy()[index] == pytest.approx(expected, abs=1e-4)


def test_one_step_acts_and_changes_no_weight():
    env, net = gym.make("CartPole-v1"), sigmoid_policy_net(0)
    observation, _ = env.reset(seed=0)
    before = net.get_weights()
    following, reward, terminated, truncated, gradients = play_one_step(
        env, observation, net, np.random.default_rng(0)
    )
    assert following.shape == (4,) and not np.array_equal(following, observation)
    assert (reward, terminated, truncated) == (1, False, False)
    assert [g.shape for g in gradients] == [w.shape for w in before]
    assert all(np.array_equal(old, new) for old, new in zip(before, net.get_weights()))


def test_both_actions_are_drawn_with_their_probability():
    net = sigmoid_policy_net(2)
    p = net(OBSERVATION[None]).numpy()[0, 0]
    env, rng = gym.make("CartPole-v1"), np.random.default_rng(0)
    pushes_right = []
    for _ in range(200):
        env.reset(seed=0)
        *_, gradients = play_one_step(env, OBSERVATION, net, rng)
        pushes_right.append(gradients[-1].numpy()[0] < 0)  # p − action
    assert np.mean(pushes_right) == pytest.approx(p, abs=0.1)


def test_collected_gradients_match_their_rewards():
    env, net = gym.make("CartPole-v1"), sigmoid_policy_net(0)
    rewards, gradients = collect_gradients(env, net, n_episodes=2, seed=0)
    assert [len(episode) for episode in rewards] == [len(episode) for episode in gradients]
    assert len(rewards) == 2 and all(reward == 1 for episode in rewards for reward in episode)
    again, _ = collect_gradients(env, net, n_episodes=2, seed=0)
    other, _ = collect_gradients(env, net, n_episodes=2, seed=1)
    assert rewards == again != other


class KeepsStarts(gym.Wrapper):
    starts = ()

    def reset(self, **arguments):
        observation, info = super().reset(**arguments)
        self.starts += (tuple(observation),)
        return observation, info


def test_collect_gradients_gives_the_environment_its_seed():
    env = KeepsStarts(gym.make("CartPole-v1"))
    collect_gradients(env, sigmoid_policy_net(0), n_episodes=1, seed=3)
    assert env.starts[0] == tuple(gym.make("CartPole-v1").reset(seed=3)[0])


def test_collect_gradients_starts_each_episode_elsewhere():
    env = KeepsStarts(gym.make("CartPole-v1"))
    collect_gradients(env, sigmoid_policy_net(0), n_episodes=3, seed=3)
    assert len(set(env.starts[:3])) == 3


def test_bad_input():
    env, net = gym.make("CartPole-v1"), sigmoid_policy_net(0)
    with pytest.raises(ValueError, match="must end with one sigmoid output"):
        collect_gradients(env, softmax_policy_net(0), 1, seed=0)
    with pytest.raises(ValueError, match="n_episodes must be"):
        collect_gradients(env, net, 0, seed=0)
    with pytest.raises(ValueError, match="seed must be"):
        collect_gradients(env, net, 1, seed=-1)
    with pytest.raises(TypeError, match="env must be an environment"):
        collect_gradients("CartPole-v1", net, 1, seed=0)
    with pytest.raises(TypeError, match="observation, info = env.reset"):
        play_one_step(env, env.reset(seed=0), net, np.random.default_rng(0))
    with pytest.raises(TypeError, match="rng must be a generator.*got 0"):
        play_one_step(env, OBSERVATION, net, 0)


def test_the_time_limit_is_told_from_a_fall_and_ends_an_episode():
    env, net = gym.make("CartPole-v1", max_episode_steps=1), sigmoid_policy_net(0)
    observation, _ = env.reset(seed=0)
    _, _, terminated, truncated, _ = play_one_step(env, observation, net, np.random.default_rng(0))
    assert (terminated, truncated) == (False, True)
    rewards, gradients = collect_gradients(env, net, n_episodes=3, seed=0)
    assert [len(episode) for episode in rewards] == [1, 1, 1]


def test_a_world_without_end_is_left(monkeypatch):
    monkeypatch.setattr(watched, "MAX_STEPS", 3)
    env = gym.make("CartPole-v1", max_episode_steps=3)
    collect_gradients(env, sigmoid_policy_net(0), n_episodes=2, seed=0)
    with pytest.raises(RuntimeError, match="no end after 3 steps: give the environment a time lim"):
        collect_gradients(gym.make("CartPole-v1"), sigmoid_policy_net(0), n_episodes=1, seed=0)


def test_a_network_that_is_sure_has_finite_logits():
    net = sigmoid_policy_net(0)
    kernel, _ = net.layers[-1].get_weights()
    for bias in (-200, 200):
        net.layers[-1].set_weights([0 * kernel, np.array([bias])])
        assert np.isfinite(logits_of(net, OBSERVATION[None])).all()


def test_what_is_frozen_between_two_steps_stays_as_it_is():
    net = softmax_policy_net(0)
    optimizer, batch = keras.optimizers.SGD(), (np.ones((2, 4)), np.array([0, 1]), np.ones(2))
    compiled_step(net, optimizer, policy_gradient_loss)(*batch)
    net.layers[0].trainable = False
    before = net.get_weights()
    compiled_step(net, optimizer, policy_gradient_loss)(*batch)
    same = [np.array_equal(old, new) for old, new in zip(before, net.get_weights())]
    assert same == [True, True, False, False]


def test_a_number_that_a_loss_looks_up_may_change():
    bonus = 0.0

    def loss(logits, actions, weights):
        return policy_gradient_loss(logits, actions, weights) + bonus

    class Loss:
        bonus = None

        def __call__(self, logits, actions, weights):
            return policy_gradient_loss(logits, actions, weights) + self.bonus

    class Holder:
        bonus = None

        def loss(self, logits, actions, weights):
            return policy_gradient_loss(logits, actions, weights) + self.bonus

    holder = Holder()
    net, optimizer, loss_object = softmax_policy_net(0), keras.optimizers.SGD(0.0), Loss()
    batch = OBSERVATION[None], np.array([1]), np.array([1.0])
    found = []
    for bonus in (0.0, 5.0):
        loss_object.bonus = holder.bonus = np.float32(bonus)
        losses = loss, loss_object, holder.loss
        found += [compiled_step(net, optimizer, each)(*batch) for each in losses]
    assert np.subtract(found[3:], found[:3]) == pytest.approx(np.full(3, 5.0))


BONUS = 0


def with_global(logits, actions, weights):
    return policy_gradient_loss(logits, actions, weights) + BONUS


def decorated(logits, actions, weights):
    return with_global(logits, actions, weights)


decorated.__wrapped__ = with_global


class CallsWithGlobal:
    def __call__(self, logits, actions, weights):
        return policy_gradient_loss(logits, actions, weights) + BONUS

    def again(self, logits, actions, weights):
        return policy_gradient_loss(logits, actions, weights) + BONUS


def critics_with_global(values, targets):
    return keras.ops.mean(keras.ops.square(values - targets)) + BONUS


SETTINGS = 0


def bonus_of_now():
    if isinstance(SETTINGS, dict):
        return SETTINGS["bonus"]
    return np.sum(getattr(SETTINGS, "bonus", SETTINGS))


def by_a_helper(logits, actions, weights):
    return policy_gradient_loss(logits, actions, weights) + bonus_of_now()


LOOKS_UP = {
    "a function": with_global,
    "a partial": partial(with_global),
    "a decorated function": decorated,
    "an object": CallsWithGlobal(),
    "a method": CallsWithGlobal().again,
    "a critic's": critics_with_global,
}


@pytest.mark.parametrize("loss", LOOKS_UP)
def test_a_whole_number_of_its_module_that_a_loss_looks_up_may_change(loss, monkeypatch):
    critic, optimizer = loss == "a critic's", keras.optimizers.SGD(0.0)
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1 if critic else 2)])
    labels = [np.array([1.0])] if critic else [np.array([1]), np.array([1.0])]
    found = []
    for bonus in (0, 5):
        monkeypatch.setitem(globals(), "BONUS", bonus)
        make = compiled_value_step if critic else compiled_step
        found.append(make(net, optimizer, LOOKS_UP[loss])(OBSERVATION[None], *labels))
    assert float(found[1] - found[0]) == pytest.approx(5.0)


@dataclass
class Bonus:
    bonus: float


@pytest.mark.parametrize(
    "kind",
    [
        float,
        np.array,
        lambda bonus: {"bonus": bonus},
        lambda bonus: (0.0, bonus),
        lambda bonus: SimpleNamespace(bonus=bonus),
        Bonus,
    ],
)
def test_settings_that_a_loss_or_a_function_beside_it_looks_up_may_change(kind, monkeypatch):
    net, optimizer = softmax_policy_net(0), keras.optimizers.SGD(0.0)
    batch = OBSERVATION[None], np.array([1]), np.array([1.0])
    found = []
    for bonus in (0.0, 5.0):
        monkeypatch.setitem(globals(), "SETTINGS", kind(bonus))
        found.append(compiled_step(net, optimizer, by_a_helper)(*batch))
    assert float(found[1] - found[0]) == pytest.approx(5.0)


def test_functions_that_call_each_other_are_looked_at_once():
    def loss(logits, actions, weights):
        return policy_gradient_loss(logits, actions, weights) if weights is None else again

    def again():
        return loss

    assert list(_looked_up(loss, [])) == []


def test_a_log_that_a_loss_holds_makes_no_step_anew():
    class Learner:
        def __init__(self):
            self.log, self.names = {}, ("loss",)

        def loss(self, logits, actions, weights):
            return policy_gradient_loss(logits, actions, weights)

    learner, net, optimizer = Learner(), softmax_policy_net(0), keras.optimizers.SGD()
    gradients._compiled.cache_clear()
    for i in range(2):
        learner.log["updates"] = i
        compiled_step(net, optimizer, learner.loss)
    assert gradients._compiled.cache_info().misses == 1


@pytest.mark.parametrize("make", [compiled_step, compiled_value_step])
def test_a_loss_that_is_compiled_already_is_refused(make):
    loss, n_outputs = (
        (policy_gradient_loss, 2) if make is compiled_step else (critics_with_global, 1)
    )
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(n_outputs)])
    with pytest.raises(TypeError, match="^loss is compiled already.*leave @tf.function out$"):
        make(net, keras.optimizers.SGD(), tf.function(loss))


def test_a_step_that_is_compiled_at_each_update_is_warned_of_once(recwarn, monkeypatch):
    monkeypatch.setattr(losses, "MANY", 2)
    net, optimizer = softmax_policy_net(0), keras.optimizers.SGD()
    compiled_step(net, optimizer, partial(policy_gradient_loss))
    compiled_step(net, keras.optimizers.SGD(), policy_gradient_loss)
    assert not recwarn
    for _ in range(2):
        compiled_step(net, optimizer, partial(policy_gradient_loss))
    [warning] = recwarn
    assert warning.filename == __file__ and "compiled 2 times" in str(warning.message)


def test_a_loss_may_look_up_what_is_no_number():
    """A list has no hash, by which what was compiled is found again."""
    shares = [0.5, 1.5]

    def loss(logits, actions, weights):
        return shares[1] * policy_gradient_loss(logits, actions, weights)

    batch = OBSERVATION[None], np.array([1]), np.array([1.0])
    plain, more = (
        compiled_step(softmax_policy_net(0), keras.optimizers.SGD(), each)(*batch)
        for each in (policy_gradient_loss, loss)
    )
    assert float(more) == pytest.approx(1.5 * float(plain))
