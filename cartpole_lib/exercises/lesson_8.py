"""The exercises of lesson 8: worlds that are changed a little."""

import gymnasium as gym
import numpy as np
from gymnasium.envs.classic_control.cartpole import CartPoleVectorEnv
from gymnasium.wrappers import TransformObservation

from cartpole_lib.exercises.exercise import Exercise, all_from, prediction
from cartpole_lib.exercises.trying_worlds import (
    depends_on_the_past,
    how_it_blurs,
    how_the_wind_blows,
    what_it_pays,
)

# ---- 8a: every step costs


class CostlySteps(CartPoleVectorEnv):
    """CartPole where every step costs 1."""

    def step(self, actions):
        """Step, and take 1 for it instead of paying 1."""
        observations, rewards, *rest = super().step(actions)
        return observations, -rewards, *rest


def what_it_learns():
    """Return a sentence with what REINFORCE learns where every step costs."""
    from cartpole_lib.reinforce import train_reinforce

    gym.registry.pop("CostlySteps-v0", None)
    gym.register("CostlySteps-v0", vector_entry_point=CostlySteps, max_episode_steps=500)
    run = train_reinforce("CostlySteps-v0", seed=0, n_updates=15, progress=True)
    first = -run.episode_returns.reshape(run.n_updates, -1).mean(axis=1)[0]
    return (
        f"Before any update its episodes had {first:.0f} steps on average, after {run.n_updates} "
        f"updates no more than {np.ceil(-run.sampled.mean):.0f}."
    )


# ---- 8b: noise, in wrappers that are good and bad


def with_noise(env, draw):
    """Return `env` with `draw(rng)` added to each observation; rng is the environment's own."""
    space = env.observation_space
    return TransformObservation(env, lambda o: o + draw(env.unwrapped.np_random), space)


def blurs(env):
    """Noise at the start and at every step, each number its own, and all of it by the seed."""
    return with_noise(env, lambda rng: rng.normal(0, 0.05, 4).astype(np.float32))


class NeverCalled(gym.Wrapper):
    """There is no noise in what comes back.

    A plain gym.Wrapper never calls a method `observation`; a gym.ObservationWrapper does.
    """

    def observation(self, observation):
        """Return nothing but noise, if anybody asks."""
        return self.np_random.normal(0, 0.05, 4)


class StartOnly(gym.Wrapper):
    """Only the observation from `reset` has noise, those from `step` have none."""

    def reset(self, **options):
        """Return the first observation with noise."""
        observation, info = self.env.reset(**options)
        return observation + self.np_random.normal(0, 0.05, 4).astype(np.float32), info


class StepsOnly(gym.Wrapper):
    """The first observation, from `reset`, has no noise; those from `step` do."""

    def step(self, action):
        """Return what comes back with noise on the observation."""
        observation, *rest = self.env.step(action)
        return observation + self.np_random.normal(0, 0.05, 4).astype(np.float32), *rest


def other_dice(env):
    """The same seed gives other noise each time.

    Draw from the environment's own generator, self.unwrapped.np_random, and let the seed of
    reset get there.
    """
    rng = np.random.default_rng()
    return with_noise(env, lambda _: rng.normal(0, 0.05, 4))


def one_number(env):
    """All four numbers get the same noise: draw four, normal(0, 0.05, size=4)."""
    return with_noise(env, lambda rng: rng.normal(0, 0.05))


class DrawnOnce(gym.ObservationWrapper):
    """All observations of an episode have the same noise: draw anew in `observation`.

    A generator that is made anew there begins anew, with the same numbers: use the environment's.
    """

    def reset(self, **options):
        """Draw the noise of an episode."""
        self.env.reset(**options)
        self.noise = self.unwrapped.np_random.normal(0, 0.05, 4)
        return super().reset(**options)

    def observation(self, observation):
        """Add the same noise each time."""
        return observation + self.noise


class SameInEachEpisode(gym.ObservationWrapper):
    """Every episode has the same noise, whatever the seed of `reset`.

    A generator that is made anew in `reset` begins anew: use self.unwrapped.np_random, which
    `reset` seeds.
    """

    def reset(self, **options):
        """Begin the noise anew."""
        self.rng = np.random.default_rng(0)
        return super().reset(**options)

    def observation(self, observation):
        """Add noise."""
        return observation + self.rng.normal(0, 0.05, 4)


class SameStream(SameInEachEpisode):
    """The noise is made of the very numbers that draw the start: bug 8 of lesson 7.

    A generator of the same seed throws the same dice as the world. Use self.unwrapped.np_random,
    which goes on behind the start.
    """

    def reset(self, *, seed=None, options=None):
        """Draw from the numbers that draw the start."""
        self.rng = np.random.default_rng(seed)
        return gym.ObservationWrapper.reset(self, seed=seed, options=options)


def no_chance(env):
    """There is no chance in it: the same number is added to all four, each time.

    rng.normal takes the mean first, then the standard deviation: normal(0, 0.05, size=4).
    """
    return with_noise(env, lambda rng: np.float32(0.05))


def without_a_limit(env):
    """The noise is right, but the time limit of `env` no longer ends an episode.

    Wrap `env` itself: not env.unwrapped, which has no limit, and not a world that is made anew. And
    a `step` of your own must hand on truncated as it came.
    """
    return blurs(env.unwrapped)


class ShakenWorld(gym.Wrapper):
    """The noise moves the cart and the pole themselves, which are where they are.

    Add it to what `reset` and `step` return, and leave the state of the world alone.
    """

    def step(self, action):
        """Shake, then step."""
        self.unwrapped.state = np.array(self.unwrapped.state) + self.np_random.normal(0, 0.05, 4)
        return self.env.step(action)


def doubles(env):
    """The noise is right, but the observations are not all float32, as the space promises.

    NumPy's noise is float64. End with .astype(np.float32).
    """
    return with_noise(env, lambda rng: rng.normal(0, 0.05, 4))


def by_variance(env):
    """The noise is too large: 0.05 is its variance, and the standard deviation should be 0.05."""
    return with_noise(env, lambda rng: rng.normal(0, 0.05**0.5, 4))


def evenly(env):
    """The noise is spread evenly from -0.05 to 0.05; normal noise is wanted, rng.normal."""
    return with_noise(env, lambda rng: rng.uniform(-0.05, 0.05, 4))


def size_1(env):
    """The noise has the size 1: give the scale, 0.05."""
    return with_noise(env, lambda rng: rng.normal(size=4))


def nothing_but_noise(env):
    """Nothing but the noise comes back: add it to the observation."""
    space = env.observation_space
    return TransformObservation(env, lambda _: env.unwrapped.np_random.normal(0, 0.05, 4), space)


class NoMethod(gym.ObservationWrapper):
    """An ObservationWrapper calls the method `observation`, and yours has none of that name."""


# ---- 8c: pay for energy


def energy(observation):
    """Return the energy of the car, times 3,000."""
    position, velocity = observation
    return 3000 * (velocity**2 / 2 + 0.0025 / 3 * np.sin(3 * position))


def gain(reward, before, after):
    """Return the reward of a step and what it gained."""
    return reward + after - before


class Paying(gym.Wrapper):
    """MountainCar that pays `pay(reward, before, after)` for a step between two energies."""

    def __init__(self, env, pay=gain, resets=True, updates=True, energy_of=energy):
        super().__init__(env)
        self.pay, self.energy_of, self.energy = pay, energy_of, 0.0
        self.resets, self.updates = resets, updates

    def reset(self, **options):
        """Begin an episode, and remember its energy."""
        observation, info = self.env.reset(**options)
        self.energy = self.energy_of(observation) if self.resets else self.energy
        return observation, info

    def step(self, action):
        """Step, and pay."""
        observation, reward, *rest = self.env.step(action)
        before, after = self.energy, self.energy_of(observation)
        self.energy = after if self.updates else before
        return observation, self.pay(reward, before, after), *rest


def pays_the_gain(env):
    """Over an episode the pay adds up to the last energy minus the first."""
    return Paying(env)


class LosesTheSeed(gym.Wrapper):
    """The start does not depend on the seed that reset gets.

    Hand both on, as they come: self.env.reset(seed=seed, options=options).
    """

    def reset(self, **options):
        """Begin an episode, with a start of its own."""
        return self.env.reset()


def forgets_reset(env):
    """An episode begins with the energy that was there before it: set it anew in `reset`.

    It is one wrong reward an episode. `make_envs` refuses such a world; other trainers may never
    notice.
    """
    return Paying(env, resets=False)


class EndUnpaid(Paying):
    """The last step of an episode earns -1 alone: its gain is to be paid like that of any other."""

    def step(self, action):
        """Step, and pay, but for the end."""
        observation, reward, terminated, truncated, info = super().step(action)
        reward = -1.0 if terminated or truncated else reward
        return observation, reward, terminated, truncated, info


class FromZero(Paying):
    """An episode begins with the energy 0: in `reset`, take that of the observation it returns."""

    def reset(self, **options):
        """Begin an episode, and take its energy for 0."""
        self.energy = 0.0
        return self.env.reset(**options)


def half_missing(env):
    """In your energy the square of the velocity is not halved."""
    return Paying(env, energy_of=lambda o: energy(o) + 1500 * o[1] ** 2)


def height_too_small(env):
    """The height is missing from your energy, or hardly counts.

    The 3,000 multiplies both parts of it, the sine as well: mind the brackets.
    """
    return Paying(env, energy_of=lambda o: 1500 * o[1] ** 2 + 0.0025 / 3 * np.sin(3 * o[0]))


def sine_of_the_position(env):
    """Your energy takes the sine of x, where 3x is asked for."""
    return Paying(env, energy_of=lambda o: 1500 * o[1] ** 2 + 2.5 * np.sin(o[0]))


def losses_paid(env):
    """It pays as much for a loss as for a gain: leave out the absolute value."""
    return Paying(env, lambda reward, before, after: reward + abs(after - before))


def pays_energy(env):
    """It pays the energy itself at every step, not what was gained since the last observation."""
    return Paying(env, lambda reward, before, after: reward + after)


def pays_old_energy(env):
    """It pays the energy that the step began with: what is wanted is the gain, after less before."""
    return Paying(env, lambda reward, before, after: reward + before)


def pays_the_loss(env):
    """The sign is wrong: it pays for losing energy. The gain is after less before."""
    return Paying(env, lambda reward, before, after: reward + before - after)


def gain_since_the_start(env):
    """It pays the gain since the start, at every step again: keep the new energy in `step`."""
    return Paying(env, updates=False)


def step_is_free(env):
    """The -1 of each step is gone: add the gain to the reward that the car earns anyway."""
    return Paying(env, lambda reward, before, after: after - before)


def nothing_paid(env):
    """Each step earns -1, as without the wrapper: the gain is not paid, or is always 0.

    Take the difference before self.energy gets its new value.
    """
    return env


def losses_are_free(env):
    """A step that loses energy must cost what it lost: its gain is below 0."""
    return Paying(env, lambda reward, before, after: reward + max(0, after - before))


def not_times_3000(env):
    """The factor of 3,000 is missing: the pay is too small beside the -1 of each step."""
    return Paying(env, lambda reward, before, after: reward + (after - before) / 3000)


# ---- 8d: half of the carts


def gust_of_half(carts):
    """Return a gust for every second cart, each its own, and 0 for the others."""
    return (np.arange(carts.num_envs) % 2) * carts.np_random.random(carts.num_envs)


class Gusty(CartPoleVectorEnv):
    """Carts that get `0.05 * push(carts)` m/s before each step."""

    def __init__(self, num_envs, push=gust_of_half, row=1):
        super().__init__(num_envs)
        self.push, self.row = push, row

    def step(self, actions):
        """Blow, then step."""
        self.state[self.row] += 0.05 * self.push(self)
        return super().step(actions)


def half_windy(n):
    """Each cart keeps its weather, so each episode has one from its start to its end."""
    return Gusty(n)


def all_windy(n):
    """All carts have wind. Multiply the gusts by an array that is 1 for half of the carts, else 0."""
    return Gusty(n, lambda carts: carts.np_random.random(n))


def none_windy(n):
    """No cart gets faster by the wind: add the gusts to the velocities, self.state[1]."""
    return Gusty(n, lambda carts: 0)


def steady(n):
    """The wind has the same strength at each step: draw it, self.np_random.random(self.num_envs)."""
    return Gusty(n, lambda carts: (np.arange(n) % 2) / 2)


def drawn_anew(n):
    """The weather of a cart changes within its episode: then a policy meets half a wind, no calm.

    Let the number of the cart decide, np.arange(self.num_envs).
    """
    return Gusty(n, lambda carts: (carts.np_random.random(n) < 0.5) * carts.np_random.random(n))


def one_gust(n):
    """All windy carts get the same gust: draw one for each, self.np_random.random(self.num_envs)."""
    return Gusty(n, lambda carts: (np.arange(n) % 2) * carts.np_random.random())


class AfterTheStep(Gusty):
    """The wind comes after the step: add it to self.state[1] first, then call super().step(actions)."""

    def step(self, actions):
        """Step, then blow."""
        result = CartPoleVectorEnv.step(self, actions)
        self.state[1] += 0.05 * self.push(self)
        return result


def elsewhere(n):
    """Positions or poles move as they would not by wind on the carts.

    Add each gust once, before the step, to the velocities of the carts, self.state[1], and change
    nothing else.
    """
    return Gusty(n, row=3)


def other_gusts(n):
    """The same seed gives other gusts each time.

    Draw all that is chance from self.np_random, after `reset` has seeded it: in `step`, or there.
    And a `reset` of your own must hand the seed on.
    """
    rng = np.random.default_rng()
    return Gusty(n, lambda carts: (np.arange(n) % 2) * rng.random(n))


def same_for_each_seed(n):
    """Every seed gives the same gusts: draw them from self.np_random, which `reset` seeds.

    A `reset` of your own must hand on the seed that it gets.
    """
    rng = np.random.default_rng(0)
    return Gusty(n, lambda carts: (np.arange(n) % 2) * rng.random(n))


EXERCISES = {
    "8a": prediction(
        "to fall at once",
        "Each step costs 1, so the shortest episode is the best one, and nothing pays for standing. "
        "It learned what it was paid for.",
        wrong={
            "to stand": "Tempting, for standing is what we want. But nobody told the learner: its "
            "only measure is the return, and here each step that it stands costs 1.",
            "nothing": "Tempting, for each step costs the same. But episodes differ in length, so "
            "their returns differ: the shorter, the better.",
        },
        measure=what_it_learns,
    ),
    "8b": Exercise(
        blurs, wrong=[*all_from(NeverCalled, to=NoMethod), LosesTheSeed], run=how_it_blurs
    ),
    "8c": Exercise(
        pays_the_gain,
        wrong=all_from(LosesTheSeed, to=not_times_3000),
        run=what_it_pays,
        diagnose=depends_on_the_past,
    ),
    "8d": Exercise(
        half_windy, wrong=all_from(all_windy, to=same_for_each_seed), run=how_the_wind_blows
    ),
}
