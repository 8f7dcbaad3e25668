"""Can this policy play this environment? Errors say what does not fit and what would."""

import gymnasium as gym
import numpy as np

from cartpole_lib.checks import check_vector, short

MAX_STEPS = 100_000  # of one episode; a policy that never falls would else play for ever


def check_spaces(observation_space, action_space):
    """Raise unless observations are a flat box of numbers and actions are discrete."""
    if not isinstance(action_space, gym.spaces.Discrete):
        raise ValueError(
            f"the environment's actions must be discrete, but action_space is {action_space}: "
            "choose an environment such as CartPole-v1 or Acrobot-v1"
        )
    if not isinstance(observation_space, gym.spaces.Box) or len(observation_space.shape) != 1:
        raise ValueError(
            "observations must be a one-dimensional Box, but observation_space is "
            f"{observation_space}: try gymnasium.wrappers.FlattenObservation(env)"
        )


def check_env(env):
    """Raise unless `env` is one Gymnasium environment that this course can play."""
    if isinstance(env, gym.vector.VectorEnv):
        raise TypeError("env is a vector environment: use play_episodes(envs, policy, seed)")
    if not isinstance(env, gym.Env):
        raise TypeError(
            f"env must be an environment, such as gym.make('CartPole-v1'); got {short(env)}"
        )
    check_spaces(env.observation_space, env.action_space)


def check_playable(env, policy):
    """Raise unless `policy` can play `env`, one Gymnasium environment."""
    check_env(env)
    check_policy(policy)


def check_playable_together(envs, policy):
    """Raise unless `policy` can play `envs`, a Gymnasium vector environment."""
    if not isinstance(envs, gym.vector.VectorEnv):
        raise TypeError(
            "envs must be a vector environment, such as gym.make_vec('CartPole-v1', num_envs=8); "
            f"got {short(envs)}. For one environment use play_episode(env, policy, seed)."
        )
    check_spaces(envs.single_observation_space, envs.single_action_space)
    check_policy(policy)


def check_policy(policy):
    """Raise unless `policy` is a function; a network is not one yet."""
    if hasattr(policy, "trainable_variables"):
        raise TypeError(
            f"policy is the network {policy.name!r}, whose outputs are no actions yet: "
            "use sampling_policy(policy_net, seed) or greedy_policy(policy_net)"
        )
    if not callable(policy):
        raise TypeError(
            f"policy must be a function from observations to actions; got {short(policy)}"
        )


def ask_together(policy, observations):
    """Return `policy(observations)`; an error in it gets a note that there are many rows."""
    try:
        return policy(observations)
    except Exception as error:
        error.add_note(
            "This happened inside the policy. It got the observations of several environments at "
            f"once, shape {observations.shape}: index the last axis, as in observations[..., 2], "
            "and choose with (… > 0).astype(int) or np.where, not with if."
        )
        raise


def check_actions(actions, action_space, shape):
    """Return what a policy answered as an integer array of `shape`, each entry an action."""
    if actions is None:
        raise TypeError("policy returned None: did you forget return?")
    if callable(actions):
        raise TypeError(
            "policy returned a function, not an action: you passed the function that makes a "
            "policy; call it first, as in random_policy(seed=0)"
        )
    actions = np.array(actions)  # a copy: a policy may use its array again
    if actions.shape != shape:
        raise ValueError(
            f"policy returned shape {actions.shape} where {shape} was expected, one action for "
            "each observation: index the last axis, as in observations[..., 2]"
        )
    if actions.dtype.kind not in "iu":
        raise TypeError(
            f"policy returned {actions.dtype} values such as {actions.flat[0]}; actions are whole "
            "numbers: end it with .astype(int)"
        )
    first, last = action_space.start, action_space.start + action_space.n - 1
    if actions.min() < first or actions.max() > last:
        wrong = actions[(actions < first) | (actions > last)].flat[0]
        raise ValueError(
            f"policy returned action {wrong}; actions here are whole numbers from {first} to "
            f"{last} (a network needs {action_space.n} outputs)"
        )
    return actions


def check_action(action, action_space):
    """Return what a policy answered to one observation as an int."""
    return int(check_actions(action, action_space, ()))


def check_length(actions):
    """Raise RuntimeError once an episode has had so many actions that it may never end."""
    if len(actions) == MAX_STEPS:
        raise RuntimeError(
            f"no end after {MAX_STEPS} steps: give the environment a time limit, "
            "gym.make(…, max_episode_steps=500)"
        )


def check_episode(episode):
    """Raise unless `episode` is what `play_episode` returns."""
    if not hasattr(episode, "observations"):
        raise TypeError(
            f"episode must be an Episode, as play_episode returns it; got {short(episode)}"
        )


def check_weights(weights, episodes):
    """Return the weights of all episodes end to end; raise unless each step has a finite one."""
    expected = [len(episode.rewards) for episode in episodes]
    got = [np.size(of_episode) for of_episode in weights]
    if got != expected:
        raise ValueError(
            "weigh must return a list with an array for each episode, a weight for each step: "
            f"{expected} numbers; got {got}"
        )
    return check_vector(np.concatenate(weights), "weights")
