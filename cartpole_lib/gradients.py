"""Gradients collected one step at a time, as lesson 02 shows them: slow, and easy to look into."""

import keras
import numpy as np
import tensorflow as tf

from cartpole_lib.checks import check_count, check_rng, check_seed
from cartpole_lib.net_checks import check_one_step
from cartpole_lib.play_checks import check_env


def play_one_step(env, observation, policy_net, rng):
    """Draw an action from a sigmoid policy network, take the gradient of its loss, and act.

    `observation` has shape (n_observations,); `rng` is a NumPy generator. Returns the next
    observation, the reward, `terminated`, `truncated`, and the gradients of
    −log π(action | observation): one tensor for each of `policy_net.trainable_variables`.

    Raises TypeError or ValueError for an argument that does not fit. Source: Sutton &
    Barto, 2nd edition, section 13.3. Shown in notebook 02.
    """
    check_one_step(env, observation, policy_net, rng)
    with tf.GradientTape() as tape:
        p = policy_net(observation[np.newaxis])  # (1, 1), π(1 | observation)
        action = int(rng.random() < p[0, 0])
        loss = keras.losses.binary_crossentropy([[action]], p)  # (1,), −log π(action | observation)
    gradients = tape.gradient(loss, policy_net.trainable_variables)
    observation, reward, terminated, truncated, _ = env.step(action)
    return observation, reward, terminated, truncated, gradients


def collect_gradients(env, policy_net, n_episodes, seed):
    """Play episodes with `play_one_step`; return all their rewards and gradients.

    Both are lists with an entry for each episode: `rewards[i][t]` is a number, and
    `gradients[i][t]` a list of tensors. `seed` fixes the starts and the actions.

    Raises ValueError or TypeError for a network without one sigmoid output, and like
    `play_episode` for the environment.
    Shown in notebook 02.
    """
    check_env(env)
    observation, _ = env.reset(seed=check_seed(seed))
    rng = check_rng(seed)
    rewards, gradients = [], []
    for _ in range(check_count(n_episodes, "n_episodes")):
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
