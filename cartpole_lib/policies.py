"""Policies: functions from observations to actions, written by hand or made from a network.

A policy takes an array whose last axis is the observation and returns integers of the
leading shape: one observation in, one action out; many in, many out.
"""

from pathlib import Path

import numpy as np

from cartpole_lib.checks import check_count, check_path, check_rng, check_vector, check_width
from cartpole_lib.forward import action_logits
from cartpole_lib.net_checks import check_network


def random_policy(seed, n_actions=2):
    """Return a policy that draws each of `n_actions` actions with the same probability.

    `seed` is an int or a NumPy generator. Shown in notebook 01.
    """
    rng = check_rng(seed)
    n_actions = check_count(n_actions, "n_actions")

    def policy(observations):
        return rng.integers(n_actions, size=np.shape(observations)[:-1])

    return policy


def lean_policy(observations):
    """Push CartPole's cart towards the side its pole leans to. Shown in notebook 01."""
    angle = observations[..., 2]
    return (angle > 0).astype(int)


def lean_and_spin_policy(observations):
    """Push towards where the pole leans and turns: angle plus angular velocity. Shown in notebook 01."""
    angle, angular_velocity = observations[..., 2], observations[..., 3]
    return (angle + angular_velocity > 0).astype(int)


def linear_policy(weights):
    """Return the policy that takes action 1 where the weighted sum of an observation is positive.

    `weights` has shape (n_observations,). Raises ValueError if it is not a list of finite
    numbers. Shown in notebook 01.
    """
    weights = check_vector(weights, "weights")

    def policy(observations):
        check_width(observations, len(weights), "linear_policy(weights)")
        return (observations @ weights > 0).astype(int)

    return policy


def sampling_policy(policy_net, seed):
    """Return a policy that draws action a with the network's probability π(a | observation).

    It adds Gumbel noise to each logit and takes the largest sum, which draws from their
    softmax in one pass (the "Gumbel-max trick"; Maddison, Tarlow and Minka 2014). `seed` is
    an int or a NumPy generator. The policy keeps the weights that `policy_net` has now:
    after an update, make a new one. `action_logits` says which networks fit.

    Source of softmax policies: Sutton & Barto, 2nd edition, section 13.1. Shown in
    notebook 02.
    """
    rng = check_rng(seed)
    logits = action_logits(policy_net)

    def policy(observations):
        scores = logits(observations)  # (..., n_actions)
        return (scores + rng.gumbel(size=scores.shape)).argmax(axis=-1)

    return policy


def greedy_policy(policy_net):
    """Return a policy that takes the network's likeliest action; it keeps today's weights, too.

    Shown in notebook 02.
    """
    logits = action_logits(policy_net)

    def policy(observations):
        return logits(observations).argmax(axis=-1)

    return policy


def save_policy(policy_net, path):
    """Write a policy network to `path`, in Keras's own format.

    Raises ValueError or OSError, before anything is written, for a path that does not end in
    .keras or lies where nothing can be written. Used in notebook 04.
    """
    check_network(policy_net)
    policy_net.save(check_path(path))


def load_policy(path):
    """Return the policy network that `save_policy` wrote to `path`, in Keras's safe mode.

    Raises FileNotFoundError where there is no file, ValueError where it is no saved network.
    """
    import keras  # here, because this module is also for lessons without TensorFlow

    if not Path(path).is_file():
        raise FileNotFoundError(
            f"path {str(path)!r} is no file: save_policy(policy_net, path) writes one"
        )
    try:
        return keras.models.load_model(path, safe_mode=True)
    except Exception as error:
        raise ValueError(
            f"path {str(path)!r} is not a policy that save_policy wrote: {error}"
        ) from error
