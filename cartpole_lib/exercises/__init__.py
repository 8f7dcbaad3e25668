"""Exercises that answer back: `check("3b", my_function)` says what a function does, and why.

An exercise is data, in a module a lesson: cases, the right function, and the wrong ones that
learners write, each with a sentence. A wrong answer is recognised by what it computes.
"""

from cartpole_lib.exercises.checking import check, progress
from cartpole_lib.exercises.exercise import Exercise, prediction
from cartpole_lib.exercises.race import race, recorded_race

__all__ = ["Exercise", "check", "prediction", "progress", "race", "recorded_race"]
