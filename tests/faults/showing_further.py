"""More faults of a reader of the tests: windows, pages, commands, pictures, and what arguments may be."""

GUARDS, KIND = (
    "test_guards.py::",
    "test_guards.py::test_what_each_kind_of_number_becomes_and_which_are_none",
)
MISTAKE = "test_guards.py::test_a_mistake_is_named_with_its_remedy"
JS, PLAY, CLI = "test_widget_page.py::", "test_play.py::", "test_command_line.py::"

FAULTS = {
    "widget.js": [
        (
            "the button that says left pushes right",
            'button("◀ push left", () => push(0))',
            'button("◀ push left", () => push(1))',
            JS + "test_keys_and_buttons_push_to_their_side_and_the_last_push_goes_on",
        ),
        (
            "the page asks for what the kernel does not know",
            'send({ do: "push", action })',
            'send({ do: "step", action })',
            JS + "test_page_and_kernel_speak_of_the_same_things",
        ),
        (
            "the page reads what the kernel does not send",
            "over] = [false, state.over]",
            "over] = [false, state.done]",
            JS + "test_page_and_kernel_speak_of_the_same_things",
        ),
        (
            "the game runs as fast as the kernel can",
            'model.get("step_milliseconds")',
            'model.get("milliseconds")',
            JS + "test_page_and_kernel_speak_of_the_same_things",
        ),
        (
            "slow motion is not slow",
            '(slow ? model.get("slower") : 1)',
            "1",
            JS + "test_slow_motion_takes_as_long_as_python_says",
        ),
        (
            "messages pile up in a slow kernel",
            "    if (waiting) return;\n",
            "",
            JS + "test_only_one_message_is_under_way_and_steps_take_their_time",
        ),
        (
            "a pause is none",
            "action !== null && !paused && !over",
            "action !== null && !over",
            JS + "test_a_pause_stops_the_cart_until_the_next_push",
        ),
        (
            "the cart goes on by itself in a new game",
            "[restarting, paused, action] = [false, false, null]",
            "[restarting, paused] = [false, false]",
            JS + "test_a_new_game_waits_for_its_first_push",
        ),
        (
            "the end of a game is not said",
            "    if (over) say(`${state.words}. R or the button begins a new game.`);\n",
            "",
            JS + "test_the_end_is_compared_and_nothing_is_pushed_any_more",
        ),
        (
            "the picture stands still",
            'canvas.getContext("2d").drawImage(',
            "void (",
            JS + "test_each_answer_is_drawn_and_no_best_is_said_to_be_none",
        ),
        (
            "the game takes the keys of the whole page",
            "if (modified || !root.contains(event.target)) return;",
            "if (modified) return;",
            JS + "test_keys_of_the_game_are_kept_from_the_page_and_others_are_not",
        ),
        (
            "Ctrl+S is slow motion",
            "if (modified || !root",
            "if (!root",
            JS + "test_keys_of_the_game_are_kept_from_the_page_and_others_are_not",
        ),
        (
            "arrows scroll the page",
            "    event.preventDefault(); // arrows would scroll the page\n",
            "",
            JS + "test_keys_of_the_game_are_kept_from_the_page_and_others_are_not",
        ),
        (
            "a key that is held down flickers",
            "if (!event.repeat) made.click();",
            "made.click();",
            JS + "test_a_key_that_is_held_down_is_pressed_once",
        ),
        (
            "nobody is told that the kernel has stopped",
            "const WAIT = 3000;",
            "const WAIT = 3000000;",
            JS + "test_a_kernel_that_says_nothing_is_told_of",
        ),
        (
            "keys go to the game of a cell that was run before",
            '    window.removeEventListener("keydown", keyDown, true);\n',
            "",
            JS + "test_a_cell_that_is_run_again_leaves_no_keys_and_no_time_behind",
        ),
    ],
    "widget.py": [
        (
            "PNG under the name of JPEG",
            '_encoded(game.frame(), "jpeg", quality=90)',
            '_encoded(game.frame(), "png")',
            JS + "test_page_and_kernel_speak_of_the_same_things",
        )
    ],
    "window.py": [
        (
            "the window tells the wrong keys",
            "S: slow motion    R: new game",
            "R: slow motion    S: new game",
            PLAY + "test_the_window_tells_its_keys",
        ),
        (
            "who watches cannot leave by Esc",
            "return None if closed or pygame.K_ESCAPE in keys else keys",
            "return None if closed else keys",
            PLAY + "test_keys_push_and_the_last_push_goes_on",
        ),
        (
            "white words on white",
            "INK, PAPER, ACCENT = (20, 20, 20)",
            "INK, PAPER, ACCENT = (255, 255, 255)",
            PLAY + "test_words_in_the_window_are_dark_on_light",
        ),
        (
            "words are cut off beside a small world",
            "max(width, 600)",
            "width",
            PLAY + "test_a_small_world_is_in_the_middle_and_its_words_have_room",
        ),
        (
            "every world is watched at CartPole's speed",
            'env.metadata.get("render_fps", 50)',
            "50",
            PLAY + "test_a_world_is_watched_at_its_own_speed",
        ),
        (
            "where there is no display, pygame stays open",
            "    if not seen:\n        pygame.quit()\n",
            "    if not seen:\n",
            PLAY + "test_no_display_is_said",
        ),
    ],
    "game.py": [
        (
            "every tenth game begins as another",
            "self._rng.integers(2**31)",
            "self._rng.integers(30)",
            PLAY + "test_starts_do_not_come_again",
        )
    ],
    "opponent.py": [
        (
            "the window closes when the network failed between two games",
            "        try:\n            self.ask(start)\n",
            "        self.ask(start)\n        try:\n",
            PLAY + "test_an_opponent_that_fails_between_two_games_leaves_the_player_alone",
        ),
        (
            "training takes the player's frames",
            "os.nice(10)",
            "os.nice(0)",
            CLI + "test_the_opponent_is_really_trained",
        ),
        (
            "Ctrl-C in the terminal ends the opponent with a traceback",
            "    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Windows it is not inherited\n",
            "",
            CLI + "test_the_opponent_is_really_trained",
        ),
        (
            "the opponent heeds no seed",
            "train_reinforce(seed=seed)",
            "train_reinforce(seed=0)",
            CLI + "test_the_opponent_is_really_trained",
        ),
    ],
    "commands.py": [
        (
            "a full disk spoils the animation that was there",
            "    with written_whole(arguments.gif) as beside:\n"
            "        beside.write_bytes(picture.data)\n",
            "    arguments.gif.write_bytes(picture.data)\n",
            CLI + "test_an_animation_that_cannot_be_written_leaves_the_old_one",
        ),
        (
            "a threshold of 0 is not said",
            "    if threshold is not None:\n        yield",
            "    if threshold:\n        yield",
            CLI + "test_a_threshold_of_0_is_said",
        ),
        (
            "watch shows CartPole, whatever was asked for",
            'gym.make(arguments.env, render_mode="rgb_array")',
            'gym.make("CartPole-v1", render_mode="rgb_array")',
            CLI + "test_what_is_watched_is_the_likeliest_action_in_the_world_that_was_named",
        ),
        (
            "watch --gif shows sampled actions",
            "animate(env, greedy_policy(net)",
            "animate(env, sampling_policy(net, 0)",
            CLI + "test_what_is_watched_is_the_likeliest_action_in_the_world_that_was_named",
        ),
        (
            "watch shows sampled actions",
            "watch_window(env, greedy_policy(net)",
            "watch_window(env, sampling_policy(net, 0)",
            CLI + "test_what_is_watched_is_the_likeliest_action_in_the_world_that_was_named",
        ),
        (
            "evaluate plays CartPole, whatever was asked for",
            "evaluate(policy, arguments.env,",
            'evaluate(policy, "CartPole-v1",',
            CLI + "test_a_policy_is_evaluated_in_the_world_that_was_named",
        ),
        (
            "it says that it waits for the network, and does not",
            "timeout=120",
            "timeout=0",
            PLAY + "test_who_has_played_waits_for_the_network",
        ),
        (
            "lean plays an episode at every frame",
            "lean = cache(partial(game.score_of, lean_policy))",
            "lean = partial(game.score_of, lean_policy)",
            PLAY + "test_the_network_is_asked_at_once_and_lean_plays_once",
        ),
        (
            "the network is asked only when the first game is over",
            "    opponent.ask(game.start)\n",
            "",
            PLAY + "test_the_network_is_asked_at_once_and_lean_plays_once",
        ),
    ],
    "__main__.py": [
        (
            "in a pipe, what asks to wait comes after the wait",
            "print(line, flush=True)",
            "print(line)",
            CLI + "test_each_line_is_said_at_once",
        )
    ],
    "animate.py": [
        (
            "an animation in two colours",
            "COLOURS = 16",
            "COLOURS = 2",
            "test_pictures.py::test_an_animation_has_the_colours_of_its_world_and_words_on_them",
        ),
        (
            "white numbers on white",
            'label, "black", self.font',
            'label, "white", self.font',
            "test_pictures.py::test_an_animation_has_the_colours_of_its_world_and_words_on_them",
        ),
        (
            "a fast world is shown twice as fast",
            "duration=1000 * stride / fps",
            "duration=1000 / fps",
            "test_pictures.py::test_an_animation_of_a_fast_world_takes_its_time",
        ),
    ],
    "picture.py": [
        (
            "figures are called animations, in a fold",
            'if self.media_type == "image/gif":',
            "if True:",
            "test_pictures.py::test_a_figure_is_not_folded",
        ),
        (
            "an animation is said to be a PNG",
            'f"data:{self.media_type};base64',
            'f"data:image/png;base64',
            "test_pictures.py::test_a_figure_is_not_folded",
        ),
    ],
    "forward.py": [
        (
            "an optimiser changes a policy that was made before",
            "kernel = layer.kernel.numpy().copy()",
            "kernel = layer.kernel",
            "test_policies.py::test_a_policy_keeps_its_weights_where_an_optimiser_changes_them_in_place",
        ),
        (
            "large logits are NaN",
            "np.exp(logits - logits.max(axis=-1, keepdims=True))",
            "np.exp(logits)",
            "test_policies.py::test_probabilities_of_large_logits_are_numbers",
        ),
        (
            "a sure network warns at every step",
            "np.log(np.maximum(probabilities, 1e-30))",
            "np.log(probabilities)",
            "test_policies.py::test_a_network_that_is_sure_acts_without_a_warning",
        ),
        (
            "what a layer of one's own does is left out",
            "type(layer) is keras.layers.Dense",
            "isinstance(layer, keras.layers.Dense)",
            "test_policies.py::test_a_layer_of_ones_own_acts_as_in_keras",
        ),
        (
            "a layer of one's own with the name of Keras's is taken for it",
            "type(layer) is keras.layers.Dense",
            'type(layer).__name__ == "Dense"',
            "test_policies.py::test_a_layer_of_ones_own_acts_as_in_keras",
        ),
        (
            "a function of one's own with the name of Keras's is taken for it",
            "layer.activation is keras.activations.get(activation)",
            "layer.activation.__name__ == activation",
            "test_policies.py::test_a_layer_of_ones_own_acts_as_in_keras",
        ),
        (
            "weights of a quantized network are taken for what they stand for",
            'layer.dtype_policy.name != "float32"',
            'layer.compute_dtype != "float32"',
            "test_policies.py::test_a_quantized_network_acts_as_in_keras",
        ),
    ],
    "guards/values.py": [
        (
            "a whole number larger than any float is a traceback",
            "    except OverflowError:",
            "    except ZeroDivisionError:",
            MISTAKE,
        ),
        (
            "an infinite learning rate is taken",
            "math.isfinite(value)",
            "not math.isnan(value)",
            KIND,
        ),
        (
            "True is a gamma",
            "    if isinstance(value, bool) or not isinstance(value, Real) or not 0 <= value <= 1:",
            "    if not isinstance(value, Real) or not 0 <= value <= 1:",
            KIND,
        ),
        ("a gamma of NaN is taken", "or not 0 <= value <= 1:", "or value < 0 or value > 1:", KIND),
        (
            "a learning rate of 0 is taken",
            "number(value, name) <= 0:",
            "number(value, name) < 0:",
            KIND,
        ),
        (
            "True is a count",
            "    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:",
            "    if not isinstance(value, Integral) or value < 1:",
            KIND,
        ),
        (
            "a count of NumPy's is refused",
            "    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:",
            "    if isinstance(value, bool) or not isinstance(value, int) or value < 1:",
            KIND,
        ),
        (
            "a seed of NumPy's is refused",
            "not isinstance(value, Integral) or value < 0:",
            "not isinstance(value, int) or value < 0:",
            KIND,
        ),
        ("a seed that Keras cannot hold", "value >= 2**63:", "value >= 2**64:", MISTAKE),
        (
            "a bool of NumPy's is none",
            "isinstance(value, bool | np.bool_)",
            "isinstance(value, bool)",
            KIND,
        ),
        ("1 is True", "isinstance(value, bool | np.bool_)", "value in (True, False)", KIND),
        ("words are numbers", 'casting="same_kind"', 'casting="unsafe"', MISTAKE),
        (
            "another entry is said to be wrong",
            "entry {bad[0]} is {array[bad[0]]}",
            "entry {bad[-1]} is {array[bad[-1]]}",
            GUARDS + "test_the_first_entry_that_is_not_finite_is_named",
        ),
        (
            "a folder is taken for a place of a policy until it was trained",
            "if path.is_dir() or not all",
            "if not all",
            GUARDS + "test_a_folder_with_the_name_of_a_policy_is_no_place_for_one",
        ),
        (
            "the value of the last observation may be left out",
            "if len(values) != len(rewards) + 1:",
            "if len(values) > len(rewards) + 1:",
            GUARDS + "test_a_critic_without_the_last_value_is_refused",
        ),
        (
            "no returns by name pass for returns",
            "    if not isinstance(returns, list | tuple) and not np.ndim(returns):\n",
            "    if isinstance(returns, int):\n",
            MISTAKE,
        ),
    ],
    "guards/names.py": [
        ("a critic that takes no step", '    "n_steps": count,\n', "", MISTAKE),
        ("the word no means yes", '    "stop_when_solved": flag,\n', "", MISTAKE),
        ("one loss for two is a traceback", '    "losses": two_functions,\n', "", MISTAKE),
    ],
    "guards/plays.py": [
        (
            "an action of True is taken for 1",
            'if actions.dtype.kind not in "iu":',
            'if actions.dtype.kind not in "iub":',
            GUARDS + "test_what_is_no_whole_number_is_no_action",
        ),
        (
            "an action of uint8 is refused",
            'if actions.dtype.kind not in "iu":',
            'if actions.dtype.kind not in "i":',
            GUARDS + "test_actions_may_be_whole_numbers_of_any_size",
        ),
        (
            "weights of NaN go into the loss",
            'return [vector(w, "weights") for w in weights]',
            "return weights",
            GUARDS + "test_weights_that_are_not_finite_are_refused",
        ),
        (
            "a finite observation is shown as the one that is not",
            "t = int(np.argmin(np.isfinite",
            "t = int(np.argmax(np.isfinite",
            GUARDS + "test_the_observation_that_is_not_finite_is_shown",
        ),
        (
            "a function written in C is no policy",
            "    except ValueError:  # some functions written in C do not say\n",
            "    except ZeroDivisionError:\n",
            GUARDS + "test_a_function_that_does_not_say_what_it_takes_may_be_a_policy",
        ),
        (
            "too many weights are a complaint of NumPy's",
            "if np.shape(observations)[-1:] != (len(weights),):",
            "if np.shape(observations)[-1:] > (len(weights),):",
            GUARDS + "test_more_weights_than_numbers_are_refused_too",
        ),
    ],
    "guards/nets.py": [
        (
            "two inputs are called two outputs",
            '("input", "output")):',
            '("output", "input")):',
            GUARDS + "test_two_inputs_are_too_many",
        ),
        (
            "who builds a network is told another width",
            'if envs else "n_observations"',
            'if not name else "n_observations"',
            GUARDS + "test_a_network_without_weights_is_told_how_wide_its_input_is",
        ),
        (
            "only the first layer is looked at",
            "    for layer in net.layers:\n        if layer.compute_dtype",
            "    for layer in net.layers[:1]:\n        if layer.compute_dtype",
            GUARDS + "test_the_layer_that_computes_otherwise_is_named",
        ),
        (
            "networks are said to be swapped which are not",
            'swapped = n_outputs == 1 and activation == "linear"',
            "swapped = n_outputs == 1",
            GUARDS + "test_networks_are_not_said_to_be_swapped_where_they_are_not",
        ),
        (
            "a critic of two outputs learns by its first",
            "if (net.input_shape[-1], net.output_shape[-1]) != (n_observations, 1):",
            "if net.input_shape[-1] != n_observations:",
            GUARDS + "test_a_critic_of_two_outputs_is_refused",
        ),
        (
            "outputs without bound are called NaN",
            "if total != total and np.isnan(outputs).any():",
            "if total != total:",
            GUARDS + "test_outputs_without_bound_are_not_called_nan",
        ),
        (
            "the space of a picture gets in",
            "if not is_row(space):",
            "if not isinstance(space, gym.spaces.Box):",
            GUARDS + "test_the_space_of_a_picture_is_refused",
        ),
    ],
    "guards/plots.py": [
        (
            "rows that are too few leave numbers out",
            "    if len(rows) != n_observations:\n",
            "    if len(rows) > n_observations:\n",
            GUARDS + "test_as_many_rows_as_an_observation_has_numbers",
        ),
        (
            "one axes among words passes for a figure",
            "not all(hasattr(ax, ",
            "not any(hasattr(ax, ",
            GUARDS + "test_one_axes_among_others_makes_no_figure",
        ),
        ("too few axes leave rows out", "if len(parts) != n or", "if len(parts) > n or", MISTAKE),
    ],
    "guards/saved.py": [
        (
            "a size below 0 makes up for a huge one",
            "return abs(config) if",
            "return config if",
            "test_saved.py::test_a_size_below_0_does_not_make_up_for_a_huge_one",
        )
    ],
    "guards/worlds.py": [
        (
            "a reward of None is a complaint of NumPy's",
            'and array.dtype.kind in "fiub" and np.isfinite(array)',
            "and np.isfinite(array)",
            "test_every_world.py::test_the_method_and_what_it_must_return_are_named",
        ),
        (
            "a world without end is never left where no policy is asked",
            "        self.n_steps += 1\n",
            "        self.n_steps = 1\n",
            "test_gradients.py::test_a_world_without_end_is_left",
        ),
        (
            "the steps of all episodes count as one",
            "        self.n_steps = 0\n        return",
            "        return",
            "test_gradients.py::test_a_world_without_end_is_left",
        ),
        (
            "an episode of 1,000 steps is called endless",
            "MAX_STEPS = 100_000",
            "MAX_STEPS = 1_000",
            GUARDS + "test_an_episode_may_be_long",
        ),
    ],
    "guards/steps.py": [
        (
            "a third optimiser is taken and never used",
            "or len(values) != 2 or",
            "or len(values) < 2 or",
            GUARDS + "test_three_optimisers_are_too_many_and_a_network_is_none",
        ),
        (
            "a network passes for an optimiser",
            'not (hasattr(value, "apply") and hasattr(value, "build"))',
            'not hasattr(value, "build")',
            GUARDS + "test_three_optimisers_are_too_many_and_a_network_is_none",
        ),
    ],
}
