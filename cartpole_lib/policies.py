"""Policies: functions from observations to actions, written by hand or made from a network.

A policy takes an array whose last axis is the observation and returns integers of the
leading shape: one observation in, one action out; many in, many out.
"""

import numpy as np

from cartpole_lib.files import written_whole
from cartpole_lib.forward import action_logits
from cartpole_lib.guards import guard
from cartpole_lib.guards.nets import readable
from cartpole_lib.guards.plays import as_many_as_weights, choosing_among
from cartpole_lib.guards.saved import loaded_policy, saved_policy
from cartpole_lib.guards.values import seed_or_generator


@guard(seed=seed_or_generator, answer=choosing_among)
def random_policy(seed, n_actions=2):
    """Return a policy that draws each of `n_actions` actions with the same probability.

    `seed` is an int or a NumPy generator. The dice are spawned from it, so that they never
    repeat the numbers of an environment with the same seed. Shown in notebook 01.
    """
    rng = np.random.default_rng(seed).spawn(1)[0]

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


lean_policy.n_actions = lean_and_spin_policy.n_actions = 2  # they know of no third


@guard(answer=as_many_as_weights)
def linear_policy(weights):
    """Return the policy that takes action 1 where the weighted sum of an observation is positive.

    `weights` has shape (n_observations,). Raises ValueError if it is not a list of finite
    numbers. Shown in notebook 01.
    """

    def policy(observations):
        return (observations @ weights > 0).astype(int)

    return policy


@guard(seed=seed_or_generator, answer=choosing_among)
def sampling_policy(policy_net, seed):
    """Return a policy that draws action a with the network's probability π(a | observation).

    It adds Gumbel noise to each logit and takes the largest sum, which draws from their
    softmax in one pass (the "Gumbel-max trick"; Maddison, Tarlow and Minka 2014). `seed` is
    as for `random_policy`. The policy keeps the weights that `policy_net` has now: after an
    update, make a new one. `action_logits` says which networks fit.

    Source of softmax policies: Sutton & Barto, 2nd edition, section 13.1. Shown in
    notebook 02.
    """
    rng = np.random.default_rng(seed).spawn(1)[0]
    logits = action_logits(policy_net)

    def policy(observations):
        z = logits(observations)  # (..., n_actions)
        return (z + rng.gumbel(size=z.shape)).argmax(axis=-1)

    return policy


@guard(answer=choosing_among)
def greedy_policy(policy_net):
    """Return a policy that takes the network's likeliest action; it keeps today's weights, too.

    Shown in notebook 02.
    """
    logits = action_logits(policy_net)

    def policy(observations):
        return logits(observations).argmax(axis=-1)

    return policy


@guard(policy_net=readable)
def save_policy(policy_net, path):
    """Write a policy network to `path`, in Keras's own format, whole or not at all.

    Raises ValueError or OSError, before anything is written, for a path that does not end in
    .keras or lies where nothing can be written, and for a network that safe mode could not
    load. Used in notebook 04.
    """
    with written_whole(path) as beside:
        policy_net.save(beside)


@guard(path=saved_policy, answer=loaded_policy)
def load_policy(path):
    """Return the policy network that `save_policy` wrote to `path`, in Keras's safe mode.

    Raises FileNotFoundError where there is no file, ValueError where it is no saved policy, or
    one far larger than this course has. Open only files that you trust: safe mode is off where
    keras.config.enable_unsafe_deserialization() was called.
    """
    import keras  # here, because this module is also for lessons without TensorFlow

    try:
        return keras.models.load_model(path, compile=False, safe_mode=True)
    except Exception as error:
        raise ValueError(
            f"path {str(path)!r} is not a policy that save_policy wrote: {error}"
        ) from error
