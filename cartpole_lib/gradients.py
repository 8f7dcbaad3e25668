"""From a loss to a gradient: one step at a time, as lesson 02 shows it, and whole batches, compiled."""

from functools import lru_cache

import keras
import numpy as np
import tensorflow as tf

from cartpole_lib.guards import guard, steps
from cartpole_lib.guards.losses import kept, seldom_compiled
from cartpole_lib.guards.nets import activation_name, sigmoid_network
from cartpole_lib.guards.values import called_with


@guard(observation=steps.one_observation, policy_net=sigmoid_network)
def play_one_step(env, observation, policy_net, rng):
    """Draw an action from a sigmoid policy network, take the gradient of its loss, and act.

    `observation` has shape (n_observations,); `rng` is a NumPy generator. Returns the next
    observation, the reward, `terminated`, `truncated`, and the gradients of
    −log π(action | observation): one tensor for each of `policy_net.trainable_variables`.

    Raises TypeError or ValueError for an argument that does not fit. Source: Sutton &
    Barto, 2nd edition, section 13.3. Shown in notebook 02.
    """
    with tf.GradientTape() as tape:
        p = policy_net(observation[np.newaxis])  # (1, 1), π(1 | observation)
        action = int(rng.random() < p[0, 0])
        loss = keras.losses.binary_crossentropy([[action]], p)  # (1,), −log π(action | observation)
    gradients = tape.gradient(loss, policy_net.trainable_variables)
    observation, reward, terminated, truncated, _ = env.step(action)
    return observation, reward, terminated, truncated, gradients


@guard(policy_net=sigmoid_network)
def collect_gradients(env, policy_net, n_episodes, seed):
    """Play episodes with `play_one_step`; return all their rewards and gradients.

    Both are lists with an entry for each episode: `rewards[i][t]` is a number, and
    `gradients[i][t]` a list of tensors. `seed` fixes the starts and the actions.

    Raises ValueError or TypeError for a network without one sigmoid output, and like
    `play_episode` for the environment. Shown in notebook 02.
    """
    observation, _ = env.reset(seed=seed)
    rng = np.random.default_rng(seed).spawn(1)[0]
    rewards, gradients = [], []
    for _ in range(n_episodes):
        rewards.append([])
        gradients.append([])
        terminated = truncated = False
        while not (terminated or truncated):
            observation, reward, terminated, truncated, step_gradients = play_one_step(
                env, observation, policy_net, rng
            )
            rewards[-1].append(reward)
            gradients[-1].append(step_gradients)
        observation, _ = env.reset()
    return rewards, gradients


@guard(loss=called_with("logits", "actions", "weights"), answer=steps.steps_alike)
def compiled_step(policy_net, optimizer, loss):
    """Return gradient_step(observations, actions, weights), compiled once for any batch size.

    `loss` is called with logits, actions and weights, like `policy_gradient_loss`. The step
    moves `policy_net` by one step of `optimizer` and returns the loss before it, a tensor.

    The next call of compiled_step compiles anew where something has changed that `loss`, or a
    function beside it, looks up by its name: a number, a text, an array, a tuple, a dict or a
    dataclass; or a number in an attribute of its own instance. For what lies elsewhere, in a list
    or another object, take a keras.Variable. Raises TypeError or ValueError for a loss, a network
    or a batch that does not fit, and for NaN, which moves nothing. Used in notebook 04.
    """
    now = kept(policy_net, loss)
    return _compiled(policy_net, optimizer, loss, logits_of, now, tf.int64, tf.float32)


@guard(loss=called_with("values", "targets"), answer=steps.steps_alike)
def compiled_value_step(value_net, optimizer, loss, n_value_steps=1):
    """Return value_step(observations, targets), compiled once for any batch size.

    `loss` is called with values and targets, like `value_loss`. A call takes `n_value_steps`
    steps, one after the other on the same batch, and returns the loss before the first of them.
    One call of twenty steps takes less than half the time of twenty calls. Compiles anew and
    raises like `compiled_step`. Used in notebook 05.
    """
    now = kept(value_net, loss)
    return _compiled(value_net, optimizer, loss, values_of, now, tf.float32, n_steps=n_value_steps)


def logits_of(policy_net, observations):
    """Return the logits of a network, also of one that ends with a softmax or a single sigmoid."""
    outputs = policy_net(observations)
    if outputs.shape[-1] == 1:
        outputs = keras.ops.concatenate([1 - outputs, outputs], axis=-1)
    elif activation_name(policy_net.layers[-1]) != "softmax":
        return outputs
    return keras.ops.log(outputs + 1e-7)


def values_of(value_net, observations):
    """Return the values that a critic gives, shape (steps,)."""
    return value_net(observations)[:, 0]


@lru_cache(maxsize=4)  # `now` is there for the cache alone: what has changed is compiled anew
def _compiled(net, optimizer, loss, outputs_of, now, *label_types, n_steps=1):
    steps.only_by_loss(net)
    steps.made_for(seldom_compiled(optimizer), net).build(net.trainable_variables)
    types = tf.float32, *label_types
    shapes = (None, net.input_shape[-1]), *[(None,)] * len(label_types)

    def step(observations, *labels):
        with tf.GradientTape() as tape:
            # Checked here: a guard around loss would be another loss at each call, compiled anew.
            value = steps.one_loss(loss)(outputs_of(net, observations), *labels)
        gradients = steps.followed(tape.gradient(value, net.trainable_variables))
        value, gradients = steps.finite(value, gradients)
        # Inside merge_call Keras skips a sum over devices, of which TensorFlow would keep a
        # graph for ever: a megabyte for each training.
        tf.distribute.get_replica_context().merge_call(
            lambda _: optimizer.apply(gradients, net.trainable_variables)
        )
        return value

    def several(*batch):
        def next_step(i, before):
            value = step(*batch)
            return i + 1, tf.where(i == 0, value, before)

        return tf.while_loop(lambda i, _: i < n_steps, next_step, [0, 0.0])[1]

    # Traced here and now, not at the first call: TensorFlow warns of many first calls.
    traced = tf.function(step if n_steps == 1 else several, autograph=False).get_concrete_function(
        *map(tf.TensorSpec, shapes, types)
    )
    return lambda *arrays: traced(*map(tf.cast, arrays, types))
