"""Environments: which ones this course can play, alone and side by side."""

import inspect
from contextlib import contextmanager

import gymnasium as gym
import numpy as np

from cartpole_lib.guards.values import is_a, must_be, short
from cartpole_lib.guards.watched import Watched


def spaces(observation_space, action_space):
    """Raise unless observations are a flat box of numbers and actions count from 0."""
    if action_space is None or observation_space is None:
        raise ValueError(
            f"the environment has no {'action' if action_space is None else 'observation'}_space: set "
            "self.action_space = gym.spaces.Discrete(2) and self.observation_space, a gym.spaces.Box"
        )
    if not isinstance(action_space, gym.spaces.Discrete):
        raise ValueError(
            f"the environment's actions must be discrete, but action_space is {action_space}: "
            "choose an environment such as CartPole-v1 or Acrobot-v1"
        )
    if action_space.start != 0:
        raise ValueError(
            f"the environment's actions must count from 0, but action_space is {action_space}: "
            "use Discrete(n), and add the start in step"
        )
    if action_space.n < 2:
        raise ValueError(
            f"the environment's action_space is {action_space}: with one action there is nothing to "
            "learn, give it at least 2"
        )
    if not is_row(observation_space):
        raise ValueError(
            "observations must be a one-dimensional Box, but observation_space is "
            f"{observation_space}: flatten them under a name of your own, gym.register('Flat-v0', "
            "entry_point=lambda **o: gym.wrappers.FlattenObservation(gym.make('FrozenLake-v1', **o)), "
            "reward_threshold=0.7)"
        )
    if observation_space.shape == (0,):
        raise ValueError(
            "observations must have at least one number, but observation_space is "
            f"{observation_space}: give it a constant where there is nothing to see"
        )


def is_row(space):
    """Return whether what comes from `space` is one row of numbers."""
    return isinstance(space, gym.spaces.Box) and len(space.shape) == 1


def env_name(env_id, name):
    """Return `env_id` if it is what `gym.make_vec` takes: a name, 'module:name', or a spec."""
    if not isinstance(env_id, str | gym.envs.registration.EnvSpec):
        raise TypeError(
            f"{name} must be a name such as 'CartPole-v1', not {short(env_id)}: for a world of your "
            "own call gym.register('Mine-v0', entry_point=…), or use play_episode(env, policy)"
        )
    spec = gym.registry.get(env_id) if isinstance(env_id, str) else env_id
    kinds = {"entry_point": gym.vector.VectorEnv, "vector_entry_point": gym.Env}
    for key, other in zip(kinds, reversed(kinds)):
        made = getattr(spec, key, None)
        if inspect.isclass(made) and issubclass(made, kinds[key]):
            raise TypeError(
                f"{name} {spec.id!r} has {made.__name__} as its {key}, which takes another kind of "
                f"world: gym.register({spec.id!r}, {other}={made.__name__})"
            )
    entry = spec and spec.entry_point
    if entry and not isinstance(entry, str) and not callable(entry):
        raise TypeError(
            f"{name} {spec.id!r} has the entry_point {short(entry)}: it must be a class or a "
            "function that makes the environment, as in entry_point=lambda **o: Mine(**o)"
        )
    return env_id


def playable(env, name):
    """Return `env`, one environment that this course can play, `Watched`."""
    if isinstance(env, Watched):
        return env
    if isinstance(env, gym.vector.VectorEnv):
        raise TypeError(f"{name} is a vector environment: use play_episodes(envs, policy, seed)")
    must_be("an environment, such as gym.make('CartPole-v1')", is_a(gym.Env))(env, name)
    with needs_super():
        _ = env.unwrapped
    spaces(*(getattr(env, name, None) for name in ("observation_space", "action_space")))
    limits_in_force(env, name)
    return Watched(env)


def limits_in_force(env, name):
    """Raise if a time limit of a world is never reached, for a shorter one is inside."""
    outer = np.inf
    while isinstance(env, gym.Wrapper):
        if isinstance(env, gym.wrappers.TimeLimit):
            limit = env._max_episode_steps
            if limit < outer < np.inf:
                raise ValueError(
                    f"{name} has a time limit of {outer} steps around one of {limit}, which ends it: "
                    f"give gym.make inside max_episode_steps={outer}, too"
                )
            outer = limit
        env = env.env


@contextmanager
def needs_super():
    """Say in our words what a wrapper raises that knows of no environment inside."""
    try:
        yield
    except AttributeError as error:
        wraps = isinstance(error.obj, gym.Wrapper | gym.vector.VectorWrapper)
        if wraps and "env" not in vars(error.obj):
            raise TypeError(
                f"{type(error.obj).__name__}.__init__ must begin with super().__init__(env)"
            ) from None
        raise


def drawing(env, name):
    """Return `env` as `playable` does if it draws frames."""
    env = playable(env, name)
    if env.render_mode != "rgb_array":
        raise ValueError(
            f"{name}.render_mode must be 'rgb_array'; got {env.render_mode!r}: make the environment "
            "with gym.make('CartPole-v1', render_mode='rgb_array'). One of your own needs "
            "metadata = {'render_modes': ['rgb_array'], 'render_fps': 50}, an __init__ that takes "
            "render_mode and keeps it, and render(), which returns an array (height, width, 3)"
        )
    return env


def side_by_side(envs, name):
    """Return `envs`, a vector environment, with each environment in it `Watched` where it can be."""
    if not isinstance(envs, gym.vector.VectorEnv):
        raise TypeError(
            f"{name} must be a vector environment, such as make_envs('CartPole-v1', 8); "
            f"got {short(envs)}. For one environment use play_episode(env, policy, seed)."
        )
    with needs_super():
        inner = envs.unwrapped
    spaces(envs.single_observation_space, envs.single_action_space)
    # What is no row inside is made one by a wrapper around all, so only the answers are looked at.
    if isinstance(inner, gym.vector.SyncVectorEnv) and is_row(inner.single_observation_space):
        if len({id(env.unwrapped) for env in inner.envs}) < len(inner.envs):
            raise ValueError(
                f"{name} has one environment several times: make each anew, as entry_point=lambda **o: "
                "Mine(**o) does in gym.register"
            )
        inner.envs = [playable(env, name) for env in inner.envs]
    return envs
