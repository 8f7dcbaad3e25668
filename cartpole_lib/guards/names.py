"""Which check an argument of this name gets, unless its function says otherwise."""

from cartpole_lib.guards.episodes import an_episode, batch, expectations, some_episodes
from cartpole_lib.guards.nets import flat_space, policy_outputs, value_network
from cartpole_lib.guards.plays import a_policy
from cartpole_lib.guards.plots import one_axes, text
from cartpole_lib.guards.steps import optimizer, optimizer_pair
from cartpole_lib.guards.values import (
    count,
    flag,
    fraction,
    function,
    generator,
    number,
    policy_path,
    positive,
    seed,
    two_functions,
    vector,
)
from cartpole_lib.guards.worlds import env_name, playable, side_by_side

NAMES = {
    "ax": one_axes,
    "bootstrap": number,
    "caption": text,
    "env": playable,
    "env_id": env_name,
    "envs": side_by_side,
    "episode": an_episode,
    "episodes": some_episodes,
    "gamma": fraction,
    "lam": fraction,
    "learning_rate": positive,
    "loss": function,
    "losses": two_functions,
    "n_actions": count,
    "n_draws": count,
    "n_envs": count,
    "n_episodes": count,
    "n_jobs": count,
    "n_observations": count,
    "n_updates": count,
    "n_value_steps": count,
    "observation_space": flat_space,
    "optimizer": optimizer,
    "optimizers": optimizer_pair,
    "path": policy_path,
    "policy": a_policy,
    "policy_net": policy_outputs,
    "progress": flag,
    "returns": batch,
    "rewards": vector,
    "rng": generator,
    "seed": seed,
    "stop_when_solved": flag,
    "terminated": flag,
    "threshold": number,
    "value_learning_rate": positive,
    "value_net": value_network,
    "values": expectations,
    "weigh": function,
    "weights": vector,
}
