"""REINFORCE: play whole episodes, and make likelier what turned out better than usual."""

import keras
import numpy as np

from cartpole_lib.gradients import compiled_step
from cartpole_lib.guards import guard
from cartpole_lib.guards.episodes import weigher
from cartpole_lib.guards.nets import readable
from cartpole_lib.guards.steps import one_each
from cartpole_lib.guards.values import called_with, repeatable_seed
from cartpole_lib.networks import scaled_policy_net
from cartpole_lib.returns import discounted_returns, leave_one_out
from cartpole_lib.training import draw_seed, make_training_envs, run_training


@guard(weights=one_each)
def policy_gradient_loss(logits, actions, weights):
    """Return the mean over all steps of weight · (−log π(action)), a scalar tensor.

    `logits` has shape (steps, n_actions), `actions` and `weights` have shape (steps,). Its
    gradient is the policy gradient, with a minus sign because optimisers descend.

    Source: Williams 1992; Sutton & Barto, 2nd edition, section 13.3 (without its factor
    gamma^t). Shown in notebook 04.
    """
    losses = keras.losses.sparse_categorical_crossentropy(actions, logits, from_logits=True)
    return keras.ops.mean(weights * losses)


@guard(weigh=weigher)
def reinforce_update(
    policy_net, optimizer, episodes, gamma, weigh=leave_one_out, loss=policy_gradient_loss
):
    """Take one gradient step on a list of `Episode`s; return the loss before it, a float.

    `weigh` turns the discounted returns, a list of arrays, into the weights of the loss.
    Raises ValueError if it leaves a step without a finite weight.

    Source: Sutton & Barto, 2nd edition, sections 13.3 and 13.4. Shown in notebook 04.
    """
    returns = [discounted_returns(episode.rewards, gamma) for episode in episodes]
    weights = np.concatenate(weigh(returns))  # (all steps of all episodes,)
    observations = np.concatenate([episode.observations[:-1] for episode in episodes])
    actions = np.concatenate([episode.actions for episode in episodes])
    gradient_step = compiled_step(policy_net, optimizer, loss)
    return float(gradient_step(observations, actions, weights))


@guard(
    seed=repeatable_seed,
    policy_net=readable,
    update=called_with("policy_net", "optimizer", "episodes", "gamma", "weigh"),
)
def train_reinforce(
    env_id="CartPole-v1",
    *,
    seed,
    n_updates=300,
    n_envs=6,
    gamma=0.99,
    learning_rate=0.03,
    update=reinforce_update,
    weigh=leave_one_out,
    policy_net=None,
    stop_when_solved=True,
    path=None,
    progress=False,
):
    """Train a policy network by REINFORCE with Adam and return a `Training`.

    Each of at most `n_updates` updates plays one episode in each of `n_envs` environments, and
    calls update(policy_net, optimizer, episodes, gamma, weigh): bring your own to change what
    is learned. `weigh` turns returns into the weights of the loss. `run_training` has the
    stopping rule; without `stop_when_solved`, or where the environment has no threshold,
    training uses its whole budget. `policy_net` defaults to `scaled_policy_net`, and is trained
    in place; with `path` the trained network is saved there. Every draw depends on `seed`.
    Ctrl-C ends training early, as `run_training` says.

    Raises TypeError, ValueError or OSError for a bad argument before an episode is played for
    training; what `weigh` and `update` answer is checked as it comes.
    Used in notebook 04.
    """
    optimizer = keras.optimizers.Adam(learning_rate)
    envs, rngs = make_training_envs(env_id, n_envs, seed)
    if policy_net is None:
        n_actions = envs.single_action_space.n
        policy_net = scaled_policy_net(envs.single_observation_space, n_actions, draw_seed(rngs[0]))

    def learn(episodes):
        update(policy_net, optimizer, episodes, gamma, weigh)

    return run_training(
        env_id, envs, rngs, policy_net, learn, n_updates, stop_when_solved, path, progress
    )
