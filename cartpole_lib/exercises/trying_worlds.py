"""Try a learner's world: play it beside the one that it changes, and say what it does."""

import gymnasium as gym
import numpy as np
from gymnasium.envs.classic_control.cartpole import CartPoleVectorEnv

BLURRED = "noise of 0.05 everywhere"
HALF = "half of the carts have wind, always the same"
PUSHES = [0] * 20 + [2] * 30  # of the car on the hill: left, then right
SHOWN = [0, 15, 22, 45]  # steps whose rewards are compared; the car gains, or loses in one


def of_parts(result, name, parts):
    """Return what a method of an environment returned; complain if there are other parts."""
    if not isinstance(result, tuple | list) or len(result) != len(parts.split(", ")):
        raise TypeError(f"{name} must return {parts}; it returned {result!r:.60}")
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
    if any(np.shape(each) != env.observation_space.shape for each in observations):
        raise TypeError("not all observations have their shape: does each method end with return?")
    return observations, rewards


def how_it_blurs(blurred):
    """Return in words what noise a function, from environment to environment, puts on CartPole."""
    env, clear = blurred(gym.make("CartPole-v1")), gym.make("CartPole-v1")
    if env is None or isinstance(env, type):
        return "a class" if env else None
    if getattr(type(env), "observation", None) is gym.ObservationWrapper.observation:
        return "no method"
    actions = [0, 1, 0, 1, 0]
    seen = [played(env, actions, seed)[0] for seed in range(60)]
    true = [played(clear, actions, seed)[0] for seed in range(60)]
    noise = np.array(seen, float) - np.array(true)  # (60 episodes, 6 observations, 4 numbers)
    if not noise[:, 0].any() or not noise[:, 1:].any():
        return "no noise" if not noise.any() else "at reset" if noise[:, 0].any() else "in steps"
    if not np.array_equal(played(env, actions, 0)[0], seen[0]):
        return "not by the seed"
    if np.ptp(noise, axis=2).max() < 1e-6:
        return "one number for all four"
    if np.ptp(noise, axis=1).max() < 1e-6:
        return "the same at each step"
    if wrong_size := size_of(noise):
        return "nothing but noise" if size_of(np.array(seen)) is None else wrong_size
    return BLURRED if seen[0][0].dtype == seen[0][1].dtype == np.float32 else "float64"


def size_of(noise):
    """Return in words what is wrong with the size of noise, or None."""
    size, mean = noise.std(), noise.mean()
    if abs(mean) > 0.01:
        return f"noise around {mean:.2g}, of size {size:.1g}"
    if abs(size - 0.05) < 0.005:
        return None
    if np.abs(noise).max() < 0.0501 and abs(size - 0.029) < 0.003:
        return "evenly from -0.05 to 0.05"
    known = {0.05**0.5: "the variance is 0.05", 1: "size 1"}
    found = [words for usual, words in known.items() if abs(size / usual - 1) < 0.1]
    return found[0] if found else f"noise of size {size:.1g}"


def hands_on_ends(paid):
    """Return whether a wrapper hands on how a step of MountainCar ended: cut off after two."""
    env = paid(gym.make("MountainCar-v0", max_episode_steps=2))
    env.reset(seed=0)
    return [tuple(env.step(0)[2:4]) for _ in range(2)] == [(False, False), (False, True)]


def what_it_pays(paid):
    """Return the rewards of four steps of each of two episodes in a row on the hill: (2, 4)."""
    env, plain = paid(gym.make("MountainCar-v0")), gym.make("MountainCar-v0")
    rewards = []
    for seed in (0, 1):
        observations, earned = played(env, PUSHES, seed)
        if not np.allclose(observations, played(plain, PUSHES, seed)[0]):
            raise ValueError(
                "step and reset must hand on the observations of MountainCar, and reset its seed"
            )
        rewards.append(np.array(earned, float))
    if not hands_on_ends(paid):
        raise ValueError("step must hand on terminated and truncated as they came")
    rewards = np.array(rewards)  # (2, 50)
    return rewards[:, SHOWN] if np.abs(rewards + 1).max() > 3e-6 else "-1 at each step"


def depends_on_the_past(paid):
    """Return a sentence if an episode's first reward depends on the episode before it, or None."""
    [alone] = played(paid(gym.make("MountainCar-v0")), [0], 1)[1]
    env = paid(gym.make("MountainCar-v0"))
    played(env, PUSHES, 0)
    [after_another] = played(env, [0], 1)[1]
    if not np.isclose(alone, after_another, atol=1e-3):
        return (
            "The first reward of an episode depends on the episode before it: `reset` must set the "
            "energy anew, from the observation that it returns."
        )
    return None


def gusts(carts, n, seed):
    """Return how much the wind pushed each of n carts at each of eight steps: (8, n), in m/s."""
    envs = carts(num_envs=n) if isinstance(carts, type) else carts(n)
    calm, found = CartPoleVectorEnv(n), []
    envs.reset(seed=seed)
    calm.reset(seed=seed)
    for t in range(8):
        actions = np.full(n, t % 2)
        calm.state = np.array(envs.state)
        parts = "observations, rewards, terminations, truncations, infos"
        of_parts(envs.step(actions), "step", parts)
        calm.step(actions)
        found.append(envs.state[1] - calm.state[1])
    return np.array(found)


def how_the_wind_blows(carts):
    """Return in words which carts of a world have wind, and when."""
    counts = []
    for n in (6, 10):
        found = gusts(carts, n, seed=0)
        windy = np.abs(found) > 1e-6
        if not windy.any() or windy.all():
            return "no wind" if not windy.any() else "all have wind"
        if (windy != windy[0]).any():
            return "drawn anew"
        if not np.allclose(found, gusts(carts, n, seed=0)):
            return "not by the seed"
        if np.ptp(found, axis=0).max() < 1e-6:
            return "the same strength"
        if found.min() < -1e-6 or found.max() > 0.0501:
            return f"gusts from {found.min():.3f} to {found.max():.3f} m/s"
        counts.append(f"{windy[0].sum()} of {n}")
    return HALF if counts == ["3 of 6", "5 of 10"] else f"{' and '.join(counts)} have wind"
