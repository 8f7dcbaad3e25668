"""Faults of what is seen: figures, animations, games, windows, the command line, exercises."""

PLOT = [
    (
        "axes of plot_values swapped",
        "ax.contourf(angles, velocities, values, levels=12)",
        "ax.contourf(velocities, angles, values, levels=12)",
        "test_pictures.py::test_plot_values_has_the_angle_across_and_the_angular_velocity_up",
    ),
    (
        "plot_values asks with angle and velocity swapped",
        "= angles / DEGREES, velocities / DEGREES",
        "= velocities / DEGREES, angles / DEGREES",
        "test_pictures.py::test_plot_values_has_the_angle_across_and_the_angular_velocity_up",
    ),
    (
        "plot_values draws its values transposed",
        "values = np.asarray(expect(observations))[..., 0]",
        "values = np.asarray(expect(observations))[..., 0].T",
        "test_pictures.py::test_plot_values_has_the_angle_across_and_the_angular_velocity_up",
    ),
    (
        "labels of plot_values swapped",
        'xlabel="angle (°)", ylabel="angular velocity (°/s)"',
        'ylabel="angle (°)", xlabel="angular velocity (°/s)"',
        "test_pictures.py::test_plot_values_has_the_angle_across_and_the_angular_velocity_up",
    ),
    (
        "plot_values asks in degrees",
        "= angles / DEGREES, velocities / DEGREES",
        "= angles, velocities",
        "test_pictures.py::test_plot_values_asks_in_radians",
    ),
    (
        "plot_evaluations from smallest to largest",
        "[summary.low, summary.high]",
        "[returns.min(), returns.max()]",
        "test_pictures.py::test_plot_evaluations_draws_the_interval_and_not_the_range",
    ),
    (
        "plot_evaluations draws one deviation",
        "[summary.low, summary.high]",
        "[summary.mean - summary.std, summary.mean + summary.std]",
        "test_pictures.py::test_plot_evaluations_draws_the_interval_and_not_the_range",
    ),
    (
        "the dot of plot_evaluations is the median",
        "ax.plot(summary.mean, row",
        "ax.plot(np.median(returns), row",
        "test_pictures.py::test_plot_evaluations_draws_the_interval_and_not_the_range",
    ),
    (
        "names of plot_evaluations in another order",
        "yticklabels=list(returns_of)",
        "yticklabels=list(returns_of)[::-1]",
        "test_pictures.py::test_plot_evaluations",
    ),
    (
        "the threshold line is somewhere else",
        "ax.axvline(threshold, color",
        "ax.axvline(475, color",
        "test_pictures.py::test_plot_evaluations_draws_the_threshold",
    ),
    (
        "rows in their raw unit",
        "axes.plot(factor * values)",
        "axes.plot(values)",
        "test_pictures.py",
    ),
    ("one limit of two", "(-limit, limit) if limit", "(limit,) if limit", "test_pictures.py"),
    ("limit of 12 radians", "DEGREES, 12)", "DEGREES, 15)", "test_pictures.py"),
    (
        "credit without discount",
        "discounted_returns(episode, gamma) for episode in rewards",
        "discounted_returns(episode, 1.0) for episode in rewards",
        "test_pictures.py",
    ),
    (
        "credit: every episode by itself",
        "(rewards, returns, standardize(returns))",
        "(rewards, returns, [standardize(one) for one in returns])",
        "test_pictures.py",
    ),
    (
        "credit: episodes on top of each other",
        "start += len(values) + 1",
        "start += 0",
        "test_pictures.py::test_plot_credit_assignment_has_episodes_one_after_the_other",
    ),
    ("an open figure is left", "    plt.close(figure)\n", "", "test_pictures.py"),
]

ANIMATE = [
    (
        "last frame missing",
        '    frames.add(env.render(), f"step {len(episode.actions)}", duration=1500)  # how it ended\n',
        "",
        "test_pictures.py::test_an_animation_ends_with_the_last_frame",
    ),
    (
        "last frame is gone at once",
        ", duration=1500)",
        ")",
        "test_pictures.py::test_an_animation_ends_with_the_last_frame",
    ),
    (
        "first frame missing",
        "        if t % stride == 0:",
        "        if t % stride == 1:",
        "test_pictures.py::test_an_animation_begins_with_the_start",
    ),
    (
        "an animation too fast",
        "duration=1000 * stride / fps",
        "duration=1000 / fps",
        "test_pictures.py::test_an_animation_moves_in_real_time",
    ),
    (
        "seed of animate ignored",
        "play_episode(env, filmed, seed)",
        "play_episode(env, filmed)",
        "test_pictures.py::test_an_animation_shows_the_policy_that_plays",
    ),
    (
        "fall and time limit mixed in the caption",
        "if episode.terminated else",
        "if not episode.terminated else",
        "test_pictures.py::test_an_animation_moves_in_real_time",
    ),
    (
        "steps for the return in the caption",
        "{episode.rewards.sum():g}",
        "{len(episode.rewards):g}",
        "test_pictures.py::test_an_animation_of_another_environment",
    ),
]

PICTURE = [
    (
        "alt text left out",
        '<img alt="{html.escape(self.alt)}" src',
        '<img alt="" src',
        "test_pictures.py::test_a_picture_carries_its_words",
    ),
    (
        "caption left out",
        "{image}{caption}</div>",
        "{image}</div>",
        "test_pictures.py::test_a_picture_carries_its_words",
    ),
]

GAME = [
    (
        "every game from one start",
        "int(self._rng.integers(2**31))",
        "0",
        "test_play.py::test_every_game_has_its_own_start_and_a_seed_repeats_them",
    ),
    (
        "a step after the end",
        "        if self.over:\n            return\n",
        "",
        "test_play.py::test_a_push_after_the_end_is_no_step",
    ),
    (
        "the worst game is kept",
        "self.score > self.best",
        "self.score < self.best",
        "test_play.py::test_the_best_game_is_kept_with_its_start",
    ),
    (
        "a game goes on after the time limit",
        "self.over = terminated or truncated",
        "self.over = terminated",
        "test_play.py::test_a_game_ends_at_the_time_limit_too",
    ),
    (
        "a policy plays another start than asked",
        "self.start if start is None else start)",
        "self.start)",
        "test_play.py::test_a_policy_plays_the_start_that_is_asked_for",
    ),
]

WINDOW = [
    (
        "left and right swapped",
        "LEFT if key == pygame.K_LEFT else RIGHT",
        "RIGHT if key == pygame.K_LEFT else LEFT",
        "test_play.py::test_keys_push_and_the_last_push_goes_on",
    ),
    (
        "slow motion is fast",
        "game.steps_per_second / (SLOWER",
        "game.steps_per_second * (SLOWER",
        "test_play.py::test_slow_motion_and_a_new_game",
    ),
    (
        "the game begins before the first push",
        "action, slow = None, False",
        "action, slow = LEFT, False",
        "test_play.py::test_the_window_waits_for_the_first_push",
    ),
]

WIDGET = [
    (
        "a game that is left does not count",
        "                self.game.leave()\n",
        "",
        "test_play.py::test_the_widget_counts_a_game_that_is_left",
    ),
    (
        "policies of one's own ignored",
        "lean_policy} if policies is None else policies",
        "lean_policy}",
        "test_play.py::test_the_widget_compares_with_any_policies_or_with_none",
    ),
]

OPPONENT = [
    (
        "seed of the opponent ignored",
        "args=(end, seed)",
        "args=(end, 0)",
        "test_play.py::test_an_opponent_answers_from_a_process_of_its_own",
    ),
    (
        "answers under the start that was asked last",
        "self.scores[answered] = score",
        "self.scores[start] = score",
        "test_play.py::test_an_opponent_answers_from_a_process_of_its_own",
    ),
]

COMMANDS = [
    (
        "evaluate reports greedy where it samples",
        "sampling_policy(net, arguments.seed))",
        "greedy_policy(net))",
        "test_command_line.py::test_evaluate_plays_greedily_and_sampled_from_the_seed",
    ),
    (
        "evaluate plays 10 episodes",
        "arguments.env, arguments.episodes, arguments.seed)",
        "arguments.env, 10, arguments.seed)",
        "test_command_line.py::test_evaluate_plays_greedily_and_sampled_from_the_seed",
    ),
    (
        "evaluate ignores its seed",
        "arguments.env, arguments.episodes, arguments.seed)",
        "arguments.env, arguments.episodes, 0)",
        "test_command_line.py::test_evaluate_plays_greedily_and_sampled_from_the_seed",
    ),
    (
        "train ignores its seed",
        'options = {"seed": arguments.seed,',
        'options = {"seed": 0,',
        "test_command_line.py::test_train_is_the_librarys_own_training",
    ),
    (
        "train does not save",
        '"path": arguments.save,',
        '"path": None,',
        "test_command_line.py::test_train_is_the_librarys_own_training",
    ),
    (
        "watch ignores its seed",
        "greedy_policy(net), arguments.seed)\n        return",
        "greedy_policy(net), 0)\n        return",
        "test_command_line.py::test_watch_opens_a_window",
    ),
]

MAIN = [
    (
        "10 episodes by default at the command line",
        '"--episodes", type=int, default=100',
        '"--episodes", type=int, default=10',
        "test_command_line.py::test_evaluate_plays_greedily_and_sampled_from_the_seed",
    )
]

INTERRUPT = [
    (
        "Ctrl-C in the middle of an update",
        "if n_pressed > 1:",
        "if n_pressed > 0:",
        "test_command_line.py::test_ctrl_c_waits_for_the_update_at_hand",
    )
]

CHECKING = [
    (
        "one right case of many is right",
        "if all(map(same, got, wanted)):",
        "if any(map(same, got, wanted)):",
        "test_exercises.py",
    ),
    (
        "a wrong answer that is known passes for right",
        'return "wrong", with_figures(exercise, function)',
        'return "right", with_figures(exercise, function)',
        "test_exercises.py",
    ),
    (
        "a blank stub is right",
        'return "not attempted", what_is_blank(got[-1], answer)',
        'return "right", ""',
        "test_exercises.py",
    ),
    (
        "an answer that changes its argument is right",
        'if kept else ("wrong", CHANGED)',
        'if True else ("wrong", CHANGED)',
        "test_exercises.py::test_a_right_result_that_changes_its_argument_is_wrong",
    ),
    (
        "the last case alone says whether inputs stayed",
        "kept &= all(",
        "kept = all(",
        "test_exercises.py::test_a_right_result_that_changes_its_argument_is_wrong",
    ),
    (
        "answers share their arguments",
        "copy.deepcopy(a) if isinstance(a, CHANGEABLE) else a for",
        "a for",
        "test_exercises.py::test_a_right_result_that_changes_its_argument_is_wrong",
    ),
    (
        "an error of the answer is left out",
        "            outcome = error\n",
        "            outcome = None\n",
        "test_exercises.py",
    ),
    (
        "progress forgets",
        "VERDICTS[name] = verdict = Verdict",
        "verdict = Verdict",
        "test_exercises.py::test_progress_is_of_the_last_check",
    ),
]

COMPARING = [
    (
        "a tenth off is right",
        '"rtol": 1e-4',
        '"rtol": 1e-1',
        "test_exercises.py::test_how_close_is_close_enough",
    ),
    (
        "a hundredth off 0 is right",
        '"atol": 1e-5',
        '"atol": 1e-2',
        "test_exercises.py::test_how_close_is_close_enough",
    ),
    (
        "float32 is not right",
        '"rtol": 1e-4, "atol": 1e-5',
        '"rtol": 1e-9, "atol": 0',
        "test_exercises.py::test_how_close_is_close_enough",
    ),
    (
        "another shape is right",
        "if numbers.shape != target.shape:",
        "if numbers.size != target.size:",
        "test_exercises.py::test_another_shape_or_kind_is_not_the_same",
    ),
    (
        "a shorter list is right",
        "if n_entries != len(wanted):",
        "if n_entries is None or n_entries > len(wanted):",
        "test_exercises.py",
    ),
    (
        "True for 1 is right",
        "if numbers.dtype == bool and target.dtype != bool:",
        "if False:",
        "test_exercises.py",
    ),
    (
        "None is right",
        "    if got is None:\n",
        "    if got is None:\n        return None\n    if False:\n",
        "test_exercises.py",
    ),
    (
        "any two errors are the same",
        "return None if shown(got) == shown(wanted) else",
        "return None if type(got) is type(wanted) else",
        "test_exercises.py",
    ),
    (
        "a loop that ended in its first round gets no word",
        "if one_round := after_one_round(numbers, target):",
        "if one_round := None:",
        "test_exercises.py::test_the_words_of_a_difference",
    ),
    (
        "a list for an array is right",
        "if isinstance(got, list | tuple) and np.ndim(target):",
        "if False:",
        "test_exercises.py::test_another_shape_or_kind_is_not_the_same",
    ),
]

EXERCISE = [
    (
        "every option of a prediction is right",
        "            return known\n",
        "            return options[0]\n",
        "test_exercises.py",
    )
]

FAULTS = {
    "plot.py": PLOT,
    "animate.py": ANIMATE,
    "picture.py": PICTURE,
    "play/game.py": GAME,
    "play/window.py": WINDOW,
    "play/widget.py": WIDGET,
    "play/opponent.py": OPPONENT,
    "commands.py": COMMANDS,
    "__main__.py": MAIN,
    "interrupt.py": INTERRUPT,
    "exercises/checking.py": CHECKING,
    "exercises/comparing.py": COMPARING,
    "exercises/exercise.py": EXERCISE,
}
