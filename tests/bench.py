"""What playing and learning cost: CPU seconds and ratios of one run. It reports; nothing can fail.

`make bench` trains on 10 seeds, `make bench SEEDS=30` on as many as you like. Machines differ and
are noisy: compare the ratios.
"""

import sys
import time

import gymnasium as gym
import numpy as np
from tqdm import tqdm

from cartpole_lib.actor_critic import train_actor_critic
from cartpole_lib.gradients import collect_gradients
from cartpole_lib.networks import sigmoid_policy_net, softmax_policy_net
from cartpole_lib.policies import lean_and_spin_policy, random_policy, sampling_policy
from cartpole_lib.reinforce import train_reinforce
from cartpole_lib.rollout import make_envs, play_episode, play_episodes

N_ENVS, N_ROUNDS = 32, 100
FIRST_SEED = 1000  # no setting was chosen on the seeds from here on


def cpu_seconds(function, *arguments):
    start = time.process_time()
    result = function(*arguments)
    return time.process_time() - start, result


def play_all(envs, policy):
    """Play N_ROUNDS batches of episodes; return how often the environments were stepped."""
    batches = [play_episodes(envs, policy, seed) for seed in range(N_ROUNDS)]
    return sum(max(len(episode.actions) for episode in batch) for batch in batches)


def step_only(envs, n_steps):
    """Step the environments without a policy and without keeping anything."""
    envs.reset(seed=0)
    actions = np.random.default_rng(0).integers(2, size=(n_steps, N_ENVS))
    for row in actions:
        envs.step(row)


def report_playing():
    envs = make_envs("CartPole-v1", N_ENVS)
    policies = {
        "random": random_policy(0),
        "lean and spin": lean_and_spin_policy,
        "network, sampled": sampling_policy(softmax_policy_net(0), 0),
    }
    print(f"CartPole-v1, {N_ENVS} environments side by side, steps per CPU second")
    print(f"{'policy':<20}{'stepping alone':>16}{'play_episodes':>16}{'ratio':>8}")
    for name, policy in policies.items():
        play_seconds, n_steps = cpu_seconds(play_all, envs, policy)
        step_seconds, _ = cpu_seconds(step_only, envs, n_steps)
        speeds = [N_ENVS * n_steps / seconds for seconds in (step_seconds, play_seconds)]
        ratio = play_seconds / step_seconds
        print(f"{name:<20}{speeds[0]:>16,.0f}{speeds[1]:>16,.0f}{ratio:>8.2f}")


def report_training(name, train, n_envs, n_seeds):
    """Return the CPU seconds of a training run for each environment step, its evaluations included."""
    seeds = range(FIRST_SEED, FIRST_SEED + n_seeds)
    seconds, runs = zip(*[cpu_seconds(lambda s=s: train(seed=s)) for s in tqdm(seeds)])
    race = {"n_updates": 200 // n_envs, "n_envs": n_envs, "stop_when_solved": False}
    races = [train(seed=seed, **race) for seed in tqdm(seeds)]
    n_steps = [run.n_steps for run in runs]
    evaluation_steps = [run.n_evaluation_steps for run in runs]
    print(f"\n{name} until solved, {n_seeds} seeds: median (worst)")
    print(f"solved             {sum(run.solved for run in runs):>10} of {n_seeds}")
    print(f"environment steps  {np.median(n_steps):>10,.0f} ({max(n_steps):,})")
    print(f"of stopping rule   {np.median(evaluation_steps):>10,.0f} ({max(evaluation_steps):,})")
    print(f"CPU seconds        {np.median(seconds):>10.2f} ({max(seconds):.2f})")
    for kind in ("greedy", "sampled"):
        means = np.array([getattr(run, kind).mean for run in runs])
        counts = ", ".join(f">= {goal}: {np.sum(means >= goal)}" for goal in (475, 490))
        print(f"{kind:<19}{np.median(means):>10.0f} ({min(means):.0f})   {counts} of {n_seeds}")
    means = np.array([run.greedy.mean for run in races])
    print(
        f"after {n_envs * (200 // n_envs)} episodes, greedy >= 490: {np.sum(means >= 490)} of {n_seeds}"
    )
    return sum(seconds) / sum(n_steps)


def one_gradient_a_step():
    env = gym.make("CartPole-v1")
    return sum(map(len, collect_gradients(env, sigmoid_policy_net(0), 5, seed=0)[0]))


def one_call_a_step():
    env, net, rng = gym.make("CartPole-v1"), sigmoid_policy_net(0), np.random.default_rng(0)

    def policy(observation):
        return int(rng.random() < net(observation[np.newaxis])[0, 0])

    return sum(len(play_episode(env, policy, seed).actions) for seed in range(10))


def report_other_forms(ours):
    print("\nCPU microseconds for one environment step of training, and the ratio to ours")
    print(f"{'train_reinforce, with its evaluations':<40}{1e6 * ours:>8.0f}{1:>8}")
    forms = {
        "policy_net(x) a step, no learning": one_call_a_step,
        "a gradient a step, no update": one_gradient_a_step,
    }
    for name, form in forms.items():
        form()  # the first call is slower
        seconds, n_steps = cpu_seconds(form)
        print(f"{name:<40}{1e6 * seconds / n_steps:>8.0f}{seconds / n_steps / ours:>8.0f}")


if __name__ == "__main__":
    report_playing()
    n_seeds = int(sys.argv[1])
    seconds_per_step = report_training("REINFORCE", train_reinforce, 6, n_seeds)
    report_training("Actor-critic", train_actor_critic, 4, n_seeds)
    report_other_forms(seconds_per_step)
