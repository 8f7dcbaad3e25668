import gymnasium as gym
import keras
import numpy as np
import pytest
import tensorflow as tf

from cartpole_lib.actor_critic import actor_critic_update, advantages_and_targets, value_loss
from cartpole_lib.networks import scaled_value_net, softmax_policy_net
from cartpole_lib.policies import sampling_policy
from cartpole_lib.reinforce import policy_gradient_loss
from cartpole_lib.rollout import make_envs, play_episodes
from cartpole_lib.study.mistakes import (
    each_by_itself,
    last_dropped,
    limit_is_a_fall,
    no_stop_gradient,
    own_included,
)

SETTINGS = 0.99, 0.98, 1  # gamma, lam, n_value_steps


def setting():
    """Return fresh networks, plain optimisers and a batch that ends in falls and at a limit."""
    policy_net, space = softmax_policy_net(0), gym.make("CartPole-v1").observation_space
    value_net = scaled_value_net(space, 0)
    value_net.layers[-1].set_weights([np.full((32, 1), 0.1), np.array([0.3])])
    batch = play_episodes(make_envs("CartPole-v1", 3), sampling_policy(policy_net, 0), seed=0)
    batch[1] = batch[1]._replace(terminated=False)
    return policy_net, value_net, [keras.optimizers.SGD(0.1) for _ in range(2)], batch


def critic_after(update, *arguments):
    update(*arguments)
    return arguments[1].get_weights()


def test_each_by_itself_gives_long_and_short_episodes_the_same_weights():
    short, long = each_by_itself([np.arange(3.0), 10 * np.arange(3.0)])
    assert short == pytest.approx(long) and short.mean() == pytest.approx(0)


def test_own_included_worked_by_hand():
    first, second = own_included([np.array([3.0, 2, 1]), np.array([1.0, 0])])
    deviation = np.std([3, 2, 1, 1, 0])
    assert first == pytest.approx(np.array([1, 1, 0]) / deviation)
    assert second == pytest.approx(np.array([-1, -1]) / deviation)


def test_no_stop_gradient_is_what_the_tape_says():
    policy_net, value_net, optimizers, batch = setting()
    observations = np.concatenate([episode.observations[:-1] for episode in batch])
    actions = np.concatenate([episode.actions for episode in batch])
    _, targets = advantages_and_targets(value_net, batch, *SETTINGS[:2])
    targets = targets.astype(np.float32)
    with tf.GradientTape() as tape:
        values = value_net(observations)[:, 0]
        loss = policy_gradient_loss(policy_net(observations), actions, targets - values)
        loss += value_loss(values, targets)
    gradients = tape.gradient(loss, value_net.trainable_variables)
    expected = [w.numpy() - 0.1 * g for w, g in zip(value_net.trainable_variables, gradients)]
    after = critic_after(no_stop_gradient, policy_net, value_net, optimizers, batch, *SETTINGS)
    for one, other in zip(after, expected):
        assert one == pytest.approx(other.numpy(), abs=1e-5)


@pytest.mark.parametrize("mistake", [limit_is_a_fall, last_dropped, no_stop_gradient])
def test_a_mistake_moves_the_critic_elsewhere(mistake):
    right, wrong = (critic_after(f, *setting(), *SETTINGS) for f in (actor_critic_update, mistake))
    assert any(not np.allclose(one, other, atol=1e-6) for one, other in zip(right, wrong))


def without_last_step(episode):
    observations, actions, rewards, terminated = episode
    return type(episode)(observations[:-1], actions[:-1], rewards[:-1], terminated)


@pytest.mark.parametrize(
    ("mistake", "change"),
    [
        (last_dropped, without_last_step),
        (limit_is_a_fall, lambda episode: episode._replace(terminated=True)),
    ],
)
def test_a_mistake_is_the_right_update_of_changed_episodes(mistake, change):
    after = critic_after(mistake, *setting(), *SETTINGS)
    policy_net, value_net, optimizers, batch = setting()
    changed = [change(episode) for episode in batch]
    expected = critic_after(
        actor_critic_update, policy_net, value_net, optimizers, changed, *SETTINGS
    )
    for one, other in zip(after, expected):
        assert np.array_equal(one, other)


def test_no_stop_gradient_leaves_the_actor_its_right_step():
    actors = []
    for update in (no_stop_gradient, actor_critic_update):
        policy_net, value_net, optimizers, batch = setting()
        update(policy_net, value_net, optimizers, batch, *SETTINGS)
        actors.append(policy_net.get_weights())
    for one, other in zip(*actors):
        assert one == pytest.approx(other, abs=1e-5)


def test_no_stop_gradient_takes_as_many_critic_steps_as_asked():
    moves = []
    for n_value_steps in (1, 3):
        policy_net, value_net, optimizers, batch = setting()
        before = value_net.get_weights()[-1]
        no_stop_gradient(policy_net, value_net, optimizers, batch, 0.99, 0.98, n_value_steps)
        moves.append(np.abs(value_net.get_weights()[-1] - before).item())
    assert moves[1] > 1.5 * moves[0]
