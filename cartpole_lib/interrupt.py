"""Ctrl-C at a good moment. All of it is for the main thread: Python tells no other of Ctrl-C."""

import signal
from contextlib import contextmanager


@contextmanager
def calm_interrupt(update):
    """Give `update` in a form that ends training when Ctrl-C was pressed before it was called.

    Training then saves and returns what it learned. A second Ctrl-C does not wait for the next
    update; after that there is only saving left, which further ones do not stop.
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


@contextmanager
def interrupt_later():
    """Put off Ctrl-C to the end of this context: then comes a KeyboardInterrupt."""
    pressed = []
    before = signal.signal(signal.SIGINT, lambda *_: pressed.append(True))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
