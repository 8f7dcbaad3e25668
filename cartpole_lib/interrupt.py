"""Ctrl-C between two updates, never inside one, and never while what was learned is being saved."""

import signal
from contextlib import contextmanager


@contextmanager
def calm_interrupt(update):
    """Give `update` in a form that ends training when Ctrl-C was pressed before it was called.

    Training then saves and returns what it learned. A second Ctrl-C does not wait for the next
    update; after that there is only saving left, which further ones do not stop. For the main
    thread: Python tells only that one of Ctrl-C.
    """
    n_pressed = 0

    def press(*_):
        nonlocal n_pressed
        n_pressed += 1
        if n_pressed > 1:
            stop()

    def stop():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    def calm_update(*arguments):
        if n_pressed:
            stop()
        return update(*arguments)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield calm_update
    finally:
        signal.signal(signal.SIGINT, before)
