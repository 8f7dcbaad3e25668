"""Environments: which ones fit, and whether each of their answers is what Gymnasium asks for."""

import inspect
import traceback

import gymnasium as gym
import numpy as np

from cartpole_lib.guards.values import short

STEP = ["observation", "reward", "terminated", "truncated", "info"]
MADE = gym.wrappers.TimeLimit, gym.wrappers.OrderEnforcing, gym.wrappers.PassiveEnvChecker
TRUSTED = "gymnasium.", "cartpole_lib."
MAX_STEPS = 100_000  # of one episode; a policy that never falls would else play for ever
BEGINS = {
    "reset": "def reset(self, *, seed=None, options=None):",
    "step": "def step(self, action):",
}


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


def not_endless(n_steps):
    """Raise after too many steps of one episode."""
    if n_steps > MAX_STEPS:
        raise RuntimeError(
            f"no end after {MAX_STEPS} steps: give the environment a time limit, "
            "max_episode_steps=500 in gym.register or gym.make"
        )


def wrong_parts(answer, parts):
    """Return in words what came in place of a tuple of `parts`, or None if it is one."""
    if isinstance(answer, tuple) and len(answer) == len(parts):
        return None
    return f"{len(answer)} things" if isinstance(answer, tuple) else short(answer)


def is_finite_number(value):
    """Return whether `value` is one number, and finite; a bool counts as 0 or 1."""
    array = np.asarray(value)
    return not array.ndim and array.dtype.kind in "fiub" and np.isfinite(array)


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
    if not isinstance(env, gym.Env):
        raise TypeError(
            f"{name} must be an environment, such as gym.make('CartPole-v1'); got {short(env)}"
        )
    try:
        _ = env.unwrapped
    except AttributeError as error:
        needs_super(error)
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


def needs_super(error):
    """Raise in our words if `error` is that of a wrapper which knows of no environment inside."""
    if isinstance(error.obj, gym.Wrapper) and "env" not in vars(error.obj):
        raise TypeError(
            f"{type(error.obj).__name__}.__init__ must begin with super().__init__(env)"
        ) from None


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
    spaces(envs.single_observation_space, envs.single_action_space)
    inner = envs.unwrapped
    # What is no row inside is made one by a wrapper around all, so only the answers are looked at.
    if isinstance(inner, gym.vector.SyncVectorEnv) and is_row(inner.single_observation_space):
        if len({id(env.unwrapped) for env in inner.envs}) < len(inner.envs):
            raise ValueError(
                f"{name} has one environment several times: make each anew, as entry_point=lambda **o: "
                "Mine(**o) does in gym.register"
            )
        inner.envs = [playable(env, name) for env in inner.envs]
    return envs


def at_fault(env):
    """Return the layers that may be at fault, from outside in: worlds of one's own, wrappers by hand."""
    layers = [env]
    while isinstance(layers[-1], gym.Wrapper | gym.vector.VectorWrapper):
        layers.append(layers[-1].env)
    by_hand = [x for x in layers[:-1] if not isinstance(x, MADE)]
    world = [x for x in layers[-1:] if not type(x).__module__.startswith(TRUSTED)]
    return [x for x in by_hand if not type(x).__module__.startswith("cartpole_lib.")] + world


class Watched(gym.Wrapper):
    """An environment whose answers are checked, and copied: it may use its array again."""

    def __init__(self, env):
        super().__init__(env)
        self.shape = env.observation_space.shape  # kept: asking through wrappers takes its time
        self.n_steps = 0

    def reset(self, **arguments):
        answer = self._ask("reset", ["observation", "info"], **arguments)
        self.n_steps = 0
        return self._observed(answer[0], "reset"), answer[1]

    def step(self, action):
        self.n_steps += 1
        not_endless(self.n_steps)
        answer = self._ask("step", STEP, action)
        observation, reward, terminated, truncated, info = answer
        if not is_finite_number(reward):
            self._complain("step", "a reward that is one finite number", short(reward))
        for end in (terminated, truncated):
            if not isinstance(end, bool | np.bool_):
                self._complain("step", "True or False for terminated and truncated", short(end))
        return (
            self._observed(observation, "step"),
            float(reward),
            bool(terminated),
            bool(truncated),
            info,
        )

    def render(self):
        try:
            frame = self.env.render()
        except Exception as error:
            error.add_note(f"This happened inside {self.title}.render.")
            raise
        picture = isinstance(frame, np.ndarray) and frame.dtype == np.uint8
        if not picture or frame.ndim != 3 or frame.shape[2] != 3:
            got = f"{frame.dtype} of shape {frame.shape}" if hasattr(frame, "dtype") else frame
            self._complain("render", "an array of uint8 and of shape (height, width, 3)", got)
        return frame

    @property
    def title(self):
        """The names of the classes that may be at fault, those of one's own before Gymnasium's."""
        layers = at_fault(self.env) or [self.unwrapped]
        own = [layer for layer in layers if not type(layer).__module__.startswith(TRUSTED)]
        return " around ".join(type(layer).__name__ for layer in own or layers)

    def _ask(self, method, parts, *given, **named):
        try:
            answer = getattr(self.env, method)(*given, **named)
        except Exception as error:
            self._explain(error, method, parts, given, named)
            raise
        self._check_parts(answer, method, parts)
        return answer

    def _explain(self, error, method, parts, given, named):
        """Say what a wrapper of Gymnasium tripped over; if need be, ask the environment once more."""
        frame = list(traceback.walk_tb(error.__traceback__))[-1][0]
        owner = frame.f_locals.get("self", self)
        if isinstance(error, NotImplementedError) and not str(error):
            raise NotImplementedError(
                f"{type(owner).__name__} needs a method {frame.f_code.co_name}: it is missing, or "
                "misspelt"
            ) from None
        if "unpack" in str(error) and type(owner).__module__.startswith("gymnasium.wrappers"):
            self._complain(method, f"{len(parts)} things, {', '.join(parts)}", str(error))
        for layer in reversed(at_fault(self.env) or [self.unwrapped]):
            asked = getattr(layer, method)
            if isinstance(error, TypeError):
                self._check_signature(layer, asked, method)
            try:
                answer = asked(*given, **named)
            except Exception:
                return
            self._check_parts(answer, method, parts)
        self._observed(answer[0], method)

    def _check_signature(self, layer, asked, method):
        arguments = ([], {"seed": 0, "options": None}) if method == "reset" else ([0], {})
        try:
            inspect.signature(asked).bind(*arguments[0], **arguments[1])
        except TypeError as wrong:
            raise TypeError(
                f"{type(layer).__name__}.{method} does not take what Gymnasium gives it ({wrong}): begin it "
                f"with {BEGINS[method]}"
            ) from None

    def _check_parts(self, answer, method, parts):
        if got := wrong_parts(answer, parts):
            self._complain(method, f"{len(parts)} things, {', '.join(parts)}", got)
        if not isinstance(answer[-1], dict):
            self._complain(method, "a dict as info, the last thing", answer[-1])

    def _observed(self, observation, method):
        if not isinstance(observation, np.ndarray) or observation.shape != self.shape:
            self._complain(
                method, f"its observation as a NumPy array of shape {self.shape}", observation
            )
        if observation.dtype.kind not in "fiub" or not np.isfinite(observation).all():
            self._complain(method, "an observation of finite numbers", observation.tolist())
        return observation.copy()

    def _complain(self, method, wanted, got):
        got = got if isinstance(got, str) else short(got)
        raise ValueError(
            f"{self.title}.{method} must return {wanted}; got {got}. "
            "gymnasium.utils.env_checker.check_env(env) finds more of this kind."
        )
