"""Faults of guards that came of a thousand wrong inputs: what is refused now, and was silently wrong."""

FAULTS = {
    "guards/steps.py": [
        (
            "actions and weights may be exchanged",
            'if "int" not in str(',
            'if "int" in "" and str(',
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a table in a second loss is passed over",
            "        registry={},",
            "        registry=globals(),",
            "test_guards.py::test_a_column_in_a_loss_is_warned_of_each_time_at_its_own_line",
        ),
        (
            "a frozen network is trained in vain",
            "    if not net.trainable_variables:\n",
            "    if net.trainable_variables is None:\n",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "Dropout in a network in a network does nothing",
            "in net._flatten_layers():",
            "in net.layers:",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a cost of activity counts for nothing",
            'if net.losses or getattr(layer, "activity_regularizer", None):',
            "if net.losses:",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a column in a loss makes a table that teaches nothing",
            "list(out.shape) == [None, None]",
            "list(out.shape) == [0, 0]",
            "test_guards.py::test_a_column_in_a_loss_is_warned_of",
        ),
        (
            "an optimiser of another network is Keras's riddle",
            "    if optimizer.built:\n",
            "    if not optimizer.built:\n",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "one weight of nan spoils a whole network",
            "            if not np.isfinite(numbers).all():",
            "            if not np.isfinite(numbers).any():",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a gradient of nan in a layer is learned from",
            "    first = next(gradient for",
            "    *_, first = (gradient for",
            "test_guards.py::test_a_gradient_that_is_nan_in_a_layer_moves_nothing",
        ),
        (
            "a loss of nan is learned from",
            "    with tf.control_dependencies(",
            "    with tf.name_scope('x') or (",
            "test_guards.py::test_a_gradient_of_nan_moves_nothing",
        ),
        (
            "actions of one half are cut off",
            '    if actions.dtype.kind not in "iu":',
            '    if actions.dtype.kind in "O":',
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "what breaks in a step is TensorFlow's riddle",
            '            error.add_note(\n                "This happened in a step',
            '            str(\n                "This happened in a step',
            "test_guards.py::test_what_breaks_as_a_loss_is_computed_is_said_to_be_a_step",
        ),
    ],
    "guards/plays.py": [
        (
            "what a guard says is blamed on the policy",
            'if not is_complaint(error) and not hasattr(error, "__notes__"):',
            'if not hasattr(error, "__notes__"):',
            "test_guards.py::test_a_complaint_of_ours_gets_no_note",
        ),
        (
            "what render raises is blamed on the policy",
            'if not is_complaint(error) and not hasattr(error, "__notes__"):',
            "if not is_complaint(error):",
            "test_pictures.py::test_what_render_raises_is_no_fault_of_the_policy",
        ),
        (
            "a linear rule of two actions plays in a world of three",
            "    return choosing_among(checked, name, 2)",
            "    return checked",
            "test_guards.py::test_a_rule_for_two_actions_is_no_baseline_in_a_world_of_three",
        ),
    ],
    "guards/episodes.py": [
        (
            "lists of a loop of one's own are Python's riddle",
            "map(np.asarray, episode[:3])",
            "episode[:3]",
            "test_guards.py::test_an_episode_of_lists_is_one",
        ),
        (
            "an episode that is cut short is learned from",
            "    if lengths != [lengths[2] + 1, lengths[2], lengths[2]]:",
            "    if lengths[1] != lengths[2]:",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "what weigh raises is NumPy's riddle",
            '        with noted(\n            f"This happened inside weigh',
            '        with np.errstate() or noted(\n            f"This happened inside weigh',
            "test_guards.py::test_what_weigh_raises_is_said_to_be_its_own",
        ),
    ],
    "policies.py": [
        (
            "the rule of the lean and the spin plays in a world of three",
            "lean_policy.n_actions = lean_and_spin_policy.n_actions = 2",
            "lean_policy.n_actions = 2",
            "test_guards.py::test_a_rule_for_two_actions_is_no_baseline_in_a_world_of_three",
        ),
        (
            "the rule of the lean plays in a world of three",
            "lean_policy.n_actions = lean_and_spin_policy.n_actions = 2",
            "lean_and_spin_policy.n_actions = 2",
            "test_guards.py::test_a_rule_for_two_actions_is_no_baseline_in_a_world_of_three",
        ),
    ],
    "guards/nets.py": [
        (
            "a critic may never say less than 0",
            'not in (None, "linear")',
            'not in (None, "linear", "relu")',
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "a softmax that is no layer is taken for logits",
            "    if made_by is not net.layers[-1]:",
            "    if made_by is None:",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
    ],
    "guards/values.py": [
        (
            "a complaint of ours is said to be the loss's",
            "        if not is_complaint(error):\n            error.add_note(note)",
            "        if True:\n            error.add_note(note)",
            "test_guards.py::test_a_complaint_of_ours_gets_no_note",
        ),
        (
            "a Summary passes for returns",
            '    if hasattr(values, "_fields"):',
            '    if hasattr(values, "_field"):',
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
    ],
    "guards/worlds.py": [
        (
            "a world under the wrong word is Gymnasium's riddle",
            "        if inspect.isclass(made) and issubclass(made, kinds[key]):",
            "        if inspect.isclass(made) and issubclass(made, dict):",
            "test_vectors.py::test_a_world_under_the_wrong_word_is_told_the_right_one",
        ),
        (
            "one world for all plays on",
            "< len(inner.envs):",
            "< 0:",
            "test_vectors.py::test_one_world_for_all_is_found",
        ),
    ],
    "guards/watched.py": [
        (
            "a wrapper of one's own around a world of Gymnasium's is trusted",
            "    by_hand = [x for x in layers[:-1] if not isinstance(x, MADE)]",
            "    by_hand = []",
            "test_vectors.py::test_dice_in_the_step_of_a_wrapper_are_found",
        ),
        (
            "a frame that is no picture is Pillow's riddle",
            "frame.dtype == np.uint8",
            "True",
            "test_pictures.py::test_a_frame_that_is_no_picture_is_named",
        ),
        (
            "a frame of four colours gets in",
            "or frame.shape[2] != 3:",
            "or frame.shape[2] < 3:",
            "test_pictures.py::test_a_frame_that_is_no_picture_is_named",
        ),
    ],
    "rollout.py": [
        (
            "a vector world of one's own is not looked at",
            "@guard(envs=watched, policy=player",
            "@guard(policy=player",
            "test_vectors.py::test_a_slip_of_a_vector_world_is_named",
        )
    ],
    "forward.py": [
        (
            "a policy of another network follows what that learns",
            "np.asarray(net.stateless_call(*weights, rows)[0])",
            "np.asarray(net(rows))",
            "test_guards.py::test_a_policy_keeps_its_weights_whatever_network_it_is_of",
        )
    ],
    "guards/plots.py": [
        (
            "labels alone for rows are Python's riddle",
            " and len(row) == 3 for row in rows)",
            " for row in rows)",
            "test_guards.py::test_as_many_rows_as_an_observation_has_numbers "
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
        (
            "words for rows are Python's riddle",
            " and not isinstance(row, str)",
            "",
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        ),
    ],
    "plot.py": [
        (
            "the credit of one episode is of no shape",
            "@guard(rewards=batch_of_episodes, ax",
            "@guard(rewards=None, ax",
            "test_pictures.py::test_credit_of_a_single_episode_is_that_of_a_list_of_one",
        )
    ],
    "guards/vectors.py": [
        (
            "a world that throws new dice without a seed is refused",
            "env.reset(seed=t)[0]",
            "env.reset()[0]",
            "test_vectors.py::test_a_reset_without_a_seed_may_throw_new_dice",
        ),
        (
            "a one-step world is tried for one step",
            "            seen.append(np.copy(env.reset(seed=t)[0]))",
            "            break",
            "test_vectors.py::test_dice_are_found_where_an_episode_is_one_step",
        ),
        (
            "a world is blamed for a wrapper of one's own",
            "    return type((at_fault(env) or [env.unwrapped])[0]).__name__",
            "    return type(env.unwrapped).__name__",
            "test_vectors.py::test_the_wrapper_of_ones_own_is_at_fault",
        ),
        (
            "a threshold of nan trains on",
            "and not is_finite_number(threshold)",
            "and isinstance(threshold, str)",
            "test_vectors.py::test_a_threshold_that_is_no_number_is_told_before_anything_is_learned",
        ),
        (
            "rewards in a table are added up",
            " or array.shape != shape",
            "",
            "test_vectors.py::test_a_slip_of_a_vector_world_is_named",
        ),
        (
            "ends that are numbers are taken for places",
            '"terminations": ("b"',
            '"terminations": ("fiub"',
            "test_vectors.py::test_a_slip_of_a_vector_world_is_named",
        ),
        (
            "observations of a step are not looked at",
            "zip(parts[:-1], answer)",
            'list(zip(parts[:-1], answer))[method == "step" :]',
            "test_vectors.py::test_a_slip_of_a_vector_world_is_named",
        ),
        (
            "starts of a vector world are not looked at",
            "zip(parts[:-1], answer)",
            'list(zip(parts[:-1], answer))[method == "reset" :]',
            "test_vectors.py::test_a_slip_of_a_vector_world_is_named",
        ),
        (
            "a world of one environment passes for many",
            "    if envs.num_envs != n_envs:",
            "    if envs.num_envs > n_envs:",
            "test_vectors.py::test_as_many_environments_as_were_asked_for",
        ),
        (
            "dice that no seed throws pass in a step",
            "    for t in range(N_TRIED):",
            "    for t in range(0):",
            "test_vectors.py::test_steps_that_lead_elsewhere_for_the_same_seed_are_found",
        ),
        (
            "after the check the start is always the same",
            "world.reset(seed=int(np.random.default_rng().integers(2**31)))",
            "world.reset(seed=1)",
            "test_vectors.py::test_gusts_by_the_seed_are_right_and_the_next_start_is_a_new_one",
        ),
    ],
    "guards/losses.py": [
        (
            "a layer that was frozen between two updates is trained on",
            "return tuple(map(id, net.trainable_variables))",
            "return ()",
            "test_gradients.py::test_what_is_frozen_between_two_steps_stays_as_it_is",
        ),
        (
            "a number that a loss looks up stays what it was at first",
            "        parts |= found.nonlocals | found.globals\n",
            "        parts |= found.globals\n",
            "test_gradients.py::test_a_number_that_a_loss_looks_up_may_change",
        ),
        (
            "a number that a loss holds stays what it was at first",
            '    held_by = loss, getattr(loss, "__self__", None)',
            "    held_by = ()",
            "test_gradients.py::test_a_number_that_a_loss_looks_up_may_change",
        ),
    ],
    "gradients.py": [
        (
            "each training leaves a graph behind",
            """tf.distribute.get_replica_context().merge_call(
            lambda _: optimizer.apply(gradients, net.trainable_variables)
        )""",
            "optimizer.apply(gradients, net.trainable_variables)",
            "test_every_world.py::test_many_trainings_leave_no_graph_behind_and_no_warning",
        )
    ],
    "training.py": [
        (
            "a network that is nan in part is saved",
            "all(np.isfinite(weight).all() for weight",
            "all(np.isfinite(weight).any() for weight",
            "test_every_world.py::test_what_raises_in_a_late_update_leaves_what_was_learned",
        ),
        (
            "a typo replaces a good policy",
            '        beside = path.with_stem(f"{path.stem}-after-{n_updates}-updates")',
            "        beside = path",
            "test_every_world.py::test_what_raises_in_a_late_update_leaves_what_was_learned",
        ),
        (
            "an error in a late update leaves nothing",
            "    if path is not None and n_updates and sound:",
            "    if path is None and n_updates and sound:",
            "test_every_world.py::test_what_raises_in_a_late_update_leaves_what_was_learned",
        ),
        (
            "weights of nan are saved",
            "    if path is not None and n_updates and sound:",
            "    if path is not None and n_updates:",
            "test_every_world.py::test_what_raises_in_a_late_update_leaves_what_was_learned",
        ),
        (
            "an error in a late update is swallowed",
            "        raise\n    envs",
            "        pass\n    envs",
            "test_every_world.py::test_what_raises_in_a_late_update_leaves_what_was_learned",
        ),
    ],
    "study/code.py": [
        (
            "code of settings is not seen",
            "in fields(value)]\n        _walk((type(value), held), parts, seen)",
            "in fields(value)]\n        _walk(held, parts, seen)",
            "test_study_code.py::test_the_digest_sees_the_code_of_settings",
        ),
        (
            "settings that are kept together are not seen",
            "    elif is_dataclass(value) and not isinstance(value, type):",
            "    elif False:",
            "test_study_code.py::test_the_digest_sees_settings_that_are_kept_together",
        ),
    ],
    "study/guards.py": [
        (
            "who mended a trainer is sent to another folder",
            'if changed and record["error"]:',
            "if changed and not record:",
            "test_study.py::test_a_trainer_that_was_mended_is_told_to_delete_what_failed",
        )
    ],
    "exercises/trying_worlds.py": [
        (
            "noise by the dice of the start is right",
            "    if np.allclose(noise[:, 0], of_the_start, atol=1e-6):",
            "    if np.allclose(noise, 0):",
            "test_exercises.py::test_every_known_wrong_answer_is_told_its_own_sentence",
        )
    ],
}
