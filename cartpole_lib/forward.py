"""A network's forward pass in NumPy: acting through Keras costs many times more.

Notebook 02 measures the difference. Nothing here imports Keras: the network that is passed
in already did.
"""

import numpy as np

from cartpole_lib.checks import check_width
from cartpole_lib.net_checks import check_network


def _softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "elu": lambda x: np.maximum(x, 0) + np.expm1(np.minimum(x, 0)),
    "tanh": np.tanh,
    "sigmoid": lambda x: 0.5 + 0.5 * np.tanh(0.5 * x),  # 1 / (1 + exp(-x)), without overflow
    "softmax": _softmax,
}


def numpy_forward(policy_net):
    """Return the function observations → outputs that `policy_net` computes, for any leading shape.

    The function keeps the weights that the network has now. A `Sequential` of `Dense`
    layers runs in NumPy; any other model is called as it is, correct but slow.
    """
    n_inputs = check_network(policy_net)
    if type(policy_net).__name__ == "Sequential" and all(map(_is_plain, policy_net.layers)):
        layers = [
            (*_weights(layer), ACTIVATIONS[activation_name(layer) or "linear"])
            for layer in policy_net.layers
        ]
    else:
        layers = None

    def forward(observations):
        outputs = np.asarray(observations)
        check_width(outputs, n_inputs, "policy_net")
        if layers is None:
            flat = np.asarray(policy_net(outputs.reshape(-1, n_inputs)))
            return flat.reshape(outputs.shape[:-1] + flat.shape[-1:])
        for kernel, bias, activation in layers:
            outputs = activation(outputs @ kernel + bias)
        return outputs

    return forward


def action_logits(policy_net):
    """Return a function from observations to logits, shape (..., n_actions).

    The last layer of `policy_net` says what its outputs are: logits; or probabilities where
    it is a softmax; or, where it is one sigmoid, the probability of action 1. The function
    keeps the weights that the network has now.

    Raises ValueError for any other last layer.
    """
    forward = numpy_forward(policy_net)
    n_outputs, activation = policy_net.output_shape[-1], activation_name(policy_net.layers[-1])
    if n_outputs > 1 and activation == "linear":
        return forward
    if n_outputs > 1 and activation == "softmax":
        return lambda observations: _log(forward(observations))
    if n_outputs == 1 and activation == "sigmoid":
        return lambda observations: _log(_with_complement(forward(observations)))
    raise ValueError(
        f"policy_net ends with {n_outputs} output(s) and activation {activation!r}: use one "
        "output with activation='sigmoid', or one logit for each action and no activation"
    )


def action_probabilities(policy_net):
    """Return a function from observations to π(a | observation), shape (..., n_actions).

    Fits the networks that `action_logits` fits.
    """
    logits = action_logits(policy_net)
    return lambda observations: _softmax(logits(observations))


def activation_name(layer):
    """Return the name of a layer's activation, None if it has none."""
    return getattr(getattr(layer, "activation", None), "__name__", None)


def _log(probabilities):
    return np.log(np.maximum(probabilities, 1e-30))  # log 0 would warn


def _with_complement(p):
    return np.concatenate([1 - p, p], axis=-1)


def _is_plain(layer):
    kind = type(layer).__name__
    return kind == "Normalization" or kind == "Dense" and activation_name(layer) in ACTIVATIONS


def _weights(layer):
    if type(layer).__name__ == "Normalization":  # (x - mean) / deviation, as a kernel and a bias
        mean, deviation = np.ravel(layer.mean), np.sqrt(np.ravel(layer.variance))
        return np.diag(1 / deviation), -mean / deviation
    kernel, *bias = layer.get_weights()
    return kernel, bias[0] if bias else np.float32(0)
