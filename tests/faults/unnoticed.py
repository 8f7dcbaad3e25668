"""Faults of what went wrong in silence until somebody tried it."""

FAULTS = {
    "training.py": [
        (
            "an update that sorts its episodes changes what is counted",
            "            learn(batch)  # which may change the episodes\n            played += of_batch\n",
            "            learn(batch)  # which may change the episodes\n"
            "            played += [(e.rewards.sum(), len(e.actions)) for e in batch]\n",
            "test_training.py::test_an_update_may_change_its_episodes",
        ),
        (
            "a full disk takes what was learned",
            "        except OSError as error:\n            tell(",
            "        except KeyError as error:\n            tell(",
            "test_training.py::test_a_policy_that_cannot_be_saved_is_returned",
        ),
        (
            "what an error took away is not said",
            "    elif path is None and n_updates:\n",
            "    elif not n_updates:\n",
            "test_training.py::test_what_a_late_error_takes_away_is_said",
        ),
        (
            "an update that moves nothing trains on in silence",
            "if n_updates and not moved",
            "if not n_updates and not moved",
            "test_training.py::test_an_update_that_moves_nothing_is_warned_of",
        ),
        (
            "a second Ctrl-C takes what was learned",
            "    except KeyboardInterrupt:\n        interrupted, reports = True, [UNKNOWN] * 2\n",
            "    except OSError:\n        interrupted, reports = True, [UNKNOWN] * 2\n",
            "test_training.py::test_a_ctrl_c_during_the_report_takes_no_policy_away",
        ),
        (
            "a run whose report was interrupted goes into a study",
            "interrupted, reports = True, [UNKNOWN] * 2",
            "reports = [UNKNOWN] * 2",
            "test_training.py::test_a_ctrl_c_during_the_report_takes_no_policy_away",
        ),
    ],
    "guards/plays.py": [
        (
            "lists are told what only arrays can",
            'return "" if hasattr(given, "astype") else',
            'return "" if hasattr(given, "__len__") else',
            "test_guards.py::test_a_remedy_for_an_array_is_told_to_lists_with_the_way_there",
        ),
        (
            "a bool of Python is told to end with astype",
            'one = not hasattr(given, "astype") and not actions.ndim',
            "one = False",
            "test_guards.py::test_what_is_no_whole_number_is_no_action",
        ),
        (
            "rows pass for columns where there are as many",
            "if n_asked == 1 and shape and",
            "if n_asked == 0 and shape and",
            "test_rollout.py::test_rows_taken_for_columns_are_named_where_no_shape_tells",
        ),
        (
            "who unpacks rows for columns passes where there are as many",
            "    except ValueError:  # too many values to unpack\n        pass\n    except",
            "    except",
            "test_rollout.py::test_rows_taken_for_columns_are_named_where_no_shape_tells",
        ),
        (
            "who goes through the environments one by one is refused",
            "np.shape(policy(more)) == (len(more),)",
            "np.shape(policy(more)) == (len(observations),)",
            "test_rollout.py::"
            "test_who_looks_at_each_environment_plays_where_there_are_as_many_as_numbers",
        ),
        (
            "who remembers each environment is refused",
            "knows of no other\n        return\n",
            "knows of no other\n        pass\n",
            "test_rollout.py::"
            "test_who_looks_at_each_environment_plays_where_there_are_as_many_as_numbers",
        ),
    ],
    "guards/episodes.py": [
        (
            "who draws episodes is led to returns of returns",
            "'episode.rewards' if name == 'rewards' else ",
            "",
            "test_guards.py::test_rewards_of_episodes_are_told_how_to_be_drawn",
        ),
        (
            "a thousand lengths are a wall of numbers",
            "got lengths {short(got)}",
            "got lengths {got}",
            "test_guards.py::test_weights_of_many_episodes_are_told_in_few_words",
        ),
    ],
    "guards/worlds.py": [
        (
            "episodes end before the time limit that was asked for",
            "if limit < outer < np.inf:",
            "if limit > outer:",
            "test_every_world.py::test_a_time_limit_that_another_one_inside_ends_is_named",
        ),
        (
            "the same time limit twice is refused",
            "if limit < outer < np.inf:",
            "if limit <= outer < np.inf:",
            "test_every_world.py::test_a_time_limit_that_another_one_inside_ends_is_named",
        ),
        (
            "a wrapper that forgets to tell Gymnasium has no actions",
            "    with needs_super():\n        _ =",
            "    if True:\n        _ =",
            "test_every_world.py::test_a_wrapper_that_forgets_to_tell_gymnasium_is_named",
        ),
        (
            "a wrapper around many that forgets to tell Gymnasium is a riddle",
            "    with needs_super():\n        inner",
            "    if True:\n        inner",
            "test_vectors.py::test_a_wrapper_around_many_that_forgets_to_tell_gymnasium_is_named",
        ),
        (
            "whatever has no env inside is called a wrapper",
            "if wraps and",
            "if",
            "test_every_world.py::test_other_errors_of_a_world_s_making_stay_what_they_are",
        ),
    ],
    "guards/watched.py": [
        (
            "a helper that is still to be written is called a missing method",
            'if wordless and comes_from(error, "gymnasium."):',
            "if wordless:",
            "test_every_world.py::test_what_a_world_of_ones_own_leaves_to_be_written_is_no_missing_method",
        ),
        (
            "a wrapper without return is an AssertionError of Gymnasium's",
            "reversed(at_fault(self.env))",
            "[self.unwrapped]",
            "test_every_world.py::test_a_method_of_a_wrapper_is_looked_at_as_that_of_a_world",
        ),
        (
            "what a world returns too little is an error of the wrapper around it",
            "reversed(at_fault(self.env))",
            "at_fault(self.env)",
            "test_every_world.py",
        ),
    ],
    "interrupt.py": [
        (
            "who closes the terminal loses what was learned",
            '("SIGINT", "SIGTERM", "SIGHUP")',
            '("SIGINT", "SIGTERM")',
            "test_command_line.py::test_ctrl_c_waits_for_the_update_at_hand",
        ),
        (
            "who trains with nohup is ended by a closed terminal",
            "if handler is not signal.SIG_IGN:",
            "if handler:",
            "test_command_line.py::test_who_trains_without_a_terminal_goes_on_when_one_is_closed",
        ),
    ],
    "commands.py": [
        (
            "train says saved on a full disk",
            '    warnings.filterwarnings("error", "the policy could not be saved")',
            '    warnings.filterwarnings("ignore", "the policy could not be saved")',
            "test_command_line.py::test_train_says_that_it_could_not_save",
        )
    ],
    "__main__.py": [
        (
            "on a full disk train is a traceback",
            "except (*refused, UserWarning) as error:",
            "except refused as error:",
            "test_command_line.py::test_train_says_that_it_could_not_save",
        )
    ],
    "guards/plots.py": [
        (
            "a module passes for axes",
            'hasattr(getattr(ax, "figure", None), "dpi")',
            'hasattr(ax, "figure")',
            "test_guards.py::test_a_module_is_no_axes",
        )
    ],
    "guards/values.py": [
        (
            "all that reset returns is NumPy's riddle to a policy",
            "if isinstance(observations, tuple) and dict in map(type, observations):",
            "if isinstance(observations, list):",
            "test_policies.py::test_all_that_reset_or_step_returns_is_no_observation",
        ),
        (
            "a loss that is compiled already keeps its first numbers",
            'if hasattr(value, "get_concrete_function"):',
            "if False:",
            "test_gradients.py::test_a_loss_that_is_compiled_already_is_refused",
        ),
    ],
    "study/intervals.py": [
        (
            "a statistic without an axis is a riddle of SciPy's",
            "vectorized=None,",
            "vectorized=True,",
            "test_intervals.py::test_a_statistic_may_take_the_draws_one_by_one",
        )
    ],
    "study/guards.py": [
        (
            "lambdas of a loop are compared with themselves",
            "    different_runs(trainers)\n",
            "",
            "test_study.py::test_lambdas_of_a_loop_are_the_same_trainer_and_are_refused",
        ),
        (
            "each seed replaces the policy of another",
            'if described["arguments"].get("path"):',
            'if described["arguments"].get("folder"):',
            "test_study.py::test_seeds_do_not_share_the_path_of_a_policy",
        ),
        (
            "a path of None is refused in a study",
            'if described["arguments"].get("path"):',
            'if "path" in described["arguments"]:',
            "test_study.py::test_seeds_do_not_share_the_path_of_a_policy",
        ),
    ],
    "study/run.py": [
        (
            "nobody says that runs failed",
            "    if failed:\n        first",
            "    if not failed:\n        first",
            "test_study.py::test_a_run_that_raises_is_recorded_and_stops_no_other",
        ),
        (
            "a trainer that keeps its seed has an interval of nothing",
            "if len(found) > 1 and all(",
            "if len(found) > 2 and all(",
            "test_study.py::test_a_trainer_that_keeps_its_seed_is_warned_of",
        ),
        (
            "a single run is called the same for every seed",
            "if len(found) > 1 and all(",
            "if all(",
            "test_study.py::test_a_trainer_that_keeps_its_seed_is_warned_of",
        ),
    ],
    "guards/vectors.py": [
        (
            "a misspelt method of a wrapper around many is a riddle",
            "            needs_method(error)\n            raise",
            "            raise",
            "test_vectors.py::test_a_misspelt_method_of_a_wrapper_around_many_is_named",
        ),
        (
            "a hundred episodes are the same one, for reset fixes the seed",
            "    if states[0] and states[0] == states[1]:",
            "    if states[0] and states[0] is states[1]:",
            "test_vectors.py::test_a_reset_that_fixes_its_seed_is_named",
        ),
        (
            "a world that throws no dice is refused",
            "    if states[0] and states[0] == states[1]:",
            "    if states[0] == states[1]:",
            "test_vectors.py::test_a_world_may_begin_in_one_place",
        ),
        (
            "copies that share a list play each other's episodes",
            "    if len(worlds) > 1:",
            "    if len(worlds) > 2:",
            "test_vectors.py::test_what_copies_share_is_found",
        ),
    ],
    "guards/losses.py": [
        (
            "nobody says that a step is compiled at each update",
            "if N_COMPILED[optimizer] == MANY:",
            "if N_COMPILED[optimizer] == 0:",
            "test_gradients.py::test_a_step_that_is_compiled_at_each_update_is_warned_of_once",
        ),
        (
            "an array that a loss looks up stays what it was",
            "            yield name, part.shape, part.tobytes()\n",
            "            yield name, part.shape\n",
            "test_gradients.py::test_settings_that_a_loss_or_a_function_beside_it_looks_up_may_change",
        ),
        (
            "settings that a loss looks up stay what they were",
            "isinstance(part, SETTINGS) or is_dataclass(part)",
            "isinstance(part, NUMBERS) or is_dataclass(part)",
            "test_gradients.py::test_settings_that_a_loss_or_a_function_beside_it_looks_up_may_change",
        ),
        (
            "a dataclass that a loss looks up stays what it was",
            " or is_dataclass(part)",
            "",
            "test_gradients.py::test_settings_that_a_loss_or_a_function_beside_it_looks_up_may_change",
        ),
        (
            "what a helper of a loss looks up stays what it was",
            "beside = inspect.isfunction(part) and",
            "beside = False and",
            "test_gradients.py::test_settings_that_a_loss_or_a_function_beside_it_looks_up_may_change",
        ),
        (
            "two functions that call each other are looked at for ever",
            " and part not in seen",
            "",
            "test_gradients.py::test_functions_that_call_each_other_are_looked_at_once",
        ),
        (
            "a log makes each step of a method another one",
            "    parts = {name: part for name, part in held if isinstance(part, NUMBERS)}\n",
            "    parts = dict(held)\n",
            "test_gradients.py::test_a_log_that_a_loss_holds_makes_no_step_anew",
        ),
    ],
    "rollout.py": [
        (
            "a wrapper that forgets to tell Gymnasium is a riddle side by side",
            "@needs_super()\n",
            "",
            "test_every_world.py::test_a_wrapper_that_forgets_to_tell_gymnasium_is_named",
        )
    ],
}
