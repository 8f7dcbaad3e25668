"""A machine on which CartPole's cosine and sine differ in the last digit (`tests/processors.py`)."""

import os
import types

import gymnasium.envs.classic_control.cartpole as cartpole
import numpy as np

N_DIGITS = int(os.environ.get("N_DIGITS", 1))  # how far apart, in the last binary digit


def digits_off(function):
    def shifted(angle):
        value = function(angle)
        return value + N_DIGITS * np.spacing(value)

    return shifted


cartpole.np = types.ModuleType("numpy")
vars(cartpole.np).update(vars(np), cos=digits_off(np.cos), sin=digits_off(np.sin))
