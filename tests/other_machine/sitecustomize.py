"""A machine on which CartPole's cosine and sine differ in the last digit (`tests/processors.py`)."""

import types

import gymnasium.envs.classic_control.cartpole as cartpole
import numpy as np


def one_digit_off(function):
    return lambda angle: np.nextafter(function(angle), np.float64(2))


cartpole.np = types.ModuleType("numpy")
vars(cartpole.np).update(vars(np), cos=one_digit_off(np.cos), sin=one_digit_off(np.sin))
