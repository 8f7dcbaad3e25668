"""Networks. Nothing here imports Keras: whoever passes a network already did."""

import inspect
import sys
from pathlib import Path

import gymnasium as gym
import numpy as np

from cartpole_lib.guards.values import observed, short
from cartpole_lib.guards.worlds import is_row


def network(net, name, envs=None):
    """Return `net` if it is a Keras model from one array of float32 observations to one of outputs."""
    if not hasattr(net, "trainable_variables"):
        raise TypeError(f"{name} must be a Keras model; got {short(net)}{_remedy(net, name)}")
    shapes = getattr(net, "inputs", None) and (net.input_shape, net.output_shape)
    width = envs.single_observation_space.shape[0] if envs else "n_observations"
    if not shapes and not net.weights:
        raise ValueError(f"{name} has no weights yet: begin it with keras.Input(({width},))")
    if not shapes:
        raise ValueError(
            f"{name} is a {type(net).__name__}, which does not say what goes in and comes out: "
            f"wrap it, keras.Sequential([keras.Input(({width},)), net])"
        )
    for shape, what in zip(shapes, ("input", "output")):
        several = isinstance(getattr(net, what, None), dict | list | tuple)
        if several or len(shape) != 2:
            remedy = {
                "input": f"begin it with keras.Input(({width},)), and keras.layers.Reshape behind it",
                "inputs": "make one of them, keras.layers.Concatenate(), outside of the network",
                "output": "put keras.layers.Flatten() before its last layer",
                "outputs": "pass keras.Model(net.inputs[0], net.outputs[0]), with the one you want",
            }[what + "s" * several]
            raise ValueError(
                f"{name} must have one {what} of shape (batch, numbers); it has {shape}: {remedy}"
            )
    for layer in net.layers:
        if layer.compute_dtype != "float32":
            raise ValueError(
                f"{name} computes in {layer.compute_dtype}, in layer {layer.name!r}; this course "
                "uses float32: call keras.config.set_dtype_policy('float32') and build it again"
            )
    return net


def _remedy(net, name):
    if isinstance(net, np.ndarray):
        return (
            ". If these are observations, you passed the function that makes a policy: call it "
            "first, as in greedy_policy(policy_net)"
        )
    if hasattr(net, "policy_net"):
        return f": a Training holds it, run.{name}"
    if isinstance(net, str | Path):
        return f": load it first, load_policy({str(net)!r})"
    if hasattr(net, "apply"):
        return ": that is an optimiser; the network comes first"
    if inspect.isroutine(net):
        return (
            f": pass the network itself, not a policy made from it; and if {net.__name__} builds "
            "networks, call it first, as in softmax_policy_net(seed=0)"
        )
    return ""


def activation_name(layer):
    """Return the name of a layer's activation, None if it has none."""
    return getattr(getattr(layer, "activation", None), "__name__", None)


def policy_outputs(net, name, envs=None):
    """Return `net` if its outputs can stand for actions: logits, probabilities, or one sigmoid."""
    network(net, name, envs)
    made_by = net.outputs[0]._keras_history.operation
    if made_by is not net.layers[-1]:
        raise ValueError(
            f"{name} ends with {made_by.name!r}, which is no layer and does not say what its outputs "
            "are: put a layer in its place, such as keras.layers.Activation('softmax')"
        )
    n_outputs, activation = net.output_shape[-1], activation_name(net.layers[-1])
    if activation is None:
        raise ValueError(
            f"{name} ends with a {type(net.layers[-1]).__name__}, which does not say what its "
            "outputs are: if they are logits, add keras.layers.Activation('linear'); in place of "
            "keras.layers.Softmax() use keras.layers.Activation('softmax')"
        )
    if activation not in (("sigmoid",) if n_outputs == 1 else ("linear", "softmax")):
        swapped = n_outputs == 1 and activation == "linear"
        raise ValueError(
            f"{name} ends with {n_outputs} output(s) and activation {activation!r}: use one "
            "output with activation='sigmoid', or one logit for each action and no activation"
            + (". If it is a critic, you swapped policy_net and value_net" if swapped else "")
        )
    return net


def value_network(net, name):
    """Return `net` if it has one output, a value."""
    network(net, name)
    if net.output_shape[-1] != 1:
        raise ValueError(
            f"{name} must have one output, its value; it has {net.output_shape[-1]}: use "
            "scaled_value_net(space, seed), and mind the order policy_net, value_net"
        )
    if activation_name(net.layers[-1]) not in (None, "linear"):
        raise ValueError(
            f"{name} ends with activation {activation_name(net.layers[-1])!r}, but a value may be any "
            "number, also one below 0: leave the activation of its last layer out"
        )
    return net


def in_a_row(net, name):
    """Return `net` if its layers follow one another, so that all but the last are a network, too."""
    network(net, name)
    if not hasattr(net, "add"):
        raise ValueError(
            f"{name} must be a keras.Sequential, for its layers are used in a row; it is a "
            f"{type(net).__name__}: make the critic yourself, keras.Model(net.inputs[0], "
            "keras.layers.Dense(1)(net.layers[-1].input))"
        )
    return net


def sigmoid_network(net, name, env):
    """Return `net` if it ends with one sigmoid output, and fits the environment."""
    network(net, name)
    if net.output_shape[-1] != 1 or activation_name(net.layers[-1]) != "sigmoid":
        raise ValueError(
            f"{name} must end with one sigmoid output, as sigmoid_policy_net(seed) does"
        )
    n_observations, n_actions = env.observation_space.shape[0], env.action_space.n
    if (net.input_shape[-1], 2) != (n_observations, n_actions):
        raise ValueError(
            f"{name} takes {net.input_shape[-1]} numbers for each observation and has two actions, "
            f"but the environment gives {n_observations} and has {n_actions}: use "
            "sigmoid_policy_net(seed, n_observations) in a world of two actions"
        )
    return net


def flat_space(space, name):
    """Return `space` if it is that of one environment's observations."""
    if not isinstance(space, gym.Space):
        raise TypeError(
            f"{name} must be a space; got {short(space)}: pass env.observation_space, or "
            "envs.single_observation_space of environments side by side"
        )
    if not is_row(space):
        raise ValueError(
            f"{name} must be the one-dimensional Box of one observation; got "
            f"{' '.join(str(space).split())}: "
            "of environments side by side pass envs.single_observation_space"
        )
    return space


def fits(net, name, envs):
    """Return a policy network that takes the observations of `envs` and answers for each action."""
    policy_outputs(net, name, envs)
    n_inputs, n_observations = net.input_shape[-1], envs.single_observation_space.shape[0]
    if n_inputs != n_observations:
        raise ValueError(
            f"{name} takes {n_inputs} numbers for each observation, but the environment gives "
            f"{n_observations}"
        )
    n_outputs, n_actions = net.output_shape[-1], envs.single_action_space.n
    if n_outputs != n_actions and (n_outputs, n_actions) != (1, 2):
        raise ValueError(
            f"{name} has {n_outputs} output{'s' * (n_outputs > 1)}, but the environment has "
            f"{n_actions} actions: one output is wanted for each"
        )
    return net


def critic(net, name, envs):
    """Return a value network that takes the observations of `envs`."""
    network(net, name, envs)
    n_observations = envs.single_observation_space.shape[0]
    if (net.input_shape[-1], net.output_shape[-1]) != (n_observations, 1):
        raise ValueError(
            f"{name} must take the {n_observations} numbers of an observation and have one "
            f"output, its value; it goes from {net.input_shape} to {net.output_shape}"
        )
    return net


def readable(net, name, path=None):
    """Return `net` if what `save_policy` would write at `path` could be loaded in safe mode."""
    if path is None:
        return net
    saving = sys.modules["keras"].saving
    for layer in policy_outputs(net, name).layers:
        try:
            saving.deserialize_keras_object(saving.serialize_keras_object(layer), safe_mode=True)
        except Exception as error:
            raise ValueError(
                f"{name} cannot be saved: its layer {layer.name!r}, a {type(layer).__name__}, could "
                "not be loaded again in safe mode: use layers of Keras's own, and no Lambda. Of a "
                "trained one net.save_weights('net.weights.h5') keeps the weights"
            ) from error
    return net


def trusted(forward, name, net):
    """Return `forward` with each call checked: the right numbers go in, and no NaN comes out."""
    width, who = net.input_shape[-1], f"the network {net.name!r}"

    def checked(observations):
        outputs = forward(observed(observations, width, who))
        total = outputs.sum()
        if total != total and np.isnan(outputs).any():  # the cheapest test for NaN
            sound = all(np.isfinite(weight).all() for weight in net.get_weights())
            raise ValueError(
                f"{who} answers NaN: "
                + ("look at its observations" if sound else "its weights are not finite any more")
                + ". Training got there by a learning rate that is too large, or by a loss of NaN."
            )
        return outputs

    return checked
