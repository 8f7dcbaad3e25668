"""Actor-critic: like REINFORCE, but a second network, the critic, says what was to be expected."""

from functools import lru_cache

import keras
import numpy as np
import tensorflow as tf

from cartpole_lib.checks import check_below_one, check_count, check_fraction, check_positive
from cartpole_lib.forward import numpy_forward
from cartpole_lib.net_checks import check_critic
from cartpole_lib.networks import scaled_policy_net, scaled_value_net
from cartpole_lib.reinforce import compiled_step
from cartpole_lib.returns import generalized_advantages
from cartpole_lib.training import draw_seed, make_training_envs, run_training


def value_loss(values, targets):
    """Return the mean squared error of the critic, a scalar tensor; both have shape (steps,).

    What minimises it is the mean of the targets, which is what a value is. Source: Sutton &
    Barto, 2nd edition, section 9.2. Shown in notebook 05.
    """
    return keras.ops.mean(keras.ops.square(values - targets))


def advantages_and_targets(value_net, episodes, gamma, lam):
    """Ask the critic; return the advantages and its new targets, two arrays, shape (all steps,).

    Rewards count (1 − gamma) each, so that a value lies between the smallest and the largest
    reward, 0 for the steps after a fall included. Both results are arrays, constants to every
    loss: no gradient can flow back through them into the critic. Shown in notebook 05.
    """
    expect, advantages, targets = numpy_forward(value_net), [], []
    for observations, _, rewards, terminated in episodes:
        values = expect(observations)[:, 0]  # (T + 1,)
        scaled = (1 - gamma) * rewards
        advantages.append(generalized_advantages(scaled, values, gamma, lam, terminated))
        targets.append(advantages[-1] + values[:-1])
    return np.concatenate(advantages), np.concatenate(targets)


def actor_critic_update(
    policy_net, value_net, optimizers, episodes, gamma=0.99, lam=0.98, n_value_steps=20
):
    """Take one gradient step for the actor and several for the critic on a list of `Episode`s.

    `optimizers` is a pair, the actor's and the critic's. Returns both losses as they were
    before, two floats.

    Source: Sutton & Barto, 2nd edition, section 13.5, here with generalised advantages and
    whole episodes. Shown in notebook 05.
    """
    advantages, targets = advantages_and_targets(value_net, episodes, gamma, lam)
    observations = np.concatenate([episode.observations[:-1] for episode in episodes])
    actions = np.concatenate([episode.actions for episode in episodes])
    gradient_step = compiled_step(policy_net, optimizers[0])
    value_step = compiled_value_step(value_net, optimizers[1])
    policy_loss = gradient_step(observations, actions, advantages - advantages.mean())
    value_losses = [value_step(observations, targets) for _ in range(n_value_steps)]
    return float(policy_loss), float(value_losses[0])


@lru_cache(maxsize=4)
def compiled_value_step(value_net, optimizer):
    """Return the gradient step of a critic and its optimiser, compiled once for any batch size."""
    optimizer.build(value_net.trainable_variables)
    batch = tf.TensorSpec((None, value_net.input_shape[-1]), tf.float32)

    @tf.function(input_signature=[batch, tf.TensorSpec((None,), tf.float32)])
    def value_step(observations, targets):
        with tf.GradientTape() as tape:
            loss = value_loss(value_net(observations)[:, 0], targets)
        gradients = tape.gradient(loss, value_net.trainable_variables)
        optimizer.apply(gradients, value_net.trainable_variables)
        return loss

    return lambda observations, targets: value_step(
        tf.cast(observations, tf.float32), tf.cast(targets, tf.float32)
    )


def train_actor_critic(
    env_id="CartPole-v1",
    *,
    seed,
    n_updates=300,
    n_envs=8,
    gamma=0.99,
    lam=0.98,
    learning_rate=0.03,
    value_learning_rate=0.03,
    n_value_steps=20,
    update=actor_critic_update,
    policy_net=None,
    value_net=None,
    stop_when_solved=True,
    path=None,
    progress=False,
):
    """Train a policy network and a value network with Adam and return a `Training`.

    The loop, the budget and the stopping rule are those of `train_reinforce`. `gamma` must be
    below 1. `update` is called like `actor_critic_update`: bring your own to change what is
    learned from a batch. `policy_net` defaults to `scaled_policy_net`, `value_net` to
    `scaled_value_net`; `shared_value_net(policy_net)` is a critic on the actor's trunk. Both
    are trained in place; with `path` the policy network is saved there.

    Raises TypeError, ValueError or OSError for a bad argument before anything is played.
    Used in notebook 05.
    """
    check_fraction(lam, "lam")
    check_below_one(gamma, "gamma")
    rates = {"learning_rate": learning_rate, "value_learning_rate": value_learning_rate}
    optimizers = [keras.optimizers.Adam(check_positive(rate, name)) for name, rate in rates.items()]
    check_count(n_value_steps, "n_value_steps")
    envs, rngs = make_training_envs(env_id, n_envs, seed, path)
    space, n_actions = envs.single_observation_space, envs.single_action_space.n
    policy_net = policy_net or scaled_policy_net(space, n_actions, draw_seed(rngs[0]))
    value_net = value_net or scaled_value_net(space, draw_seed(rngs[0]))
    check_critic(value_net, space)

    def learn(episodes):
        update(policy_net, value_net, optimizers, episodes, gamma, lam, n_value_steps)

    run = run_training(envs, rngs, policy_net, learn, n_updates, stop_when_solved, path, progress)
    return run._replace(value_net=value_net)
