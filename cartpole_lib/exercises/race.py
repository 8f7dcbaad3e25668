"""The race: who balances the pole after 200 training episodes? A referee counts them itself.

It hands out the world and the seed, stops a training that asks for more, notices steps in other
environments of the process, and evaluates. It is for honest people, no safe: a simulator without
Gymnasium it cannot see.
"""

import os
import textwrap
from contextlib import ExitStack, contextmanager
from typing import NamedTuple
from unittest import mock

import gymnasium as gym
import numpy as np
from gymnasium.envs.classic_control.cartpole import CartPoleEnv, CartPoleVectorEnv
from tqdm.auto import tqdm

from cartpole_lib.evaluate import Summary, evaluate
from cartpole_lib.exercises.comparing import shown
from cartpole_lib.guards import guard
from cartpole_lib.policies import greedy_policy, sampling_policy

BUDGET, GOAL, LIMIT = 200, 490, 500
BEGINNER = 150  # steps; chance stands for some 20, and hardly ever for this long ten times
NO_EPISODE = (
    "no episode has begun, or it has ended (truncated ends it, too), or its state was set by hand"
)
NO_REPORT = (Summary(*[np.nan] * 5, solved=False),) * 2, 0
WRAPPERS = gym.Wrapper, gym.vector.VectorWrapper, gym.vector.SyncVectorEnv


class Result(NamedTuple):
    """What the referee found: status is "won", "not won", "by hand", "out" or "not attempted"."""

    status: str
    words: str = ""
    mean: float = np.nan  # return of 100 evaluation episodes
    n_episodes: int = 0  # of training
    n_steps: int = 0

    def __repr__(self):
        head = f"The race: {self.status}" + " yet" * (self.status == "not attempted") + "."
        return textwrap.fill(f"{head} {self.words}", 85)


@guard
def race(train, play="greedy", seed=None):
    """Let `train(env_id, seed)` train within the budget; return the referee's `Result`.

    It returns a policy network, or a `Training`, which then plays 100 episodes, "greedy" or
    "sampled". A policy, any function of observations, may play as well, and counts as written by
    hand. `env_id` is CartPole under another name: `make_envs`, `gym.make` and `train_reinforce`
    take it. Every episode counts, whatever it is played for; a world side by side rests where
    its episode has ended. Without a threshold no training stops early, and it reports nothing,
    for that is the referee's part. With a `seed` of yours the race is a rehearsal.

    Raises what `train` raises, and ValueError or TypeError for what is no policy.
    """
    if play not in ("greedy", "sampled"):
        raise ValueError(f"play must be 'greedy' or 'sampled', not {play!r}")
    if not callable(train) or hasattr(train, "trainable_variables"):
        raise TypeError(
            "hand over the function itself, race(my_training), not what it returns: the referee calls "
            "it, as train(env_id, seed)"
        )
    seeds = np.random.default_rng(seed).integers(2**31, size=3).tolist()
    training, judging = Referee(BUDGET), Referee(100)
    with (
        counted_world("Race-v0", training),
        counted_world("RaceEvaluation-v0", judging),
        on_the_watch(training),
    ):
        try:
            trained = train("Race-v0", seeds[0])
        except NotImplementedError:
            return Result("not attempted")
        except BudgetSpent as problem:
            return training.result("out", str(problem))
        finally:
            training.close()
        net = getattr(trained, "policy_net", trained)
        if not callable(net):
            hint = ": does it end with return?" if net is None else ""
            raise TypeError(f"train must return the policy network; got {shown(net)}{hint}")
        learned = hasattr(net, "trainable_variables")
        policy = net
        if learned:
            policy = greedy_policy(net) if play == "greedy" else sampling_policy(net, seeds[1])
        mean = evaluate(policy, "RaceEvaluation-v0", n_episodes=100, seed=seeds[2]).mean()
    how = f"Mean return {mean:.1f} over 100 episodes{', ' + play if learned else ''}, after "
    how += f"{training.n_episodes} training episodes ({training.lengths.sum():,} steps)."
    status, why = training.judge(learned, mean)
    rehearsal = "" if seed is None else "You chose the seed: a rehearsal."
    return training.result(status, " ".join(filter(None, [how, why, rehearsal])), mean)


class BudgetSpent(RuntimeError):
    """More training episodes were asked for than there are."""


class Referee:
    """Counts the episodes of the worlds that it hands out, and the steps of each."""

    def __init__(self, budget):
        self.lengths, self.n_episodes, self.elsewhere = np.zeros(budget, int), 0, set()
        self.bar, self.process, self.open = None, os.getpid(), True

    def begin(self, n):
        """Return the numbers of `n` episodes that begin; raise BudgetSpent if they are too many."""
        if os.getpid() != self.process:
            raise RuntimeError("play in this process: the referee does not see the others")
        first, budget = self.n_episodes, len(self.lengths)
        if not self.open or first + n > budget:
            raise BudgetSpent(
                f"It had {first} training episodes and asked for {n} more; {budget} is the budget."
            )
        if self.bar is None and budget == BUDGET:
            self.bar = tqdm(total=budget, unit="episode", leave=False)
        if self.bar is not None:
            self.bar.update(n)
        self.n_episodes += n
        return np.arange(first, first + n)

    def close(self):
        """End the training: no episode begins any more."""
        self.open = False
        if self.bar is not None:
            self.bar.close()

    def result(self, status, words, mean=np.nan):
        """Return a `Result` with what was counted."""
        return Result(status, words, float(mean), self.n_episodes, int(self.lengths.sum()))

    def judge(self, learned, mean):
        """Return the status of an entry and a sentence, which may be empty."""
        n, lengths = self.n_episodes, self.lengths[: self.n_episodes]
        if self.elsewhere:
            names = " and ".join(sorted(self.elsewhere))
            return "out", (
                f"But it also played in {names}, which the referee did not hand out and cannot count: "
                "only env_id is for training, evaluations to choose by included."
            )
        if n == 0:
            return (
                "by hand",
                "Without training: written by hand, drawn by chance, or learned elsewhere. Allowed, "
                "but no entry.",
            )
        if lengths[:10].mean() > BEGINNER:
            return "out", (
                f"But its first {min(n, 10)} training episodes stood for {lengths[:10].mean():.0f} "
                "steps on average: it could play before it was trained."
            )
        if not learned:
            return "by hand", (
                "It returned a function and no network: the referee cannot look into it, and "
                "takes it for written by hand. Allowed, but no entry: return the network."
            )
        best = np.convolve(lengths, np.ones(min(n, 10)) / min(n, 10), "valid").max()
        if mean >= GOAL and best < BEGINNER / 2 and lengths.max() < BEGINNER:
            return "by hand", (
                f"But in training no ten episodes in a row averaged more than {best:.0f} steps, and "
                f"none had more than {lengths.max()}. The referee did not see it learn: weights "
                "set by hand, drawn by luck, or learned elsewhere."
            )
        return ("won", "") if mean >= GOAL else ("not won", f"{GOAL} are wanted.")


@contextmanager
def counted_world(env_id, referee):
    """Register CartPole under another name, with a referee that counts its episodes."""

    class OneCart(CountedCart):
        its_referee = referee

    class ManyCarts(CountedCarts):
        its_referee = referee

    gym.registry.pop(env_id, None)
    gym.register(env_id, entry_point=OneCart, vector_entry_point=ManyCarts, max_episode_steps=LIMIT)
    try:
        yield
    finally:
        gym.registry.pop(env_id, None)


class CountedCart(CartPoleEnv):
    """One CartPole. An episode counts from its first step, and cannot be continued or repeated."""

    number, over, kept = None, False, ()  # before the first reset

    def reset(self, **arguments):
        observation, info = super().reset(**arguments)
        self.number, self.over, self.kept = None, False, np.copy(self.state)
        return observation, info

    def step(self, action):
        if self.over or not np.array_equal(self.state, self.kept):
            raise RuntimeError(f"{NO_EPISODE}: reset first")
        if self.number is None:
            self.number = self.its_referee.begin(1)
        observation, reward, terminated, truncated, info = super().step(action)
        lengths, self.kept = self.its_referee.lengths, np.copy(self.state)
        lengths[self.number] += 1
        self.over = terminated or lengths[self.number][0] == LIMIT
        return observation, reward, terminated, truncated, info


class CountedCarts(CartPoleVectorEnv):
    """CartPoles side by side. One whose episode has ended rests until the next reset of all."""

    numbers, kept = None, ()  # before the first reset

    def reset(self, **arguments):
        observations, info = super().reset(**arguments)
        self.numbers, self.kept = None, self.state.copy()
        self.ends = np.zeros((2, self.num_envs), bool)  # terminated, truncated
        return observations, info

    def step(self, actions):
        if not np.array_equal(self.state, self.kept):
            raise RuntimeError(f"{NO_EPISODE}: reset first")
        if self.numbers is None:
            self.numbers = self.its_referee.begin(self.num_envs)
        resting, self.prev_done = self.ends.any(axis=0), np.zeros(self.num_envs, bool)
        _, rewards, *ends, infos = super().step(actions)
        self.state = np.where(resting, self.kept, self.state)
        self.ends = np.where(resting, self.ends, ends)
        self.kept = self.state.copy()
        self.its_referee.lengths[self.numbers[~resting]] += 1
        rewards = np.where(resting, 0, rewards)
        return self.state.T.astype(np.float32), rewards, *self.ends.copy(), infos


@contextmanager
def on_the_watch(referee):
    """Note in `referee.elsewhere` each environment that is stepped and was not handed out.

    A training's own report at its end plays nothing meanwhile: the referee gives it.
    """

    def watch(step):
        def noted(env, *arguments, **named):
            if not isinstance(env, CountedCart | CountedCarts):
                referee.elsewhere.add(type(env).__name__)
            return step(env, *arguments, **named)

        return noted

    def newborn(cls, **arguments):
        super(base_of(cls), cls).__init_subclass__(**arguments)
        if "step" in vars(cls) and not issubclass(cls, WRAPPERS):
            cls.step = watch(cls.step)

    with ExitStack() as stack:
        stack.enter_context(mock.patch("cartpole_lib.training.evaluate_both", lambda *_: NO_REPORT))
        for base in (gym.Env, gym.vector.VectorEnv):
            for cls in families(base):
                if "step" in vars(cls) and not issubclass(cls, WRAPPERS):
                    stack.enter_context(mock.patch.object(cls, "step", watch(cls.step)))
            stack.enter_context(mock.patch.object(base, "__init_subclass__", classmethod(newborn)))
        yield


def base_of(cls):
    """Return which of Gymnasium's two bases a class comes from."""
    return gym.Env if issubclass(cls, gym.Env) else gym.vector.VectorEnv


def families(base):
    """Return all classes that come from a class, children and theirs."""
    found = set(base.__subclasses__())
    return found.union(*map(families, found))


class Records(list):
    """Lines of text, shown as they are."""

    def __repr__(self):
        return "\n".join(self)


def recorded_race(table, play="greedy"):
    """Return what the recorded runs of our own two algorithms would have got: a line for each.

    `table` is what thirty_seeds.json holds. Their stopping rule looked at evaluation episodes,
    which a race would count.
    """
    lines = Records()
    for name in ("REINFORCE", "actor-critic"):
        runs = [run for run in table if run["trainer"] == name]
        sizes = [len(run["episode_returns"]) for run in runs]
        won = [run[play]["mean"] >= GOAL and n <= BUDGET for run, n in zip(runs, sizes)]
        lines.append(
            f"{name:<13}{sum(won)} of {len(runs)} at {GOAL} or more, {play}, within {BUDGET} "
            f"episodes; median {np.median(sizes):.0f}"
        )
    looks = np.median([run["n_evaluation_steps"] for run in table if run["n_evaluation_steps"]])
    lines.append(f"(and a median of {looks:,.0f} steps to evaluate, to know when to stop)")
    return lines
