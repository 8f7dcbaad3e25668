"""Faults of the checks of lessons 5 to 8 and of the race, from the reading that planted them last."""

FAULTS = {
    "exercises/lesson_5.py": [
        (
            "5c lam 1 case is gone",
            "0.8, 0.5, 0.5, 1\n",
            "0.8, 0.5, 0.5, 0.9\n",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "5c lam 0 case is gone",
            "(*cases[0][:3], 0, False)]",
            "(*cases[0][:3], 0.5, False)]",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a lazy critic may have another learning rate",
            'KNOWN = "seed",',
            'KNOWN = "learning_rate", "seed",',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a lazy critic may train in another world",
            'KNOWN = "seed",',
            'KNOWN = "env_id", "seed",',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "0 in place of False is right, and the training refuses it",
            "{plainly(asked['stop_when_solved'])}",
            "{bool(asked['stop_when_solved'])}",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a word in place of a critic is one critic for all runs",
            'value_network(net, "value_net") is',
            "net is",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "5a five too low",
            "VALUES + 5)",
            "VALUES - 5)",
            "test_exercises.py::test_the_figures_of_a_critic_too_high_are_those_of_the_definition",
        ),
        (
            "5a figure of lam 0.5 is of lam 1",
            "{moved_by_five(0.5, True)}",
            "{moved_by_five(1, True)}",
            "test_exercises.py::test_the_figures_of_a_critic_too_high_are_those_of_the_definition",
        ),
    ],
    "exercises/lesson_6.py": [
        (
            "6d refuses who takes other dice",
            "630, -560,",
            "630, -585,",
            "test_exercises.py::test_a_right_answer_in_another_form_is_right",
        ),
        (
            "6a intervals of 90 percent",
            "middles[0], [2.5, 97.5], axis=1)",
            "middles[0], [5, 95], axis=1)",
            "test_exercises.py::test_one_change_in_twenty_stands_out_by_chance",
        ),
        (
            "6a the most instead of the mean",
            "{found.mean():.1f}",
            "{found.max():.1f}",
            "test_exercises.py::test_one_change_in_twenty_stands_out_by_chance",
        ),
        (
            "a word with blanks around it is refused",
            "word.strip().lower()",
            "word.lower()",
            "test_exercises.py::test_a_right_answer_in_another_form_is_right",
        ),
    ],
    "exercises/lesson_7.py": [
        (
            "7a says moved when it stands",
            "np.any(a != b)",
            "np.any(a == b)",
            "test_exercises.py::test_the_larger_weights_move_the_network",
        ),
        (
            "7a the smallest weight",
            "np.abs(np.concatenate(weights)).max()",
            "np.abs(np.concatenate(weights)).min()",
            "test_exercises.py::test_the_larger_weights_move_the_network",
        ),
    ],
    "exercises/lesson_8.py": [
        (
            "8a last batch for the first",
            ".mean(axis=1)[0]",
            ".mean(axis=1)[-1]",
            "test_exercises.py::test_where_steps_cost_episodes_get_shorter",
        )
    ],
    "exercises/standin.py": [
        (
            "two trainings pass",
            "if len(calls) != 1:",
            "if len(calls) < 1:",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "the last wrong setting is told",
            "in zip(run(answer, seed), run(right, seed)):",
            "in zip(run(answer, seed)[::-1], run(right, seed)[::-1]):",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "hasattr of the stand-in's run is an error",
            "class NothingPlayed(Complaint, AttributeError):",
            "class NothingPlayed(Complaint):",
            "test_exercises.py::test_a_right_answer_in_another_form_is_right",
        ),
        (
            "a whole number of NumPy is refused as a setting",
            "return repr(number.item() if isinstance(number, np.generic) else number)",
            "return repr(number)",
            "test_exercises.py::test_a_right_answer_in_another_form_is_right",
        ),
    ],
    "exercises/trying_tests.py": [
        (
            "a right program that rounds refuses careful tests",
            ".round(12)",
            ".round(6)",
            "test_exercises.py::test_a_right_answer_in_another_form_is_right",
        ),
        (
            "rewards are kept as they are, not as they were",
            "(np.array(rewards, float), gamma)",
            "(np.asarray(rewards, float), gamma)",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "one of the programs told apart is enough",
            "return bools and all(value != bug",
            "return bools and any(value != bug",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "any return counts as telling",
            "bools = all(isinstance",
            "bools = any(isinstance",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a test that raises by itself is told of an error of ours",
            '        raise Complaint(\n            f"On',
            '        raise RuntimeError(\n            f"On',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/trying_worlds.py": [
        (
            "weather that is drawn anew when another cart falls is kept",
            "        actions[:to_fall] = 1\n",
            "",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "gusts of 0.04 m/s and more pass",
            " or blown.min() > 0.01)",
            ")",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "noise on two numbers is noise of half the size",
            "if clear := [i for i in range(4) if",
            "if clear := [i for i in range(0) if",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a fall of a blurred world may come as a time limit",
            "limits=(2, 500)",
            "limits=(2, 2)",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/race.py": [
        (
            "exactly 490 does not win",
            'return ("won", "") if mean >= GOAL',
            'return ("won", "") if mean > GOAL',
            "test_race.py::test_490_wins_and_a_little_less_does_not",
        ),
        (
            "judged with the seed of training",
            "seed=seeds[2])",
            "seed=seeds[0])",
            "test_race.py::test_training_playing_and_judging_have_seeds_of_their_own",
        ),
        (
            "actions drawn with the seed of training",
            "sampling_policy(net, seeds[1])",
            "sampling_policy(net, seeds[0])",
            "test_race.py::test_training_playing_and_judging_have_seeds_of_their_own",
        ),
        (
            "ten episodes judge",
            "n_episodes=100, seed",
            "n_episodes=10, seed",
            "test_race.py::test_training_playing_and_judging_have_seeds_of_their_own",
        ),
        (
            "worlds elsewhere in any order",
            '" and ".join(sorted(self.elsewhere))',
            '" and ".join(sorted(self.elsewhere)[::-1])',
            "test_race.py::test_worlds_elsewhere_are_named_in_order",
        ),
        (
            "recorded runs of just 200 are out",
            "n <= BUDGET for run",
            "n < BUDGET for run",
            "test_race.py::test_the_recorded_runs_stand_beside",
        ),
        (
            "recorded runs always greedy",
            'run[play]["mean"]',
            'run["greedy"]["mean"]',
            "test_race.py::test_the_recorded_runs_stand_beside",
        ),
        (
            "recorded looks count trainings without",
            'for run in table if run["n_evaluation_steps"]])',
            "for run in table])",
            "test_race.py::test_the_recorded_runs_stand_beside",
        ),
        (
            "the referee's own array is handed out",
            "*self.ends.copy(), infos",
            "*self.ends, infos",
            "test_race.py::test_what_a_world_returned_may_be_changed",
        ),
        (
            "a lucky search is by hand",
            "best < BEGINNER / 2 and lengths.max() < BEGINNER",
            "best < BEGINNER / 2",
            "test_race.py::test_long_episodes_in_a_row_or_a_single_very_long_one_are_learning",
        ),
        (
            "steady learning is by hand",
            "mean >= GOAL and best < BEGINNER / 2 and",
            "mean >= GOAL and",
            "test_race.py::test_long_episodes_in_a_row_or_a_single_very_long_one_are_learning",
        ),
        (
            "bar stays open",
            "            self.bar.close()",
            "            pass",
            "test_race.py::test_one_bar_is_shown_and_closed",
        ),
        (
            "a bar for the judge",
            "if self.bar is None and budget == BUDGET:",
            "if self.bar is None:",
            "test_race.py::test_one_bar_is_shown_and_closed",
        ),
        (
            "the mean is shown without its tenth",
            "Mean return {mean:.1f}",
            "Mean return {mean:.0f}",
            "test_race.py::test_a_policy_by_hand_may_play_and_is_named",
        ),
        (
            "few episodes are called ten",
            "But its first {min(n, 10)} training",
            "But its first 10 training",
            "test_race.py::test_the_first_episodes_say_who_could_play_before",
        ),
    ],
}
