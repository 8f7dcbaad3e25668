"""REINFORCE: play whole episodes, and make likelier what turned out better than usual."""

from functools import lru_cache

import keras
import numpy as np
import tensorflow as tf

from cartpole_lib.checks import check_fraction, check_positive
from cartpole_lib.networks import scaled_policy_net
from cartpole_lib.play_checks import check_weights
from cartpole_lib.returns import discounted_returns, standardize_by_step
from cartpole_lib.training import draw_seed, make_training_envs, run_training


def policy_gradient_loss(logits, actions, weights):
    """Return the mean over all steps of weight · (−log π(action)), a scalar tensor.

    `logits` has shape (steps, n_actions), `actions` and `weights` have shape (steps,). Its
    gradient is the policy gradient, with a minus sign because optimisers descend.

    Source: Williams 1992; Sutton & Barto, 2nd edition, section 13.3 (without its factor
    gamma^t). Shown in notebook 04.
    """
    losses = keras.losses.sparse_categorical_crossentropy(actions, logits, from_logits=True)
    return keras.ops.mean(weights * losses)


def reinforce_update(policy_net, optimizer, episodes, gamma, weigh=standardize_by_step):
    """Take one gradient step on a list of `Episode`s; return the loss before it, a float.

    `weigh` turns the discounted returns, a list of arrays, into the weights of the loss.
    Raises ValueError if it leaves a step without a finite weight.

    Source: Sutton & Barto, 2nd edition, sections 13.3 and 13.4. Shown in notebook 04.
    """
    returns = [discounted_returns(episode.rewards, gamma) for episode in episodes]
    weights = check_weights(weigh(returns), episodes)  # (all steps of all episodes,)
    observations = np.concatenate([episode.observations[:-1] for episode in episodes])
    actions = np.concatenate([episode.actions for episode in episodes])
    gradient_step = compiled_step(policy_net, optimizer)
    return float(gradient_step(observations, actions, weights))


@lru_cache(maxsize=4)
def compiled_step(policy_net, optimizer):
    """Return the gradient step of a network and its optimiser, compiled once for any batch size."""
    optimizer.build(policy_net.trainable_variables)
    steps = tf.TensorSpec((None,), tf.float32)
    batch = tf.TensorSpec((None, policy_net.input_shape[-1]), tf.float32)

    @tf.function(input_signature=[batch, tf.TensorSpec((None,), tf.int64), steps])
    def gradient_step(observations, actions, weights):
        with tf.GradientTape() as tape:
            loss = policy_gradient_loss(logits_of(policy_net, observations), actions, weights)
        gradients = tape.gradient(loss, policy_net.trainable_variables)
        optimizer.apply(gradients, policy_net.trainable_variables)
        return loss

    return lambda observations, actions, weights: gradient_step(
        tf.cast(observations, tf.float32), tf.cast(actions, tf.int64), tf.cast(weights, tf.float32)
    )


def logits_of(policy_net, observations):
    """Return the logits of a network, also of one with a single sigmoid output."""
    outputs = policy_net(observations)
    if outputs.shape[-1] > 1:
        return outputs
    return keras.ops.log(keras.ops.concatenate([1 - outputs, outputs], axis=-1) + 1e-7)


def train_reinforce(
    env_id="CartPole-v1",
    *,
    seed,
    n_updates=300,
    n_envs=8,
    gamma=0.99,
    learning_rate=0.03,
    weigh=standardize_by_step,
    policy_net=None,
    stop_when_solved=True,
    path=None,
    progress=False,
):
    """Train a policy network by REINFORCE with Adam and return a `Training`.

    Each of at most `n_updates` updates plays one episode in each of `n_envs` environments.
    `run_training` has the stopping rule; without `stop_when_solved`, or where the environment
    has no threshold, training uses its whole budget. `weigh` turns returns into the weights
    of the loss. `policy_net` defaults to `scaled_policy_net`, and is trained in place; with
    `path` the trained network is saved there. Every draw depends on `seed`.

    Raises TypeError, ValueError or OSError for a bad argument before anything is played.
    Used in notebook 04.
    """
    check_fraction(gamma, "gamma")
    optimizer = keras.optimizers.Adam(check_positive(learning_rate, "learning_rate"))
    envs, rngs = make_training_envs(env_id, n_envs, seed, path)
    if policy_net is None:
        n_actions = envs.single_action_space.n
        policy_net = scaled_policy_net(envs.single_observation_space, n_actions, draw_seed(rngs[0]))

    def update(episodes):
        reinforce_update(policy_net, optimizer, episodes, gamma, weigh)

    return run_training(envs, rngs, policy_net, update, n_updates, stop_when_solved, path, progress)
