"""Try a learner's world: play it beside the one that it changes, and say what it does."""

from numbers import Number

import gymnasium as gym
import numpy as np
from gymnasium.envs.classic_control.cartpole import CartPoleVectorEnv

from cartpole_lib.exercises.comparing import Complaint, kind, shown
from cartpole_lib.policies import lean_and_spin_policy
from cartpole_lib.rollout import play_episode

BLURRED = "noise of 0.05 everywhere"
HALF = "half of the carts have wind, always the same"
PUSHES = [0] * 20 + [2] * 30  # of the car on the hill: left, then right
N_STEPS = 20  # of the carts side by side
SHOWN = [0, 15, 22, 45]  # steps whose rewards are compared; the car gains, or loses in one


def made(answer, *given, base=gym.Env, **named):
    """Return the environment that an answer makes; complain if it makes none."""
    env = answer(*given, **named)
    if isinstance(env, type):
        raise Complaint(
            f"It returns a class. Return an environment: {env.__name__}(…), with the argument that "
            "you got."
        )
    if not isinstance(env, base):
        hint = ": does it end with return?" if env is None else "."
        several = " of carts side by side" * (base is gym.vector.VectorEnv)
        raise Complaint(f"It must return an environment{several}; it returned {shown(env)}{hint}")
    return env


def of_parts(result, name, parts):
    """Return what a method of an environment returned; complain if there are other parts."""
    many = isinstance(result, tuple | list) and len(result) == len(parts.split(", "))
    if not many or not isinstance(result[-1], dict):  # info is a dict
        raise Complaint(f"`{name}` must return {parts}; it returned {shown(result)}.")
    return result


def played(env, actions, seed):
    """Return the observations, one more than actions, and the rewards of an episode's beginning."""
    observation, _ = of_parts(env.reset(seed=seed), "reset", "observation, info")
    observations, rewards = [observation], []
    for action in actions:
        parts = "observation, reward, terminated, truncated, info"
        observation, reward, *_ = of_parts(env.step(action), "step", parts)
        observations.append(observation)
        rewards.append(reward)
        if np.ndim(reward) or not isinstance(reward, Number | np.ndarray):
            raise Complaint(f"A reward is {shown(reward)}, where a number is wanted.")
    for observation in observations:
        look_at(observation, env.observation_space.shape)
    return observations, rewards


def look_at(observation, shape):
    """Complain of an observation that is no array of a shape."""
    if observation is None:
        raise Complaint("An observation is None: does each method end with return?")
    if not isinstance(observation, np.ndarray):
        raise Complaint(f"An observation is {kind(observation)}, where an array is wanted.")
    if observation.shape != shape:
        raise Complaint(f"An observation has shape {observation.shape}, where {shape} is wanted.")


def how_it_blurs(blurred):
    """Return in words what noise a function, from environment to environment, puts on CartPole."""
    env, clear = made(blurred, gym.make("CartPole-v1")), gym.make("CartPole-v1")
    if getattr(type(env), "observation", None) is gym.ObservationWrapper.observation:
        return "no method"
    actions = [0, 1, 0, 1, 0]
    seen = [played(env, actions, seed)[0] for seed in range(60)]
    true = [played(clear, actions, seed)[0] for seed in range(60)]
    if not np.allclose(env.unwrapped.state, clear.unwrapped.state):
        return "another start" if loses_the_seed(env) else "the world itself"
    noise = np.array(seen, float) - np.array(true)  # (60 episodes, 6 observations, 4 numbers)
    if not noise[:, 0].any() or not noise[:, 1:].any():
        return "no noise" if not noise.any() else "at reset" if noise[:, 0].any() else "in steps"
    if not np.array_equal(played(env, actions, 0)[0], seen[0]):
        return "not by the seed"
    if repeated := where_it_repeats(noise):
        return repeated
    if wrong_size := size_of(noise):
        return "nothing but noise" if size_of(np.array(seen)) is None else wrong_size
    if uneven := where_it_differs(noise):
        return uneven
    of_the_start = [np.random.default_rng(seed).normal(0, 0.05, 4) for seed in range(60)]
    if np.allclose(noise[:, 0], of_the_start, atol=1e-6):
        return "the dice of the start"
    if no_limit := how_it_ends(blurred):
        return no_limit
    return BLURRED if {o.dtype for o in seen[0]} == {np.dtype("float32")} else "float64"


def where_it_repeats(noise):
    """Return in words where noise is the same that should be drawn anew, or None."""
    if np.ptp(noise) < 1e-6:
        return "the same number each time"
    if clear := [i for i in range(4) if np.abs(noise[..., i]).max() < 1e-6]:
        return "no noise in " + " and ".join(f"number {i}" for i in clear)
    axes = {2: "one number for all four", 1: "the same at each step", 0: "the same in each episode"}
    for axis, words in axes.items():
        if np.ptp(noise, axis=axis).max() < 1e-6:
            return words
    return None


def size_of(noise):
    """Return in words what is wrong with the size of noise, or None."""
    size, mean = noise.std(), noise.mean()
    if abs(mean) > 0.01:
        return f"noise around {mean:.2g}, of size {size:.1g}"
    if abs(size - 0.05) < 0.005:
        return None
    if np.abs(noise).max() < 0.0501 and abs(size - 0.029) < 0.003:
        return "evenly from -0.05 to 0.05"
    sizes = noise.std(axis=(0, 1))
    if sizes.max() > 1.5 * sizes.min():
        return "noise of sizes " + ", ".join(f"{size:.1g}" for size in sizes)
    known = {0.05**0.5: "the variance is 0.05", 1: "size 1"}
    found = [words for usual, words in known.items() if abs(size / usual - 1) < 0.1]
    return found[0] if found else f"noise of size {size:.1g}"


def where_it_differs(noise):
    """Return in words which part of noise has not the size 0.05, or that it is not normal, or None."""
    parts = {"at reset": noise[:, 0]} | {f"in number {i}": noise[..., i] for i in range(4)}
    for words, part in parts.items():
        if abs(part.std() - 0.05) > 0.011:
            return f"noise of size {part.std():.1g} {words}"
    alike = np.corrcoef(noise.reshape(-1, 4).T) - np.eye(4)
    if np.abs(alike).max() > 0.3:
        return "noise of size 0.05, but not each of the four numbers has its own"
    share = np.mean(np.abs(noise) < 0.05)  # of normal noise 0.68
    return None if 0.62 < share < 0.74 else "noise of size 0.05 that is not normal"


def last_steps(wrapped, name, policy, limits):
    """Return what the last step of an episode gave, plain and wrapped, for each time limit.

    Each is a tuple of reward, terminated, truncated; `policy` sees what the plain world shows.
    """
    found = []
    for limit in limits:
        plain, env = [gym.make(name, max_episode_steps=limit) for _ in range(2)]
        episode, env = play_episode(plain, policy, seed=0), wrapped(env)
        env.reset(seed=0)
        for action in episode.actions:
            _, *seen, _ = env.step(action)
        true = episode.rewards[-1], episode.terminated, not episode.terminated
        found.append((true, tuple(seen)))
    return found


def how_it_ends(blurred):
    """Return in words that the time limit is lost, or None; complain of other rewards and ends."""
    for true, seen in last_steps(blurred, "CartPole-v1", lambda _: 0, limits=(2, 500)):
        if true[2] and not any(seen[1:]):
            return "no time limit"
        if true != seen:
            raise Complaint("`step` must hand on reward, terminated and truncated as they came.")
    return None


def last_rewards(paid):
    """Return the rewards of the last steps of two episodes: cut off, and at the goal.

    The car is pushed the way it rolls, so that each step gains energy.
    """
    ends = last_steps(paid, "MountainCar-v0", lambda o: 2 * int(o[1] > 0), limits=(30, 200))
    if any(true[1:] != seen[1:] for true, seen in ends):
        raise Complaint(
            "`step` must hand on terminated and truncated as they came, and `env` itself is to be "
            "wrapped: env.unwrapped has no time limit."
        )
    return [seen[0] for _, seen in ends]


def loses_the_seed(env):
    """Return whether `reset` gives one seed two starts, or two seeds one."""
    starts = []
    for seed in (0, 0, 1):
        env.reset(seed=seed)
        starts.append(np.array(env.unwrapped.state))
    first, again, other = starts
    return not np.array_equal(first, again) or np.array_equal(first, other)


def what_it_pays(paid):
    """Return the rewards of four steps of each of two episodes in a row on the hill: (2, 5).

    The last column has the last step of an episode that was cut off, and of one that was not.
    """
    env, plain = made(paid, gym.make("MountainCar-v0")), gym.make("MountainCar-v0")
    rewards = []
    for seed in (0, 1):
        observations, earned = played(env, PUSHES, seed)
        true = played(plain, PUSHES, seed)[0]
        if not np.allclose(observations[0], true[0]) and loses_the_seed(env):
            return "another start"
        if not np.allclose(observations, true):
            raise Complaint("`step` and `reset` must hand on the observations of MountainCar.")
        rewards.append(np.array(earned, float))
    rewards, last = np.array(rewards), last_rewards(paid)  # (2, 50), (2,)
    if np.abs(rewards + 1).max() < 3e-6:
        return "-1 at each step"
    return np.column_stack([rewards[:, SHOWN], last])


def depends_on_the_past(paid):
    """Return a sentence if an episode's first reward depends on the episode before it, or None."""
    [alone] = played(paid(gym.make("MountainCar-v0")), [0], 1)[1]
    env = paid(gym.make("MountainCar-v0"))
    played(env, PUSHES, 0)
    [after_another] = played(env, [0], 1)[1]
    if not np.isclose(alone, after_another, atol=1e-3, equal_nan=True):
        return (
            "The first reward of an episode depends on the episode before it: `reset` must set the "
            "energy anew, from the observation that it returns."
        )
    return None


def side_by_side(carts, n, seed):
    """Return n carts at the start of an episode; complain of what `reset` returns."""
    size = {"num_envs": n} if isinstance(carts, type) else {}
    envs = made(carts, *([] if size else [n]), base=gym.vector.VectorEnv, **size)
    if envs.num_envs != n:
        raise Complaint(f"For {n} carts it made {envs.num_envs}: hand on the number that it gets.")
    of_parts(envs.reset(seed=seed), "reset", "observations, infos")
    return envs


def stepped(envs, actions):
    """Return all that a step returns but infos; complain if it is something else."""
    parts = "observations, rewards, terminations, truncations, infos"
    return of_parts(envs.step(actions), "step", parts)[:-1]


def shifts(carts, n, seed, to_fall=0):
    """Return what the wind changed in the states of n carts at each of twenty steps: (20, 4, n).

    The first `to_fall` carts only push to the right, and fall within ten steps or so.
    """
    envs, calm, found = side_by_side(carts, n, seed), CartPoleVectorEnv(n), []
    calm.reset(seed=seed)
    for _ in range(N_STEPS):
        calm.state = np.array(envs.unwrapped.state)
        actions = lean_and_spin_policy(calm.state.T)
        actions[:to_fall] = 1
        stepped(envs, actions)
        calm.step(actions)
        found.append(envs.unwrapped.state - calm.state)
    return np.array(found)


def how_they_end(carts, n):
    """Complain of a step that does not return what it should, until the first cart falls."""
    envs, fallen = side_by_side(carts, n, seed=0), np.zeros(n, bool)
    for _ in range(N_STEPS):
        if fallen.any():
            return
        observations, *ends = stepped(envs, np.ones(n, int))
        world = envs.unwrapped
        x, _, angle, _ = np.abs(world.state)
        fallen = (x > world.x_threshold) | (angle > world.theta_threshold_radians)
        look_at(observations, (n, 4))
        if observations.dtype != np.float32 or not np.allclose(observations.T, world.state):
            raise Complaint("`step` must hand on the observations as they came, float32.")
        if not all(map(np.array_equal, ends, [np.ones(n), fallen, np.zeros(n)])):
            raise Complaint("`step` must hand on rewards, terminations, truncations as they came.")


def where_it_pushes(shifted):
    """Return in words what else the wind changed than the velocities before a step, or None."""
    positions, velocities, *poles = shifted.transpose(1, 0, 2)
    if np.allclose(poles, 0, atol=1e-5):
        if np.allclose(velocities, 0, atol=1e-6):
            return "no wind"
        if np.allclose(positions, 0.02 * velocities, atol=1e-5):  # 0.02 s, a step
            return None
        if np.allclose(positions, 0, atol=1e-5):
            return "after the step"
    return "elsewhere"


def how_it_gusts(gusts):
    """Return in words what is wrong with gusts on some of the carts, (20, n), or None."""
    windy = gusts[:, gusts.any(axis=0)]
    if np.ptp(windy, axis=0).max() < 1e-6:
        return "the same strength"
    if windy.shape[1] > 1 and np.ptp(windy, axis=1).max() < 1e-6:
        return "one gust for all"
    return None


def how_strong(gusts):
    """Return in words how strong gusts are, (20, n), if they are not from 0 to 0.05 m/s, or None."""
    blown = gusts[np.abs(gusts) > 1e-9]
    drawn = np.unique(blown.round(9))  # a strength that is kept, or shared, counts once
    narrow = drawn.size > 32 and (blown.max() < 0.04 or blown.min() > 0.01)
    if blown.min() < 0 or blown.max() > 0.0501 or narrow:
        return f"gusts from {blown.min():.3f} to {blown.max():.3f} m/s"
    return None


def how_many(carts, n):
    """Return in words how many of n carts have wind: of ten episodes, for one may hit half by chance."""
    blown = (np.abs(shifts(carts, n, seed)[:, 1]) > 1e-9 for seed in range(10))
    counts = {int(windy.any(axis=0).sum()) for windy in blown}
    return f"{' or '.join(map(str, sorted(counts)))} of {n}"


def how_the_wind_blows(carts):
    """Return in words which carts of a world have wind, and when."""
    counts = []
    for n, shifted in {n: shifts(carts, n, seed=0) for n in (6, 10)}.items():
        if wrong := where_it_pushes(shifted):
            return wrong
        gusts = shifted[:, 1]
        windy = np.abs(gusts) > 1e-9
        if windy.all() and gusts.min() > 0:
            return "all have wind"
        if wrong := how_strong(gusts):
            return wrong
        if (windy != windy[0]).any():
            return "drawn anew"
        if not np.allclose(*(shifts(carts, 30, seed=0) for _ in range(2))):  # of 6 by chance
            return "not by the seed"
        beside_a_fall = np.abs(shifts(carts, n, seed=0, to_fall=1)[:, 1, 1:]) > 1e-9
        if (beside_a_fall != windy[0, 1:]).any():
            return "drawn anew"
        if wrong := how_it_gusts(np.where(windy, gusts, 0)):
            return wrong
        if np.allclose(shifted, shifts(carts, n, seed=1)):
            return "the same for each seed"
        how_they_end(carts, n)
        counts.append(how_many(carts, n))
    return HALF if counts == ["3 of 6", "5 of 10"] else f"{' and '.join(counts)} have wind"
