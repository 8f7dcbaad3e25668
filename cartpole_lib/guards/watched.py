"""One environment at work: whether each of its answers is what Gymnasium asks for, and whose fault it is."""

import gymnasium as gym
import numpy as np

from cartpole_lib.guards.values import comes_from, innermost, misfit, noted, short

STEP = ["observation", "reward", "terminated", "truncated", "info"]
MADE = gym.wrappers.TimeLimit, gym.wrappers.OrderEnforcing, gym.wrappers.PassiveEnvChecker
TRUSTED = "gymnasium.", "cartpole_lib."
MAX_STEPS = 100_000  # of one episode; a policy that never falls would else play for ever
BEGINS = {
    "reset": "def reset(self, *, seed=None, options=None):",
    "step": "def step(self, action):",
}


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


def needs_method(error):
    """Raise in our words if `error` is Gymnasium's wordless one for a method that nobody wrote."""
    wordless = isinstance(error, NotImplementedError) and not str(error)
    if wordless and comes_from(error, "gymnasium."):
        frame = innermost(error)
        raise NotImplementedError(
            f"{type(frame.f_locals['self']).__name__} needs a method {frame.f_code.co_name}: it is "
            "missing, or misspelt"
        ) from None


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
        observation, reward, terminated, truncated, info = self._ask("step", STEP, action)
        if not is_finite_number(reward):
            self._complain("step", "a reward that is one finite number", short(reward))
        for end in (terminated, truncated):
            if not isinstance(end, bool | np.bool_):
                self._complain("step", "True or False for terminated and truncated", short(end))
        observation = self._observed(observation, "step")
        return observation, float(reward), bool(terminated), bool(truncated), info

    def render(self):
        with noted(f"This happened inside {self.title}.render."):
            frame = self.env.render()
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
        needs_method(error)
        owner = innermost(error).f_locals.get("self")
        if "unpack" in str(error) and type(owner).__module__.startswith("gymnasium.wrappers"):
            self._complain(method, f"{len(parts)} things, {', '.join(parts)}", str(error))
        for layer in reversed(at_fault(self.env)):
            asked = getattr(layer, method)
            if isinstance(error, TypeError):
                self._check_signature(layer, asked, method)
            try:
                answer = asked(*given, **named)
            except Exception:
                return
            self._check_parts(answer, method, parts)

    def _check_signature(self, layer, asked, method):
        named = {"seed": 0, "options": None}
        if wrong := misfit(asked, **named) if method == "reset" else misfit(asked, 0):
            raise TypeError(
                f"{type(layer).__name__}.{method} does not take what Gymnasium gives it ({wrong}): begin it "
                f"with {BEGINS[method]}"
            )

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
