"""Networks and optimisers. Nothing here imports Keras: whoever passes a network already did."""

import inspect
import sys
from numbers import Real
from pathlib import Path

import gymnasium as gym
import numpy as np

from cartpole_lib.guards.values import short
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
    ends = getattr(net, "input", None), getattr(net, "output", None)
    for shape, end, what in zip(shapes, ends, ("input", "output")):
        several = isinstance(end, dict | list | tuple)
        if several or len(shape) != 2:
            remedy = {
                "input": f"begin it with keras.Input(({width},)), and keras.layers.Reshape behind it",
                "output": "put keras.layers.Flatten() before its last layer",
            }[what]
            if several:
                remedy = "pass keras.Model(net.inputs[0], net.outputs[0]), with the one you want"
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


def policy_outputs(net, name):
    """Return `net` if its outputs can stand for actions: logits, probabilities, or one sigmoid."""
    network(net, name)
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


def one_observation(observation, name, env):
    """Return `observation` if it is one array of numbers, as many as `env` gives."""
    if isinstance(observation, np.ndarray) and observation.ndim > 1:
        raise TypeError(
            f"{name} must be a single one, of shape (n_observations,); got {short(observation)}: "
            "take one row"
        )
    if not isinstance(observation, np.ndarray) or observation.ndim != 1:
        raise TypeError(
            f"{name} must be an array of numbers; got {short(observation)}. "
            "Note that env.reset() returns two things: observation, info = env.reset()"
        )
    wanted = env.observation_space.shape
    if observation.dtype.kind not in "fiub" or observation.shape != wanted:
        raise ValueError(
            f"{name} must be numbers of shape {wanted}, as env gives them; got {observation.dtype} "
            f"of shape {observation.shape}: begin with observation, info = env.reset()"
        )
    if not np.isfinite(observation).all():
        raise ValueError(
            f"{name} must be finite numbers; got {observation}: look where it comes from"
        )
    return observation


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
    network(net, name, envs)
    policy_outputs(net, name)
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
                "not be loaded again in safe mode: use layers of Keras's own, and no Lambda"
            ) from error
    return net


def learner(net, name):
    """Return a policy network that is not frozen."""
    policy_outputs(net, name)
    if not net.trainable_variables:
        raise ValueError(f"{name} is frozen, so it learns nothing: set {name}.trainable = True")
    return net


def one_loss(loss, net):
    """Return what a loss said of the answers of `net` if it is one number, and all that counts."""
    if not sys.modules["keras"].ops.is_tensor(loss) or loss.shape.rank:
        raise TypeError(
            "loss must return one number, a tensor, as keras.ops.mean(weights * losses) is; got "
            f"{short(loss)}"
        )
    if net.losses:
        raise ValueError(
            f"the network {net.name!r} has a regularizer, which loss does not count: build it "
            "without one, and add what it costs to a loss of your own"
        )
    return loss


def followed(gradients):
    """Return the gradients of a loss unless there are none, because it cannot be followed back."""
    if gradients and all(gradient is None for gradient in gradients):
        raise ValueError(
            "loss has no gradient: compute it with keras.ops from what the network answers, its "
            "first argument, without argmax, rounding or whole numbers"
        )
    return gradients


def optimizer(value, name):
    """Return `value` if it is a Keras optimiser, and not the class of one."""
    if isinstance(value, type) or not (hasattr(value, "apply") and hasattr(value, "build")):
        raise TypeError(
            f"{name} must be a Keras optimizer, such as keras.optimizers.Adam(0.03); got "
            f"{short(value)}"
        )
    return value


def optimizer_pair(values, name):
    """Return `values` if they are two different Keras optimisers, the actor's and the critic's."""
    if not isinstance(values, list | tuple) or len(values) != 2 or values[0] is values[1]:
        raise TypeError(
            f"{name} must be two different ones, the actor's and the critic's, such as "
            f"[Adam(0.03), Adam(0.03)]; got {short(values)}: each keeps track of its own network"
        )
    return [optimizer(value, f"each of {name}") for value in values]


def trusted(forward, name, net):
    """Return `forward` with each call checked: the right numbers go in, and no NaN comes out."""
    width = net.input_shape[-1]

    def checked(observations):
        observations = np.asarray(observations)
        if observations.shape[-1:] != (width,):
            raise ValueError(
                f"the network {net.name!r} takes {width} numbers for each observation; got shape "
                f"{observations.shape}"
            )
        outputs = forward(observations)
        total = outputs.sum()
        if total != total and np.isnan(outputs).any():  # the cheapest test for NaN
            sound = all(np.isfinite(weight).all() for weight in net.get_weights())
            raise ValueError(
                f"the network {net.name!r} answers NaN: "
                + ("look at its observations" if sound else "its weights are not finite any more")
                + ". Training got there by a learning rate that is too large, or by a loss of NaN."
            )
        return outputs

    return checked


def steps_alike(step, name, policy_net, value_net):
    """Return a compiled step with each call checked: a row, and a label of each kind, for each step."""
    net = value_net if policy_net is None else policy_net

    def checked(observations, *labels):
        shapes = [np.shape(observations)[:1], *map(np.shape, labels)]
        if any(shape != shapes[0] for shape in shapes):
            raise ValueError(
                f"{name}: observations have {len(observations)} rows, but the numbers for each step "
                f"have the shapes {shapes[1:]}: leave out the last observation, "
                "episode.observations[:-1], and give each step one number"
            )
        if np.shape(observations)[1:] != net.input_shape[1:]:
            raise ValueError(
                f"{name}: the network {net.name!r} takes {net.input_shape[-1]} numbers for each "
                f"observation; got shape {np.shape(observations)}: play in the world it is for"
            )
        if policy_net is not None:
            _known_actions(labels[0], name, max(net.output_shape[-1], 2))
        return step(observations, *labels)

    return checked


def _known_actions(actions, name, n_actions):
    actions = np.asarray(actions)
    if actions.size and not 0 <= actions.min() <= actions.max() < n_actions:
        raise ValueError(
            f"{name}: actions must be whole numbers from 0 to {n_actions - 1}, for the network knows "
            f"no others; got {actions.min()} to {actions.max()}"
        )


def same_shape(values, name, targets):
    """Return `values`, a scalar or of the shape of `targets`: else (n, 1) and (n,) make (n, n)."""
    if not hasattr(values, "shape") and not isinstance(values, Real):
        raise TypeError(f"{name} must be an array, as np.array makes one; got {short(values)}")
    if np.ndim(values) and tuple(values.shape) != tuple(np.shape(targets)):
        raise ValueError(
            f"{name} and targets must have the same shape; got {tuple(values.shape)} and "
            f"{tuple(np.shape(targets))}: NumPy would subtract each from each; take values[:, 0]"
        )
    return values


def one_each(weights, name, actions):
    """Return `weights`, one for each of `actions`: else (n, 1) and (n,) make (n, n)."""
    if not hasattr(actions, "shape"):
        raise TypeError(f"actions must be an array, as np.array makes one; got {short(actions)}")
    if len(np.shape(actions)) != 1 or tuple(np.shape(weights)) != tuple(np.shape(actions)):
        raise ValueError(
            f"{name} and actions must have one number for each step, shape (n,); got "
            f"{tuple(np.shape(weights))} and {tuple(np.shape(actions))}"
        )
    return weights
