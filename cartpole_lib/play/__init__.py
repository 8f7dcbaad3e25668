"""CartPole played by hand, in a window or in a notebook, against policies from the same start."""
