"""Faults of what lies around the library: signals, warnings, what a terminal and a page say."""

CLI, PAGE, SEEN = "test_command_line.py::", "test_widget_page.py::", "test_pictures.py::"
LOOK = PAGE + "test_the_game_can_be_read_and_pressed_and_shows_where_keys_go"

FAULTS = {
    "commands.py": [
        (
            "train in a terminal that is closed saves nothing",
            "update=calm_update, **options",
            "update=update, **options",
            CLI + "test_train_that_is_told_to_end_saves_as_after_ctrl_c",
        ),
        (
            "what a training warns of is hidden in a terminal",
            'warnings.filterwarnings("ignore", "training was interrupted")',
            'warnings.filterwarnings("ignore")',
            CLI + "test_what_a_training_warns_of_is_shown_in_a_terminal_too",
        ),
    ],
    "play/widget.js": [
        (
            "a button looks pressed that was not",
            "[left, action === 0], [right, action === 1]",
            "[left, action === 1], [right, action === 0]",
            PAGE + "test_the_button_that_was_pressed_looks_pressed",
        ),
        (
            "after its first step the game runs as fast as it can",
            "[waiting, sent] = [true, performance.now()];",
            "waiting = true;",
            PAGE + "test_steps_take_their_time_in_the_midst_of_a_game",
        ),
    ],
    "play/widget.css": [
        (
            "words of a button are as light as the button",
            "color: #1a1a1a; background: #f2f2f2",
            "color: #e2e2e2; background: #f2f2f2",
            LOOK,
        ),
        ("buttons too small for a finger", "min-height: 44px", "min-height: 12px", LOOK),
        (
            "nobody sees which button has the keys",
            "outline: 3px solid #1976d2; outline-offset: 2px;",
            "outline: none;",
            LOOK,
        ),
        ("the game is wider than a phone", "width: 480px; max-width: 100%;", "width: 480px;", LOOK),
        (
            "a button that is pressed looks like the others",
            "border-color: #1a1a1a; box-shadow: inset 0 0 0 2px #1a1a1a;",
            "",
            LOOK,
        ),
    ],
    "course.mplstyle": [
        (
            "two lines of a figure in one colour",
            '"CC79A7", "E69F00"',
            '"CC79A7", "CC7AA8"',
            SEEN + "test_the_style_is_colour_blind_safe_and_large",
        )
    ],
    "plot.py": [
        (
            "dots of episodes that nobody sees",
            "alpha=0.4",
            "alpha=0.01",
            SEEN + "test_plot_evaluations",
        )
    ],
    "__init__.py": [
        (
            "who has another backend is not told what to do",
            "unset that variable",
            "that is a pity",
            "test_setup.py::test_keras_that_was_loaded_with_another_backend_is_refused",
        )
    ],
}
