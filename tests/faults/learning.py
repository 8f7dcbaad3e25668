"""Faults on the way of learning: returns, networks, gradients, REINFORCE, actor-critic."""

RETURNS = [
    (
        "gamma ignored in the returns",
        "rewards[t] + gamma * following\n        returns",
        "rewards[t] + following\n        returns",
        "test_returns.py",
    ),
    (
        "gamma takes the reward, too",
        "rewards[t] + gamma * following\n        returns",
        "gamma * (rewards[t] + following)\n        returns",
        "test_returns.py",
    ),
    ("bootstrap ignored", "following = bootstrap", "following = 0.0", "test_returns.py"),
    (
        "returns are integers",
        "returns = np.zeros(len(rewards))",
        "returns = np.zeros(len(rewards), int)",
        "test_returns.py",
    ),
    (
        "returns have the type of the rewards",
        "returns = np.zeros(len(rewards))",
        "returns = np.zeros_like(rewards)",
        "test_returns.py::test_integers_are_not_truncated_without_a_guard_either",
    ),
    (
        "returns from front to back",
        "reversed(range(len(rewards))):\n        following",
        "range(len(rewards)):\n        following",
        "test_returns.py",
    ),
    (
        "mean of the episodes' means",
        "(episode - steps.mean())",
        "(episode - np.mean([one.mean() for one in returns if len(one)]))",
        "test_returns.py",
    ),
    ("not shifted to mean 0", "(episode - steps.mean())", "episode", "test_returns.py"),
    ("variance for deviation", "(steps.std() + 1e-8)", "(steps.var() + 1e-8)", "test_returns.py"),
    ("division by 0", "(steps.std() + 1e-8)", "steps.std()", "test_returns.py"),
    (
        "every episode standardised by itself",
        "[(episode - steps.mean()) / (steps.std() + 1e-8)",
        "[(episode - np.mean(episode)) / (np.std(episode) + 1e-8)",
        "test_returns.py",
    ),
    (
        "own return in its own baseline",
        "(table.sum(axis=0) - table) / (n_episodes - 1)",
        "np.tile(table.mean(axis=0), (n_episodes, 1))",
        "test_reinforce.py::test_leave_one_out_worked_by_hand",
    ),
    (
        "mean of one too many",
        "(table.sum(axis=0) - table) / (n_episodes - 1)",
        "(table.sum(axis=0) - table) / n_episodes",
        "test_reinforce.py::test_leave_one_out_worked_by_hand",
    ),
    (
        "baseline over the wrong axis",
        "(table.sum(axis=0) - table) / (n_episodes - 1)",
        "(table.sum(axis=1, keepdims=True) - table) / (n_steps - 1)",
        "test_reinforce.py::test_leave_one_out_worked_by_hand",
    ),
    (
        "sign of the baseline",
        "(episode - mean[: len(episode)]) / deviation",
        "(episode + mean[: len(episode)]) / deviation",
        "test_reinforce.py::test_leave_one_out_worked_by_hand",
    ),
    (
        "baseline not scaled",
        "(episode - mean[: len(episode)]) / deviation",
        "(episode - mean[: len(episode)])",
        "test_reinforce.py::test_leave_one_out_worked_by_hand",
    ),
    (
        "value after a fall",
        "following = 0.0 if terminated else values[-1]",
        "following = values[-1]",
        "test_actor_critic.py",
    ),
    (
        "no value after the time limit",
        "following = 0.0 if terminated else values[-1]",
        "following = 0.0",
        "test_actor_critic.py",
    ),
    (
        "fall and time limit mixed",
        "following = 0.0 if terminated else values[-1]",
        "following = values[-1] if terminated else 0.0",
        "test_actor_critic.py",
    ),
    (
        "lam left out",
        "error + gamma * lam * advantage",
        "error + gamma * advantage",
        "test_actor_critic.py",
    ),
    (
        "gamma left out of the advantages",
        "error + gamma * lam * advantage",
        "error + lam * advantage",
        "test_actor_critic.py",
    ),
    (
        "lam for gamma in the one-step error",
        "rewards[t] + gamma * following - values[t]",
        "rewards[t] + lam * following - values[t]",
        "test_actor_critic.py",
    ),
    (
        "sign of the value",
        "rewards[t] + gamma * following - values[t]",
        "rewards[t] + gamma * following + values[t]",
        "test_actor_critic.py",
    ),
    (
        "the next step's value",
        "        following = values[t]\n",
        "        following = values[t + 1]\n",
        "test_actor_critic.py",
    ),
]

NETWORKS = [
    (
        "seed of sigmoid_policy_net ignored",
        'first weights. Shown in notebook 02.\n    """\n'
        "    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(seed))",
        'first weights. Shown in notebook 02.\n    """\n'
        "    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(0))",
        "test_policies.py",
    ),
    (
        "seed of softmax_policy_net ignored",
        '    Shown in notebook 02.\n    """\n'
        "    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(seed))",
        '    Shown in notebook 02.\n    """\n'
        "    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(0))",
        "test_policies.py",
    ),
    (
        "seed of scaled_policy_net ignored",
        '    Shown in notebook 04.\n    """\n'
        "    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(seed))",
        '    Shown in notebook 04.\n    """\n'
        "    first_weights = keras.initializers.GlorotUniform(keras.random.SeedGenerator(0))",
        "test_policies.py",
    ),
    (
        "seed of scaled_value_net ignored",
        "shared_value_net(scaled_policy_net(observation_space, 1, seed))",
        "shared_value_net(scaled_policy_net(observation_space, 1, 0))",
        "test_policies.py",
    ),
    ("relu for elu", 'activation="elu"', 'activation="relu"', "test_policies.py"),
    (
        "softmax_policy_net is linear",
        "keras.Input((n_observations,)),\n"
        '            keras.layers.Dense(32, activation="tanh", kernel',
        "keras.Input((n_observations,)),\n            keras.layers.Dense(32, kernel",
        "test_policies.py",
    ),
    (
        "no middle subtracted",
        "mean=(low + high) / 2",
        "mean=0 * low",
        "test_reinforce.py::test_scaled_policy_net_maps_bounds_to_one",
    ),
    (
        "scaled by the root of the range",
        "((high - low) / 2) ** 2",
        "(high - low) / 2",
        "test_reinforce.py::test_scaled_policy_net_maps_bounds_to_one",
    ),
    (
        "bounds of 1e38 used",
        "(half < 1e6)",
        "(half < np.inf)",
        "test_every_world.py::test_a_bound_that_says_nothing_is_not_used",
    ),
    (
        "the actor's last layer in the critic",
        "*policy_net.layers[:-1]",
        "*policy_net.layers",
        "test_actor_critic.py::test_a_blank_critic_has_its_own_last_layer_on_the_shared_ones",
    ),
    (
        "the critic begins with opinions",
        'keras.layers.Dense(1, kernel_initializer="zeros")',
        "keras.layers.Dense(1)",
        "test_actor_critic.py::test_a_blank_critic_expects_nothing",
    ),
]

GRADIENTS = [
    (
        "the other action is drawn",
        "int(rng.random() < p[0, 0])",
        "int(rng.random() > p[0, 0])",
        "test_gradients.py",
    ),
    (
        "play_one_step is greedy",
        "int(rng.random() < p[0, 0])",
        "int(0.5 < p[0, 0])",
        "test_gradients.py",
    ),
    (
        "loss of the other action",
        "binary_crossentropy([[action]], p)",
        "binary_crossentropy([[1 - action]], p)",
        "test_gradients.py",
    ),
    (
        "sign of a step's gradient",
        "    gradients = tape.gradient(loss, policy_net.trainable_variables)\n",
        "    gradients = [-g for g in tape.gradient(loss, policy_net.trainable_variables)]\n",
        "test_gradients.py",
    ),
    (
        "collect_gradients ignores the environment's seed",
        "observation, _ = env.reset(seed=seed)",
        "observation, _ = env.reset()",
        "test_gradients.py::test_collect_gradients_gives_the_environment_its_seed",
    ),
    (
        "collect_gradients gives the environment another seed",
        "observation, _ = env.reset(seed=seed)",
        "observation, _ = env.reset(seed=seed + 1)",
        "test_gradients.py::test_collect_gradients_gives_the_environment_its_seed",
    ),
    (
        "every episode from one start",
        "observation, _ = env.reset()\n",
        "observation, _ = env.reset(seed=seed)\n",
        "test_gradients.py::test_collect_gradients_starts_each_episode_elsewhere",
    ),
    (
        "dice of collect_gradients are the world's",
        "rng = np.random.default_rng(seed).spawn(1)[0]",
        "rng = np.random.default_rng(seed)",
        "test_every_world.py::test_the_dice_of_collect_gradients_are_not_those_of_the_world",
    ),
    (
        "dice of collect_gradients without a seed",
        "rng = np.random.default_rng(seed).spawn(1)[0]",
        "rng = np.random.default_rng()",
        "test_gradients.py",
    ),
    (
        "last reward lost",
        "            rewards[-1].append(reward)",
        "            if not terminated:\n                rewards[-1].append(reward)",
        "test_gradients.py",
    ),
    (
        "steps of all episodes in one list",
        "        rewards.append([])\n        gradients.append([])",
        "        rewards[:], gradients[:] = (rewards or [[]]), (gradients or [[]])",
        "test_gradients.py",
    ),
    (
        "float cast of the weights to integers",
        "now, tf.int64, tf.float32",
        "now, tf.int64, tf.int64",
        "test_reinforce.py::test_one_update_is_the_sum_of_weighted_steps",
    ),
    (
        "one step too few within TensorFlow",
        "i < n_steps, next_step",
        "i < n_steps - 1, next_step",
        "test_actor_critic.py::test_the_critic_takes_as_many_steps_as_asked",
    ),
    (
        "the loss of the last of several steps",
        "tf.where(i == 0, value, before)",
        "value",
        "test_actor_critic.py::test_gamma_and_lam_are_not_swapped",
    ),
    (
        "float cast of the targets to integers",
        "now, tf.float32, n_steps",
        "now, tf.int64, n_steps",
        "test_actor_critic.py::test_targets_are_floats_to_the_critic",
    ),
    (
        "gradient ascent",
        "lambda _: optimizer.apply(gradients, net",
        "lambda _: optimizer.apply([-g for g in gradients], net",
        "test_reinforce.py::test_one_update_is_the_sum_of_weighted_steps",
    ),
    (
        "state of the optimiser lost at each step",
        "    def step(observations, *labels):\n",
        "    def step(observations, *labels):\n"
        "        [variable.assign(variable * 0) for variable in optimizer.variables[2:]]\n",
        "test_reinforce.py::test_the_optimizers_state_is_kept_from_update_to_update",
    ),
    (
        "a trace for every batch",
        "@lru_cache(maxsize=4)",
        "@lru_cache(maxsize=0)",
        "test_reinforce.py::test_one_trace_for_all_batch_sizes",
    ),
    (
        "two probabilities of a sigmoid swapped in training",
        "keras.ops.concatenate([1 - outputs, outputs]",
        "keras.ops.concatenate([outputs, 1 - outputs]",
        "test_reinforce.py::test_one_update_is_the_sum_of_weighted_steps",
    ),
    (
        "a softmax is trained as if it were logits",
        '!= "softmax":',
        '!= "none":',
        "test_guards.py::test_a_softmax_network_is_trained_as_it_acts",
    ),
]

REINFORCE = [
    (
        "sign of the loss",
        "keras.ops.mean(weights * losses)",
        "-keras.ops.mean(weights * losses)",
        "test_reinforce.py",
    ),
    (
        "sum of the steps for their mean",
        "keras.ops.mean(weights * losses)",
        "keras.ops.sum(weights * losses)",
        "test_reinforce.py",
    ),
    (
        "weights ignored",
        "keras.ops.mean(weights * losses)",
        "keras.ops.mean(losses)",
        "test_reinforce.py",
    ),
    (
        "weights detach the loss",
        "keras.ops.mean(weights * losses)",
        "keras.ops.mean(weights * keras.ops.stop_gradient(losses))",
        "test_reinforce.py",
    ),
    (
        "logits taken for probabilities",
        "from_logits=True",
        "from_logits=False",
        "test_reinforce.py",
    ),
    (
        "the observation after the action",
        "episode.observations[:-1]",
        "episode.observations[1:]",
        "test_reinforce.py::test_one_update_is_the_sum_of_weighted_steps",
    ),
    (
        "gamma of the update ignored",
        "discounted_returns(episode.rewards, gamma)",
        "discounted_returns(episode.rewards, 0.99)",
        "test_reinforce.py::test_one_update_is_the_sum_of_weighted_steps",
    ),
    (
        "rewards for returns",
        "[discounted_returns(episode.rewards, gamma) for",
        "[episode.rewards for",
        "test_reinforce.py::test_one_update_is_the_sum_of_weighted_steps",
    ),
    (
        "weigh ignored",
        "np.concatenate(weigh(returns))",
        "np.concatenate(leave_one_out(returns))",
        "test_reinforce.py::test_one_update_is_the_sum_of_weighted_steps",
    ),
    (
        "loss of one's own ignored",
        "compiled_step(policy_net, optimizer, loss)",
        "compiled_step(policy_net, optimizer, policy_gradient_loss)",
        "test_reinforce.py::test_an_update_takes_the_loss_it_is_given",
    ),
    (
        "optimiser made anew at each update",
        "compiled_step(policy_net, optimizer, loss)",
        "compiled_step(policy_net, type(optimizer).from_config(optimizer.get_config()), loss)",
        "test_reinforce.py::test_the_optimizers_state_is_kept_from_update_to_update",
    ),
    (
        "optimiser of train_reinforce made anew at each update",
        "update(policy_net, optimizer, episodes, gamma, weigh)\n\n",
        "update(policy_net, keras.optimizers.Adam(learning_rate), episodes, gamma, weigh)\n\n",
        "test_training.py::test_every_update_gets_the_same_adam_with_the_rate_asked_for",
    ),
    (
        "another optimiser, REINFORCE",
        "keras.optimizers.Adam(learning_rate)",
        "keras.optimizers.SGD(learning_rate)",
        "test_training.py::test_every_update_gets_the_same_adam_with_the_rate_asked_for",
    ),
    (
        "learning rate ignored, REINFORCE",
        "keras.optimizers.Adam(learning_rate)",
        "keras.optimizers.Adam(0.03)",
        "test_training.py::test_every_update_gets_the_same_adam_with_the_rate_asked_for",
    ),
    (
        "gamma of train_reinforce ignored",
        "update(policy_net, optimizer, episodes, gamma, weigh)\n\n",
        "update(policy_net, optimizer, episodes, 0.99, weigh)\n\n",
        "test_training.py::test_every_update_gets_the_settings_asked_for",
    ),
    (
        "weigh of train_reinforce ignored",
        "update(policy_net, optimizer, episodes, gamma, weigh)\n\n",
        "update(policy_net, optimizer, episodes, gamma, leave_one_out)\n\n",
        "test_training.py::test_every_update_gets_the_settings_asked_for",
    ),
    (
        "n_envs ignored, REINFORCE",
        "make_training_envs(env_id, n_envs, seed)",
        "make_training_envs(env_id, 6, seed)",
        "test_reinforce.py::test_a_budget_is_kept",
    ),
    (
        "a network of one's own ignored, REINFORCE",
        "if policy_net is None:\n        n_actions",
        "if True:\n        n_actions",
        "test_reinforce.py::test_a_network_of_ones_own",
    ),
    (
        "saved before training, REINFORCE",
        "    return run_training(\n"
        "        env_id, envs, rngs, policy_net, learn, n_updates, stop_when_solved, path, progress\n",
        "    if path is not None:\n        policy_net.save(path)\n    return run_training(\n"
        "        env_id, envs, rngs, policy_net, learn, n_updates, stop_when_solved, None, progress\n",
        "test_training.py::test_what_is_saved_is_what_was_trained",
    ),
    (
        "stop_when_solved ignored",
        "n_updates, stop_when_solved, path, progress\n",
        "n_updates, True, path, progress\n",
        "test_reinforce.py::test_it_stops_when_solved_and_only_if_asked",
    ),
]

ACTOR_CRITIC = [
    (
        "absolute error for the square",
        "keras.ops.square(values - targets)",
        "keras.ops.abs(values - targets)",
        "test_actor_critic.py",
    ),
    (
        "the critic's loss is detached",
        "keras.ops.square(values - targets)",
        "keras.ops.square(keras.ops.stop_gradient(values) - targets)",
        "test_actor_critic.py::test_advantages_are_constants_to_the_actor",
    ),
    (
        "rewards not scaled by 1 - gamma",
        "scaled = (1 - gamma) * rewards",
        "scaled = rewards",
        "test_actor_critic.py::test_targets_and_advantages_of_a_batch",
    ),
    (
        "advantages for targets",
        "targets.append(advantages[-1] + values[:-1])",
        "targets.append(advantages[-1])",
        "test_actor_critic.py::test_targets_and_advantages_of_a_batch",
    ),
    (
        "targets a step late",
        "targets.append(advantages[-1] + values[:-1])",
        "targets.append(advantages[-1] + values[1:])",
        "test_actor_critic.py::test_targets_and_advantages_of_a_batch",
    ),
    (
        "every end taken for a fall",
        "scaled, values, gamma, lam, terminated)",
        "scaled, values, gamma, lam, True)",
        "test_actor_critic.py::test_targets_and_advantages_of_a_batch",
    ),
    (
        "gamma and lam swapped in advantages_and_targets",
        "scaled, values, gamma, lam, terminated)",
        "scaled, values, lam, gamma, terminated)",
        "test_actor_critic.py::test_gamma_and_lam_are_not_swapped",
    ),
    (
        "gamma and lam swapped in the update",
        "advantages_and_targets(value_net, episodes, gamma, lam)\n    observations",
        "advantages_and_targets(value_net, episodes, lam, gamma)\n    observations",
        "test_actor_critic.py::test_gamma_and_lam_are_not_swapped",
    ),
    (
        "gamma and lam swapped in the training",
        "update(policy_net, value_net, optimizers, episodes, gamma, lam, n_value_steps)\n\n",
        "update(policy_net, value_net, optimizers, episodes, lam, gamma, n_value_steps)\n\n",
        "test_training.py::test_every_update_gets_the_settings_asked_for",
    ),
    (
        "advantages not centred",
        "advantages - advantages.mean()",
        "advantages",
        "test_actor_critic.py::test_the_actors_step_is_that_of_the_policy_gradient",
    ),
    (
        "the actor learns from targets",
        "advantages - advantages.mean()",
        "targets - targets.mean()",
        "test_actor_critic.py::test_the_actors_step_is_that_of_the_policy_gradient",
    ),
    (
        "optimisers swapped",
        "optimizers[0], losses[0])\n    value_steps = compiled_value_step(value_net, optimizers[1]",
        "optimizers[1], losses[0])\n    value_steps = compiled_value_step(value_net, optimizers[0]",
        "test_actor_critic.py::test_the_actors_step_is_that_of_the_policy_gradient",
    ),
    (
        "critic steps ignored in the update",
        "losses[1], n_value_steps)",
        "losses[1], 1)",
        "test_actor_critic.py::test_the_critic_takes_as_many_steps_as_asked",
    ),
    (
        "one critic step too many",
        "losses[1], n_value_steps)",
        "losses[1], n_value_steps + 1)",
        "test_actor_critic.py::test_the_critic_takes_as_many_steps_as_asked",
    ),
    (
        "critic steps ignored in the training",
        "update(policy_net, value_net, optimizers, episodes, gamma, lam, n_value_steps)\n\n",
        "update(policy_net, value_net, optimizers, episodes, gamma, lam, 20)\n\n",
        "test_training.py::test_every_update_gets_the_settings_asked_for",
    ),
    (
        "targets move while the critic learns",
        "    first_value_loss = value_steps(observations, targets)\n",
        "    one = compiled_value_step(value_net, optimizers[1], losses[1])\n"
        "    ask = lambda: advantages_and_targets(value_net, episodes, gamma, lam)[1]\n"
        "    first_value_loss = [one(observations, ask()) for _ in range(n_value_steps)][0]\n",
        "test_actor_critic.py::test_targets_stay_while_the_critic_takes_its_steps",
    ),
    (
        "loss after the critic's steps",
        "float(first_value_loss)",
        "float(value_steps(observations, targets))",
        "test_actor_critic.py::test_gamma_and_lam_are_not_swapped",
    ),
    (
        "optimisers of the update made anew",
        "value_steps = compiled_value_step(value_net, optimizers[1], losses[1], n_value_steps)",
        "value_steps = compiled_value_step(value_net, type(optimizers[1]).from_config("
        "optimizers[1].get_config()), losses[1], n_value_steps)",
        "test_actor_critic.py::test_the_critic_takes_as_many_steps_as_asked",
    ),
    (
        "the critic learns at the actor's rate",
        "for rate in (learning_rate, value_learning_rate)",
        "for rate in (learning_rate, learning_rate)",
        "test_training.py::test_every_update_gets_the_same_adam_with_the_rate_asked_for",
    ),
    (
        "learning rates swapped",
        "for rate in (learning_rate, value_learning_rate)",
        "for rate in (value_learning_rate, learning_rate)",
        "test_training.py::test_every_update_gets_the_same_adam_with_the_rate_asked_for",
    ),
    (
        "another optimiser, actor-critic",
        "[keras.optimizers.Adam(rate)",
        "[keras.optimizers.RMSprop(rate)",
        "test_training.py::test_every_update_gets_the_same_adam_with_the_rate_asked_for",
    ),
    (
        "a critic of one's own ignored",
        "if value_net is None:",
        "if True:",
        "test_actor_critic.py::test_networks_and_an_update_of_ones_own",
    ),
    (
        "saved before training, actor-critic",
        "    settings = n_updates, stop_when_solved, path,",
        "    if path is not None:\n        policy_net.save(path)\n    settings = n_updates, stop_when_solved, None,",
        "test_training.py::test_what_is_saved_is_what_was_trained",
    ),
]

FAULTS = {
    "returns.py": RETURNS,
    "networks.py": NETWORKS,
    "gradients.py": GRADIENTS,
    "reinforce.py": REINFORCE,
    "actor_critic.py": ACTOR_CRITIC,
}
