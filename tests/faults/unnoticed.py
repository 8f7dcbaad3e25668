"""Faults of what went wrong in silence until somebody tried it."""

FAULTS = {
    "training.py": [
        (
            "an update that moves nothing trains on in silence",
            "elif n_updates and all(",
            "elif not n_updates and all(",
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
    "guards/worlds.py": [
        (
            "a wrapper that forgets to tell Gymnasium has no actions",
            "        needs_super(error)\n    spaces",
            "        pass\n    spaces",
            "test_every_world.py::test_a_wrapper_that_forgets_to_tell_gymnasium_is_named",
        ),
        (
            "whatever has no env inside is called a wrapper",
            "isinstance(error.obj, gym.Wrapper) and error.name",
            "error.name",
            "test_every_world.py::test_other_errors_of_a_world_s_making_stay_what_they_are",
        ),
    ],
    "rollout.py": [
        (
            "a wrapper that forgets to tell Gymnasium is a riddle side by side",
            "        needs_super(error)\n",
            "",
            "test_every_world.py::test_a_wrapper_that_forgets_to_tell_gymnasium_is_named",
        )
    ],
}
