"""Policy networks and value networks, built with Keras. Importing this imports TensorFlow."""

import keras
import numpy as np

from cartpole_lib.guards import guard
from cartpole_lib.guards.nets import in_a_row
from cartpole_lib.guards.values import network_seed


@guard(seed=network_seed)
def sigmoid_policy_net(seed, n_observations=4):
    """Return the smallest network of the course: 5 elu units and one output, π(1 | observation).

    The output is the probability of action 1; it fits environments with two actions. `seed`
    fixes the first weights. Shown in notebook 02.
    """
    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(seed))
    return keras.Sequential(
        [
            keras.Input((n_observations,)),
            keras.layers.Dense(5, activation="elu", kernel_initializer=first_weights),
            keras.layers.Dense(1, activation="sigmoid", kernel_initializer=first_weights),
        ]
    )


@guard(seed=network_seed)
def softmax_policy_net(seed, n_observations=4, n_actions=2):
    """Return a network with 32 tanh units and one logit for each action.

    A softmax turns its logits into π(a | observation). `seed` fixes the first weights.
    Shown in notebook 02.
    """
    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(seed))
    return keras.Sequential(
        [
            keras.Input((n_observations,)),
            keras.layers.Dense(32, activation="tanh", kernel_initializer=first_weights),
            keras.layers.Dense(n_actions, kernel_initializer=first_weights),
        ]
    )


@guard(seed=network_seed)
def scaled_policy_net(observation_space, n_actions, seed):
    """Return a network like `softmax_policy_net` whose first layer scales its observations.

    The layer maps what `observation_space` allows to the range from -1 to 1, number by number;
    numbers without a useful bound stay as they are: without any, with room for two million or more
    (which says nothing of their size), or with room for one value only. It is not trained.
    Shown in notebook 04.
    """
    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(seed))
    low, high = np.float64(observation_space.low), np.float64(observation_space.high)
    half = high / 2 - low / 2  # of what is allowed, infinite where there is no bound
    useful = (half > 0) & (half < 1e6)
    low, high = np.where(useful, low, -1), np.where(useful, high, 1)
    return keras.Sequential(
        [
            keras.Input(observation_space.shape),
            keras.layers.Normalization(mean=(low + high) / 2, variance=((high - low) / 2) ** 2),
            keras.layers.Dense(32, activation="tanh", kernel_initializer=first_weights),
            keras.layers.Dense(n_actions, kernel_initializer=first_weights),
        ]
    )


@guard(policy_net=in_a_row)
def shared_value_net(policy_net):
    """Return a value network on the trunk of `policy_net`: all its layers but the last are shared.

    Its own last layer has one output and begins at zero: it expects nothing at first. What
    one of the two networks learns in the trunk moves the other. Shown in notebook 05.
    """
    return keras.Sequential(
        [
            keras.Input(policy_net.input_shape[1:]),
            *policy_net.layers[:-1],
            keras.layers.Dense(1, kernel_initializer="zeros"),
        ]
    )


@guard(seed=network_seed)
def scaled_value_net(observation_space, seed):
    """Return a value network of its own: built like `scaled_policy_net`, with one output.

    Shown in notebook 05.
    """
    return shared_value_net(scaled_policy_net(observation_space, 1, seed))
