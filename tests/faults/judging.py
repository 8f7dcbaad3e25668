"""Faults of the checks of answers and of the race: one more reading found that nobody noticed them."""

FAULTS = {
    "exercises/checking.py": [
        (
            "what our own wrong answers are warned of is printed for a learner",
            '    with warnings.catch_warnings(action="ignore"):  # a wrong one of ours may cause some\n'
            "        return outcomes(Exercise(function, run=run, cases=cases), function)[0]\n",
            "    return outcomes(Exercise(function, run=run, cases=cases), function)[0]\n",
            "test_exercises.py::test_what_our_own_wrong_worlds_are_warned_of_is_not_the_learners",
        ),
        (
            "what was never checked counts as wrong",
            'Verdict(name, "not attempted")) for name in names',
            'Verdict(name, "wrong")) for name in names',
            "test_exercises.py::test_progress_of_what_was_never_checked",
        ),
        (
            "progress forgets what it has shown once",
            "return Progress(VERDICTS.get(name, Verdict(name,",
            "return Progress(VERDICTS.pop(name, Verdict(name,",
            "test_exercises.py::test_progress_is_of_the_last_check",
        ),
        (
            "an answer that is blank in a middle case is attempted",
            "        if is_blank(outcome, answer):\n            break\n",
            "",
            "test_exercises.py::test_an_answer_that_is_written_for_some_cases_is_not_attempted",
        ),
        (
            "an answer that ends the program ends the check",
            "        except BaseException as end:",
            "        except ZeroDivisionError as end:",
            "test_exercises.py::test_what_has_no_numbers_and_what_ends_the_program_end_no_check",
        ),
        (
            "a diagnosis that ends the program ends the check",
            "    except BaseException:\n        return None",
            "    except Exception:\n        return None",
            "test_exercises.py::test_what_has_no_numbers_and_what_ends_the_program_end_no_check",
        ),
        (
            "None in one case is asked for its return",
            "any(outcome is not None for outcome in got)",
            "False",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a helper that is not written is not named",
            'if code is not getattr(inspect.unwrap(answer), "__code__", code):',
            "if False:",
            "test_exercises.py::test_an_answer_that_calls_what_is_not_written_is_told_so",
        ),
        (
            "lines above a NotImplementedError are no attempt",
            "if line > min(lines, default=line):",
            "if False:",
            "test_exercises.py::test_an_answer_that_is_written_for_some_cases_is_not_attempted",
        ),
        (
            "a line that is not known is told",
            'if lines and lines[-1] else ""',
            'if lines else ""',
            "test_exercises.py::test_a_line_that_is_not_known_is_not_told",
        ),
    ],
    "exercises/comparing.py": [
        (
            "an entry that is None is a missing return",
            'words.replace(NOTHING, "an entry is None")',
            "words",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a list that holds itself is compared for ever",
            "if any(value is outer for outer in above):",
            "if above and False:",
            "test_exercises.py::test_a_list_that_holds_itself_is_told_so",
        ),
        (
            "a list in a list is the whole answer",
            '"it returned", "an entry is"',
            '"it returned", "it returned"',
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "one wrong truth is to be made a whole number",
            "if not (right or np.ndim(got)):",
            "if False:",
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "Python's True is told to end with .astype",
            'if hasattr(got, "astype") else',
            "if True else",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "complex numbers are objects",
            '"c": "complex numbers"',
            '"c": "objects"',
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "what has no numbers ends the check",
            "with suppress(Exception):  # a symbolic tensor has no numbers",
            "with suppress(TypeError):",
            "test_exercises.py::test_what_has_no_numbers_and_what_ends_the_program_end_no_check",
        ),
        (
            "a right entry in the middle is called the last",
            " and (right[0] or right[-1]) and",
            " and",
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "an array of complex numbers is right",
            'if numbers.dtype.kind not in "biuf":\n        asked',
            'if numbers.dtype.kind not in "biufc":\n        asked',
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "a bool is told to be a number",
            "isinstance(value, Number) and not isinstance(value, bool | complex)",
            "isinstance(value, Number) and not isinstance(value, complex)",
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "one number for an array of equal ones is called right so far",
            "same_count = numbers.size == target.size if alike else False",
            "same_count = alike",
            "test_exercises.py::test_wrong_numbers_are_not_called_right",
        ),
        (
            "a long array is shown whole",
            "threshold=12",
            "threshold=1000",
            "test_exercises.py::test_what_is_long_is_cut_and_says_so",
        ),
        (
            "a float32 is shown to four digits",
            "    if isinstance(value, np.generic):\n        value = value.item()\n",
            "",
            "test_exercises.py::test_numbers_are_shown_so_that_they_can_be_told_apart",
        ),
    ],
    "exercises/exercise.py": [
        (
            "an option with more behind it is right",
            "option.strip().lower() == known.lower()",
            "option.strip().lower().startswith(known.lower())",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "the last wrong answer of each exercise is not known",
            "names.index(to.__name__) + 1]",
            "names.index(to.__name__)]",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/lesson_1.py": [
        (
            "1d a weight of the velocity is told of the position",
            '"is far right" if weights[0] < 0 else "rolls to the right"',
            '"is far right"',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "1a the sentences of two options change places",
            '"better": "Tempting, as one would pull a pole back at its top. '
            'But the push moves its "\n'
            '            "foot: away from the lean, the foot leaves the '
            'falling pole behind.",\n'
            '            "the same": "Tempting',
            '"the same": "Tempting, as one would pull a pole back at its top. '
            'But the push moves its "\n'
            '            "foot: away from the lean, the foot leaves the '
            'falling pole behind.",\n'
            '            "better": "Tempting',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "1a the two figures change places",
            "{against:.1f} steps against the lean, {chance:.1f} by chance",
            "{chance:.1f} steps against the lean, {against:.1f} by chance",
            "test_exercises.py::test_figures_of_predictions_show_what_their_sentences_say",
        ),
        (
            "1a by chance is with the lean",
            "evaluate(random_policy(seed=0), seed=0)",
            "evaluate(lean_policy, seed=0)",
            "test_exercises.py::test_figures_of_predictions_show_what_their_sentences_say",
        ),
        (
            "1d weights that leave the track after 1,000 steps are right",
            "N_STEPS = 3_000",
            "N_STEPS = 1_000",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "1d four weights in a second list get no word",
            "if weights.shape != (4,):",
            "if weights.size != 4:",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "1d a weight below 0 is told to push the other way",
            "pushes to the left a cart",
            "pushes to the right a cart",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "1d an angle's weight below 0 gets no word",
            "if (weights[2:] <= 0).any():",
            "if weights[3] <= 0:",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/lesson_2.py": [
        (
            "2d a tape that watched nothing is not told of",
            "diagnose=nothing_watched",
            "diagnose=lambda answer: None",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "2a the sentences of two options change places",
            '"falls": "Tempting, for whatever was done becomes likelier, and '
            'left was done. But "\n'
            '            "that holds for a positive number in front: a '
            'negative one makes it less likely.",\n'
            '            "stays": "Tempting',
            '"stays": "Tempting, for whatever was done becomes likelier, and '
            'left was done. But "\n'
            '            "that holds for a positive number in front: a '
            'negative one makes it less likely.",\n'
            '            "falls": "Tempting',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "2c who draws from rng is told it was not used",
            "    before = rng.bit_generator.state\n    answer(OUTPUTS[0], rng)\n",
            "    answer(OUTPUTS[0], rng)\n    before = rng.bit_generator.state\n",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/lesson_4.py": [
        (
            "4a what is likelier was followed by more",
            '"Every update makes likelier what was followed by less, until nothing ends sooner."',
            '"Every update makes likelier what was followed by more, until nothing ends sooner."',
            "test_exercises.py::test_stored_verdicts",
        ),
        (
            "4a a wrong sign goes up instead of down",
            'each step is taken, down instead of up."',
            'each step is taken, up instead of down."',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "4a the best episode for the mean",
            "run.episode_returns[:6].mean()",
            "run.episode_returns[:6].max()",
            "test_exercises.py::test_figures_of_predictions_show_what_their_sentences_say",
        ),
        (
            "4b a number of updates in quotes is right",
            "{plainly(asked['n_updates'])} updates",
            "{asked['n_updates']} updates",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "4c an answer for two episodes at most is right",
            "[-long, short, np.array([-1.0, 0, 7])]",
            "[-long, short]",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/standin.py": [
        (
            "the update that a notebook writes out is another one",
            "if inspect.isfunction(value) and inspect.isfunction(default):",
            "if False:",
            "test_exercises.py::test_a_right_answer_in_another_form_is_right",
        ),
        (
            "a network that plays for some 300 steps is fresh",
            "CHANCE = 100",
            "CHANCE = 400",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/lesson_5.py": [
        (
            "5d places behind the middle are not tried",
            "[(5,), (9,), (1,), (16,), (4,), (2,)]",
            "[(5,), (9,), (1,), (4,), (2,)]",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "5e a lazy critic may play other numbers of episodes",
            'KNOWN = "seed",',
            'KNOWN = "n_envs", "seed",',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "5e a lazy critic may have an update of its own",
            'KNOWN = "seed",',
            'KNOWN = "update", "seed",',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "5e seed 3 whatever it gets is right",
            "cases=lambda: [(3,), (4,)]",
            "cases=lambda: [(3,)]",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "5e a trained policy is right",
            '        kind_of_network(asked["policy_net"], again["policy_net"]),\n',
            "",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "5e one policy for all runs is right",
            'kind_of_network(asked["policy_net"], again["policy_net"])',
            'kind_of_network(asked["policy_net"], None)',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "5e critic steps in quotes are right",
            "{plainly(asked['n_value_steps'])} critic",
            "{asked['n_value_steps']} critic",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "5e updates in quotes are right",
            "{plainly(asked['n_updates'])} updates",
            "{asked['n_updates']} updates",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "5a every advantage goes up",
            '"Every advantage goes down by 5, and the update subtracts their mean."',
            '"Every advantage goes up by 5, and the update subtracts their mean."',
            "test_exercises.py::test_stored_verdicts",
        ),
    ],
    "exercises/lesson_6.py": [
        (
            "6c one end of the interval may be anywhere",
            "    pairs += [(close, TAILS), (nearly, TAILS)]\n",
            "",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "6a studies count that have two to report",
            "np.sum(found > 0)} of the",
            "np.sum(found > 1)} of the",
            "test_exercises.py::test_one_change_in_twenty_stands_out_by_chance",
        ),
        (
            "6c a fixed number of steps settles it",
            "(TAILS / 100, near / 100), ",
            "",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "6c None is not asked about return",
            "if word is not None and word not in WORDS:",
            "if word not in WORDS:",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "6a an interval misses once in ten times",
            '"An interval of 95 % misses the truth once in twenty times',
            '"An interval of 95 % misses the truth once in ten times',
            "test_exercises.py::test_stored_verdicts",
        ),
    ],
    "exercises/lesson_7.py": [
        (
            "7d an empty last part makes a split unknown",
            "to=nothing_behind_the_last)",
            "to=one_array_each)",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "7b the powers of gamma are not tried",
            "(3, 0.5), (5, 0.8)]",
            "]",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "7b gamma 0.9 whatever it gets is right",
            "(3, 0.5), (5, 0.8)]",
            "(3, 0.9), (5, 0.9)]",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "7a an ended episode counts as 1",
            '"To it an episode that has ended counts as 0, so whoever still',
            '"To it an episode that has ended counts as 1, so whoever still',
            "test_exercises.py::test_stored_verdicts",
        ),
    ],
    "exercises/trying_tests.py": [
        (
            "7c two right programs are enough",
            "RIGHT_PROGRAMS = discounted_returns, summed, from_the_start, to_twelve_digits",
            "RIGHT_PROGRAMS = discounted_returns, summed",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "7c a test that wants sixteen digits is right",
            "summed, from_the_start, to_twelve_digits",
            "summed, from_the_start",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "7c a learner reads of overheard",
            '    overheard.__name__ = overheard.__qualname__ = "returns_of"\n',
            "",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "7c all rewards must show the bug",
            "if any(shows_the_bug(*arguments) for arguments in asked):",
            "if all(shows_the_bug(*arguments) for arguments in asked):",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "7c one right program that is blamed is nameless",
            "if 0 < n_blamed < len(right):",
            "if 1 < n_blamed < len(right):",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/trying_worlds.py": [
        (
            "8b all noise as large as even noise is called even",
            "if np.abs(noise).max() < 0.0501 and abs(size - 0.029) < 0.003:",
            "if abs(size - 0.029) < 0.003:",
            "test_exercises.py",
        ),
        (
            "8b noise of any other size is that of a variance",
            "return found[0] if found else",
            "return known[0.05**0.5] if size < 1 else",
            "test_exercises.py",
        ),
        (
            "8b noise of several sizes has one",
            "if sizes.max() > 1.5 * sizes.min():",
            "if False:",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "8d half of the carts of one episode will do",
            "for seed in range(10))",
            "for seed in [0])",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "8c no number depends on the episode before",
            ", atol=1e-3, equal_nan=True)",
            ", atol=1e-3)",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "8d a world of another size is played",
            "if envs.num_envs != n:",
            "if False:",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "8b who loses the seed moves the cart and the pole",
            '"another start" if loses_the_seed(env) else "the world itself"',
            '"the world itself"',
            "test_exercises.py::test_wrong_answers_are_told_apart",
        ),
        (
            "8d weather by chance is right once in twenty times",
            "(shifts(carts, 30, seed=0) for _",
            "(shifts(carts, 6, seed=0) for _",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "8d wind from both sides is right",
            "if blown.min() < 0 or blown.max()",
            "if blown.max()",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "8d a fall may come as a time limit, too",
            "if not all(map(np.array_equal, ends, [np.ones(n), fallen, np.zeros(n)])):",
            "if not all(map(np.array_equal, ends, [np.ones(n), fallen])):",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/race.py": [
        (
            "fewer than ten episodes are divided by ten",
            "np.ones(min(n, 10)) / min(n, 10)",
            "np.ones(10) / 10",
            "test_race.py::test_fewer_than_ten_episodes_have_a_mean_of_their_own",
        ),
        (
            "who does not win was not seen to learn",
            "if mean >= GOAL and best",
            "if best",
            "test_race.py::test_who_was_not_seen_to_learn_and_does_not_win_is_no_cheater",
        ),
        (
            "a world that rests falls on",
            "        self.state = np.where(resting, self.kept, self.state)\n",
            "",
            "test_race.py::test_side_by_side_an_episode_ends_at_the_limit_and_stays_as_it_ended",
        ),
        (
            "side by side an episode goes on behind the limit",
            "resting, self.prev_done = self.ends.any(axis=0),",
            "resting, self.prev_done = self.ends[0],",
            "test_race.py::test_side_by_side_an_episode_ends_at_the_limit_and_stays_as_it_ended",
        ),
        (
            "grandchildren of gym.Env are not watched",
            "return found.union(*map(families, found))",
            "return found",
            "test_race.py::test_who_plays_elsewhere_is_out",
        ),
        (
            "a race side by side by gym.make_vec is played elsewhere",
            "WRAPPERS = gym.Wrapper, gym.vector.VectorWrapper, gym.vector.SyncVectorEnv",
            "WRAPPERS = gym.Wrapper, gym.vector.VectorWrapper",
            "test_race.py::test_every_episode_counts_once",
        ),
        (
            "the race's world has no limit of its own",
            "max_episode_steps=LIMIT)",
            "max_episode_steps=LIMIT + 100)",
            "test_race.py::test_an_episode_at_a_time_is_cut_off_where_cartpole_cuts_it_off",
        ),
        (
            "recorded sizes by their mean",
            "median {np.median(sizes):.0f}",
            "median {np.mean(sizes):.0f}",
            "test_race.py::test_the_recorded_runs_stand_beside",
        ),
        (
            "recorded runs of just 490 are out",
            '["mean"] >= GOAL and n',
            '["mean"] > GOAL and n',
            "test_race.py::test_the_recorded_runs_stand_beside",
        ),
        (
            "recorded looks by their mean",
            "looks = np.median([",
            "looks = np.mean([",
            "test_race.py::test_the_recorded_runs_stand_beside",
        ),
    ],
    "exercises/lesson_3.py": [
        (
            "3c a loop that is decorated is none",
            'inspect.unwrap(getattr(answer, "func", answer))',
            "answer",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "3a discounting makes an early fall better",
            '"makes a late fall better than an early one."',
            '"makes an early fall better than a late one."',
            "test_exercises.py::test_stored_verdicts",
        ),
    ],
    "exercises/lesson_8.py": [
        (
            "8a the longest episode is the best where steps cost",
            '"Each step costs 1, so the shortest episode is the best one',
            '"Each step costs 1, so the longest episode is the best one',
            "test_exercises.py::test_stored_verdicts",
        )
    ],
}
