"""Actor-critic: like REINFORCE, but a second network, the critic, says what was to be expected."""

import keras
import numpy as np

from cartpole_lib.forward import numpy_forward
from cartpole_lib.gradients import compiled_step, compiled_value_step
from cartpole_lib.guards import guard
from cartpole_lib.guards.nets import readable
from cartpole_lib.guards.steps import same_shape
from cartpole_lib.guards.values import below_one, called_with, repeatable_seed
from cartpole_lib.networks import scaled_policy_net, scaled_value_net
from cartpole_lib.reinforce import policy_gradient_loss
from cartpole_lib.returns import generalized_advantages
from cartpole_lib.training import draw_seed, make_training_envs, run_training


@guard(values=same_shape)
def value_loss(values, targets):
    """Return the mean squared error of the critic, a scalar tensor; both have shape (steps,).

    What minimises it is the mean of the targets, which is what a value is. Source: Sutton &
    Barto, 2nd edition, section 9.2. Shown in notebook 05.
    """
    return keras.ops.mean(keras.ops.square(values - targets))


@guard(gamma=below_one)
def advantages_and_targets(value_net, episodes, gamma, lam):
    """Ask the critic; return the advantages and its new targets, two arrays, shape (all steps,).

    Rewards count (1 − gamma) each, so that a value lies between the smallest and the largest
    reward, 0 for the steps after a fall included. Both results are arrays, constants to every
    loss: no gradient can flow back through them into the critic. Shown in notebook 05.
    """
    expect, advantages, targets = numpy_forward(value_net), [], []
    for observations, _, rewards, terminated in episodes:
        values = expect(observations)[:, 0]  # (T + 1,)
        scaled = (1 - gamma) * rewards
        advantages.append(generalized_advantages(scaled, values, gamma, lam, terminated))
        targets.append(advantages[-1] + values[:-1])
    return np.concatenate(advantages), np.concatenate(targets)


@guard(gamma=below_one)
def actor_critic_update(
    policy_net,
    value_net,
    optimizers,
    episodes,
    gamma=0.99,
    lam=0.98,
    n_value_steps=20,
    losses=(policy_gradient_loss, value_loss),
):
    """Take one gradient step for the actor and several for the critic on a list of `Episode`s.

    `optimizers` and `losses` are pairs, the actor's and the critic's. Returns both losses as
    they were before, two floats.

    Source: Sutton & Barto, 2nd edition, section 13.5, here with generalised advantages and
    whole episodes. Shown in notebook 05.
    """
    advantages, targets = advantages_and_targets(value_net, episodes, gamma, lam)
    observations = np.concatenate([episode.observations[:-1] for episode in episodes])
    actions = np.concatenate([episode.actions for episode in episodes])
    gradient_step = compiled_step(policy_net, optimizers[0], losses[0])
    value_steps = compiled_value_step(value_net, optimizers[1], losses[1], n_value_steps)
    policy_loss = gradient_step(observations, actions, advantages - advantages.mean())
    first_value_loss = value_steps(observations, targets)
    return float(policy_loss), float(first_value_loss)


@guard(
    seed=repeatable_seed,
    gamma=below_one,
    policy_net=readable,
    value_net=None,
    update=called_with(
        "policy_net", "value_net", "optimizers", "episodes", "gamma", "lam", "n_value_steps"
    ),
)
def train_actor_critic(
    env_id="CartPole-v1",
    *,
    seed,
    n_updates=300,
    n_envs=4,
    gamma=0.99,
    lam=0.98,
    learning_rate=0.03,
    value_learning_rate=0.03,
    n_value_steps=20,
    update=actor_critic_update,
    policy_net=None,
    value_net=None,
    stop_when_solved=True,
    path=None,
    progress=False,
):
    """Train a policy network and a value network with Adam and return a `Training`.

    The loop, the budget and the stopping rule are those of `train_reinforce`. `gamma` must be
    below 1. `update` is called as update(policy_net, value_net, optimizers, episodes, gamma,
    lam, n_value_steps): bring your own to change what is learned from a batch. `policy_net`
    defaults to `scaled_policy_net`, `value_net` to `scaled_value_net`;
    `shared_value_net(policy_net)` is a critic on the actor's trunk. Both are trained in place;
    with `path` the policy network is saved there.

    Raises TypeError, ValueError or OSError for a bad argument before an episode is played for
    training; what `update` does is checked as it comes.
    Used in notebook 05.
    """
    optimizers = [keras.optimizers.Adam(rate) for rate in (learning_rate, value_learning_rate)]
    envs, rngs = make_training_envs(env_id, n_envs, seed)
    space, n_actions = envs.single_observation_space, envs.single_action_space.n
    if policy_net is None:
        policy_net = scaled_policy_net(space, n_actions, draw_seed(rngs[0]))
    if value_net is None:
        value_net = scaled_value_net(space, draw_seed(rngs[0]))

    def learn(episodes):
        update(policy_net, value_net, optimizers, episodes, gamma, lam, n_value_steps)

    settings = n_updates, stop_when_solved, path, progress
    return run_training(env_id, envs, rngs, policy_net, learn, *settings, value_net)
