"""Faults of somebody who first read the code, then the tests: what is shown and played, and 6b."""

PICTURES, PLAY = "test_pictures.py::", "test_play.py::"
PAGE, CLI = "test_widget_page.py::", "test_command_line.py::"
EXERCISE = "test_exercises.py::test_a_wrong_answer_is_told_why"

FAULTS = {
    "plot.py": [
        (
            "a figure is shown as wide as it is high",
            "round(figure.get_figwidth() * dpi)",
            "round(figure.get_figheight() * dpi)",
            PICTURES + "test_where_no_html_is_shown_a_figure_has_its_width_on_the_page",
        ),
        (
            "a figure that is shown again grows",
            "    figure.set_dpi(dpi)  # who shows it again gets it in the same size\n",
            "",
            PICTURES + "test_a_figure_that_is_shown_again_is_as_it_was",
        ),
        (
            "rows of one's own are ignored",
            "    if rows is None:\n",
            "    if True:\n",
            PICTURES + "test_plot_episode_of_another_environment",
        ),
        (
            "lines from action to action hide the actions",
            'episode.actions, ".", color',
            "episode.actions, color",
            PICTURES + "test_plot_episode_says_what_the_last_row_is",
        ),
        (
            "a threshold of 0 is not drawn",
            "if threshold is not None:",
            "if threshold:",
            PICTURES + "test_plot_evaluations_draws_the_threshold",
        ),
        (
            "returns below 0 are cut off beside a policy with returns above",
            "if min(map(np.min, returns_of.values())) >= 0",
            "if max(map(np.max, returns_of.values())) >= 0",
            PICTURES + "test_plot_evaluations_of_returns_below_zero",
        ),
        (
            "a third action has no name on its axis",
            "yticks=np.unique(episode.actions)",
            "yticks=[0, 1]",
            PICTURES + "test_plot_episode_names_rows_by_number",
        ),
    ],
    "animate.py": [
        (
            "a world that does not say how fast it is plays at half its speed",
            'get("render_fps", 50)',
            'get("render_fps", 25)',
            PICTURES + "test_an_animation_of_a_fast_world_takes_its_time",
        )
    ],
    "play/window.py": [
        (
            "from seed 0 on, only the first episode that is watched comes again",
            "seed = None if seed is None else seed + 1",
            "seed = seed + 1 if seed else None",
            PLAY + "test_each_watched_episode_has_a_start_of_its_own_and_real_time",
        ),
        (
            "a key counts once more when it comes up",
            "event.type == pygame.KEYDOWN",
            "event.type in (pygame.KEYDOWN, pygame.KEYUP)",
            PLAY + "test_slow_motion_and_a_new_game",
        ),
        (
            "a small world stands at the edge of its window",
            "(width - picture.get_width()) // 2",
            "0",
            PLAY + "test_a_small_world_is_in_the_middle_and_its_words_have_room",
        ),
        (
            "the window lets others play the start of the best game",
            "score_others(game.start)",
            "score_others(game.best_start)",
            PLAY + "test_the_window_compares_with_others_on_the_start_of_this_game",
        ),
    ],
    "play/opponent.py": [
        (
            "a forked opponent shares the window",
            'get_context("spawn")',
            'get_context("fork")',
            PLAY + "test_an_opponent_is_asked_once_for_a_start_and_ends_with_the_program",
        ),
        (
            "the opponent plays one start, whichever it is asked for",
            "play_episode(env, policy, start)",
            "play_episode(env, policy, seed)",
            CLI + "test_the_opponent_is_really_trained",
        ),
        (
            "the opponent stays after its program has ended",
            "            return\n        connection.send",
            "            continue\n        connection.send",
            CLI + "test_the_opponent_is_really_trained",
        ),
    ],
    "play/widget.py": [
        (
            "who wants to play against nobody gets an opponent",
            '{"lean": lean_policy} if policies is None else policies',
            'policies or {"lean": lean_policy}',
            PLAY + "test_the_widget_compares_with_any_policies_or_with_none",
        ),
        (
            "the widget begins with seed 0, whatever was asked for",
            "Game(seed), {",
            "Game(0), {",
            PLAY + "test_the_widget_draws_its_starts_from_the_seed",
        ),
        (
            "the widget's still is three times as wide as the game",
            "still, 600)",
            "still, 1800)",
            PLAY + "test_the_widget_has_a_static_twin",
        ),
    ],
    "play/widget.js": [
        (
            "a new game says that it is paused",
            "[restarting, paused, action] = [false, false, null];",
            "[restarting, action] = [false, null];",
            PAGE + "test_a_new_game_waits_for_its_first_push",
        ),
        (
            "a cell that is gone says that the kernel does not answer",
            "    clearTimeout(watchdog);\n    window",
            "    window",
            PAGE + "test_a_cell_that_is_run_again_leaves_no_keys_and_no_time_behind",
        ),
        (
            "a push after the end looks as if it counted",
            "    if (over) return;\n",
            "",
            PAGE + "test_the_end_is_compared_and_nothing_is_pushed_any_more",
        ),
        (
            "the last push of a game looks as if it went on after the end",
            "    if (over) action = null;\n",
            "",
            PAGE + "test_the_end_is_compared_and_nothing_is_pushed_any_more",
        ),
        (
            "a push does not end a pause",
            "    paused = false;\n",
            "",
            PAGE + "test_a_pause_stops_the_cart_until_the_next_push",
        ),
        (
            "a pause before there is a game",
            "paused = !paused && action !== null",
            "paused = !paused",
            PAGE + "test_a_pause_stops_the_cart_until_the_next_push",
        ),
        (
            "who saves on a Mac plays in slow motion",
            "event.ctrlKey || event.altKey || event.metaKey",
            "event.ctrlKey || event.altKey",
            PAGE + "test_keys_of_the_game_are_kept_from_the_page_and_others_are_not",
        ),
        (
            "keys with Alt are kept from the page",
            "event.ctrlKey || event.altKey || event.metaKey",
            "event.ctrlKey || event.metaKey",
            PAGE + "test_keys_of_the_game_are_kept_from_the_page_and_others_are_not",
        ),
        (
            "JupyterLab hears the keys of the game first",
            'window.addEventListener("keydown", keyDown, true)',
            'window.addEventListener("keydown", keyDown)',
            PAGE + "test_keys_of_the_game_are_kept_from_the_page_and_others_are_not",
        ),
        (
            "the game cannot be focused, so keys never reach it",
            "tabindex: 0, ",
            "",
            PAGE + "test_the_game_can_be_reached_by_keys_and_is_told_to_who_cannot_see_it",
        ),
        (
            "a screen reader does not say what changes",
            '{ role: "status" }',
            "{}",
            PAGE + "test_the_game_can_be_reached_by_keys_and_is_told_to_who_cannot_see_it",
        ),
        (
            "a screen reader is told of the wrong keys",
            "P pauses, S is slow motion",
            "S pauses, P is slow motion",
            PAGE + "test_the_game_can_be_reached_by_keys_and_is_told_to_who_cannot_see_it",
        ),
    ],
    "__main__.py": [
        (
            "Ctrl-C while a command loads its libraries is an ImportError",
            "    with interrupt_later():  # while",
            "    if True:  # while",
            CLI + "test_ctrl_c_is_put_off_while_a_command_loads_its_libraries",
        )
    ],
    "exercises/lesson_6.py": [
        (
            "6b runs with the same number of steps may count once",
            "*solved[:1] * 2, solved[4]]",
            "*solved[:3]]",
            EXERCISE,
        ),
        (
            "6b a cut by minus 0 is right",
            "[failed, *solved[1:], large], equal\n",
            "[failed, *solved[1:], large]\n",
            EXERCISE,
        ),
    ],
    "exercises/lesson_2.py": [
        (
            "2b who makes an array of what has moved is told of the gradients alone",
            "    And gather what has moved in a list.\n",
            "",
            EXERCISE,
        )
    ],
}
