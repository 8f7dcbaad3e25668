"""Play episodes: one environment at a time, or many side by side."""

from typing import NamedTuple

import gymnasium as gym
import numpy as np

from cartpole_lib.guards import guard
from cartpole_lib.guards.episodes import whole_episodes
from cartpole_lib.guards.plays import player
from cartpole_lib.guards.vectors import repeatable, watched
from cartpole_lib.guards.worlds import needs_super


class Episode(NamedTuple):
    """One episode of T steps, with the observation that came after its last action.

    Source: Sutton & Barto, 2nd edition, section 3.3. Shown in notebook 01.
    """

    observations: np.ndarray  # (T + 1, n_observations), as the environment gave them
    actions: np.ndarray  # (T,) integers
    rewards: np.ndarray  # (T,) float64; rewards[t] follows actions[t]
    terminated: bool  # True: the rules ended it (a fall); False: the time limit cut it off


@guard(policy=player)
def play_episode(env, policy, seed=None):
    """Play one episode of `env` and return it as an `Episode`.

    `policy` is a function: an observation of shape (n_observations,) in, an action out.
    `seed` fixes the start; a policy that draws at random is seeded where it is made.

    Raises TypeError or ValueError for an environment or an action that does not fit, and
    RuntimeError for an episode without end. Shown in notebook 01.
    """
    observation, _ = env.reset(seed=seed)
    observations, actions, rewards = [observation], [], []
    terminated = truncated = False
    while not (terminated or truncated):
        action = policy(observation)
        observation, reward, terminated, truncated, _ = env.step(action)
        observations.append(observation)
        actions.append(action)
        rewards.append(reward)
    return Episode(
        np.array(observations), np.array(actions), np.array(rewards, float), bool(terminated)
    )


@guard(answer=repeatable)
@needs_super()
def make_envs(env_id, n_envs):
    """Return a vector environment of `n_envs` copies, the environment's own fast one where it exists.

    `env_id` is whatever `gym.make_vec` takes: a name, "module:name", or a spec.

    Raises TypeError or ValueError for an unknown `env_id`, an `n_envs` below 1, spaces that do
    not fit, and a world of one's own whose first steps are others when the seed and the actions
    are the same. Used in notebook 04.
    """
    try:
        return gym.make_vec(env_id, num_envs=n_envs)
    except (gym.error.Error, ModuleNotFoundError) as error:
        raise ValueError(
            f"env_id {env_id!r} is unknown; try 'CartPole-v1'. Gymnasium says: {error}"
        ) from None


@guard(envs=watched, policy=player, answer=whole_episodes)
def play_episodes(envs, policy, seed=None):
    """Play one complete episode in each environment of `envs`; return a list of `Episode`s.

    `policy` gets the observations of all environments, shape (n_envs, n_observations), and
    returns an action for each, shape (n_envs,). Every environment gives its first episode,
    short or long: taking the first n to finish would favour short ones. What an environment
    does after its first episode, autoreset included, is played but not kept. Two seeds share
    no start.

    Raises like `play_episode`. Used in notebook 04.
    """
    shape = (envs.num_envs,)
    autoreset = envs.metadata.get("autoreset_mode")
    observations, _ = envs.reset(seed=_spread(seed, envs))
    first, steps = np.array(observations), []
    lengths, terminated = np.zeros(shape, int), np.zeros(shape, bool)  # length 0: still playing
    while not lengths.all():
        actions = policy(observations)
        observations, rewards, terminations, truncations, infos = envs.step(actions)
        after = _last_observations(observations, infos, autoreset)
        steps.append((after, actions, np.array(rewards)))
        ended = terminations | truncations
        if ended.any():
            first_end = ended & (lengths == 0)
            lengths[first_end] = len(steps)
            terminated[first_end] = terminations[first_end]
            if autoreset is gym.vector.AutoresetMode.DISABLED:
                observations, _ = envs.reset(options={"reset_mask": ended})
    following, actions, rewards = map(np.array, zip(*steps))  # (steps, n_envs, ...)
    observations, rewards = np.concatenate([first[np.newaxis], following]), rewards.astype(float)
    return [
        Episode(observations[: T + 1, i], actions[:T, i], rewards[:T, i], bool(terminated[i]))
        for i, T in enumerate(lengths)
    ]


def _spread(seed, envs):
    """Return what `envs.reset` takes for `seed`: where it would count up from it, a seed for each."""
    counting = gym.vector.SyncVectorEnv, gym.vector.AsyncVectorEnv
    if seed is None or not isinstance(envs.unwrapped, counting):
        return seed
    return np.random.SeedSequence(seed).generate_state(envs.num_envs).tolist()


def _last_observations(observations, infos, autoreset):
    """Copy `observations`; where a same-step autoreset replaced one, `infos` has the true one.

    With autoreset at the next step nothing is replaced: an info of that name is the world's own.
    """
    observations = np.array(observations)
    if "_final_obs" in infos and autoreset is not gym.vector.AutoresetMode.NEXT_STEP:
        for i in np.flatnonzero(infos["_final_obs"]):
            observations[i] = infos["final_obs"][i]
    return observations
