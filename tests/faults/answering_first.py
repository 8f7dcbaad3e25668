"""Faults in the answers of lessons 1 to 4 to a learner: right, wrong, and the words of it."""

FAULTS = {
    "exercises/checking.py": [
        (
            "who stops a training of ours is told of an endless loop",
            "        if not where:\n            raise",
            "        if False:\n            raise",
            "test_exercises.py::test_who_stops_an_endless_loop_is_told_where_it_was",
        ),
        (
            "an error that is returned passes for a blank, or for one that was raised",
            "if isinstance(outcome, Exception):\n                raise",
            "if outcome is Exception:\n                raise",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "an answer that is written for some cases is attempted",
            "if is_blank(got[-1], answer):",
            "if is_blank(got[0], answer):",
            "test_exercises.py::test_an_answer_that_is_written_for_some_cases_is_not_attempted",
        ),
        (
            "a library that cannot do something is a blank stub",
            " or result.args",
            "",
            "test_exercises.py::test_an_error_of_a_library_is_no_blank_stub",
        ),
        (
            "a list that grows from call to call is shown with what came later",
            "copy.copy(outcome) if isinstance(outcome, CHANGEABLE) else outcome",
            "outcome",
            "test_exercises.py::test_what_comes_otherwise_at_another_call_is_told_so_and_nothing_else_is",
        ),
        (
            "an answer that stops in other words each time is unsteady",
            " and not isinstance(first, Exception)",
            "",
            "test_exercises.py::test_what_comes_otherwise_at_another_call_is_told_so_and_nothing_else_is",
        ),
        (
            "a generator is unsteady",
            "comparable = same(first, first) and",
            "comparable =",
            "test_exercises.py::test_what_comes_otherwise_at_another_call_is_told_so_and_nothing_else_is",
        ),
        (
            "what differs at another case is unsteady",
            "exercise.cases()[:1]",
            "exercise.cases()[-1:]",
            "test_exercises.py::test_what_comes_otherwise_at_another_call_is_told_so_and_nothing_else_is",
        ),
        (
            "no figures follow a verdict",
            "known_figures(exercise.measure)]",
            "None]",
            "test_exercises.py::test_figures_follow_the_sentence_of_right_and_of_wrong_answers",
        ),
        (
            "the line that stopped is not told",
            "{shown(got[failed])}{line_of(got[failed], answer)}",
            "{shown(got[failed])}",
            "test_exercises.py::test_the_line_that_stopped_is_the_last_of_the_learners_own",
        ),
        (
            "the line that stopped is one of the library",
            ' and "cartpole_lib" not in code.co_filename',
            "",
            "test_exercises.py::test_the_line_that_stopped_is_the_last_of_the_learners_own",
        ),
        (
            "the first line that called is told for the one that stopped",
            "in the line: {lines[-1]}",
            "in the line: {lines[0]}",
            "test_exercises.py::test_the_line_that_stopped_is_the_last_of_the_learners_own",
        ),
        (
            "the line of a method that stopped is not told",
            'name in code.co_qualname.split(".")',
            "name == code.co_name",
            "test_exercises.py::test_an_answer_that_calls_itself_without_end_is_told_where",
        ),
        (
            "a function that calls itself without end is told of self",
            "return words if inspect.isclass(answer) else",
            "return words if answer else",
            "test_exercises.py::test_an_answer_that_calls_itself_without_end_is_told_where",
        ),
        (
            "brackets are shown where there is no argument",
            ' if given else "It"',
            "",
            "test_exercises.py::test_without_arguments_no_brackets_are_shown",
        ),
        (
            "a mistyped name of an exercise is a KeyError of a lesson",
            " if lesson in LESSONS else None",
            "",
            "test_exercises.py::test_whatever_is_no_name_of_an_exercise_is_told_so",
        ),
    ],
    "exercises/comparing.py": [
        (
            "a loop is blamed for wrong numbers",
            "and not numbers[~right].any():",
            ":",
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "a loop is blamed for one number that is another entry, too",
            "alone = not np",
            "alone = True or not np",
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "whole numbers are blamed where whole ones are wanted",
            " and (target % 1).any():",
            ":",
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "wrong truths are called right numbers",
            'return f"{RIGHT * bool(right)}they are True',
            'return f"{RIGHT}they are True',
            "test_exercises.py::test_wrong_numbers_are_not_called_right",
        ),
        (
            "nan is blamed where it is wanted",
            " and not np.isnan(target.astype(float)).any()",
            "",
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "one number in an array stops the check",
            "with suppress(TypeError):  # of an array",
            "with suppress(KeyError):  # of an array",
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "a fraction is no number",
            "float(got) if one_number else got",
            "got",
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "a dict of other values is right",
            " and all(same(got[name], wanted[name]) for name in wanted)",
            "",
            "test_exercises.py::test_the_words_of_a_difference",
        ),
        (
            "a long list is shown without its dots",
            '", …" * (len(value) > 4)',
            '""',
            "test_exercises.py::test_what_is_long_is_cut_and_says_so",
        ),
        (
            "a long word is shown whole",
            'text if len(text) <= 80 else text[:79] + "…"',
            "text",
            "test_exercises.py::test_what_is_long_is_cut_and_says_so",
        ),
    ],
    "exercises/exercise.py": [
        (
            "a long word in place of an option is shown whole",
            "{given!r:.60}",
            "{given!r}",
            "test_exercises.py::test_what_is_long_is_cut_and_says_so",
        )
    ],
    "exercises/lesson_1.py": [
        (
            "a policy that takes four observations for one is right",
            "(SIGNS, SIGNS[:4], SIGNS[:1])",
            "(SIGNS, SIGNS[:1])",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a policy that forgets an upright pole is right",
            "[[1, 2, 0.0, 3],",
            "[[1, 2, 0.2, 3],",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "floats of wrong actions are called right",
            "if same(actions, right) and ",
            "if ",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "every ValueError of a policy is blamed on if",
            'if "truth value" in str(error):',
            "if error:",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a policy may change the observations of the check",
            "answer(SIGNS.copy())",
            "answer(SIGNS)",
            "test_exercises.py::test_a_check_of_a_policy_leaves_its_observations_as_they_were",
        ),
        (
            "a cart that stays on the track from one start is right",
            "STARTS = range(5)",
            "STARTS = range(1)",
            "test_exercises.py::test_the_cart_must_stay_on_the_track_from_all_five_starts",
        ),
        (
            "weight 0 of the angular velocity gets no word",
            "if (weights[2:] <= 0).any():",
            "if (weights[2:] < 0).any():",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a weight below 0 beside one above gets no word",
            "if (weights[:2] < 0).any():",
            "if (weights[:2] < 0).all():",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "weights in quotes get no word",
            '    except (TypeError, ValueError):\n        return f"Four',
            '    except TypeError:\n        return f"Four',
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "a table of the weights in the statement is right",
            "(5,), (3.3,), (-1,)]",
            "(5,), (-1,)]",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/lesson_2.py": [
        (
            "a rounded output is not noticed",
            "0.48, 0.96 ",
            "0.48, 0.8 ",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "p after the steps is that of a push right",
            "-tf.math.log(1 - net(observation))",
            "-tf.math.log(net(observation))",
            "test_exercises.py::test_figures_of_predictions_show_what_their_sentences_say",
        ),
    ],
    "exercises/lesson_3.py": [
        (
            "the long and the short episode change places",
            "short, long = [discounted",
            "long, short = [discounted",
            "test_exercises.py::test_figures_of_predictions_show_what_their_sentences_say",
        ),
        (
            "a baseline that is searched on a grid is right",
            "    (0.37812, [4.0, 5.0]),",
            "    (0.378, [4.0, 5.0]),",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
    ],
    "exercises/lesson_4.py": [
        (
            "4b takes a seed in quotes",
            "f\"seed {plainly(asked['seed'])}\"",
            "f\"seed {asked['seed']}\"",
            "test_exercises.py::test_a_wrong_answer_is_told_why",
        ),
        (
            "the networks of a wrong sign learn from the right one",
            "[-weights for weights in leave_one_out(returns)]",
            "[weights for weights in leave_one_out(returns)]",
            "test_exercises.py::test_figures_of_predictions_show_what_their_sentences_say",
        ),
    ],
}
