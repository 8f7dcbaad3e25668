"""Faults of somebody who had read the tests and looked for what they leave out. 65 of 70 survived."""

FAULTS = {
    "returns.py": [
        (
            "leave_one_out divides by 0 where all returns are equal",
            "deviation = np.std(np.concatenate(returns)) + 1e-8",
            "deviation = np.std(np.concatenate(returns))",
            "test_returns.py test_reinforce.py",
        )
    ],
    "evaluate.py": [
        (
            "evaluate without a seed gives other returns each time",
            'env_id="CartPole-v1", n_episodes=100, seed=0)',
            'env_id="CartPole-v1", n_episodes=100, seed=None)',
            "test_evaluate.py::test_policies_face_the_same_starts_where_no_seed_is_given",
        )
    ],
    "training.py": [
        (
            "where the threshold is the best possible return nothing is ever solved",
            "any(summary.low < threshold for",
            "any(summary.low <= threshold for",
            "test_training.py::test_an_interval_that_begins_at_the_threshold_passes",
        ),
        (
            "the bar shows the last episode as mean return",
            'f"{recent:.0f}"',
            'f"{totals[-1]:.0f}"',
            "test_training.py::test_the_bar_shows_the_mean_of_the_last_ten_returns",
        ),
    ],
    "reinforce.py": [
        (
            "another gamma by default, REINFORCE",
            "    gamma=0.99,\n",
            "    gamma=0.95,\n",
            "test_training.py::test_defaults_are_the_settings_of_all_published_figures",
        ),
        (
            "every seed trains the same first network, REINFORCE",
            "n_actions, draw_seed(rngs[0]))",
            "n_actions, 0)",
            "test_training.py::test_each_seed_has_first_networks_of_its_own",
        ),
    ],
    "actor_critic.py": [
        (
            "every seed trains the same first critic",
            "scaled_value_net(space, draw_seed(rngs[0]))",
            "scaled_value_net(space, 0)",
            "test_training.py::test_each_seed_has_first_networks_of_its_own",
        ),
        (
            "another lam by default, train_actor_critic",
            "    lam=0.98,\n    learning_rate=0.03,",
            "    lam=0.9,\n    learning_rate=0.03,",
            "test_training.py::test_defaults_are_the_settings_of_all_published_figures",
        ),
        (
            "the critic's loss of one's own ignored",
            "losses[1], n_value_steps)",
            "value_loss, n_value_steps)",
            "test_actor_critic.py::test_each_of_the_two_losses_is_the_one_that_was_given",
        ),
    ],
    "forward.py": [
        (
            "rare actions of a sigmoid or softmax are drawn too often",
            "np.maximum(probabilities, 1e-30)",
            "np.maximum(probabilities, 1e-3)",
            "test_policies.py::test_a_rare_action_is_as_rare_as_the_network_says",
        )
    ],
    "gradients.py": [
        (
            "actor and critic push each other out of the cache: a trace for every update",
            "@lru_cache(maxsize=4)",
            "@lru_cache(maxsize=1)",
            "test_training.py::test_actor_and_critic_are_compiled_once_for_a_training",
        ),
        (
            "play_one_step gives the fall for the time limit",
            "observation, reward, terminated, truncated, _ = env.step(action)\n    return",
            "observation, reward, truncated, terminated, _ = env.step(action)\n    return",
            "test_gradients.py::test_the_time_limit_is_told_from_a_fall_and_ends_an_episode",
        ),
        (
            "collect_gradients runs past the time limit",
            "while not (terminated or truncated):",
            "while not terminated:",
            "test_gradients.py::test_the_time_limit_is_told_from_a_fall_and_ends_an_episode",
        ),
    ],
    "networks.py": [
        (
            "the last layer of sigmoid_policy_net is not seeded",
            'keras.layers.Dense(1, activation="sigmoid", kernel_initializer=first_weights)',
            'keras.layers.Dense(1, activation="sigmoid")',
            "test_policies.py::test_every_layer_gets_its_first_weights_from_the_seed",
        )
    ],
    "rollout.py": [
        (
            "in processes of their own neighbouring seeds share starts",
            "counting = gym.vector.SyncVectorEnv, gym.vector.AsyncVectorEnv",
            "counting = (gym.vector.SyncVectorEnv,)",
            "test_rollout.py::test_neighbouring_seeds_share_no_seed_of_a_world",
        )
    ],
    "policies.py": [
        (
            "linear_policy pushes right where the sum is 0",
            "(observations @ weights > 0)",
            "(observations @ weights >= 0)",
            "test_policies.py::test_linear_policy_pushes_right_only_above_0",
        )
    ],
    "study/mistakes.py": [
        (
            "no_stop_gradient does not centre the actor's advantages",
            "gradient_step(observations, actions, advantages - advantages.mean())",
            "gradient_step(observations, actions, advantages)",
            "test_mistakes.py::test_no_stop_gradient_leaves_the_actor_its_right_step",
        ),
        (
            "no_stop_gradient takes one critic step whatever is asked",
            "compiled_value_step(value_net, optimizers[1], value_loss, n_value_steps)",
            "compiled_value_step(value_net, optimizers[1], value_loss)",
            "test_mistakes.py::test_no_stop_gradient_takes_as_many_critic_steps_as_asked",
        ),
    ],
    "study/methods.py": [
        (
            "well-known settings stop when solved",
            "policy_net=sigmoid_policy_net(seed),\n        stop_when_solved=False,",
            "policy_net=sigmoid_policy_net(seed),\n        stop_when_solved=True,",
            "test_methods.py::test_known_settings_are_those_of_the_lesson",
        ),
        (
            "all seeds of the well-known settings share their first weights",
            "policy_net=sigmoid_policy_net(seed)",
            "policy_net=sigmoid_policy_net(0)",
            "test_methods.py::test_known_settings_are_those_of_the_lesson",
        ),
    ],
    "study/intervals.py": [
        (
            "the interval of a difference is another one each time",
            "rng = np.random.default_rng(seed)\n    middles",
            "rng = np.random.default_rng()\n    middles",
            "test_intervals.py::test_intervals_depend_on_the_seed_alone",
        ),
        (
            "seed of a band ignored",
            "percentile_bootstrap(curves, interquartile_mean, seed)",
            "percentile_bootstrap(curves, interquartile_mean, 0)",
            "test_intervals.py::test_intervals_depend_on_the_seed_alone",
        ),
    ],
    "guards/samples.py": [
        (
            "more seeds are compared than one of the two has",
            "most = min(len(first), len(second))",
            "most = max(len(first), len(second))",
            "test_intervals.py::test_no_more_seeds_are_compared_than_either_has",
        )
    ],
    "study/code.py": [
        (
            "a world with another time limit or threshold passes for the same",
            "settings = spec.kwargs, spec.max_episode_steps, spec.reward_threshold",
            "settings = (spec.kwargs,)",
            "test_study_code.py::test_the_digest_sees_the_settings_of_a_world",
        ),
        (
            "what an object holds itself is not seen",
            '(type(value), type(value).__call__, getattr(value, "__dict__", None))',
            "(type(value), type(value).__call__)",
            "test_study_code.py::test_the_digest_sees_what_is_inherited_held_and_listed",
        ),
        (
            "what a class inherits is not seen",
            "(own, value.__init__, *value.__bases__)",
            "(own, value.__init__)",
            "test_study_code.py::test_the_digest_sees_what_is_inherited_held_and_listed",
        ),
    ],
    "study/run.py": [
        (
            "n_jobs ignored: a process for every run",
            "min(n_jobs, len(missing))",
            "len(missing)",
            "test_study.py::test_runs_are_spread_over_as_many_processes_as_asked",
        )
    ],
    "study/guards.py": [
        (
            "a worker that does not see the folder finds out after its run",
            "if not folder.is_dir():\n        raise FileNotFoundError(",
            "if folder.is_file():\n        raise FileNotFoundError(",
            "test_study.py::test_a_worker_that_does_not_see_the_folder_says_so_before_its_run",
        )
    ],
    "study/records.py": [
        (
            "a record says NumPy's version of every library",
            '"-cpu")] = version(name)',
            '"-cpu")] = version("numpy")',
            "test_study.py::test_a_record_says_the_version_of_each_library",
        )
    ],
    "files.py": [
        (
            "what a killed write leaves behind is not hidden, and spoils the study",
            'f".{path.stem}-',
            'f"{path.stem}-',
            "test_files.py",
        )
    ],
    "animate.py": [
        (
            "an animation plays twice and stands still",
            'info={"loop": 0}',
            'info={"loop": 1}',
            "test_pictures.py::test_an_animation_begins_anew_at_its_end_and_is_as_wide_as_its_frames",
        ),
        (
            "what changed is drawn in the upper left corner",
            "getdata(image.crop(box), box[:2], duration",
            "getdata(image.crop(box), (0, 0), duration",
            "test_pictures.py::test_an_animation_draws_what_changed_where_it_changed",
        ),
        (
            "an animation leaves trails, and its still is its start",
            "        self.last = image\n",
            "        self.last = self.last or image\n",
            "test_pictures.py",
        ),
        (
            "an animation says a tenth of its steps",
            "{t // 10 * 10}",
            "{t // 10}",
            "test_pictures.py::test_an_animation_counts_its_steps",
        ),
        (
            "an animation is as wide on the page as it is high",
            "frames.last.size[0])",
            "frames.last.size[1])",
            "test_pictures.py::test_an_animation_begins_anew_at_its_end_and_is_as_wide_as_its_frames",
        ),
    ],
    "picture.py": [
        (
            "a caption with < breaks the page",
            "<p><em>{html.escape(self.caption)}</em></p>",
            "<p><em>{self.caption}</em></p>",
            "test_pictures.py::test_a_caption_is_text_and_no_html",
        ),
        (
            "an animation is folded away at first",
            "<details open>",
            "<details>",
            "test_pictures.py::test_an_animation_begins_anew_at_its_end_and_is_as_wide_as_its_frames",
        ),
    ],
    "plot.py": [
        (
            "a figure in two colours",
            "image.quantize(32, ",
            "image.quantize(2, ",
            "test_pictures.py::test_a_figure_keeps_its_colours",
        ),
        (
            "the angular velocity in radians under a label of degrees",
            '("angular\\nvelocity (°/s)", DEGREES, None)',
            '("angular\\nvelocity (°/s)", 1, None)',
            "test_pictures.py::test_plot_episode_has_each_number_in_the_unit_of_its_label",
        ),
        (
            "credit: titles of rewards and returns swapped",
            '("reward $r_t$", f"return $G_t$, gamma {gamma:g}", "stand',
            '(f"return $G_t$, gamma {gamma:g}", "reward $r_t$", "stand',
            "test_pictures.py::test_plot_credit_assignment_says_what_each_row_is",
        ),
        (
            "the dots of all policies in the first row",
            "ax.scatter(returns, row + shifts,",
            "ax.scatter(returns, shifts,",
            "test_pictures.py::test_plot_evaluations_has_a_dot_for_each_episode_in_its_row",
        ),
        (
            "a map of values without its scale",
            "ax.figure.colorbar(ax.contourf(angles, velocities, values, levels=12), ax=ax)",
            "ax.contourf(angles, velocities, values, levels=12)",
            "test_pictures.py::test_plot_values_has_a_scale",
        ),
    ],
    "widget.py": [
        (
            "a policy that does not fit is found at the end of a game, where nobody sees its error",
            "game.score_of(policy)  # one",
            "pass  # one",
            "test_play.py::test_a_policy_that_does_not_fit_is_refused_before_the_game",
        ),
        (
            "the widget plays twice as fast",
            "1000 // game.steps_per_second",
            "500 // game.steps_per_second",
            "test_play.py::test_the_widget_plays_in_real_time",
        ),
        (
            "the widget compares the best game with policies on this start",
            'comparison({"you": self.game.score} | others)',
            'comparison({"you": self.game.best} | others)',
            "test_play.py::test_the_widget_compares_this_game_and_not_the_best",
        ),
    ],
    "window.py": [
        (
            "a policy is watched in the same episode again and again",
            "seed = None if seed is None else seed + 1",
            "seed = None if seed is None else seed",
            "test_play.py::test_each_watched_episode_has_a_start_of_its_own_and_real_time",
        ),
        (
            "a policy is watched twice as fast",
            "screen.clock.tick(fps)",
            "screen.clock.tick(2 * fps)",
            "test_play.py::test_each_watched_episode_has_a_start_of_its_own_and_real_time",
        ),
        (
            "the picture lies on its side",
            "make_surface(frame.swapaxes(0, 1))",
            "make_surface(frame)",
            "test_play.py::test_the_window_shows_the_picture_upright",
        ),
    ],
    "game.py": [
        (
            "a game starts elsewhere than the policies that it is compared with",
            "self.env.reset(seed=self.start)",
            "self.env.reset()",
            "test_play.py",
        )
    ],
    "opponent.py": [
        (
            "Ctrl-C is dead once the opponent trains",
            "process.start()\n        signal.signal(signal.SIGINT, before)",
            "process.start()",
            "test_play.py::test_an_opponent_leaves_ctrl_c_as_it_was",
        )
    ],
    "commands.py": [
        (
            "the smallest return as the lower end of the interval",
            "95 % interval {summary.low:.1f} to",
            "95 % interval {summary.minimum:.1f} to",
            "test_command_line.py::test_a_report_has_mean_and_interval",
        ),
        (
            "evaluate samples other actions each time",
            "sampling_policy(net, arguments.seed)",
            "sampling_policy(net, None)",
            "test_command_line.py::test_sampled_actions_come_from_the_seed",
        ),
        (
            "watch --gif ignores its seed",
            "animate(env, greedy_policy(net), arguments.seed)",
            "animate(env, greedy_policy(net))",
            "test_command_line.py::test_an_animation_is_of_the_seed",
        ),
        (
            "train says that it saved what it did not",
            'yield f"saved as {arguments.save}" if run.n_updates else "nothing was learned or saved"',
            'yield f"saved as {arguments.save}"',
            "test_command_line.py::test_what_was_not_learned_is_not_said_to_be_saved",
        ),
        (
            "the best game is compared with policies on the last start",
            'comparison({"you": game.best} | others(game.best_start))',
            'comparison({"you": game.best} | others(game.start))',
            "test_play.py::test_the_command_compares_the_best_game_from_its_own_start",
        ),
    ],
    "__main__.py": [
        (
            "an error without words is refused without words",
            '" ".join(str(error).split()) or type(error).__name__',
            '" ".join(str(error).split())',
            "test_command_line.py::test_an_error_without_words_is_named",
        )
    ],
    "interrupt.py": [
        (
            "Ctrl-C is dead once the libraries are loaded",
            "finally:\n        signal.signal(signal.SIGINT, before)\n    if pressed:",
            "finally:\n        pass\n    if pressed:",
            "test_command_line.py::test_ctrl_c_works_again_once_the_libraries_are_loaded",
        )
    ],
    "__init__.py": [
        (
            "another backend that is loaded already is not refused",
            'backend = sys.modules["keras"].backend.backend()',
            "pass",
            "test_setup.py test_every_world.py::test_another_backend_is_refused_in_one_sentence",
        )
    ],
    "saving.py": [
        (
            "cells that were folded are unfolded by saving",
            'KEPT = {"tags", "slideshow", "jupyter"}',
            'KEPT = {"tags", "slideshow"}',
            "test_saving.py",
        )
    ],
    "guards/nets.py": [
        (
            "a linear output or two sigmoids pass for one sigmoid",
            'if net.output_shape[-1] != 1 or activation_name(net.layers[-1]) != "sigmoid":',
            'if net.output_shape[-1] != 1 and activation_name(net.layers[-1]) != "sigmoid":',
            "test_guards.py::test_one_sigmoid_is_one_output_and_a_sigmoid",
        ),
        (
            "a sigmoid in a world of three actions never takes the third",
            "(n_outputs, n_actions) != (1, 2)",
            "n_outputs != 1",
            "test_guards.py::test_one_sigmoid_is_for_two_actions",
        ),
        (
            "columns of actions and of weights make (n, n) losses",
            "if len(np.shape(actions)) != 1 or tuple(",
            "if tuple(",
            "test_guards.py::test_columns_of_actions_and_weights_are_refused",
        ),
    ],
    "guards/values.py": [
        (
            "a gamma of 0.995 is refused by the actor-critic",
            "if fraction(value, name) == 1:",
            "if fraction(value, name) > 0.99:",
            "test_guards.py::test_any_gamma_below_one_is_taken",
        ),
        (
            "a folder that cannot be written is found out after training",
            "for p in (path, path.parent) if p.exists()",
            "for p in (path,) if p.exists()",
            "test_guards.py::test_a_folder_that_cannot_be_written_is_found_out_before_training",
        ),
        (
            "leave_one_out of a plain list says nothing of episodes",
            "if len(returns) < 2 or np.ndim(returns[0]) == 0:",
            "if len(returns) < 2:",
            "test_guards.py::test_leave_one_out_asks_for_episodes",
        ),
    ],
    "guards/plays.py": [
        (
            "a policy that uses its array again rewrites what it did",
            "actions = np.array(actions)  #",
            "actions = np.asarray(actions)  #",
            "test_guards.py::test_a_policy_may_use_its_array_again",
        ),
        (
            "one NaN among observations of side-by-side worlds gets in",
            "not np.isfinite(numbers).all():",
            "not np.isfinite(numbers).any():",
            "test_guards.py::test_one_nan_among_many_numbers_is_found",
        ),
    ],
    "guards/worlds.py": [
        (
            "anything passes for truncated",
            "for end in (terminated, truncated):",
            "for end in (terminated,):",
            "test_every_world.py::test_the_method_and_what_it_must_return_are_named",
        ),
        (
            "an environment that draws on the screen is not refused",
            'if env.render_mode != "rgb_array":',
            "if env.render_mode is None:",
            "test_pictures.py::test_an_animation_is_not_made_of_a_world_that_draws_on_the_screen",
        ),
    ],
    "guards/saved.py": [
        (
            "a usual network of 2 times 128 units is too large to load",
            "MOST_UNITS = 10_000",
            "MOST_UNITS = 300",
            "test_saved.py::test_a_network_of_usual_size_is_loaded",
        )
    ],
}
