"""Faults of the loop that all algorithms share: seeds, stopping, reports."""

TESTS = "test_training.py::"

TRAINING = [
    (
        "seed of training ignored",
        "np.random.default_rng(seed).spawn(3)",
        "np.random.default_rng().spawn(3)",
        TESTS + "test_playing_stopping_and_reporting_have_dice_of_their_own",
    ),
    (
        "one stream for playing and evaluating",
        "np.random.default_rng(seed).spawn(3)",
        "[np.random.default_rng(seed)] * 3",
        TESTS + "test_playing_stopping_and_reporting_have_dice_of_their_own",
    ),
    (
        "equal streams: the report is on the starts of training",
        "np.random.default_rng(seed).spawn(3)",
        "[np.random.default_rng(seed) for _ in range(3)]",
        TESTS + "test_playing_stopping_and_reporting_have_dice_of_their_own",
    ),
    (
        "threshold of CartPole everywhere",
        "threshold = envs.spec.reward_threshold",
        "threshold = 475",
        "test_reinforce.py::test_it_stops_when_solved_and_only_if_asked",
    ),
    (
        "the first policy plays all batches",
        "        for _ in bar:\n"
        "            batch = play_episodes(envs, sampling_policy(policy_net, rng), draw_seed(rng))\n",
        "        policy = sampling_policy(policy_net, rng)\n"
        "        for _ in bar:\n"
        "            batch = play_episodes(envs, policy, draw_seed(rng))\n",
        TESTS + "test_each_batch_is_played_by_the_policy_of_now",
    ),
    (
        "training plays greedily",
        "sampling_policy(policy_net, rng), draw_seed(rng))",
        "greedy_policy(policy_net), draw_seed(rng))",
        TESTS + "test_training_samples_its_actions",
    ),
    (
        "one seed for all updates",
        "sampling_policy(policy_net, rng), draw_seed(rng))",
        "sampling_policy(policy_net, rng), 0)",
        "test_reinforce.py::test_each_update_starts_elsewhere",
    ),
    (
        "few seeds to draw from",
        "int(rng.integers(2**31))",
        "int(rng.integers(2**4))",
        TESTS + "test_seeds_that_are_drawn_differ",
    ),
    (
        "training returns are lengths",
        "(e.rewards.sum(), len(e.actions))",
        "(len(e.actions), len(e.actions))",
        "test_training.py",
    ),
    (
        "lengths count observations",
        "(e.rewards.sum(), len(e.actions))",
        "(e.rewards.sum(), len(e.observations))",
        "test_training.py",
    ),
    (
        "promising by the mean of all episodes",
        "in played[-RECENT:]",
        "in played",
        TESTS + "test_the_last_ten_episodes_say_whether_to_look",
    ),
    (
        "promising by the last batch",
        "in played[-RECENT:]",
        "in played[-envs.num_envs :]",
        TESTS + "test_the_last_ten_episodes_say_whether_to_look",
    ),
    (
        "solved by training returns",
        "solved, n_steps = passes_twice(policy_net, env_id, threshold, stop_rng)",
        "solved, n_steps = bool(recent >= threshold), 0",
        "test_reinforce.py::test_training_returns_alone_do_not_solve",
    ),
    (
        "one look is enough",
        "for _ in range(2):",
        "for _ in range(1):",
        "test_reinforce.py::test_it_takes_two_looks_in_a_row",
    ),
    (
        "mean above the threshold is enough",
        "any(summary.low < threshold",
        "any(summary.mean < threshold",
        "test_reinforce.py::test_training_returns_alone_do_not_solve",
    ),
    (
        "greedy or sampled is enough",
        "any(summary.low < threshold",
        "all(summary.low < threshold",
        "test_reinforce.py::test_it_takes_two_looks_in_a_row",
    ),
    (
        "looks on the dice of playing",
        "passes_twice(policy_net, env_id, threshold, stop_rng)",
        "passes_twice(policy_net, env_id, threshold, play_rng)",
        TESTS + "test_the_report_is_of_episodes_that_no_decision_has_seen",
    ),
    (
        "report on the dice of stopping",
        "evaluate_both(policy_net, env_id, threshold, report_rng)",
        "evaluate_both(policy_net, env_id, threshold, stop_rng)",
        TESTS + "test_the_report_is_of_episodes_that_no_decision_has_seen",
    ),
    (
        "report on training episodes",
        "reports, _ = evaluate_both(policy_net, env_id, threshold, report_rng)",
        "reports = [summarize(totals[-100:], threshold or 0)] * 2",
        TESTS + "test_the_report_is_of_episodes_that_no_decision_has_seen",
    ),
    (
        "evaluation steps of the last look only",
        "n_evaluation_steps += n_steps",
        "n_evaluation_steps = n_steps",
        TESTS + "test_steps_of_every_look_are_counted",
    ),
    (
        "evaluation steps of one look of two",
        "n_steps += n_of_look",
        "n_steps = n_of_look",
        TESTS + "test_steps_of_every_look_are_counted",
    ),
    (
        "report greedy where it samples",
        "np.concatenate([greedy(observations[:100]), sampling(observations[100:])])",
        "greedy(observations)",
        TESTS + "test_a_report_is_of_100_greedy_and_100_sampled_episodes",
    ),
    (
        "report sampled where it is greedy",
        "np.concatenate([greedy(observations[:100]), sampling(observations[100:])])",
        "sampling(observations)",
        TESTS + "test_a_report_is_of_100_greedy_and_100_sampled_episodes",
    ),
    (
        "greedy and sampled report swapped",
        "summarize(returns[:100], goal), summarize(returns[100:], goal)",
        "summarize(returns[100:], goal), summarize(returns[:100], goal)",
        TESTS + "test_a_report_is_of_100_greedy_and_100_sampled_episodes",
    ),
    (
        "verdict on 10 of 100 episodes",
        "summarize(returns[:100], goal), summarize(returns[100:], goal)",
        "summarize(returns[:10], goal), summarize(returns[100:110], goal)",
        TESTS + "test_a_report_is_of_100_greedy_and_100_sampled_episodes",
    ),
    (
        "verdict on 10 episodes that are played",
        "return np.concatenate([greedy(observations[:100]), sampling(observations[100:])])\n\n"
        "    episodes = evaluation_episodes(both, env_id, 200, draw_seed(rng))\n"
        "    returns = [episode.rewards.sum() for episode in episodes]\n"
        "    goal = np.finfo(float).max if threshold is None else threshold\n"
        "    summaries = summarize(returns[:100], goal), summarize(returns[100:], goal)",
        "return np.concatenate([greedy(observations[:10]), sampling(observations[10:])])\n\n"
        "    episodes = evaluation_episodes(both, env_id, 20, draw_seed(rng))\n"
        "    returns = [episode.rewards.sum() for episode in episodes]\n"
        "    goal = np.finfo(float).max if threshold is None else threshold\n"
        "    summaries = summarize(returns[:10], goal), summarize(returns[10:], goal)",
        TESTS + "test_a_report_is_of_100_greedy_and_100_sampled_episodes",
    ),
    (
        "the same 100 starts at every look",
        "evaluation_episodes(both, env_id, 200, draw_seed(rng))",
        "evaluation_episodes(both, env_id, 200, 0)",
        TESTS + "test_every_look_is_at_fresh_episodes",
    ),
    (
        "solved without a threshold",
        "goal = np.finfo(float).max if threshold is None",
        "goal = -np.finfo(float).max if threshold is None",
        TESTS + "test_without_a_threshold_nothing_is_solved",
    ),
    (
        "a negative threshold has its margin on the wrong side",
        "threshold - 0.05 * abs(threshold)",
        "threshold - 0.05 * threshold",
        TESTS + "test_promising_is_five_percent_below_the_threshold",
    ),
    (
        "looks only above the threshold",
        "threshold - 0.05 * abs(threshold)",
        "threshold + 0.05 * abs(threshold)",
        TESTS + "test_promising_is_five_percent_below_the_threshold",
    ),
    (
        "updates count episodes",
        "n_updates = len(played) // envs.num_envs\n",
        "n_updates = len(played)\n",
        "test_reinforce.py::test_a_budget_is_kept",
    ),
    (
        "an interrupted run spoils the file",
        "if path is not None and n_updates:  #",
        "if path is not None:  #",
        "test_every_world.py::test_ctrl_c_before_anything_was_learned_spoils_no_file",
    ),
    (
        "an interrupted run passes for a whole one",
        "        interrupted = True\n    except Exception",
        "        interrupted = False\n    except Exception",
        "test_every_world.py::test_ctrl_c_gives_back_what_was_learned",
    ),
    (
        "nothing is learned",
        "            learn(batch)  #",
        "            pass  #",
        "test_reinforce.py::test_a_network_of_ones_own",
    ),
    (
        "curves and looks over 5 episodes",
        "RECENT = 10  #",
        "RECENT = 5  #",
        "test_intervals.py::test_curve_is_the_mean_of_the_last_10_episodes",
    ),
]

FAULTS = {"training.py": TRAINING}
