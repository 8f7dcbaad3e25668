"""Tested helpers for a course that teaches policy gradients on CartPole.

Data flows one way, each arrow one call whose input and output you can print:

    env → rollout → returns / advantages → loss → gradient → update → evaluate → plot / animate

Beside the way stand `guards`, which complain, `exercises`, which answer, `study`, which runs many
seeds, and `play`, where you push the cart yourself. Import what you need from the module that
holds it, as in `from cartpole_lib.returns import discounted_returns`.
Importing this package sets a few environment variables, unless you set them first, so that
notebooks stay quiet and run without a screen: import it first.
"""

import os
import sys

# TensorFlow reads these once, at import. Level 1 hides notices but not warnings; oneDNN prints
# its notice at every level, and its kernels give other last digits on other processors.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")  # no sound is made here, but ALSA would complain
# Else SDL draws windows by OpenGL, and Mesa's LLVM beside TensorFlow's is a segmentation fault.
os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

backend = os.environ.setdefault("KERAS_BACKEND", "tensorflow")  # wins over Keras's own settings
if "keras" in sys.modules:
    backend = sys.modules["keras"].backend.backend()
if backend != "tensorflow":
    raise ImportError(
        f"KERAS_BACKEND is {backend!r}, but this course needs 'tensorflow': unset that variable "
        "(and the backend in ~/.keras/keras.json), then start anew"
    )
