"""REINFORCE: play whole episodes, and make likelier what turned out better than usual."""

from functools import lru_cache
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf
from tqdm.auto import tqdm

from cartpole_lib.checks import check_count, check_fraction, check_path, check_positive, check_seed
from cartpole_lib.evaluate import Summary, evaluate, summarize
from cartpole_lib.networks import scaled_policy_net
from cartpole_lib.play_checks import check_fits, check_spaces
from cartpole_lib.policies import greedy_policy, sampling_policy, save_policy
from cartpole_lib.returns import discounted_returns, standardize_by_step
from cartpole_lib.rollout import make_envs, play_episodes

RECENT = 16  # training episodes whose mean return decides whether an evaluation is worth its time


class Training(NamedTuple):
    """What a training run leaves behind. Evaluations are not counted as steps or episodes."""

    policy_net: keras.Model  # observations → logits
    episode_returns: np.ndarray  # (n_episodes,), every training episode in order
    episode_lengths: np.ndarray  # (n_episodes,), in steps
    n_updates: int  # when it ended: solved, or at the end of its budget
    n_steps: int  # environment steps until then
    solved: bool  # a separate evaluation, greedy and sampled, said so
    greedy: Summary  # of 100 episodes after training, on starts that no decision has seen
    sampled: Summary


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
    Source: Sutton & Barto, 2nd edition, sections 13.3 and 13.4. Shown in notebook 04.
    """
    weights = weigh([discounted_returns(episode.rewards, gamma) for episode in episodes])
    observations = np.concatenate([episode.observations[:-1] for episode in episodes])
    actions = np.concatenate([episode.actions for episode in episodes])
    gradient_step = compiled_step(policy_net, optimizer)
    return float(gradient_step(observations, actions, np.concatenate(weights)))


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
    When recent returns look promising, 100 fresh episodes are played greedily and 100
    sampled: solved means that both confidence intervals lie above the environment's own
    threshold. Without `stop_when_solved`, or where the environment has no threshold, training
    uses its whole budget. `policy_net` defaults to `scaled_policy_net`, and is trained in
    place; with `path` the trained network is saved there. Every draw depends on `seed`.

    Raises TypeError, ValueError or OSError for a bad argument before anything is played.
    """
    if check_seed(seed) is None:
        raise ValueError("seed must be a whole number, so that the run can be repeated; got None")
    check_fraction(gamma, "gamma")
    if path is not None:
        check_path(path)
    envs = make_envs(env_id, n_envs)
    check_spaces(envs.single_observation_space, envs.single_action_space)
    play_rng, stop_rng, report_rng = np.random.default_rng(seed).spawn(3)
    if policy_net is None:
        policy_net = scaled_policy_net(
            envs.single_observation_space, envs.single_action_space.n, draw_seed(play_rng)
        )
    check_fits(policy_net, envs.single_observation_space, envs.single_action_space)
    optimizer = keras.optimizers.Adam(check_positive(learning_rate, "learning_rate"))
    threshold, solved = envs.spec.reward_threshold, False
    returns, lengths = [], []
    bar = tqdm(range(check_count(n_updates, "n_updates")), unit="update", disable=not progress)
    for _ in bar:
        episodes = play_episodes(envs, sampling_policy(policy_net, play_rng), draw_seed(play_rng))
        reinforce_update(policy_net, optimizer, episodes, gamma, weigh)
        returns += [episode.rewards.sum() for episode in episodes]
        lengths += [len(episode.actions) for episode in episodes]
        bar.set_postfix({"mean return": f"{np.mean(returns[-RECENT:]):.0f}"}, refresh=False)
        if stop_when_solved and looks_promising(returns[-RECENT:], threshold):
            solved = all(
                s.low >= threshold for s in summaries(policy_net, env_id, stop_rng, threshold)
            )
            if solved:
                break
    envs.close()
    if path is not None:
        save_policy(policy_net, path)
    greedy, sampled = summaries(policy_net, env_id, report_rng, threshold)
    n_updates = len(returns) // envs.num_envs
    return Training(
        policy_net,
        np.array(returns),
        np.array(lengths),
        n_updates,
        sum(lengths),
        solved,
        greedy,
        sampled,
    )


def draw_seed(rng):
    """Return a seed for an environment, drawn from a generator."""
    return int(rng.integers(2**31))


def looks_promising(returns, threshold):
    """Say whether recent training returns come close enough to the threshold to evaluate."""
    return threshold is not None and np.mean(returns) >= threshold - 0.05 * abs(threshold)


def summaries(policy_net, env_id, rng, threshold):
    """Evaluate a network on 100 fresh episodes each, greedily and sampled; return both `Summary`s."""
    policies = greedy_policy(policy_net), sampling_policy(policy_net, rng)
    goal = 0 if threshold is None else threshold
    return [summarize(evaluate(policy, env_id, seed=draw_seed(rng)), goal) for policy in policies]
