"""A network that trains while you play, in a process of its own, and then plays your starts.

TensorFlow takes seconds to load and would hold up every frame of a window in the same process.
"""

import multiprocessing
import os
import signal
import threading

import gymnasium as gym
from tqdm import tqdm


class Opponent:
    """Trains REINFORCE on CartPole at once, and answers what it scores from a start.

    `scores` has the answers so far, by start; `alive` is False after its process failed. The
    process ends with the program.
    """

    def __init__(self, seed=0, serve=None):
        context = multiprocessing.get_context("spawn")  # a fork would share the window
        self._connection, end = context.Pipe()
        process = context.Process(target=serve or _serve, args=(end, seed), daemon=True)
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the window alone
        process.start()
        signal.signal(signal.SIGINT, before)
        end.close()  # so that the end of the process is the end of the connection
        self.scores, self._asked, self.alive = {}, set(), True

    def ask(self, start):
        """Ask for the score from `start`, the seed of an environment; the answer comes later."""
        if self.alive and start not in self._asked:
            self._asked.add(start)
            self._connection.send(start)

    def score(self, start, timeout=0):
        """Return the score from `start`, or None if there is none after `timeout` seconds."""
        try:
            self.ask(start)
            while self.alive and start not in self.scores and self._connection.poll(timeout):
                answered, score = self._connection.recv()
                self.scores[answered] = score
        except (EOFError, OSError):  # its process failed: then there is nobody to compare with
            self.alive = False
        return self.scores.get(start)


def _serve(connection, seed):
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Windows it is not inherited
    if hasattr(os, "nice"):
        os.nice(10)  # the player's frames come first
    tqdm.set_lock(threading.RLock())  # its own is a semaphore, which a sudden end leaves behind
    from cartpole_lib.policies import greedy_policy
    from cartpole_lib.reinforce import train_reinforce
    from cartpole_lib.rollout import play_episode

    env, policy = gym.make("CartPole-v1"), greedy_policy(train_reinforce(seed=seed).policy_net)
    while True:
        try:
            start = connection.recv()
        except EOFError:  # the program that asked has ended
            return
        connection.send((start, int(play_episode(env, policy, start).rewards.sum())))
