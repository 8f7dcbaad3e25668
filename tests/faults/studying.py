"""Faults of studies: runs, records, intervals, methods, mistakes, digests of code."""

RUN = [
    (
        "finished runs sent to workers again",
        "missing = [run for run in runs if run not in records]",
        "missing = runs",
        "test_study.py::test_finished_runs_are_not_sent_to_workers_again",
    ),
    (
        "a run repeated though its file is there",
        "if not file.exists():",
        "if True:",
        "test_study.py::test_a_run_whose_file_is_there_is_read_and_not_repeated",
    ),
    (
        "wall time as CPU time",
        "    start = time.process_time()\n    try:\n"
        "        results, error = results_of(trainer(seed=seed)), None\n"
        "    except Exception as problem:\n"
        '        results, error = {}, {"type": type(problem).__name__, "message": str(problem)}\n'
        '    return {**run, "cpu_seconds": time.process_time() - start',
        "    start = time.time()\n    try:\n"
        "        results, error = results_of(trainer(seed=seed)), None\n"
        "    except Exception as problem:\n"
        '        results, error = {}, {"type": type(problem).__name__, "message": str(problem)}\n'
        '    return {**run, "cpu_seconds": time.time() - start',
        "test_study.py::test_cpu_seconds_are_of_the_processor_and_not_of_the_wall",
    ),
    (
        "CPU time since the worker began",
        "time.process_time() - start",
        "time.process_time()",
        "test_study.py::test_cpu_seconds_are_of_the_processor_and_not_of_the_wall",
    ),
    (
        "seed of a run ignored",
        "results_of(trainer(seed=seed))",
        "results_of(trainer(seed=0))",
        "test_study.py::test_what_a_record_holds",
    ),
    (
        "records in the order in which runs end",
        "return [records[run] for run in runs]",
        "return list(records.values())",
        "test_study.py::test_records_stand_in_the_order_of_trainers_then_seeds",
    ),
    (
        "an error is no error",
        'results, error = {}, {"type": type(problem).__name__, "message": str(problem)}',
        "results, error = {}, None",
        "test_study.py::test_a_failed_run_is_recorded_with_its_error",
    ),
    (
        "a failed run stops the study",
        "    except Exception as problem:\n        results, error = {}",
        "    except ZeroDivisionError as problem:\n        results, error = {}",
        "test_study.py::test_a_failed_run_is_recorded_with_its_error",
    ),
    (
        "all runs share their arguments",
        "make_record(name, cloudpickle.loads(sent), seed)",
        "make_record(name, vars(run_once).setdefault(sent, cloudpickle.loads(sent)), seed)",
        "test_study.py::test_every_run_has_arguments_of_its_own",
    ),
    (
        "another study passes for this one",
        "    guards.same_study(found, trainers, path)\n",
        "",
        "test_study.py::test_another_study",
    ),
    (
        "records of other trainers get in",
        "for record in found if run_of(record) in runs}",
        "for record in found}\n    runs = list(dict.fromkeys([*records, *runs]))",
        "test_study.py::test_records_stand_in_the_order_of_trainers_then_seeds",
    ),
    (
        "another seed in a record",
        '"trainer": name, "seed": seed, **identify',
        '"trainer": name, "seed": 0, **identify',
        "test_study.py::test_what_a_record_holds",
    ),
]

RECORDS = [
    (
        "a record written in place",
        "    with written_whole(file) as beside:\n"
        '        beside.write_text(json.dumps(record | {"digest": digest(record)}), encoding="utf-8")',
        '    file.write_text(json.dumps(record | {"digest": digest(record)}), encoding="utf-8")',
        "test_study.py::test_a_record_is_never_written_in_place",
    ),
    (
        "an edited record is read",
        "    if not whole:\n",
        "    if False:\n",
        "test_study.py::test_half_written_or_edited",
    ),
    (
        "the digest sees names only",
        "json.dumps(record, sort_keys=True)",
        "json.dumps(sorted(record))",
        "test_study.py::test_half_written_or_edited",
    ),
    (
        "a renamed record is read",
        "whole = whole and file.name",
        "whole = whole or file.name",
        "test_study.py::test_a_renamed_file",
    ),
    (
        "sampled report lost",
        '"sampled": training.sampled._asdict()',
        '"sampled": training.greedy._asdict()',
        "test_study.py::test_a_record_tells_greedy_from_sampled",
    ),
    (
        "an interrupted run is a record",
        "    if training.interrupted:\n",
        "    if False:\n",
        "test_study_code.py::test_an_interrupted_run_is_no_record",
    ),
    (
        "the code of a trainer is not looked at",
        'describe(trainer) | {"code": code_digest(trainer)}',
        'describe(trainer) | {"code": ""}',
        "test_study_code.py::test_two_lambdas_under_one_name",
    ),
    (
        "arguments by position are not recorded",
        "arguments = {str(place): value for place, value in enumerate(call.args)} | call.keywords",
        "arguments = dict(call.keywords)",
        "test_study.py::test_arguments_are_recorded_as_json_can",
    ),
    (
        "one file for all seeds",
        'return f"{slug}-seed-{seed}.json"',
        'return f"{slug}-seed-{seed // 10}.json"',
        "test_study.py::test_what_a_record_holds",
    ),
]

CODE = [
    (
        "a changed body is not seen",
        "value.co_code.hex() + str((value.co_names, value.co_varnames))",
        "str((value.co_names, value.co_varnames))",
        "test_study_code.py::test_the_digest_sees",
    ),
    (
        "a changed number is not seen",
        "        _walk(value.co_consts, parts, seen)\n",
        "",
        "test_study_code.py::test_the_digest_sees_a_changed_number_in_a_body",
    ),
    (
        "a changed default is not seen",
        "(value.__code__, value.__defaults__, value.__kwdefaults__, *cells, *outside)",
        "(value.__code__, *cells, *outside)",
        "test_study_code.py::test_the_digest_sees_a_changed_default",
    ),
    (
        "what a function calls is not seen",
        "value.__kwdefaults__, *cells, *outside)",
        "value.__kwdefaults__, *cells)",
        "test_study_code.py::test_the_digest_sees",
    ),
]

INTERVALS = [
    (
        "an eighth is cut, not a quarter",
        "stats.trim_mean(values, 0.25,",
        "stats.trim_mean(values, 0.125,",
        "test_intervals.py",
    ),
    (
        "interquartile mean over the wrong axis",
        "0.25, axis=axis)",
        "0.25, axis=0)",
        "test_intervals.py",
    ),
    (
        "seed of the bootstrap ignored",
        "rng=np.random.default_rng(seed),",
        "rng=np.random.default_rng(0),",
        "test_intervals.py",
    ),
    (
        "an interval of 90 % for 95 %",
        "        axis=0,\n",
        "        axis=0,\n        confidence_level=0.9,\n",
        "test_intervals.py::test_bootstrap_of_the_mean_is_near_the_formula",
    ),
    (
        "statistic ignored",
        "percentile_bootstrap(values, statistic, seed)\n    return float",
        "percentile_bootstrap(values, interquartile_mean, seed)\n    return float",
        "test_intervals.py::test_bootstrap_of_the_mean_is_near_the_formula",
    ),
    (
        "second minus first",
        "np.percentile(middles[0] - middles[1],",
        "np.percentile(middles[1] - middles[0],",
        "test_intervals.py::test_the_interval_of_a_difference",
    ),
    (
        "a difference's quantiles of 90 %",
        "[2.5, 97.5]",
        "[5, 95]",
        "test_intervals.py::test_the_interval_of_a_difference_is_as_wide_as_the_bootstraps",
    ),
    (
        "the middles of columns",
        "interquartile_mean(draws, axis=1)",
        "interquartile_mean(draws[: len(runs)], axis=0)",
        "test_intervals.py::test_the_interval_of_a_difference_is_as_wide_as_the_bootstraps",
    ),
    (
        "means for the middles of a difference",
        "interquartile_mean(draws, axis=1)",
        "draws.mean(axis=1)",
        "test_intervals.py::test_the_interval_of_a_difference_is_as_wide_as_the_bootstraps",
    ),
    (
        "the exact interval for Wilson's",
        'method="wilson"',
        'method="exact"',
        "test_intervals.py::test_probability_of_solving_worked_by_hand",
    ),
    (
        "an episode counts a step too late",
        'side="right"',
        'side="left"',
        "test_intervals.py::test_curve_worked_by_hand",
    ),
    (
        "before the first end the curve shows the last",
        "means[np.maximum(n_ended, 1) - 1]",
        "means[n_ended - 1]",
        "test_intervals.py::test_curve_worked_by_hand",
    ),
    (
        "returns for lengths in a curve",
        "np.searchsorted(np.cumsum(episode_lengths), at_steps",
        "np.searchsorted(np.cumsum(episode_returns), at_steps",
        "test_intervals.py::test_curve_worked_by_hand",
    ),
    (
        "early points divided by 10",
        "n_recent = np.minimum(np.arange(len(episode_returns)) + 1, RECENT)",
        "n_recent = RECENT",
        "test_intervals.py::test_curve_worked_by_hand",
    ),
    (
        "the band's middle is the mean",
        "return interquartile_mean(curves), low, high",
        "return curves.mean(axis=0), low, high",
        "test_intervals.py::test_curve_band",
    ),
    (
        "a tie is no mistake",
        "np.mean(1 - winner * leads) / 2",
        "np.mean(winner * leads < 0)",
        "test_intervals.py::test_wrong_winners_worked_by_hand",
    ),
    (
        "share of right winners",
        "np.mean(1 - winner * leads) / 2",
        "np.mean(1 + winner * leads) / 2",
        "test_intervals.py::test_wrong_winners_worked_by_hand",
    ),
    (
        "one seed compared whatever is asked",
        "[:, :n_seeds]",
        "[:, :1]",
        "test_intervals.py::test_wrong_winners_worked_by_hand",
    ),
]

METHODS = [
    (
        "reports of the study on 10 episodes",
        '"CartPole-v1", 100, draw_seed(rng)',
        '"CartPole-v1", 10, draw_seed(rng)',
        "test_methods.py::test_a_report_is_of_100_episodes",
    ),
    (
        "search reports the worst",
        "else max(tried, key",
        "else min(tried, key",
        "test_methods.py::test_search_reports_the_candidate_that_did_best",
    ),
    (
        "search reports the last",
        "tried[-1] if solved else max(tried, key=lambda candidate: candidate[0])",
        "tried[-1]",
        "test_methods.py::test_search_reports_the_candidate_that_did_best",
    ),
    (
        "search takes one look",
        "looks = 2 if",
        "looks = 1 if",
        "test_methods.py::test_search_takes_two_looks_too",
    ),
    (
        "search solves by the mean",
        "solved = summary.low >= THRESHOLD",
        "solved = summary.mean >= THRESHOLD",
        "test_methods.py::test_search_is_not_solved_by_a_mean_alone",
    ),
    (
        "well-known settings with our rate",
        "learning_rate=0.01",
        "learning_rate=0.03",
        "test_methods.py::test_known_settings_are_those_of_the_lesson",
    ),
    (
        "well-known settings with our weights",
        "        weigh=standardize,\n        policy_net",
        "        policy_net",
        "test_methods.py::test_known_settings_are_those_of_the_lesson",
    ),
    (
        "the ablation of one critic step takes twenty",
        "partial(train_actor_critic, n_value_steps=1)",
        "partial(train_actor_critic, n_value_steps=20)",
        "test_methods.py::test_the_table_is_whole_and_of_these_trainers",
    ),
    (
        "one ablation runs another's mistake",
        "weigh=mistakes.own_included",
        "weigh=mistakes.each_by_itself",
        "test_methods.py::test_the_table_is_whole_and_of_these_trainers",
    ),
    (
        "one trunk is two",
        "nets = policy_net, shared_value_net(policy_net)",
        "nets = policy_net, shared_value_net(scaled_policy_net(space, 2, seed))",
        "test_methods.py::test_one_trunk_is_shared_and_raw_networks_scale_nothing",
    ),
    (
        "raw observations are scaled",
        "policy_net=softmax_policy_net(seed))",
        "policy_net=None)",
        "test_methods.py::test_one_trunk_is_shared_and_raw_networks_scale_nothing",
    ),
    (
        "raw actor and critic share their trunk",
        "nets = softmax_policy_net(seed), shared_value_net(softmax_policy_net(seed + 1))",
        "nets = [softmax_policy_net(seed)]\n    nets.append(shared_value_net(nets[0]))",
        "test_methods.py::test_one_trunk_is_shared_and_raw_networks_scale_nothing",
    ),
]

MISTAKES = [
    (
        "each by itself is the batch",
        "[standardize(episode) for episode in returns]",
        "standardize(returns)",
        "test_mistakes.py",
    ),
    (
        "own_included leaves its own out",
        "mean, deviation = np.nanmean(table, axis=0), np.nanstd(table)",
        "mean, deviation = np.nanmean(table[1:], axis=0), np.nanstd(table)",
        "test_mistakes.py::test_own_included_worked_by_hand",
    ),
    (
        "own_included counts ended episodes as 0",
        "np.full((len(returns), max(map(len, returns))), np.nan)",
        "np.zeros((len(returns), max(map(len, returns))))",
        "test_mistakes.py::test_own_included_worked_by_hand",
    ),
    (
        "own_included averages over time",
        "np.nanmean(table, axis=0), np",
        "np.nanmean(table) + 0 * table[0], np",
        "test_mistakes.py::test_own_included_worked_by_hand",
    ),
    (
        "the time limit is no fall",
        "episode._replace(terminated=True)",
        "episode._replace(terminated=False)",
        "test_mistakes.py",
    ),
    (
        "the first step is dropped, not the last",
        "observations=e.observations[:-1], actions=e.actions[:-1], rewards=e.rewards[:-1]",
        "observations=e.observations[1:], actions=e.actions[1:], rewards=e.rewards[1:]",
        "test_mistakes.py",
    ),
    (
        "sign of the leak",
        "targets - np.log(pi) / 2",
        "targets + np.log(pi) / 2",
        "test_mistakes.py",
    ),
    (
        "half of the leak",
        "targets - np.log(pi) / 2",
        "targets - np.log(pi) / 4",
        "test_mistakes.py",
    ),
]

FILES = [
    (
        "files written in place",
        "yield beside\n        os.replace(beside, path)",
        "yield path",
        "test_files.py",
    ),
    (
        "a killed write leaves half a file",
        "        beside.unlink(missing_ok=True)",
        "        pass",
        "test_files.py",
    ),
]

FAULTS = {
    "study/run.py": RUN,
    "study/records.py": RECORDS,
    "study/code.py": CODE,
    "study/intervals.py": INTERVALS,
    "study/methods.py": METHODS,
    "study/mistakes.py": MISTAKES,
    "files.py": FILES,
}
