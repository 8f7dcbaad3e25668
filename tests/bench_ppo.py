"""Tuned PPO of Stable-Baselines3 under this course's stopping rule, on the seeds of `make bench`.

`make ppo` trains on 10 seeds, `make ppo SEEDS=30` on as many as you like. It reports; nothing can
fail. The settings are those that RL Baselines3 Zoo found for CartPole-v1.
"""

import sys
from functools import partial

import numpy as np
import torch
from bench import FIRST_SEED, cpu_seconds
from stable_baselines3 import PPO
from stable_baselines3.common.env_util import make_vec_env
from tqdm import tqdm

from cartpole_lib.actor_critic import train_actor_critic
from cartpole_lib.evaluate import evaluate, summarize
from cartpole_lib.reinforce import train_reinforce
from cartpole_lib.training import RECENT, draw_seed, looks_promising

N_ENVS, N_STEPS, BUDGET, THRESHOLD = 8, 32, 100_000, 475
SETTINGS = {
    "n_steps": N_STEPS,
    "batch_size": 256,
    "gae_lambda": 0.8,
    "gamma": 0.98,
    "n_epochs": 20,
    "ent_coef": 0.0,
    "learning_rate": lambda left: 0.001 * left,
    "clip_range": lambda left: 0.2 * left,
}


def evaluate_both(model, rng):
    """Play 100 fresh episodes greedily and 100 sampled; return both summaries and the steps."""
    ways = [partial(model.predict, deterministic=greedy) for greedy in (True, False)]
    returns = [evaluate(lambda seen, way=way: way(seen)[0], seed=draw_seed(rng)) for way in ways]
    n_steps = int(np.sum(returns))  # a reward of 1 for each
    return [summarize(of_way, THRESHOLD) for of_way in returns], n_steps


def train_ppo(seed):
    """Train until solved; return (solved, steps, steps of the stopping rule, both summaries)."""
    stop_rng, report_rng = np.random.default_rng(seed).spawn(2)
    looked = {"steps": 0, "solved": False}

    def go_on(local, _):
        model = local["self"]
        recent = [episode["r"] for episode in model.ep_info_buffer][-RECENT:]
        end_of_rollout = model.num_timesteps % (N_ENVS * N_STEPS) == 0
        if end_of_rollout and recent and looks_promising(np.mean(recent), THRESHOLD):
            for _ in range(2):
                summaries, n_steps = evaluate_both(model, stop_rng)
                looked["steps"] += n_steps
                looked["solved"] = all(summary.low >= THRESHOLD for summary in summaries)
                if not looked["solved"]:
                    break
        return not looked["solved"]

    envs = make_vec_env("CartPole-v1", n_envs=N_ENVS, seed=seed)
    model = PPO("MlpPolicy", envs, seed=seed, device="cpu", **SETTINGS)
    model.learn(BUDGET, callback=go_on)
    return (
        looked["solved"],
        model.num_timesteps,
        looked["steps"],
        evaluate_both(model, report_rng)[0],
    )


def train_ours(train, seed):
    run = train(seed=seed)
    return run.solved, run.n_steps, run.n_evaluation_steps, (run.greedy, run.sampled)


def report(name, train, n_seeds):
    """Print a row of the table; the worst is of all reports, greedy and sampled."""
    seeds = tqdm(range(FIRST_SEED, FIRST_SEED + n_seeds), leave=False)
    seconds, runs = zip(*[cpu_seconds(train, seed) for seed in seeds])
    solved, n_steps, n_looked, summaries = zip(*runs)
    worst = min(summary.mean for both in summaries for summary in both)
    print(
        f"{name:<14}{sum(solved):>3} of {n_seeds:<4}{np.median(n_steps):>9,.0f} ({max(n_steps):,})"
        f"{np.median(n_looked):>10,.0f}{np.median(seconds):>8.2f}{worst:>8.0f}"
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    print("CartPole-v1 until solved by the same rule: medians, (most)")
    print("method          solved      steps            of rule   CPU s   worst")
    report("PPO, tuned", train_ppo, int(sys.argv[1]))
    report("REINFORCE", partial(train_ours, train_reinforce), int(sys.argv[1]))
    report("actor-critic", partial(train_ours, train_actor_critic), int(sys.argv[1]))
