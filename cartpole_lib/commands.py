"""What the commands of `python -m cartpole_lib` do. Each yields what is to be printed, line by line.

Each gets its arguments as argparse parsed them, and imports what it needs: `play` opens its
window without waiting for TensorFlow.
"""

import warnings
from contextlib import suppress
from functools import cache, partial

import gymnasium as gym

from cartpole_lib.evaluate import evaluate, summarize
from cartpole_lib.files import written_whole
from cartpole_lib.guards.nets import fits
from cartpole_lib.guards.values import policy_path
from cartpole_lib.interrupt import calm_interrupt
from cartpole_lib.policies import greedy_policy, lean_policy, load_policy, sampling_policy
from cartpole_lib.rollout import make_envs


def play_command(arguments):
    """Open the window, and compare when it is closed; a network trains in the meantime."""
    from cartpole_lib.play.game import Game, comparison
    from cartpole_lib.play.opponent import Opponent
    from cartpole_lib.play.window import need_display, play_window

    need_display()
    game, opponent = Game(), Opponent()
    opponent.ask(game.start)

    lean = cache(partial(game.score_of, lean_policy))  # the window asks at every frame

    def others(start):
        trained = opponent.score(start)
        return {"lean": lean(start)} | ({"trained": trained} if opponent.alive else {})

    play_window(game, others)
    if game.best is None:
        return
    if opponent.score(game.best_start) is None and opponent.alive:
        yield "A network is still training, to be compared with you. Ctrl-C leaves it out."
        with suppress(KeyboardInterrupt):
            opponent.score(game.best_start, timeout=120)
    yield comparison({"you": game.best} | others(game.best_start))


def train_command(arguments):
    """Train a policy, save it where asked, and say how good it became."""
    if arguments.save is not None:
        policy_path(arguments.save, "--save")  # complains before TensorFlow loads
    threshold = _checked_world(arguments.env).spec.reward_threshold
    if arguments.method == "reinforce":
        from cartpole_lib.reinforce import reinforce_update as update
        from cartpole_lib.reinforce import train_reinforce as trainer
    else:
        from cartpole_lib.actor_critic import actor_critic_update as update
        from cartpole_lib.actor_critic import train_actor_critic as trainer
    warnings.filterwarnings("ignore", "training was interrupted")  # we say it ourselves
    warnings.filterwarnings("error", "the policy could not be saved")  # nobody has what is returned
    options = {"seed": arguments.seed, "path": arguments.save, "progress": True}
    with calm_interrupt(update) as calm_update:
        run = trainer(arguments.env, update=calm_update, **options)
    verdict = "interrupted" if run.interrupted else "solved" if run.solved else "not solved"
    n_episodes = len(run.episode_returns)
    yield f"{verdict}: {run.n_updates} updates, {n_episodes} episodes, {run.n_steps} steps"
    yield from _report({"greedy": run.greedy, "sampled": run.sampled}, 100, threshold)
    if arguments.save is not None:
        yield f"saved as {arguments.save}" if run.n_updates else "nothing was learned or saved"
    if run.interrupted:
        raise KeyboardInterrupt


def watch_command(arguments):
    """Show a saved policy in a window, or write an animation of one episode."""
    from cartpole_lib.animate import animate
    from cartpole_lib.play.window import need_display, watch_window

    if arguments.gif is None:
        need_display()
    elif arguments.gif.suffix != ".gif" or not arguments.gif.parent.is_dir():
        raise ValueError(f"--gif must be a .gif file in a folder that exists: {arguments.gif}")
    net, _ = _loaded(arguments)
    env = gym.make(arguments.env, render_mode="rgb_array")
    if arguments.gif is None:
        watch_window(env, greedy_policy(net), arguments.seed)
        return
    picture = animate(env, greedy_policy(net), arguments.seed)
    with written_whole(arguments.gif) as beside:
        beside.write_bytes(picture.data)
    yield f"{arguments.gif}: {picture.caption}"


def evaluate_command(arguments):
    """Play episodes of a saved policy, greedily and sampled, and print both means."""
    net, threshold = _loaded(arguments)
    summaries = {}
    for name, policy in (
        ("greedy", greedy_policy(net)),
        ("sampled", sampling_policy(net, arguments.seed)),
    ):
        returns = evaluate(policy, arguments.env, arguments.episodes, arguments.seed)
        summaries[name] = summarize(returns, threshold=0)  # whether it is solved is not reported
    yield from _report(summaries, arguments.episodes, threshold)


def _checked_world(env_id):
    envs = make_envs(env_id, 1)
    envs.close()
    return envs


def _loaded(arguments):
    """Return the network of a file that fits its environment, and the environment's threshold."""
    envs = _checked_world(arguments.env)
    net = load_policy(arguments.file)
    return fits(net, f"the network of {arguments.file}", envs), envs.spec.reward_threshold


def _report(summaries, n_episodes, threshold):
    for name, summary in summaries.items():
        mean = f"mean {summary.mean:.1f}, 95 % interval {summary.low:.1f} to {summary.high:.1f}"
        yield f"{name:<8} {mean}, {n_episodes} episodes"
    if threshold is not None:
        yield f"solved means a mean of at least {threshold:g}"
