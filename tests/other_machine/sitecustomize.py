"""A machine whose cosine and sine differ in the last digit: `tests/processors.py` puts it in the path."""

import numpy as np


def one_digit_off(function):
    return lambda angle, *rest: np.nextafter(function(angle, *rest), np.float64(2))


np.cos, np.sin = one_digit_off(np.cos), one_digit_off(np.sin)
