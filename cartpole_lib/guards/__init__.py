"""What arguments may be, and the words of every complaint, kept outside the code that lessons show.

One word means one thing in this course, so an argument's name says what it must be: `NAMES` in
`guards.names` has the check of each. `@guard` above a function checks each argument that the
table has; `@guard(gamma=below_one)` says where one is special.

A check is called with the argument's value and name, and returns what the function shall get
instead: the same, converted, or wrapped so that later answers are checked. It may ask for other
arguments: its further parameters are their names. Each complaint names the argument, its value
and the remedy; `must_be` in `guards.values` makes a check of such words.
"""

import functools
import inspect
from contextlib import suppress

from cartpole_lib.guards.names import NAMES


def guard(function=None, /, answer=lambda result, name: result, **special):
    """Return `function` with its arguments checked in order, and what it returns by `answer`.

    An argument that is left at its default None is not checked. Name, signature, docstring and
    pickling stay those of the function.
    """
    if function is None:
        return functools.partial(guard, answer=answer, **special)
    signature, table = inspect.signature(function), NAMES | special
    checks = {name: table[name] for name in signature.parameters if table.get(name)}
    others_of = {
        check: list(inspect.signature(check).parameters)[2:] for check in (*checks.values(), answer)
    }

    @functools.wraps(function)
    def guarded(*args, **kwargs):
        call = None
        with suppress(TypeError):
            call = signature.bind(*args, **kwargs)
        if call is None:
            return function(*args, **kwargs)  # Python's own complaint names the function
        call.apply_defaults()
        given = call.arguments
        for name, check in checks.items():
            if given[name] is not None or signature.parameters[name].default is not None:
                given[name] = check(given[name], name, *map(given.get, others_of[check]))
        result = function(*call.args, **call.kwargs)
        return answer(result, function.__name__, *map(given.get, others_of[answer]))

    return guarded
