"""What a step is made of: an observation, a loss, an optimiser, and as many labels as rows."""

import inspect
import sys
import warnings
from numbers import Real

import numpy as np

from cartpole_lib.guards.values import has, must_be, noted, short


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


def one_loss(loss):
    """Return `loss` with its answer checked to be one number, and what it raises with a word more."""

    def checked(*arguments):
        graph = arguments[0].graph
        n_before = len(graph.get_operations())
        got = ", ".join(f"{a.dtype.name} of shape {tuple(a.shape)}" for a in arguments)
        with noted(
            "This happened inside loss, which is compiled before there are any numbers. It got "
            f"{got}. Compute with keras.ops, not with NumPy: keras.ops.cast makes numbers of "
            "another type, keras.ops.where chooses in place of if, and the entry of each action is "
            "keras.ops.take_along_axis(table, actions[:, None], axis=1)[:, 0]."
        ):
            answer = loss(*arguments)
        if not sys.modules["keras"].ops.is_tensor(answer) or answer.shape.rank:
            raise TypeError(
                "loss must return one number, a tensor, as keras.ops.mean(weights * losses) is; got "
                f"{short(answer)}"
            )
        made = (out for op in graph.get_operations()[n_before:] for out in op.outputs)
        if any(out.shape.rank == 2 and list(out.shape) == [None, None] for out in made):
            _warn_of_a_table(loss)
        return answer

    return checked


def _warn_of_a_table(loss):
    """Warn each time, at the line of the loss; no error, for some compare each step with each."""
    code = getattr(inspect.unwrap(loss), "__code__", one_loss.__code__)
    warnings.warn_explicit(
        "loss makes a table of each step with each, (steps, steps): is one of two arrays a "
        "column, (steps, 1)? Then take its only column, [:, 0]",
        UserWarning,
        code.co_filename,
        code.co_firstlineno,
        registry={},
    )


def only_by_loss(net):
    """Return `net` if a loss can train it, and no part of it acts in Keras's own `fit` alone."""
    if not net.trainable_variables:
        raise ValueError(
            f"the network {net.name!r} is frozen, so it learns nothing: set its trainable = True"
        )
    layers = sys.modules["keras"].layers
    idle = layers.Dropout, layers.GaussianDropout, layers.AlphaDropout, layers.GaussianNoise
    for layer in net._flatten_layers():  # also those in networks and in layers of one's own
        if isinstance(layer, (*idle, layers.BatchNormalization)):
            raise ValueError(
                f"the network {net.name!r} has the layer {layer.name!r}, a {type(layer).__name__}, "
                "which acts only in Keras's own fit: here it would do nothing, build it without one"
            )
        if net.losses or getattr(layer, "activity_regularizer", None):
            raise ValueError(
                f"the network {net.name!r} has a regularizer, which loss does not count: build it "
                "without one, and add what it costs to a loss of your own"
            )
    return net


def made_for(optimizer, net):
    """Return `optimizer` unless it keeps track of other weights than those of `net`."""
    if optimizer.built:
        known = set(map(id, optimizer._trainable_variables))
        if not known >= set(map(id, net.trainable_variables)):
            raise ValueError(
                "optimizer has trained another network, or this one while a part of it was frozen: "
                "make a new one for each, such as keras.optimizers.Adam(0.03)"
            )
    return optimizer


def followed(gradients):
    """Return the gradients of a loss unless there are none, because it cannot be followed back."""
    if gradients and all(gradient is None for gradient in gradients):
        raise ValueError(
            "loss has no gradient: compute it with keras.ops from what the network answers, its "
            "first argument, without argmax, rounding or whole numbers"
        )
    return gradients


def finite(loss, gradients):
    """Return a loss and its gradients such that a step stops before it moves anything by NaN."""
    tf = sys.modules["tensorflow"]
    # The first weight's is enough: NaN goes back from where it arises through all layers before.
    first = next(gradient for gradient in gradients if gradient is not None)
    with tf.control_dependencies([tf.debugging.check_numerics(x, "") for x in (loss, first)]):
        return tf.identity(loss), [g if g is None else tf.identity(g) for g in gradients]


optimizer = must_be(
    "a Keras optimizer, such as keras.optimizers.Adam(0.03)",
    lambda value: has("apply", "build")(value) and not isinstance(value, type),
)


def optimizer_pair(values, name):
    """Return `values` if they are two different Keras optimisers, the actor's and the critic's."""
    if not isinstance(values, list | tuple) or len(values) != 2 or values[0] is values[1]:
        raise TypeError(
            f"{name} must be two different ones, the actor's and the critic's, such as "
            f"[Adam(0.03), Adam(0.03)]; got {short(values)}: each keeps track of its own network"
        )
    return [optimizer(value, f"each of {name}") for value in values]


def steps_alike(step, name, policy_net, value_net):
    """Return a compiled step with each call checked: a row, and a label of each kind, for each step."""
    net = value_net if policy_net is None else policy_net

    def checked(observations, *labels):
        shapes = [np.shape(observations)[:1], *map(np.shape, labels)]
        if any(shape != shapes[0] for shape in shapes):
            remedy = "leave out the last observation, episode.observations[:-1]"
            if all(shape[:1] == shapes[0] for shape in shapes):
                remedy = "take the only column, [:, 0], of a critic's values before you go on"
            raise ValueError(
                f"{name}: observations have {len(observations)} rows, but the numbers for each step "
                f"have the shapes {shapes[1:]}: {remedy}, and give each step one number"
            )
        if np.shape(observations)[1:] != net.input_shape[1:]:
            raise ValueError(
                f"{name}: the network {net.name!r} takes {net.input_shape[-1]} numbers for each "
                f"observation; got shape {np.shape(observations)}: play in the world it is for"
            )
        if policy_net is not None:
            _known_actions(labels[0], name, max(net.output_shape[-1], 2))
        for numbers in (observations, *labels):
            if not np.isfinite(numbers).all():
                raise ValueError(
                    f"{name}: all must be finite numbers, for what one step makes nan all weights "
                    f"become; got {short(np.asarray(numbers))} with nan or inf in it"
                )
        try:
            return step(observations, *labels)
        except Exception as error:
            if "had NaN values" in str(error) or "had Inf" in str(error):
                raise ValueError(
                    f"{name}: loss or its gradient is not finite, so {net.name!r} was left as it was: "
                    "look for a logarithm of 0 or less in loss (keras.ops.log_softmax is safe), a "
                    "division by 0, a square root or a norm of 0 (add 1e-8), or a learning rate "
                    "that is far too large"
                ) from None
            error.add_note(
                "This happened in a step of gradients, in loss or behind it: does each number in "
                "loss belong to one step, (steps,) with (steps,)?"
            )
            raise

    return checked


def _known_actions(actions, name, n_actions):
    actions = np.asarray(actions)
    if actions.dtype.kind not in "iu":
        raise TypeError(
            f"{name}: actions must be whole numbers; got {actions.dtype}, {short(actions)}"
        )
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
    must_be("an array, as np.array makes one", has("shape"))(actions, "actions")
    if "int" not in str(getattr(actions, "dtype", "int")):
        raise TypeError(
            f"actions must be whole numbers; got {short(actions)}: the order is logits, actions, weights"
        )
    if len(np.shape(actions)) != 1 or tuple(np.shape(weights)) != tuple(np.shape(actions)):
        raise ValueError(
            f"{name} and actions must have one number for each step, shape (n,); got "
            f"{tuple(np.shape(weights))} and {tuple(np.shape(actions))}"
        )
    return weights
