"""A network's forward pass in NumPy: acting through Keras costs many times more.

Notebook 02 measures the difference. Nothing here imports Keras: the network that is passed
in already did.
"""

import sys

import numpy as np

from cartpole_lib.guards import guard
from cartpole_lib.guards.nets import activation_name, network, trusted


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


@guard(net=network, answer=trusted)
def numpy_forward(net):
    """Return the function observations → outputs that `net` computes, for any leading shape.

    The function keeps the weights that the network has now. A `Sequential` of `Dense` layers,
    and of `Normalization` of the last axis, runs in NumPy; any other model is called as it is,
    correct but slow.

    Raises TypeError or ValueError for a network that does not fit, and the function ValueError
    for observations of another width, and where an output is NaN. Used in notebook 02.
    """
    layers = [_in_numpy(layer) for layer in net.layers]
    if type(net).__name__ != "Sequential" or None in layers:
        return _through_keras(net)

    def forward(observations):
        for layer in layers:
            observations = layer(observations)
        return observations

    return forward


def _in_numpy(layer):
    """Return what `layer` computes as a function, or None if it is neither plain Dense nor scaling.

    A layer or a function of one's own may have the name of one of Keras's, so names do not decide.
    """
    keras, activation = sys.modules["keras"], activation_name(layer)
    if layer.dtype_policy.name != "float32":  # quantized, for example
        return None
    if type(layer) is keras.layers.Normalization and layer.axis == (-1,) and not layer.invert:
        mean, deviation = np.ravel(layer.mean), np.sqrt(np.ravel(layer.variance))
        deviation = np.maximum(deviation, np.float32(1e-7))  # as Keras does
        return lambda x: (x - mean) / deviation
    plain = activation in ACTIVATIONS and layer.activation is keras.activations.get(activation)
    if type(layer) is keras.layers.Dense and plain:
        kernel = layer.kernel.numpy().copy()
        bias = layer.bias.numpy().copy() if layer.use_bias else np.float32(0)
        function = ACTIVATIONS[activation]
        return lambda x: function(x @ kernel + bias)
    return None


def _through_keras(net):
    parts = net.trainable_variables, net.non_trainable_variables
    weights = [[np.array(variable) for variable in part] for part in parts]

    def forward(observations):
        rows = observations.reshape(-1, observations.shape[-1])
        flat = np.asarray(net.stateless_call(*weights, rows)[0])
        return flat.reshape(observations.shape[:-1] + flat.shape[-1:])

    return forward


@guard
def action_logits(policy_net):
    """Return a function from observations to logits, shape (..., n_actions).

    The last layer of `policy_net` says what its outputs are: logits; or probabilities where
    it is a softmax; or, where it is one sigmoid, the probability of action 1. The function
    keeps the weights that the network has now.

    Raises ValueError for any other last layer. Used in notebook 02.
    """
    forward = numpy_forward(policy_net)
    return {
        "linear": forward,
        "softmax": lambda observations: _log(forward(observations)),
        "sigmoid": lambda observations: _log(_with_complement(forward(observations))),
    }[activation_name(policy_net.layers[-1])]


def action_probabilities(policy_net):
    """Return a function from observations to π(a | observation), shape (..., n_actions).

    Fits the networks that `action_logits` fits. Used in notebook 02.
    """
    logits = action_logits(policy_net)
    return lambda observations: _softmax(logits(observations))


def _log(probabilities):
    return np.log(np.maximum(probabilities, 1e-30))  # log 0 would warn


def _with_complement(p):
    return np.concatenate([1 - p, p], axis=-1)
