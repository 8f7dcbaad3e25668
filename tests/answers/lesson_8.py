import gymnasium as gym
import numpy as np
from gymnasium.envs.classic_control.cartpole import CartPoleVectorEnv
from gymnasium.wrappers import TransformObservation


class Blurred(gym.ObservationWrapper):
    def observation(self, observation):
        noise = self.unwrapped.np_random.normal(scale=0.05, size=4)
        return (observation + noise).astype(np.float32)


class BlurredByHand(gym.Wrapper):
    def blur(self, observation):
        noise = 0.05 * self.np_random.standard_normal(observation.shape)
        return np.float32(observation + noise)

    def reset(self, *, seed=None, options=None):
        observation, info = self.env.reset(seed=seed, options=options)
        return self.blur(observation), info

    def step(self, action):
        observation, reward, terminated, truncated, info = self.env.step(action)
        return self.blur(observation), reward, terminated, truncated, info


def transformed(env):
    def blur(observation):
        noise = [env.unwrapped.np_random.normal(0, 0.05) for _ in range(4)]
        return (observation + np.array(noise)).astype("float32")

    return TransformObservation(env, blur, None)


class Named(gym.Wrapper):
    def observation(self, observation):
        return observation + self.np_random.normal(0, 0.05, 4)


class GlobalDice(gym.ObservationWrapper):
    def observation(self, observation):
        return (observation + np.random.normal(0, 0.05, 4)).astype(np.float32)


class OneForAll(gym.ObservationWrapper):
    def observation(self, observation):
        return (observation + self.np_random.normal(0, 0.05)).astype(np.float32)


class NoReturn(gym.ObservationWrapper):
    def observation(self, observation):
        observation + self.np_random.normal(0, 0.05, 4)


class Misspelt(gym.ObservationWrapper):
    def observations(self, observation):
        return observation + self.np_random.normal(0, 0.05, 4)


class TwiceAtReset(Blurred):
    def reset(self, **options):
        observation, info = super().reset(**options)
        return self.observation(observation), info


class MoreForTheFirst(Blurred):
    def observation(self, observation):
        noise = self.unwrapped.np_random.normal(0, [0.08, 0.035, 0.035, 0.035])
        return (observation + noise).astype(np.float32)


class BlursThePole(Blurred):
    def observation(self, observation):
        noise = self.unwrapped.np_random.normal(0, [0, 0, 0.05, 0.05])
        return (observation + noise).astype(np.float32)


class Signs(Blurred):
    def observation(self, observation):
        noise = 0.05 * np.sign(self.unwrapped.np_random.normal(size=4))
        return (observation + noise).astype(np.float32)


class Wide(Blurred):
    def observation(self, observation):
        noise = self.unwrapped.np_random.uniform(-0.0866, 0.0866, 4)
        return (observation + noise).astype(np.float32)


class AsAList(Blurred):
    def observation(self, observation):
        return super().observation(observation).tolist()


class AsARow(Blurred):
    def observation(self, observation):
        return super().observation(observation)[np.newaxis]


class Half(gym.ObservationWrapper):
    def observation(self, observation):
        return (observation + 0.05 * self.np_random.random(4)).astype(np.float32)


class FromIts(gym.Wrapper):
    @staticmethod
    def energy_of(observation):
        x, v = observation
        return 1500 * v**2 + 2.5 * np.sin(3 * x)

    def reset(self, *, seed=None, options=None):
        observation, info = self.env.reset(seed=seed, options=options)
        self.last = self.energy_of(observation)
        return observation, info

    def step(self, action):
        observation, reward, terminated, truncated, info = self.env.step(action)
        now = self.energy_of(observation)
        gained, self.last = now - self.last, now
        return observation, reward + gained, terminated, truncated, info


class FromTheState(gym.Wrapper):
    def step(self, action):
        before = FromIts.energy_of(self.unwrapped.state)
        observation, reward, *rest = self.env.step(action)
        gained = FromIts.energy_of(self.unwrapped.state) - before
        return observation, float(reward + gained), *rest


class KeepsTheOld(FromIts):
    last = 0.0

    def reset(self, *, seed=None, options=None):
        return self.env.reset(seed=seed, options=options)


class KeepsNone(KeepsTheOld):
    last = None

    def step(self, action):
        observation, reward, *rest = self.env.step(action)
        now = self.energy_of(observation)
        gained, self.last = 0 if self.last is None else now - self.last, now
        return observation, reward + gained, *rest


class LosesTheSeed(FromIts):
    def reset(self, *, seed=None, options=None):
        observation, info = self.env.reset()
        self.last = self.energy_of(observation)
        return observation, info


class AlwaysSeedZero(FromIts):
    def reset(self, *, seed=None, options=None):
        return super().reset(seed=0)


class LosesBoth(KeepsTheOld):
    def reset(self, *, seed=None, options=None):
        return self.env.reset()


class OwnStart(FromIts):
    def reset(self, *, seed=None, options=None):
        observation, info = super().reset(seed=seed)
        return observation * 0.5, info


class PaidItself(gym.Wrapper):
    def step(self, action):
        observation, reward, *rest = self.env.step(action)
        return observation, reward + FromIts.energy_of(observation), *rest


class OnlyGains(FromIts):
    def step(self, action):
        observation, reward, *rest = super().step(action)
        return observation, max(-1, reward), *rest


class AlwaysPaid(FromIts):
    def step(self, action):
        observation, reward, *rest = super().step(action)
        return observation, abs(reward + 1) - 1, *rest


class BeginsAtZero(FromIts):
    def reset(self, *, seed=None, options=None):
        self.last = 0
        return self.env.reset(seed=seed, options=options)


class RootOfTheVelocity(FromIts):
    @staticmethod
    def energy_of(observation):
        x, v = observation
        return 3000 * (v ** (1 / 2) + 0.0025 / 3 * np.sin(3 * x))


class NotHalved(FromIts):
    @staticmethod
    def energy_of(observation):
        x, v = observation
        return 3000 * (v**2 + 0.0025 / 3 * np.sin(3 * x))


class BracketLost(FromIts):
    @staticmethod
    def energy_of(observation):
        x, v = observation
        return 3000 * 0.5 * v**2 + 0.0025 / 3 * np.sin(3 * x)


class PlainSine(FromIts):
    @staticmethod
    def energy_of(observation):
        return 3000 * (observation[1] ** 2 / 2 + 0.0025 / 3 * np.sin(observation[0]))


class NothingBack(FromIts):
    def step(self, action):
        super().step(action)


class FourBack(FromIts):
    def step(self, action):
        return super().step(action)[:4]


class NoInfo(FromIts):
    def reset(self, *, seed=None, options=None):
        return super().reset(seed=seed, options=options)[0]


class OwnObservation(FromIts):
    def step(self, action):
        _, *rest = super().step(action)
        return np.zeros(2, np.float32), *rest


class NoBegin(FromIts):
    def reset(self, *, seed=None, options=None):
        return self.env.reset(seed=seed, options=options)


class EverySecond(CartPoleVectorEnv):
    def step(self, actions):
        gusts = 0.05 * self.np_random.random(self.num_envs)
        gusts[1::2] = 0
        self.state[1] += gusts
        return super().step(actions)


class FirstHalf(CartPoleVectorEnv):
    def __init__(self, **options):
        super().__init__(**options)
        self.windy = np.arange(self.num_envs) < self.num_envs // 2

    def step(self, actions):
        for cart in np.flatnonzero(self.windy):
            self.state[1, cart] += self.np_random.uniform(0, 0.05)
        return super().step(actions)


class DrawnAtTheStart(CartPoleVectorEnv):
    def reset(self, *, seed=None, options=None):
        result = super().reset(seed=seed, options=options)
        self.windy = self.np_random.permutation(self.num_envs) % 2
        return result

    def step(self, actions):
        self.state[1] += 0.05 * self.windy * self.np_random.random(self.num_envs)
        return super().step(actions)


class Everywhere(CartPoleVectorEnv):
    def step(self, actions):
        self.state[1] += 0.025 * self.np_random.random(self.num_envs)
        return super().step(actions)


class ByCoin(CartPoleVectorEnv):
    def step(self, actions):
        windy = self.np_random.random(self.num_envs) < 0.5
        self.state[1] += 0.05 * windy * self.np_random.random(self.num_envs)
        return super().step(actions)


class ByTurns(CartPoleVectorEnv):
    turn = 0

    def step(self, actions):
        self.turn = 1 - self.turn
        self.state[1] += 0.05 * self.turn * self.np_random.random(self.num_envs)
        return super().step(actions)


class Breeze(CartPoleVectorEnv):
    def step(self, actions):
        self.state[1, ::2] += 0.05
        return super().step(actions)


class Replaced(CartPoleVectorEnv):
    def step(self, actions):
        windy = np.arange(self.num_envs) % 2
        self.state[1] = 0.05 * windy * self.np_random.random(self.num_envs)
        return super().step(actions)


class AroundTheCarts(gym.vector.VectorWrapper):
    def step(self, actions):
        carts = self.env.unwrapped
        windy = np.arange(carts.num_envs) % 2
        carts.state[1] += 0.05 * windy * carts.np_random.random(carts.num_envs)
        return self.env.step(actions)


class SixAlternate(CartPoleVectorEnv):
    def step(self, actions):
        self.state[1] += 0.05 * (np.arange(6) % 2) * self.np_random.random(self.num_envs)
        return super().step(actions)


class OneCart(CartPoleVectorEnv):
    def step(self, actions):
        self.state[1, 0] += 0.05 * self.np_random.random()
        return super().step(actions)


class WrongRow(CartPoleVectorEnv):
    def step(self, actions):
        self.state[0] += 0.05 * self.np_random.random(self.num_envs)
        return super().step(actions)


class Storm(CartPoleVectorEnv):
    def step(self, actions):
        windy = np.arange(self.num_envs) % 2
        self.state[1] += 0.5 * windy * self.np_random.random(self.num_envs)
        return super().step(actions)


class Mild(CartPoleVectorEnv):
    def step(self, actions):
        windy = np.arange(self.num_envs) % 2
        self.state[1] += 0.03 * windy * self.np_random.random(self.num_envs)
        return super().step(actions)


class BothWays(CartPoleVectorEnv):
    def step(self, actions):
        windy = np.arange(self.num_envs) % 2
        self.state[1] += windy * self.np_random.uniform(-0.05, 0.05, self.num_envs)
        return super().step(actions)


class Strong(CartPoleVectorEnv):
    def step(self, actions):
        self.state[1, ::2] += self.np_random.uniform(0.04, 0.05, self.num_envs // 2)
        return super().step(actions)


class OneGust(CartPoleVectorEnv):
    def step(self, actions):
        gust = 0.05 * self.np_random.random()
        self.state[1, ::2] += gust
        return super().step(actions)


class Late(CartPoleVectorEnv):
    def step(self, actions):
        result = super().step(actions)
        self.state[1, ::2] += 0.05 * self.np_random.random(self.num_envs // 2)
        return result


class OnThePole(CartPoleVectorEnv):
    row = 3

    def step(self, actions):
        self.state[self.row, ::2] += 0.05 * self.np_random.random(self.num_envs // 2)
        return super().step(actions)


class OnTheAngle(OnThePole):
    row = 2


class OnAll(OnThePole):
    row = slice(None)


class Twice(CartPoleVectorEnv):
    def step(self, actions):
        self.state[1, ::2] += 0.05 * self.np_random.random(self.num_envs // 2)
        super().step(actions)
        return super().step(actions)


class ResetWithoutSeed(EverySecond):
    def reset(self, *, seed=None, options=None):
        return super().reset(options=options)


class DrawnInInit(CartPoleVectorEnv):
    def __init__(self, **options):
        super().__init__(**options)
        self.windy = np.random.permutation(self.num_envs) % 2

    def step(self, actions):
        self.state[1] += 0.05 * self.windy * self.np_random.random(self.num_envs)
        return super().step(actions)


class DrawnForMany(CartPoleVectorEnv):
    """Its weather is chance, of other dice, but not that of a few carts."""

    def __init__(self, **options):
        super().__init__(**options)
        self.windy = np.arange(self.num_envs) % 2
        if self.num_envs > 10:
            np.random.shuffle(self.windy)

    def step(self, actions):
        self.state[1] += 0.05 * self.windy * self.np_random.random(self.num_envs)
        return super().step(actions)


class OtherDice(CartPoleVectorEnv):
    def step(self, actions):
        windy = np.arange(self.num_envs) % 2
        self.state[1] += 0.05 * windy * np.random.random(self.num_envs)
        return super().step(actions)


class InPlace(gym.ObservationWrapper):
    def observation(self, observation):
        observation += self.unwrapped.np_random.normal(0, 0.05, observation.shape)
        return observation


class AroundTheTruth(gym.ObservationWrapper):
    def observation(self, observation):
        return self.np_random.normal(observation, 0.05).astype(np.float32)


class DiceOfItsOwn(Blurred):
    def reset(self, *, seed=None, options=None):
        if seed is not None:
            self.rng = np.random.default_rng([seed, 1])
        return super().reset(seed=seed, options=options)

    def observation(self, observation):
        return (observation + self.rng.normal(0, 0.05, 4)).astype(np.float32)


class DiceOfTheWorld(DiceOfItsOwn):
    def reset(self, *, seed=None, options=None):
        self.rng = np.random.default_rng(seed)
        return Blurred.reset(self, seed=seed, options=options)


class BeginsAnew(DiceOfItsOwn):
    def reset(self, *, seed=None, options=None):
        self.rng = np.random.default_rng(0)
        return Blurred.reset(self, seed=seed, options=options)


class MadeOnce(DiceOfItsOwn):
    def __init__(self, env):
        super().__init__(env)
        self.rng = np.random.default_rng(0)

    def reset(self, *, seed=None, options=None):
        return Blurred.reset(self, seed=seed, options=options)


class BlursSeedZero(Blurred):
    def reset(self, *, seed=None, options=None):
        return super().reset(seed=0)


class BlursWithoutSeed(Blurred):
    def reset(self, *, seed=None, options=None):
        return super().reset()


class NoInfoAtAll(Blurred):
    def reset(self, *, seed=None, options=None):
        return super().reset(seed=seed, options=options)[0], None


class DoubleLater(Blurred):
    n = 0

    def observation(self, observation):
        self.n += 1
        kind = np.float64 if self.n % 6 == 0 else np.float32
        return super().observation(observation).astype(kind)


class MuchForTheLast(Blurred):
    def observation(self, observation):
        noise = self.unwrapped.np_random.normal(0, [0.05, 0.05, 0.05, 0.5])
        return (observation + noise).astype(np.float32)


class InHalf(Blurred):
    def observation(self, observation):
        return super().observation(observation).astype(np.float16)


class NeverCutOff(BlurredByHand):
    def step(self, action):
        observation, reward, terminated, _, info = super().step(action)
        return observation, reward, terminated, False, info


class InPairs(gym.ObservationWrapper):
    def observation(self, observation):
        noise = np.tile(self.np_random.normal(0, 0.05, 2), 2)
        return (observation + noise).astype(np.float32)


class RewardMisspelt(gym.RewardWrapper):
    def rewards(self, reward):
        return reward


class FourOfStep(BlurredByHand):
    def step(self, action):
        observation, reward, terminated, truncated, info = super().step(action)
        return observation, reward, terminated or truncated, info


class FallsAsLimits(BlurredByHand):
    def step(self, action):
        observation, reward, terminated, truncated, info = super().step(action)
        return observation, reward, False, terminated or truncated, info


class AddsUp(Blurred):
    def reset(self, **options):
        self.sum = 0.0
        return super().reset(**options)

    def observation(self, observation):
        self.sum = self.sum + self.np_random.normal(0, 0.05, 4)
        return (observation + self.sum).astype(np.float32)


class ByRewardWrapper(gym.RewardWrapper):
    def reset(self, **options):
        result = super().reset(**options)
        self.last = FromIts.energy_of(self.unwrapped.state)
        return result

    def reward(self, reward):
        before, self.last = self.last, FromIts.energy_of(self.unwrapped.state)
        return reward + self.last - before


class PaidAnArray(FromIts):
    def step(self, action):
        observation, reward, *rest = super().step(action)
        return observation, np.array([reward]), *rest


class PaidAWord(FromIts):
    def step(self, action):
        observation, reward, *rest = super().step(action)
        return observation, f"{reward}", *rest


class PaidNothing(FromIts):
    def step(self, action):
        observation, reward, *rest = super().step(action)
        return observation, None, *rest


class PaidLate(FromIts):
    def reset(self, **options):
        self.late = -1
        return super().reset(**options)

    def step(self, action):
        observation, reward, *rest = super().step(action)
        late, self.late = self.late, reward
        return observation, late, *rest


class NoHeight(FromIts):
    @staticmethod
    def energy_of(observation):
        return 1500 * observation[1] ** 2


class NothingAtTheGoal(FromIts):
    def step(self, action):
        observation, reward, terminated, *rest = super().step(action)
        return observation, reward - 4 * terminated, terminated, *rest


class SquaresWhatItSees(FromIts):
    def step(self, action):
        observation, *rest = super().step(action)
        observation[1] **= 2
        return observation, *rest


class WithACopy(CartPoleVectorEnv):
    def step(self, actions):
        x, v, angle, spin = self.state
        windy = np.arange(self.num_envs) >= self.num_envs / 2
        gusts = self.np_random.uniform(0, 0.05, self.num_envs)
        self.state = np.array([x, v + windy * gusts, angle, spin])
        return super().step(actions)


class Chosen(CartPoleVectorEnv):
    def reset(self, *, seed=None, options=None):
        result = super().reset(seed=seed, options=options)
        half = self.num_envs // 2
        self.windy = self.np_random.choice(self.num_envs, half, replace=False)
        return result

    def step(self, actions):
        self.state[1, self.windy] += 0.05 * self.np_random.random(len(self.windy))
        return super().step(actions)


class SomeChosenTwice(Chosen):
    def reset(self, *, seed=None, options=None):
        result = super().reset(seed=seed, options=options)
        self.windy = np.unique(self.np_random.choice(self.num_envs, self.num_envs // 2))
        return result


class NothingFromReset(EverySecond):
    def reset(self, **options):
        super().reset(**options)


class NothingFromStep(EverySecond):
    def step(self, actions):
        super().step(actions)


class WithoutInfos(EverySecond):
    def reset(self, **options):
        return super().reset(**options)[0]


class OldObservations(EverySecond):
    def step(self, actions):
        old = self.state.T.astype(np.float32)
        _, *rest = super().step(actions)
        return old, *rest


class InDouble(EverySecond):
    def step(self, actions):
        observations, *rest = super().step(actions)
        return observations.astype(float), *rest


class StateItself(EverySecond):
    def step(self, actions):
        _, *rest = super().step(actions)
        return self.state, *rest


class SwappedEnds(EverySecond):
    def step(self, actions):
        observations, rewards, terminations, truncations, infos = super().step(actions)
        return observations, rewards, truncations, terminations, infos


class OneEndTwice(EverySecond):
    def step(self, actions):
        observations, rewards, terminations, _, infos = super().step(actions)
        return observations, rewards, terminations, terminations, infos


class CostsASecond(EverySecond):
    def step(self, actions):
        observations, rewards, *rest = super().step(actions)
        return observations, -rewards, *rest


class RngOfInit(CartPoleVectorEnv):
    def __init__(self, **options):
        super().__init__(**options)
        self.rng = np.random.default_rng(0)

    def step(self, actions):
        self.state[1, ::2] += 0.05 * self.rng.random(self.num_envs // 2)
        return super().step(actions)


class AlwaysTheSameSeed(EverySecond):
    def reset(self, *, seed=None, options=None):
        return super().reset(seed=0)


class AnewAtAFall(CartPoleVectorEnv):
    def reset(self, *, seed=None, options=None):
        result = super().reset(seed=seed)
        self.windy = np.arange(self.num_envs) % 2
        return result

    def step(self, actions):
        if self.prev_done.any():
            self.windy = self.np_random.permutation(self.windy)
        self.state[1] += 0.05 * self.windy * self.np_random.random(self.num_envs)
        return super().step(actions)


class AnewEveryTen(CartPoleVectorEnv):
    t = 0

    def step(self, actions):
        if self.t % 10 == 0:
            self.windy = self.np_random.permutation(self.num_envs) % 2
        self.t += 1
        self.state[1] += 0.05 * self.windy * self.np_random.random(self.num_envs)
        return super().step(actions)


class OfSix(CartPoleVectorEnv):
    def step(self, actions):
        self.state[1, :3] += 0.05 * self.np_random.random(3)
        return super().step(actions)


class DrawnAtReset(CartPoleVectorEnv):
    def reset(self, **options):
        result = super().reset(**options)
        self.gusts = 0.05 * self.np_random.random(self.num_envs) * (np.arange(self.num_envs) % 2)
        return result

    def step(self, actions):
        self.state[1] += self.gusts
        return super().step(actions)


class OneColumn(CartPoleVectorEnv):
    def step(self, actions):
        self.state[:, 1] += 0.05 * self.np_random.random(4)
        return super().step(actions)


class SeenOnly(CartPoleVectorEnv):
    def step(self, actions):
        observations, *rest = super().step(actions)
        observations[::2, 1] += 0.05 * self.np_random.random(self.num_envs // 2)
        return observations, *rest


class MeanAndSizeSwapped(gym.ObservationWrapper):
    def observation(self, observation):
        noise = self.unwrapped.np_random.normal(0.05, 0, size=4)
        return (observation + noise).astype(np.float32)


class AlwaysSeed0(gym.ObservationWrapper):
    def observation(self, observation):
        noise = np.random.default_rng(0).normal(0, 0.05, size=4)
        return (observation + noise).astype(np.float32)


class Shaken(gym.Wrapper):
    def step(self, action):
        x, v, angle, spin = self.unwrapped.state
        self.unwrapped.state = (x, v, angle + self.unwrapped.np_random.normal(0, 0.05), spin)
        return self.env.step(action)


class EndsExchanged(gym.Wrapper):
    def __init__(self, env):
        super().__init__(env if isinstance(env, FromIts) else Blurred(env))

    def step(self, action):
        observation, reward, terminated, truncated, info = self.env.step(action)
        return observation, reward, truncated, terminated, info


class EndUnpaid(FromIts):
    def step(self, action):
        observation, reward, terminated, truncated, info = super().step(action)
        reward = -1.0 if terminated or truncated else reward
        return observation, reward, terminated, truncated, info


class PrizeAtTheGoal(FromIts):
    def step(self, action):
        observation, reward, terminated, *rest = super().step(action)
        return observation, reward + 100 * terminated, terminated, *rest


class OnlyAtReset(BlurredByHand):
    def step(self, action):
        return self.env.step(action)


class OnlyInSteps(BlurredByHand):
    def reset(self, *, seed=None, options=None):
        return self.env.reset(seed=seed, options=options)


class TheVariance(BlurredByHand):
    def blur(self, observation):
        return np.float32(observation + np.sqrt(0.05) * self.np_random.standard_normal(4))


class FourTimes(BlurredByHand):
    def blur(self, observation):
        return np.float32(observation + self.np_random.normal(0, 0.2, 4))


class AsLargeAsEvenly(BlurredByHand):
    def blur(self, observation):
        return np.float32(observation + self.np_random.normal(0, 0.029, 4))


class Evenly(BlurredByHand):
    def blur(self, observation):
        return np.float32(observation + self.np_random.uniform(-0.05, 0.05, 4))


class SizeOne(BlurredByHand):
    def blur(self, observation):
        return np.float32(observation + self.np_random.normal(size=4))


class NoiseAlone(BlurredByHand):
    def blur(self, observation):
        return np.float32(self.np_random.normal(0, 0.05, 4))


class PaidBefore(FromIts):
    def step(self, action):
        before = self.last
        observation, reward, terminated, truncated, info = self.env.step(action)
        self.last = self.energy_of(observation)
        return observation, reward + before, terminated, truncated, info


class PaidForLoss(FromIts):
    def step(self, action):
        observation, reward, *rest = super().step(action)
        return observation, -1 - (reward + 1), *rest


class GainSinceTheStart(FromIts):
    def step(self, action):
        observation, reward, terminated, truncated, info = self.env.step(action)
        gained = self.energy_of(observation) - self.last
        return observation, reward + gained, terminated, truncated, info


class StepsAreFree(FromIts):
    def step(self, action):
        observation, reward, *rest = super().step(action)
        return observation, reward + 1, *rest


class Small(FromIts):
    @staticmethod
    def energy_of(observation):
        x, v = observation
        return v**2 / 2 + 0.0025 / 3 * np.sin(3 * x)


RIGHT = {
    "8a": [lambda: "to fall at once", lambda: "To fall at once "],
    "8b": [Blurred, BlurredByHand, transformed, lambda env: Blurred(env)]
    + [InPlace, AroundTheTruth, DiceOfItsOwn],
    "8c": [FromIts, FromTheState, ByRewardWrapper],
    "8d": [
        WithACopy,
        Chosen,
        EverySecond,
        FirstHalf,
        DrawnAtTheStart,
        lambda n: FirstHalf(num_envs=n),
        lambda n: AroundTheCarts(CartPoleVectorEnv(n)),
    ],
}
WRONG = {
    "8a": {
        "nobody told the learner": lambda: "to stand",
        "the shorter, the better": lambda: "nothing",
        "The answers are": lambda: "to fall",
    },
    "8b": {
        "Only the observation from `reset` has noise": OnlyAtReset,
        "The first observation, from `reset`": OnlyInSteps,
        "0.05 is its variance": TheVariance,
        "It gives 'noise of size 0.2'": FourTimes,
        "It gives 'noise of size 0.03'": AsLargeAsEvenly,
        "spread evenly from -0.05": Evenly,
        "The noise has the size 1": SizeOne,
        "Nothing but the noise": NoiseAlone,
        "no chance in it": MeanAndSizeSwapped,
        "time limit of `env` no longer ends": lambda env: Blurred(env.unwrapped),
        "not a world that is made anew": lambda env: Blurred(gym.make("CartPole-v1")),
        "hand on reward, terminated": EndsExchanged,
        "terminated and truncated as they came": lambda env: gym.wrappers.TransformReward(
            Blurred(env), lambda reward: 0.0
        ),
        "moves the cart and the pole": Shaken,
        "begins anew, with the same numbers": AlwaysSeed0,
        "plain gym.Wrapper never calls": Named,
        "no noise in what comes back": lambda env: env,
        "other noise each time": GlobalDice,
        "which goes on behind the start": DiceOfTheWorld,
        "the same noise": OneForAll,
        "noise around 0.02": Half,
        "does each method end with return": NoReturn,
        "noise of size 0.07 at reset": TwiceAtReset,
        "noise of size 0.08 in number 0": MoreForTheFirst,
        "noise of sizes 0.05, 0.05, 0.05, 0.5'": MuchForTheLast,
        "no noise in number 0 and number 1": BlursThePole,
        "that is not normal": Signs,
        "size 0.05 that is not normal": Wide,
        "An observation is a list": AsAList,
        "has shape (1, 4), where (4,)": AsARow,
        "yours has none of that name": Misspelt,
        "does it end with return": lambda env: None,
        "It returns a class": lambda env: Blurred,
        "without brackets": gym.make("CartPole-v1"),
        "Every episode has the same noise": BeginsAnew,
        "let the seed of reset get there": MadeOnce,
        "The start does not depend on the seed": BlursSeedZero,
        "Hand both on, as they come": BlursWithoutSeed,
        "`reset` must return observation, info; it returned ([": NoInfoAtAll,
        "but the observations are not all float32": DoubleLater,
        "8b wrong: The noise is right, but the observations are not": InHalf,
        "must hand on truncated as it came": NeverCutOff,
        "not each of the four numbers has its own": InPairs,
        "It stopped with NotImplementedError.": RewardMisspelt,
        "`step` must return observation, reward": FourOfStep,
        "noise of size 0.09": AddsUp,
        "`step` must hand on reward": FallsAsLimits,
        "It must return an environment; it returned 'CartPole-v1'.": lambda env: "CartPole-v1",
        "It gives 'noise of size 0.1', where": lambda env: Blurred(Blurred(Blurred(Blurred(env)))),
    },
    "8c": {
        "the energy that the step began with": PaidBefore,
        "it pays for losing energy": PaidForLoss,
        "the gain since the start": GainSinceTheStart,
        "The -1 of each step is gone": StepsAreFree,
        "The factor of 3,000": Small,
        "last step of an episode earns -1": EndUnpaid,
        "like that of any other": EndUnpaid,
        "Other numbers are wanted": PrizeAtTheGoal,
        "hand on terminated and truncated as": lambda env: EndsExchanged(FromIts(env)),
        "the energy that was there before": KeepsTheOld,
        "depends on the episode before it": KeepsNone,
        "pays the energy itself": PaidItself,
        "as without the wrapper": lambda env: env,
        "as much for a loss": AlwaysPaid,
        "begins with the energy 0": BeginsAtZero,
        "is not halved": NotHalved,
        "8c wrong: It returned nan, which is no number": RootOfTheVelocity,
        "mind the brackets": BracketLost,
        "where 3x is asked for": PlainSine,
        "step that loses energy must cost": OnlyGains,
        "`step` must return observation, reward": NothingBack,
        "`step` must return observation": FourBack,
        "`reset` must return observation, info": NoInfo,
        "hand on the observations": OwnObservation,
        "hand on the observations of": OwnStart,
        "does not depend on the seed": LosesTheSeed,
        "self.env.reset(seed=seed, options=options)": AlwaysSeedZero,
        "Hand both on": LosesBoth,
        "no attribute 'last'": NoBegin,
        "A reward is [": PaidAnArray,
        "A reward is '-": PaidAWord,
        "A reward is None": PaidNothing,
        "[[-1. -0.9515": PaidLate,
        "The height is missing": NoHeight,
        "-4.9599]]": NothingAtTheGoal,
        "the observations of MountainCar": SquaresWhatItSees,
        "env.unwrapped has no time limit": lambda env: FromIts(env.unwrapped),
        "It returns a class. Return an environment: FromIts(": lambda env: FromIts,
        "does it end with return": lambda env: None,
        "It stopped with NotImplementedError.": RewardMisspelt,
    },
    "8d": {
        "All carts have wind": Everywhere,
        "changes within its episode": ByCoin,
        "then a policy meets half a wind": AnewAtAFall,
        "weather of a cart changes": ByTurns,
        "the same strength at each step": Breeze,
        "It gives '1 of 6 and 1 of 10 have wind', where": OneCart,
        "No cart gets faster": WrongRow,
        "It gives 'gusts from -": Replaced,
        "gusts from 0.008 to 0.498 m/s": Storm,
        "other gusts each time": OtherDice,
        "after `reset` has seeded it": DrawnInInit,
        "Draw all that is chance from self.np_random": DrawnForMany,
        "must hand the seed on": ResetWithoutSeed,
        "gusts from 0.000 to 0.0": Mild,
        "gusts from 0.04": Strong,
        "gusts from -0.0": BothWays,
        "All windy carts get the same gust": OneGust,
        "The wind comes after the step": Late,
        "Positions or poles move": OnThePole,
        "before the step, to the velocities": OnTheAngle,
        "and change nothing else": OnAll,
        "as they would not by wind": Twice,
        "`reset` must return observations, infos; it returned None": NothingFromReset,
        "`step` must return observations, rewards": NothingFromStep,
        "`reset` must return observations, infos": WithoutInfos,
        "hand on the observations as they came": OldObservations,
        "the observations as they came, float32": InDouble,
        "has shape (4, 6), where (6, 4)": StateItself,
        "hand on rewards, terminations, truncations": SwappedEnds,
        "terminations, truncations as they came": CostsASecond,
        ", truncations as they came.": OneEndTwice,
        "Every seed gives the same gusts": RngOfInit,
        "must hand on the seed that it gets": AlwaysTheSameSeed,
        "Let the number of the cart decide": AnewEveryTen,
        "3 of 6 and 3 of 10 have wind": OfSix,
        "draw it, self.np_random.random": DrawnAtReset,
        "Add each gust once": OneColumn,
        "add the gusts to the velocities": SeenOnly,
        "It must return an environment of carts side by side; it returned None": lambda n: None,
        "It returns a class": lambda n: EverySecond,
        "2 or 3 of 6 and 3 or 4 or 5 of 10 have wind', where": SomeChosenTwice,
        "with shapes (6,) (10,)": SixAlternate,
        "For 10 carts it made 6: hand on the number": lambda n: EverySecond(num_envs=6),
        "it returned <TimeLimit": lambda n: gym.make("CartPole-v1"),
    },
}
