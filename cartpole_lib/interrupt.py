"""Ctrl-C at a good moment. All of it is for the main thread: Python tells no other of Ctrl-C."""

import signal
from contextlib import contextmanager

# What also comes when a process is told to end, or its terminal is closed; Windows has two of them.
ENDS = [getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n)]


@contextmanager
def calm_interrupt(update):
    """Give `update` in a form that ends training when Ctrl-C was pressed before it was called.

    Or when the process was told to end, or its terminal was closed. Training then saves and returns
    what it learned. A second Ctrl-C does not wait for the next update; after that there is only
    saving left, which further ones do not stop.
    """
    n_pressed = 0

    def press(*_):
        nonlocal n_pressed
        n_pressed += 1
        if n_pressed > 1:
            stop()

    def stop():
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    def calm_update(*arguments):
        if n_pressed:
            stop()
        return update(*arguments)

    before = {number: signal.getsignal(number) for number in ENDS}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, press)
    try:
        yield calm_update
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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
