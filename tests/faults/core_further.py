"""Faults in the core and the study, of a reader of the code alone, that the tests of then let pass."""

FAULTS = {
    "__init__.py": [
        (
            "last digits are those of each processor",
            '("TF_ENABLE_ONEDNN_OPTS", "0")',
            '("TF_ENABLE_ONEDNN_OPTS", "1")',
            "test_setup.py::test_no_kernels_of_a_processors_own_and_no_sound",
        ),
        (
            "where Wayland is the display no window is shown",
            '{"DISPLAY", "WAYLAND_DISPLAY"}',
            '{"DISPLAY"}',
            "test_setup.py::test_variables_already_set_are_left_alone",
        ),
    ],
    "rollout.py": [
        (
            "two seeds share starts where a vector environment is wrapped",
            "isinstance(envs.unwrapped, counting)",
            "isinstance(envs, counting)",
            "test_rollout.py::test_neighbouring_seeds_share_no_seed_of_a_world",
        ),
        (
            "an error in a world's making is called an unknown name",
            "except (gym.error.Error, ModuleNotFoundError) as error:",
            "except Exception as error:",
            "test_every_world.py::test_an_error_in_the_making_of_an_environment_stays_what_it_is",
        ),
        (
            "numbers that are not finite get in where no world is watched",
            "policy=player, answer=whole_episodes)",
            "policy=player)",
            "test_rollout.py::test_a_reward_that_is_not_finite_is_refused_where_no_world_is_watched",
        ),
    ],
    "policies.py": [
        (
            "a network that was compiled with a loss of one's own cannot be loaded",
            "compile=False, ",
            "",
            "test_saved.py::test_what_a_network_was_compiled_with_is_not_asked_for",
        ),
        (
            "lean_policy pushes right where the pole stands upright",
            "return (angle > 0)",
            "return (angle >= 0)",
            "test_policies.py::test_hand_written_policies",
        ),
        (
            "lean_and_spin_policy pushes right where all is still",
            "(angle + angular_velocity > 0)",
            "(angle + angular_velocity >= 0)",
            "test_policies.py::test_hand_written_policies",
        ),
        (
            "without a seed each random policy is the same",
            "    rng = np.random.default_rng(seed).spawn(1)[0]\n\n    def",
            "    rng = np.random.default_rng(seed or 0).spawn(1)[0]\n\n    def",
            "test_policies.py::test_without_a_seed_each_policy_and_each_network_is_another",
        ),
        (
            "without a seed each sampling policy is the same",
            "    rng = np.random.default_rng(seed).spawn(1)[0]\n    logits",
            "    rng = np.random.default_rng(seed or 0).spawn(1)[0]\n    logits",
            "test_policies.py::test_without_a_seed_each_policy_and_each_network_is_another",
        ),
    ],
    "networks.py": [
        (
            "bounds of more than a thousand are not used",
            "(half < 1e6)",
            "(half < 1e3)",
            "test_every_world.py::test_large_bounds_are_used_up_to_a_million",
        ),
        (
            "a trunk that is no row of layers gets Keras's complaint",
            "@guard(policy_net=in_a_row)",
            "@guard(policy_net=None)",
            "test_guards.py::test_a_trunk_that_is_no_row_of_layers_is_shared_by_hand",
        ),
    ],
    "gradients.py": [
        (
            "a loss that is no number moves the network before anyone complains",
            "one_loss(loss)(outputs_of(net, observations), *labels)",
            "loss(outputs_of(net, observations), *labels)",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a loss without a gradient is Keras's own riddle",
            "followed(tape.gradient(value, net.trainable_variables))",
            "tape.gradient(value, net.trainable_variables)",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "two critic steps are one",
            "step if n_steps == 1 else",
            "step if n_steps <= 2 else",
            "test_actor_critic.py::test_the_critic_takes_as_many_steps_as_asked",
        ),
    ],
    "training.py": [
        (
            "a warning names a path as Python does, not as a file",
            "saved as {str(path)!r} and",
            "saved as {path!r} and",
            "test_every_world.py::test_ctrl_c_gives_back_what_was_learned",
        ),
        (
            "a world with a threshold of 0 is never reported as solved",
            "goal = np.finfo(float).max if threshold is None else threshold",
            "goal = threshold or np.finfo(float).max",
            "test_training.py::test_a_threshold_of_0_is_a_threshold",
        ),
        (
            "Ctrl-C during the report takes the policy away",
            "    envs.close()\n    n_updates = len(played) // envs.num_envs\n",
            "    reports, _ = evaluate_both(policy_net, env_id, threshold, report_rng)\n"
            "    envs.close()\n"
            "    n_updates = len(played) // envs.num_envs\n",
            "test_training.py::test_a_ctrl_c_during_the_report_takes_no_policy_away",
        ),
        (
            "batches are played on the dice of the report",
            "learn, n_updates, play_rng, played,",
            "learn, n_updates, report_rng, played,",
            "test_training.py::test_playing_leaves_the_dice_of_stopping_and_reporting_alone",
        ),
        (
            "actions are drawn on the dice of stopping",
            "learn, n_updates, play_rng, played,",
            "learn, n_updates, stop_rng, played,",
            "test_training.py::test_playing_leaves_the_dice_of_stopping_and_reporting_alone",
        ),
    ],
    "actor_critic.py": [
        (
            "the critic moves a shared trunk before the actor's step",
            "    policy_loss = gradient_step(observations, actions, advantages - advantages.mean())\n"
            "    first_value_loss = value_steps(observations, targets)\n",
            "    first_value_loss = value_steps(observations, targets)\n"
            "    policy_loss = gradient_step(observations, actions, advantages - advantages.mean())\n",
            "test_actor_critic.py::test_the_actors_loss_is_from_before_the_critic_moves_a_shared_trunk",
        ),
        (
            "n_envs ignored, actor-critic",
            "make_training_envs(env_id, n_envs, seed)",
            "make_training_envs(env_id, 4, seed)",
            "test_training.py::test_every_update_is_of_as_many_episodes_as_asked_to_the_end_of_the_budget",
        ),
        (
            "an actor that cannot be saved is found out after its training",
            "    policy_net=readable,\n",
            "",
            "test_training.py::test_what_cannot_be_saved_is_refused_before_anything_is_played",
        ),
    ],
    "guards/nets.py": [
        (
            "a network of tables passes for one of rows",
            "if several or len(shape) != 2:",
            "if several:",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a critic is saved as a policy that nobody can load",
            "in policy_outputs(net, name).layers:",
            "in network(net, name).layers:",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "the third action of a world is never drawn, without a word",
            "(net.input_shape[-1], 2) != (n_observations, n_actions)",
            "net.input_shape[-1] != n_observations",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "who ends a network with a model is told to leave its activation out",
            "    if activation is None:\n        raise",
            "    if False:\n        raise",
            "test_guards.py::test_who_does_what_a_complaint_says_gets_a_policy",
        ),
    ],
    "guards/plays.py": [
        (
            "a policy plays on in a world of more actions than it knows",
            "if n_chosen != space.n:",
            "if n_chosen > space.n:",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a network with one output has one action",
            "max(policy_net.output_shape[-1], 2)",
            "policy_net.output_shape[-1]",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a right action is named as the wrong one",
            "wrong = actions[(actions < 0) | (actions >= n_actions)].flat[0]",
            "wrong = actions.flat[0]",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "who returns logits is told to index",
            "got == (*wanted, n_actions)",
            "got == (n_actions, *wanted)",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "who returns a column is told to index",
            "    if got == (*wanted, 1):",
            "    if got == (1, *wanted):",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a probability is made action 0 by the remedy",
            "if (actions % 1 == 0).all():",
            "if (actions >= 0).all():",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a world that looks an action up gets an array",
            "return answer if shape else int(answer)",
            "return answer",
            "test_rollout.py::test_a_world_gets_a_plain_number_for_an_action",
        ),
    ],
    "guards/episodes.py": [
        (
            "weights that come one after another are used up by counting them",
            "        weights = list(weights)\n",
            "",
            "test_guards.py::test_weights_may_come_one_after_another",
        )
    ],
    "guards/saved.py": [
        (
            "a large seed is taken for a size",
            'names = {"seed", "shared_object_id"',
            'names = {"shared_object_id"',
            "test_saved.py::test_a_policy_of_a_world_with_large_bounds_is_no_large_network",
        ),
        (
            "a configuration is unpacked however large it is",
            "        if n_bytes > MOST_BYTES:\n            return n_bytes, 0\n",
            "",
            "test_saved.py::test_a_configuration_that_unpacks_to_a_huge_one_is_not_read",
        ),
        (
            "a schedule of the learning rate is taken for a size",
            '"shared_object_id", "compile_config"}',
            '"shared_object_id"}',
            "test_saved.py::test_what_a_network_was_compiled_with_is_not_asked_for",
        ),
        (
            "squared bounds of a world count as units",
            "isinstance(config, int)",
            "isinstance(config, int | float)",
            "test_saved.py::test_a_policy_of_a_world_with_large_bounds_is_no_large_network",
        ),
    ],
    "study/intervals.py": [
        (
            "both samples are drawn at the size of the first",
            "size=(2000, len(runs))",
            "size=(2000, len(first))",
            "test_intervals.py::test_samples_of_other_sizes_are_drawn_at_their_own",
        ),
        (
            "the number of draws is ignored",
            "np.random.default_rng(seed), (n_draws, 1)",
            "np.random.default_rng(seed), (10_000, 1)",
            "test_intervals.py::test_wrong_winners_are_of_as_many_draws_as_asked",
        ),
    ],
    "study/methods.py": [
        (
            "the second look makes up for the first",
            "            if not solved:\n                break\n",
            "",
            "test_methods.py::test_the_first_look_at_a_candidate_decides",
        )
    ],
    "study/records.py": [
        (
            "a critic goes into a record",
            '("policy_net", "value_net", "interrupted")',
            '("policy_net", "interrupted")',
            "test_study.py::test_a_record_has_all_of_a_training_but_its_networks",
        ),
        (
            "steps of the stopping rule are not recorded",
            '("policy_net", "value_net", "interrupted")',
            '("policy_net", "value_net", "interrupted", "n_evaluation_steps")',
            "test_study.py::test_a_record_has_all_of_a_training_but_its_networks",
        ),
        (
            "a number for a record is a traceback",
            "(ValueError, KeyError, TypeError, AttributeError)",
            "(ValueError, KeyError, TypeError)",
            "test_study.py::test_a_number_is_no_record",
        ),
    ],
    "study/guards.py": [
        (
            "a folder is another one for a worker elsewhere",
            "    folder = a_path(path, name).resolve()\n    if folder.exists():",
            "    folder = a_path(path, name)\n    if folder.exists():",
            "test_study.py::test_a_folder_is_the_same_for_a_worker_in_another_one",
        )
    ],
    "study/run.py": [
        (
            "a lost worker takes several runs along",
            "batch_size=1, ",
            "",
            "test_study.py::test_runs_are_sent_one_by_one_and_all_at_once",
        ),
        (
            "a large cluster gets a few runs at a time",
            ', pre_dispatch="all"',
            "",
            "test_study.py::test_runs_are_sent_one_by_one_and_all_at_once",
        ),
        (
            "who reads of a replaced worker thinks that runs are lost",
            '        warnings.filterwarnings("ignore", "A worker stopped while some jobs were given")\n',
            "",
            "test_study.py::test_nothing_is_said_of_a_worker_that_joblib_replaces",
        ),
    ],
    "study/code.py": [
        (
            "a property is not seen",
            "isinstance(value, property | functools.cached_property)",
            "isinstance(value, functools.cached_property)",
            "test_study_code.py::test_the_digest_sees_what_objects_do",
        ),
        (
            "a number of NumPy's is not seen",
            "isinstance(value, np.ndarray | np.generic)",
            "isinstance(value, np.ndarray)",
            "test_study_code.py::test_the_digest_sees_what_objects_do",
        ),
        (
            "a call of an object that a trainer makes is not seen",
            'if name[:2] != "__" or inspect.isfunction(part)',
            'if name[:2] != "__"',
            "test_study_code.py::test_the_digest_sees_what_objects_do",
        ),
        (
            "a method of an object that is looked up is not seen",
            "    else:  # what is no function may change",
            "    elif callable(value):  # what is no function may change",
            "test_study_code.py::test_the_digest_sees_what_objects_do",
        ),
        (
            "a function that is named with its module is not seen",
            "if _is_ours(m) and id(vars(m)) not in known",
            "if False",
            "test_study_code.py::test_the_digest_sees_the_code_of_a_module_by_its_name_and_that_alone",
        ),
        (
            "a world that was played is another world",
            'getattr(value, "__dict__", None) if callable(value) else None',
            'getattr(value, "__dict__", None)',
            "test_study_code.py::test_the_digest_stays_when_an_object_changes_as_it_is_used",
        ),
        (
            "a set is not seen",
            "parts.append(str(sorted(map(repr, value))))",
            "pass",
            "test_study_code.py::test_the_digest_sees_sets_in_no_order_and_the_kind_and_shape_of_arrays",
        ),
        (
            "a set is another one in each process",
            "str(sorted(map(repr, value)))",
            "str(value)",
            "test_study_code.py::test_the_digest_sees_sets_in_no_order_and_the_kind_and_shape_of_arrays",
        ),
        (
            "the kind of an array is not seen",
            "(str(value.dtype), value.shape, value.tolist())",
            "(value.shape, value.tolist())",
            "test_study_code.py::test_the_digest_sees_sets_in_no_order_and_the_kind_and_shape_of_arrays",
        ),
        (
            "the shape of an array is not seen",
            "(str(value.dtype), value.shape, value.tolist())",
            "(str(value.dtype), value.tolist())",
            "test_study_code.py::test_the_digest_sees_sets_in_no_order_and_the_kind_and_shape_of_arrays",
        ),
        (
            "a trainer that counts its calls is another one after each",
            "if not isinstance(part, list)}",
            "}",
            "test_study_code.py::test_the_digest_stays_with_lists_that_grow_and_what_is_installed",
        ),
        (
            "a trainer with a name that has no value yet is a traceback",
            " if cell != types.CellType()]",
            "]",
            "test_study_code.py::test_the_digest_stays_with_lists_that_grow_and_what_is_installed",
        ),
        (
            "a library that was updated makes another trainer",
            "return ours or bool(file) and not file.startswith(INSTALLED)",
            "return ours or bool(file)",
            "test_study_code.py::test_the_digest_stays_with_lists_that_grow_and_what_is_installed",
        ),
    ],
    "reinforce.py": [
        (
            "weights of a weigh of one's own are not looked at",
            "@guard(weigh=weigher)",
            "@guard",
            "test_reinforce.py test_guards.py",
        )
    ],
    "guards/values.py": [
        (
            "a number in place of an observation is NumPy's own riddle",
            "observations.shape[-1:] != (width,)",
            "observations.shape[-1] != width",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a critic's column is told to come one episode at a time",
            "values.shape[1] == 1:",
            "values.shape[0] == 1:",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "words are told to come one episode at a time",
            "isinstance(v, list | tuple | np.ndarray)",
            "np.iterable(v)",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
    ],
    "guards/samples.py": [
        (
            "who summarizes episodes is led to the rewards of one",
            'hasattr(entry, "rewards") for entry in [returns, *returns]',
            'hasattr(entry, "rewards") for entry in [returns]',
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        )
    ],
    "guards/worlds.py": [
        (
            "nobody watches an environment that is wrapped side by side",
            "if isinstance(inner, gym.vector.SyncVectorEnv)",
            "if isinstance(envs, gym.vector.SyncVectorEnv)",
            "test_rollout.py::test_an_environment_is_watched_once_however_often_it_is_played",
        ),
        (
            "each batch of a training plays through one more wrapper",
            "    if isinstance(env, Watched):\n        return env\n",
            "",
            "test_rollout.py::test_an_environment_is_watched_once_however_often_it_is_played",
        ),
        (
            "what a vector wrapper flattens is refused",
            "isinstance(inner, gym.vector.SyncVectorEnv) and is_row(inner.single_observation_space)",
            "isinstance(inner, gym.vector.SyncVectorEnv)",
            "test_every_world.py::test_a_wrapper_around_all_may_make_a_row_of_what_is_none",
        ),
    ],
    "guards/watched.py": [
        (
            "CartPole is blamed for what a wrapper of Gymnasium's does",
            "layers = at_fault(self.env) or [self.unwrapped]",
            "layers = [self.unwrapped]",
            "test_every_world.py::test_a_wrapper_of_ones_own_is_named_with_what_it_wraps",
        )
    ],
    "guards/steps.py": [
        (
            "Dropout does nothing, without a word",
            "if isinstance(layer, (*idle, layers.BatchNormalization)):",
            "if layer in idle:",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "what a loss raises is TensorFlow's riddle alone",
            '        with noted(\n            "This happened inside loss',
            '        with warnings.catch_warnings() or noted(\n            "This happened inside loss',
            "test_guards.py::test_what_a_loss_raises_is_said_to_be_the_loss_and_what_to_write_instead",
        ),
        (
            "a regularizer is left out without a word",
            'if net.losses or getattr(layer, "activity_regularizer", None):',
            'if getattr(layer, "activity_regularizer", None):',
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "the class of an optimiser passes for one",
            " and not isinstance(value, type)",
            "",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "steps of another world are TensorFlow's own riddle",
            "if np.shape(observations)[1:] != net.input_shape[1:]:",
            "if np.ndim(observations) != len(net.input_shape):",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "an action below 0 is TensorFlow's own riddle",
            "not 0 <= actions.min() <= actions.max() < n_actions",
            "not actions.max() < n_actions",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "an observation of nan becomes action 0",
            "    if not np.isfinite(observation).all():",
            "    if np.isinf(observation).any():",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
    ],
}
