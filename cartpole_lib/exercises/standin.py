"""A stand-in for a training: it plays nothing, and notes what it was asked to do."""

import inspect


def settings_of(train, answer, *case):
    """Return the settings with which `answer(train, *case)` trains, defaults included: a dict.

    The answer gets a stand-in that is called like `train`. Raises ValueError where it trains
    not once, or returns something else than what the training returned.
    """
    calls, run = [], Run()
    signature = inspect.signature(train)

    def stand_in(*positional, **named):
        call = signature.bind(*positional, **named)
        call.apply_defaults()
        calls.append(call.arguments)
        return run

    returned = answer(stand_in, *case)
    if len(calls) != 1:
        raise ValueError(
            f"train is to be called once, the one that is handed over; got {len(calls)}"
        )
    if returned is not run:
        raise ValueError("return what train returned, the run as it is")
    return calls[0]


def others_of(train, settings, known):
    """Return in words the settings beside the known ones that are not the defaults of `train`."""
    defaults = inspect.signature(train).parameters
    changed = [
        f"{name}={value!r}"
        for name, value in settings.items()
        if name not in known and not unchanged(value, defaults[name].default)
    ]
    return ", ".join(changed) or "no other change"


def unchanged(value, default):
    """Return whether a setting is its default: the same object, or an equal word or number."""
    return value is default or (isinstance(value, str | int | float) and value == default)


class Run:
    """What a stand-in returns in place of a `Training`."""

    def __repr__(self):
        return "the run"
