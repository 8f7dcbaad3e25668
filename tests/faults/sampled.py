"""Faults of random samples of mutants that no test found."""

FORM = "test_exercises.py::test_every_known_wrong_answer_is_also_written_as_a_learner_would"

FAULTS = {
    "guards/__init__.py": [
        (
            "a misspelt argument is left out, without a word or with a wrong one",
            "return function(*args, **kwargs)  # Python's own",
            "return function(*args)  # Python's own",
            "test_guards.py::test_an_argument_that_is_misspelt_is_named",
        )
    ],
    "guards/watched.py": [
        (
            "what a world of Gymnasium's own raises is lost in an error of the guard's",
            "for layer in reversed(at_fault(self.env)):",
            "for layer in reversed(at_fault(self.env) or [None]):",
            "test_every_world.py::test_what_a_world_of_gymnasiums_own_raises_comes_as_it_is",
        ),
        (
            "a world of Gymnasium's own has no name where it is at fault",
            "layers = at_fault(self.env) or [self.unwrapped]",
            "layers = at_fault(self.env)",
            "test_every_world.py::test_what_a_world_of_gymnasiums_own_raises_comes_as_it_is",
        ),
    ],
    "guards/values.py": [
        (
            "of a table of several columns one is told to take the only one",
            "== (2,) and values.shape[1] == 1:",
            "== (2,):",
            "test_guards.py::test_a_table_of_several_columns_is_not_called_a_column",
        )
    ],
    "rollout.py": [
        (
            "without a seed environments lose their own dice",
            "if seed is None or not isinstance(envs.unwrapped, counting):",
            "if not isinstance(envs.unwrapped, counting):",
            "test_rollout.py::test_without_a_seed_environments_go_on_with_their_own_dice",
        )
    ],
    "animate.py": [
        (
            "an animation without a seed has the same start each time",
            "def animate(env, policy, seed=None):",
            "def animate(env, policy, seed=0):",
            "test_pictures.py::test_an_animation_without_a_seed_starts_elsewhere_each_time",
        )
    ],
    "training.py": [
        (
            "the first sampled episode is reported as a greedy one",
            "summaries = summarize(returns[:100], goal),",
            "summaries = summarize(returns[:101], goal),",
            "test_training.py::test_a_report_tells_greedy_episodes_from_sampled_ones",
        )
    ],
    "study/intervals.py": [
        (
            "all draws of a bootstrap at once, five times as slow",
            "        batch=100,  # five times as fast as all at once, which no cache holds\n",
            "",
            "test_intervals.py::test_a_bootstrap_asks_for_a_few_draws_at_a_time",
        )
    ],
    "study/guards.py": [
        (
            "an argument that holds itself is refused in json's words, and for no trainer",
            "except (TypeError, ValueError) as problem:\n        raise TypeError(\n"
            '            f"trainers: {name!r} has arguments',
            "except TypeError as problem:\n        raise TypeError(\n"
            '            f"trainers: {name!r} has arguments',
            "test_study.py::test_an_argument_that_holds_itself_is_no_argument_of_a_record",
        )
    ],
    "guards/nets.py": [
        (
            "a layer in the middle is named as the one that a network ends with",
            "ends with a {type(net.layers[-1]).__name__}",
            "ends with a {type(net.layers[1]).__name__}",
            "test_guards.py::test_the_layer_that_a_network_ends_with_is_named",
        )
    ],
    "networks.py": [
        (
            "a scaled network is told in Keras's words that its seed is too large",
            "@guard(seed=network_seed)\ndef scaled_policy_net",
            "@guard\ndef scaled_policy_net",
            "test_guards.py::test_every_network_is_told_which_seed_it_cannot_hold",
        )
    ],
    "__main__.py": [
        (
            "help does not say which file",
            ', help="what train saved: policy.keras"',
            "",
            "test_command_line.py::test_help_says_what_is_meant",
        ),
        (
            "help does not say how many episodes",
            ', help="of each (default: %(default)s)"',
            "",
            "test_command_line.py::test_help_says_what_is_meant",
        ),
    ],
    "guards/steps.py": [
        (
            "a loss of inf stops in TensorFlow's words",
            'if "had NaN values" in str(error) or "had Inf" in str(error):',
            'if "had NaN values" in str(error):',
            "test_guards.py::test_a_mistake_is_named_with_its_remedy",
        )
    ],
    "exercises/race.py": [
        (
            "a wrapper that a contestant writes is a world elsewhere",
            'if "step" in vars(cls) and not issubclass(cls, WRAPPERS):\n            cls.step = watch',
            'if "step" in vars(cls):\n            cls.step = watch',
            "test_race.py::test_a_wrapper_of_ones_own_is_no_world_elsewhere",
        )
    ],
    "exercises/lesson_4.py": [
        (
            "all actions in the loss is another mistake than its sentence says",
            "log_softmax(logits).sum(axis=-1))",
            "log_softmax(logits).sum())",
            FORM + "[4d]",
        )
    ],
    "exercises/lesson_7.py": [
        (
            "discounted once too often is another mistake than its sentence says",
            "gamma * np.array(until_the_limit(limit, gamma))",
            "gamma * np.array(until_the_limit(gamma, limit))",
            FORM + "[7b]",
        ),
        (
            "forwards is another mistake than its sentence says",
            "np.append(False, ended[:-1])",
            "np.append(ended[:-1], False)",
            FORM + "[7d]",
        ),
        (
            "a loop turned round among marks that stay has no sentence",
            "return returns_of_rows(rewards[::-1], ended[::-1], gamma)[::-1]",
            "return returns_of_rows(rewards[::-1], ended, gamma)[::-1]",
            FORM + "[7d]",
        ),
    ],
    "exercises/lesson_8.py": [
        (
            "a free step is another mistake than its sentence says",
            "lambda reward, before, after: after - before)",
            "lambda reward, before, after: after + before)",
            FORM + "[8c]",
        )
    ],
}
