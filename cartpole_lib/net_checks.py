"""Does this network fit this environment? Errors say what does not fit and what would."""

import numpy as np

from cartpole_lib.checks import short
from cartpole_lib.play_checks import check_env


def check_network(policy_net):
    """Return how many numbers `policy_net` takes for each observation."""
    if not hasattr(policy_net, "trainable_variables"):
        raise TypeError(
            f"policy_net must be a Keras model; got {short(policy_net)}. If you passed "
            "greedy_policy itself as a policy, call it first: greedy_policy(policy_net)"
        )
    try:
        return policy_net.input_shape[-1]
    except (AttributeError, ValueError):
        raise ValueError(
            "policy_net has no weights yet: begin it with keras.Input((n_observations,))"
        ) from None


def check_one_step(env, observation, policy_net, rng):
    """Raise unless `play_one_step` can play: a sigmoid network, an observation, a generator."""
    check_env(env)
    check_network(policy_net)
    activation = getattr(policy_net.layers[-1], "activation", None)
    if policy_net.output_shape[-1] != 1 or getattr(activation, "__name__", None) != "sigmoid":
        raise ValueError(
            "policy_net must end with one sigmoid output, as sigmoid_policy_net(seed) does"
        )
    if not isinstance(observation, np.ndarray) or observation.ndim != 1:
        raise TypeError(
            f"observation must be an array of numbers; got {short(observation)}. "
            "Note that env.reset() returns two things: observation, info = env.reset()"
        )
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a generator, np.random.default_rng(0); got {short(rng)}")


def check_fits(policy_net, observation_space, action_space):
    """Raise unless a network takes the environment's observations and has an output an action."""
    n_inputs, n_observations = check_network(policy_net), observation_space.shape[0]
    if n_inputs != n_observations:
        raise ValueError(
            f"policy_net takes {n_inputs} numbers for each observation, but the environment gives "
            f"{n_observations}"
        )
    n_outputs = policy_net.output_shape[-1]
    if n_outputs != action_space.n and (n_outputs, action_space.n) != (1, 2):
        raise ValueError(
            f"policy_net has {n_outputs} outputs, but the environment has {action_space.n} actions"
        )


def check_critic(value_net, observation_space):
    """Raise unless `value_net` takes the environment's observations and has one output."""
    if not hasattr(value_net, "trainable_variables"):
        raise TypeError(f"value_net must be a Keras model; got {short(value_net)}")
    n_observations = observation_space.shape[0]
    try:
        shapes = value_net.input_shape, value_net.output_shape
    except (AttributeError, ValueError):
        raise ValueError(
            f"value_net has no weights yet: begin it with keras.Input(({n_observations},))"
        ) from None
    if [shape[-1] for shape in shapes] != [n_observations, 1]:
        raise ValueError(
            f"value_net must take the {n_observations} numbers of an observation and have one "
            f"output, its value; it goes from {shapes[0]} to {shapes[1]}"
        )
