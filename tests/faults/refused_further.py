"""Faults in guards of one reader who looked for what the tests leave out."""

FAULTS = {
    "guards/vectors.py": [
        (
            "a wrapper of one's own around a vector world is not looked at",
            "if at_fault(envs) else envs",
            "if at_fault(envs.unwrapped) else envs",
            "test_vectors.py::test_a_slip_of_a_wrapper_around_a_vector_world_is_named",
        ),
        (
            "cuts that are numbers are taken for places",
            '"truncations": ("b"',
            '"truncations": ("fiub"',
            "test_vectors.py::test_cuts_that_are_numbers_are_named",
        ),
        (
            "whole numbers are no rewards of a vector world",
            '"rewards": ("fiub"',
            '"rewards": ("f"',
            "test_vectors.py::test_whole_numbers_may_be_seen_and_earned",
        ),
        (
            "whole numbers are no observations of a vector world",
            '"observations": ("fiub"',
            '"observations": ("f"',
            "test_vectors.py::test_whole_numbers_may_be_seen_and_earned",
        ),
        (
            "which carts are set back is forgotten on the way",
            '"infos"], seed=seed, options=options)',
            '"infos"], seed=seed)',
            "test_vectors.py::test_a_world_that_is_watched_gets_the_options_of_its_reset",
        ),
        (
            "a slip of a vector world is NumPy's riddle as it is made",
            "else [watched(envs, name)]",
            "else [envs]",
            "test_vectors.py::test_a_slip_of_a_vector_world_is_named_as_it_is_made",
        ),
        (
            "a world is tried behind its cut",
            "        if np.any(answer[2]) or np.any(answer[3]):",
            "        if np.any(answer[2]):",
            "test_vectors.py::test_a_world_is_not_stepped_behind_its_end",
        ),
        (
            "a world is tried behind its fall",
            "        if np.any(answer[2]) or np.any(answer[3]):",
            "        if np.any(answer[3]):",
            "test_vectors.py::test_a_world_is_not_stepped_behind_its_end",
        ),
        (
            "rewards by dice that no seed throws pass",
            "seen += [np.copy(answer[0]), np.copy(answer[1])]",
            "seen += [np.copy(answer[0])]",
            "test_vectors.py::test_rewards_by_dice_that_no_seed_throws_are_found",
        ),
        (
            "only the first action is tried twice",
            "action = t % envs.single_action_space.n",
            "action = 0",
            "test_vectors.py::test_dice_of_one_action_alone_are_found",
        ),
        (
            "an array that is used again hides the dice of a step",
            "seen += [np.copy(answer[0]), np.copy",
            "seen += [answer[0], np.copy",
            "test_vectors.py::test_dice_of_a_world_that_uses_its_array_again_are_found",
        ),
        (
            "an array that is used again hides the dice of a start",
            "seen = [np.copy(env.reset(seed=1)[0])]",
            "seen = [env.reset(seed=1)[0]]",
            "test_vectors.py::test_dice_of_a_world_that_uses_its_array_again_are_found",
        ),
    ],
    "guards/watched.py": [
        (
            "a library whose name begins like Gymnasium's is trusted",
            'TRUSTED = "gymnasium.", "cartpole_lib."',
            'TRUSTED = "gymnasium", "cartpole_lib."',
            "test_vectors.py::test_a_library_whose_name_begins_like_gymnasium_is_tried",
        ),
        (
            "worlds of Gymnasium's own are tried one by one",
            'if not type(x).__module__.startswith("cartpole_lib.")] + world',
            "] + world",
            "test_vectors.py::test_a_world_of_gymnasium_that_is_watched_alone_is_not_tried",
        ),
    ],
    "guards/steps.py": [
        (
            "an observation of whole numbers is refused",
            'observation.dtype.kind not in "fiub" or observation.shape',
            'observation.dtype.kind not in "f" or observation.shape',
            "test_guards.py::test_an_observation_of_whole_numbers_is_one",
        ),
        (
            "BatchNormalization gets in",
            "isinstance(layer, (*idle, layers.BatchNormalization))",
            "isinstance(layer, idle)",
            "test_guards.py::test_each_layer_that_acts_in_fit_alone_is_refused",
        ),
        (
            "GaussianDropout gets in",
            "layers.Dropout, layers.GaussianDropout, layers.AlphaDropout",
            "layers.Dropout, layers.AlphaDropout",
            "test_guards.py::test_each_layer_that_acts_in_fit_alone_is_refused",
        ),
        (
            "AlphaDropout gets in",
            "layers.GaussianDropout, layers.AlphaDropout, ",
            "layers.GaussianDropout, ",
            "test_guards.py::test_each_layer_that_acts_in_fit_alone_is_refused",
        ),
        (
            "GaussianNoise gets in",
            "layers.AlphaDropout, layers.GaussianNoise",
            "layers.AlphaDropout",
            "test_guards.py::test_each_layer_that_acts_in_fit_alone_is_refused",
        ),
        (
            "an optimiser made while a part was frozen is Keras's riddle",
            "if not known >= set(map(id, net.trainable_variables))",
            "if known.isdisjoint(map(id, net.trainable_variables))",
            "test_guards.py::test_an_optimiser_made_while_a_part_was_frozen_is_refused",
        ),
        (
            "a part that a loss does not need is a mistake",
            "all(gradient is None for",
            "any(gradient is None for",
            "test_guards.py::test_a_part_that_a_loss_does_not_need_is_no_mistake",
        ),
        (
            "a sigmoid network is said to know action 0 alone",
            "max(net.output_shape[-1], 2))",
            "net.output_shape[-1])",
            "test_guards.py::test_a_sigmoid_network_knows_two_actions",
        ),
        (
            "an observation of nan spoils a whole network",
            "for numbers in (observations, *labels):",
            "for numbers in labels:",
            "test_guards.py::test_an_observation_of_nan_changes_no_weight",
        ),
        (
            "actions of uint8 are not learned from",
            '    if actions.dtype.kind not in "iu":',
            '    if actions.dtype.kind not in "i":',
            "test_guards.py::test_actions_of_uint8_are_learned_from_and_bools_are_none",
        ),
        (
            "actions of True and False are learned from",
            '    if actions.dtype.kind not in "iu":',
            '    if actions.dtype.kind not in "iub":',
            "test_guards.py::test_actions_of_uint8_are_learned_from_and_bools_are_none",
        ),
        (
            "one value for all targets is refused",
            "if np.ndim(values) and tuple",
            "if tuple",
            "test_guards.py::test_one_value_for_all_targets_is_right",
        ),
        (
            "a plain number for all targets is refused",
            'if not hasattr(values, "shape") and not isinstance(values, Real):',
            'if not hasattr(values, "shape"):',
            "test_guards.py::test_one_value_for_all_targets_is_right",
        ),
    ],
    "guards/losses.py": [
        (
            "a number of its module that a loss looks up stays what it was",
            "        parts |= found.nonlocals | found.globals\n",
            "        parts |= found.nonlocals\n",
            "test_gradients.py::test_a_whole_number_of_its_module_that_a_loss_looks_up_may_change",
        ),
        (
            "a whole number that a loss looks up stays what it was",
            "NUMBERS = int | float",
            "NUMBERS = float",
            "test_gradients.py::test_a_whole_number_of_its_module_that_a_loss_looks_up_may_change",
        ),
        (
            "a number that a loss in a partial looks up stays what it was",
            "loss.func if isinstance(loss, partial) else loss",
            "loss",
            "test_gradients.py::test_a_whole_number_of_its_module_that_a_loss_looks_up_may_change",
        ),
        (
            "a number that a loss object's call looks up stays what it was",
            "    function = function if inspect.isroutine(function) else type(function).__call__\n",
            "",
            "test_gradients.py::test_a_whole_number_of_its_module_that_a_loss_looks_up_may_change",
        ),
    ],
    "gradients.py": [
        (
            "a number that a critic's loss looks up stays what it was",
            "now = kept(value_net, loss)",
            "now = ()",
            "test_gradients.py::test_a_whole_number_of_its_module_that_a_loss_looks_up_may_change",
        )
    ],
}
