"""What playing costs: CPU seconds and ratios of one run. It reports; nothing here can fail.

Run it with `make bench`. Machines differ and are noisy: compare the ratios.
"""

import time

import numpy as np

from cartpole_lib.networks import softmax_policy_net
from cartpole_lib.policies import lean_and_spin_policy, random_policy, sampling_policy
from cartpole_lib.rollout import make_envs, play_episodes

N_ENVS, N_ROUNDS = 32, 100


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


def main():
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
        print(
            f"{name:<20}{speeds[0]:>16,.0f}{speeds[1]:>16,.0f}{play_seconds / step_seconds:>8.2f}"
        )


if __name__ == "__main__":
    main()
