"""Faults on the way of acting: rollout, policies, forward, evaluate."""

ROLLOUT = [
    (
        "last observation lost",
        "np.array(observations), np.array(actions), np.array(rewards, float), bool",
        "np.array(observations[:-1]), np.array(actions), np.array(rewards, float), bool",
        "test_rollout.py",
    ),
    (
        "first observation lost",
        "observations, actions, rewards = [observation], [], []",
        "observations, actions, rewards = [], [], []",
        "test_rollout.py",
    ),
    (
        "seed of play_episode ignored",
        "observation, _ = env.reset(seed=seed)",
        "observation, _ = env.reset()",
        "test_rollout.py",
    ),
    (
        "play_episode runs past the time limit",
        "while not (terminated or truncated):",
        "while not terminated:",
        "test_rollout.py",
    ),
    (
        "the time limit taken for a fall, one environment",
        "float), bool(terminated)\n",
        "float), bool(terminated or truncated)\n",
        "test_rollout.py",
    ),
    (
        "float cast of play_episode to integers",
        "np.array(rewards, float), bool",
        "np.array(rewards, int), bool",
        "test_rollout.py",
    ),
    (
        "float cast of play_episode left out",
        "np.array(rewards, float), bool",
        "np.array(rewards), bool",
        "test_rollout.py::test_rewards_are_floats_even_where_a_world_gives_integers",
    ),
    (
        "observation kept before the step instead of after",
        "observation, reward, terminated, truncated, _ = env.step(action)\n"
        "        observations.append(observation)",
        "observations.append(observation)\n"
        "        observation, reward, terminated, truncated, _ = env.step(action)",
        "test_rollout.py",
    ),
    (
        "seed of play_episodes ignored",
        "envs.reset(seed=_spread(seed, envs))",
        "envs.reset()",
        "test_rollout.py",
    ),
    (
        "neighbouring seeds share starts",
        "return np.random.SeedSequence(seed).generate_state(envs.num_envs).tolist()",
        "return seed",
        "test_rollout.py test_every_world.py::test_two_seeds_share_no_start",
    ),
    (
        "one start for all copies",
        "return np.random.SeedSequence(seed).generate_state(envs.num_envs).tolist()",
        "return [seed] * envs.num_envs",
        "test_rollout.py",
    ),
    (
        "the autoreset row gets in",
        "after = _last_observations(observations, infos, autoreset)",
        "after = np.array(observations)",
        "test_rollout.py",
    ),
    (
        "a world's own info of that name replaces what was seen",
        " and autoreset is not gym.vector.AutoresetMode.NEXT_STEP",
        "",
        "test_rollout.py::test_an_info_of_a_world_is_no_observation",
    ),
    (
        "rows are not copies",
        "observations = np.array(observations)\n    if",
        "observations = np.asarray(observations)\n    if",
        "test_rollout.py",
    ),
    (
        "a later episode overwrites the first",
        "first_end = ended & (lengths == 0)",
        "first_end = ended",
        "test_rollout.py",
    ),
    (
        "the time limit taken for a fall, side by side",
        "terminated[first_end] = terminations[first_end]",
        "terminated[first_end] = ended[first_end]",
        "test_rollout.py",
    ),
    (
        "terminated and truncated mixed, side by side",
        "terminated[first_end] = terminations[first_end]",
        "terminated[first_end] = truncations[first_end]",
        "test_rollout.py",
    ),
    (
        "play_episodes does not see the time limit",
        "ended = terminations | truncations",
        "ended = terminations",
        "test_rollout.py",
    ),
    (
        "last observation lost, side by side",
        "Episode(observations[: T + 1, i]",
        "Episode(observations[:T, i]",
        "test_rollout.py",
    ),
    (
        "last step lost, side by side",
        "actions[:T, i], rewards[:T, i]",
        "actions[: T - 1, i], rewards[: T - 1, i]",
        "test_rollout.py",
    ),
    (
        "float cast of play_episodes to integers",
        "rewards.astype(float)",
        "rewards.astype(int)",
        "test_rollout.py",
    ),
    (
        "float cast of play_episodes left out",
        ", rewards.astype(float)",
        ", rewards",
        "test_rollout.py::test_rewards_are_floats_even_where_a_world_gives_integers",
    ),
    (
        "no reset where autoreset is off",
        "            if autoreset is gym.vector.AutoresetMode.DISABLED:",
        "            if autoreset is not gym.vector.AutoresetMode.DISABLED:",
        "test_rollout.py",
    ),
    (
        "it stops at the first end of all copies",
        "while not lengths.all():",
        "while not lengths.any():",
        "test_rollout.py",
    ),
    (
        "number of copies ignored",
        "gym.make_vec(env_id, num_envs=n_envs)",
        "gym.make_vec(env_id, num_envs=8)",
        "test_evaluate.py",
    ),
]

POLICIES = [
    (
        "seed of random_policy ignored",
        "rng = np.random.default_rng(seed).spawn(1)[0]\n\n",
        "rng = np.random.default_rng()\n\n",
        "test_policies.py",
    ),
    (
        "dice of random_policy are the world's",
        "rng = np.random.default_rng(seed).spawn(1)[0]\n\n",
        "rng = np.random.default_rng(seed)\n\n",
        "test_every_world.py::test_the_dice_of_a_policy_are_not_those_of_a_world_with_the_same_seed",
    ),
    (
        "random_policy knows two actions only",
        "rng.integers(n_actions, size",
        "rng.integers(2, size",
        "test_policies.py",
    ),
    (
        "random_policy draws once for all",
        "return rng.integers(n_actions, size=np.shape(observations)[:-1])",
        "return np.full(np.shape(observations)[:-1], rng.integers(n_actions))",
        "test_policies.py",
    ),
    ("lean_policy: sign", "(angle > 0)", "(angle < 0)", "test_policies.py"),
    (
        "lean_policy: another number of the observation",
        "angle = observations[..., 2]",
        "angle = observations[..., 0]",
        "test_policies.py",
    ),
    (
        "lean_policy: the wrong axis",
        "angle = observations[..., 2]",
        "angle = observations[2]",
        "test_policies.py",
    ),
    (
        "lean_and_spin_policy: sign",
        "angle + angular_velocity > 0",
        "angle - angular_velocity > 0",
        "test_policies.py",
    ),
    (
        "linear_policy: sign",
        "observations @ weights > 0",
        "observations @ weights < 0",
        "test_policies.py",
    ),
    ("sampling_policy is greedy", "z + rng.gumbel(size=z.shape)", "z", "test_policies.py"),
    ("normal noise for Gumbel's", "rng.gumbel(", "rng.normal(", "test_policies.py"),
    (
        "one noise for all observations",
        "rng.gumbel(size=z.shape)",
        "rng.gumbel(size=z.shape[-1:])",
        "test_policies.py",
    ),
    (
        "sampling_policy: the wrong axis",
        "rng.gumbel(size=z.shape)).argmax(axis=-1)",
        "rng.gumbel(size=z.shape)).argmax(axis=0)",
        "test_policies.py",
    ),
    (
        "seed of sampling_policy ignored",
        "rng = np.random.default_rng(seed).spawn(1)[0]\n    logits",
        "rng = np.random.default_rng(0)\n    logits",
        "test_policies.py",
    ),
    (
        "dice of sampling_policy are the world's",
        "rng = np.random.default_rng(seed).spawn(1)[0]\n    logits",
        "rng = np.random.default_rng(seed)\n    logits",
        "test_every_world.py::test_sampling_dice_differ_from_the_worlds",
    ),
    (
        "greedy takes the unlikeliest",
        "return logits(observations).argmax(axis=-1)",
        "return logits(observations).argmin(axis=-1)",
        "test_policies.py",
    ),
    (
        "greedy_policy samples",
        "return logits(observations).argmax(axis=-1)",
        "return sampling_policy(policy_net, 0)(observations)",
        "test_policies.py",
    ),
    (
        "a policy written in place",
        "with written_whole(path) as beside:\n        policy_net.save(beside)",
        "policy_net.save(path)",
        "test_every_world.py::test_a_full_disk_leaves_the_old_policy",
    ),
    (
        "load_policy without safe mode",
        "safe_mode=True",
        "safe_mode=False",
        "test_saved.py::test_load_policy_is_in_safe_mode_and_runs_no_code_of_the_file",
    ),
]

FORWARD = [
    (
        "softmax overflows",
        "np.exp(logits - logits.max(axis=-1, keepdims=True))",
        "np.exp(logits)",
        "test_policies.py",
    ),
    (
        "softmax: the wrong axis",
        "exponentials.sum(axis=-1, keepdims=True)",
        "exponentials.sum(axis=0, keepdims=True)",
        "test_policies.py",
    ),
    (
        "sigmoid too steep",
        "0.5 + 0.5 * np.tanh(0.5 * x)",
        "0.5 + 0.5 * np.tanh(x)",
        "test_policies.py",
    ),
    (
        "elu is linear below zero",
        "np.expm1(np.minimum(x, 0))",
        "np.minimum(x, 0)",
        "test_policies.py",
    ),
    ("bias left out", "function(x @ kernel + bias)", "function(x @ kernel)", "test_policies.py"),
    (
        "variance for deviation in forward",
        "np.ravel(layer.mean), np.sqrt(np.ravel(layer.variance))",
        "np.ravel(layer.mean), np.ravel(layer.variance)",
        "test_reinforce.py::test_scaled_policy_net_acts_in_numpy_as_in_keras",
    ),
    (
        "the two probabilities of a sigmoid swapped",
        "np.concatenate([1 - p, p], axis=-1)",
        "np.concatenate([p, 1 - p], axis=-1)",
        "test_policies.py",
    ),
    (
        "probabilities taken for logits",
        "_log(forward(observations)),\n",
        "forward(observations),\n",
        "test_policies.py::test_probabilities_of_a_softmax_layer_are_not_taken_for_logits",
    ),
    (
        "a policy follows later weights",
        "kernel = layer.kernel.numpy().copy()",
        "kernel = layer.kernel.value",
        "test_policies.py",
    ),
    (
        "one observation goes through Keras as a batch",
        "return flat.reshape(observations.shape[:-1] + flat.shape[-1:])",
        "return flat",
        "test_policies.py",
    ),
]

EVALUATE = [
    ("deviation of a population", "returns.std(ddof=1)", "returns.std()", "test_evaluate.py"),
    ("interval of 90 %", "1.96 * std", "1.645 * std", "test_evaluate.py"),
    (
        "interval of the episodes instead of the mean",
        "1.96 * std / np.sqrt(len(returns))",
        "1.96 * std",
        "test_evaluate.py",
    ),
    ("wrong root", "np.sqrt(len(returns))", "np.sqrt(len(returns) - 1)", "test_evaluate.py"),
    (
        "solved only above the threshold",
        "mean >= threshold)",
        "mean > threshold)",
        "test_evaluate.py",
    ),
    (
        "solved by the best episode",
        "solved=bool(mean >= threshold)",
        "solved=bool(returns.max() >= threshold)",
        "test_evaluate.py",
    ),
    (
        "low and high swapped",
        "mean - margin, mean + margin",
        "mean + margin, mean - margin",
        "test_evaluate.py",
    ),
    ("maximum for minimum", "returns.min()", "returns.max()", "test_evaluate.py"),
    (
        "steps for rewards in evaluate",
        "np.array([episode.rewards.sum()",
        "np.array([len(episode.actions)",
        "test_evaluate.py",
    ),
    (
        "10 episodes evaluated instead of all",
        "make_envs(env_id, n_episodes)",
        "make_envs(env_id, min(10, n_episodes))",
        "test_evaluate.py",
    ),
    ("10 episodes by default", "n_episodes=100, seed", "n_episodes=10, seed", "test_evaluate.py"),
    (
        "evaluation ignores its seed",
        "play_episodes(envs, policy, seed)",
        "play_episodes(envs, policy)",
        "test_evaluate.py",
    ),
    (
        "evaluation in CartPole whatever is asked",
        "make_envs(env_id, n_episodes)",
        'make_envs("CartPole-v1", n_episodes)',
        "test_evaluate.py",
    ),
]

FAULTS = {
    "rollout.py": ROLLOUT,
    "policies.py": POLICIES,
    "forward.py": FORWARD,
    "evaluate.py": EVALUATE,
}
