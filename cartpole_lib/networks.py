"""Policy networks, built with Keras. Importing this module imports TensorFlow."""

import keras

from cartpole_lib.checks import check_count, check_seed


def sigmoid_policy_net(seed, n_observations=4):
    """Return the smallest network of the course: 5 elu units and one output, π(1 | observation).

    The output is the probability of action 1; it fits environments with two actions. `seed`
    fixes the first weights. Shown in notebook 02.
    """
    n_observations = check_count(n_observations, "n_observations")
    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(check_seed(seed)))
    return keras.Sequential(
        [
            keras.Input((n_observations,)),
            keras.layers.Dense(5, activation="elu", kernel_initializer=first_weights),
            keras.layers.Dense(1, activation="sigmoid", kernel_initializer=first_weights),
        ]
    )


def softmax_policy_net(seed, n_observations=4, n_actions=2):
    """Return a network with 32 tanh units and one logit for each action.

    A softmax turns its logits into π(a | observation). `seed` fixes the first weights.
    Shown in notebook 02.
    """
    n_observations = check_count(n_observations, "n_observations")
    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(check_seed(seed)))
    return keras.Sequential(
        [
            keras.Input((n_observations,)),
            keras.layers.Dense(32, activation="tanh", kernel_initializer=first_weights),
            keras.layers.Dense(
                check_count(n_actions, "n_actions"), kernel_initializer=first_weights
            ),
        ]
    )
