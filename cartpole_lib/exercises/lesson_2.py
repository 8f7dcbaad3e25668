"""The exercises of lesson 2: what a gradient does, and an output that means left."""

from collections import Counter

import numpy as np
from scipy.special import softmax

from cartpole_lib.exercises.comparing import Complaint, length_of, shown
from cartpole_lib.exercises.exercise import Exercise, all_from, prediction

FEW = [np.array([1.0, 2.0]), np.array([3.0])], [np.array([0.5, -1.0]), np.array([2.0])]
SEVERAL = (
    [np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([0.25, -1.5]), np.array([2.0])],
    [np.array([[0.5, 1.0], [-2.0, 4.0]]), np.array([-1.0, 0.75]), np.array([3.0])],
)
N_DRAWS = 500
OUTPUTS = 0.75, 0.25, 0.52, 0.48, 0.96  # the last tells if it was rounded


# ---- 2a and 2b: a factor in front of the gradient


def moved_against(weights, gradients, factor, learning_rate):
    """A negative factor turns the step round, and a large one makes it longer."""
    return [w - learning_rate * factor * g for w, g in zip(weights, gradients)]


def list_repeated(weights, gradients, factor, learning_rate):
    """A list times a whole number is the list repeated: no gradient in it has changed.

    Multiply each g by the factor, inside the loop over w and g.
    """
    return [w - learning_rate * g for w, g in zip(weights, factor * gradients)]


def list_times_fraction(weights, gradients, factor, learning_rate):
    """A list cannot be multiplied by a fraction: multiply each g, inside the loop over w and g."""
    return [w - g for w, g in zip(weights, learning_rate * factor * gradients)]


def one_array_of_all(weights, gradients, factor, learning_rate):
    """The arrays differ in shape, so they cannot become one: multiply g after g by the factor.

    And gather what has moved in a list.
    """
    return [w - learning_rate * g for w, g in zip(weights, factor * np.array(gradients))]


def uphill(weights, gradients, factor, learning_rate):
    """This adds the gradient and goes up the loss: subtract it."""
    return [w + learning_rate * factor * g for w, g in zip(weights, gradients)]


def weight_multiplied(weights, gradients, factor, learning_rate):
    """The factor stands in front of the weight of the network: it belongs in front of g."""
    return [factor * w - learning_rate * g for w, g in zip(weights, gradients)]


def all_multiplied(weights, gradients, factor, learning_rate):
    """The factor multiplies the whole moved weight: it belongs in front of g alone."""
    return [factor * (w - learning_rate * g) for w, g in zip(weights, gradients)]


def rate_left_out(weights, gradients, factor, learning_rate):
    """The learning rate is not used: multiply each g by it as well."""
    return [w - factor * g for w, g in zip(weights, gradients)]


def rate_of_its_own(weights, gradients, factor, learning_rate):
    """The learning rate is 0.1 here, whatever is asked for: use the one that is handed over."""
    return moved_against(weights, gradients, factor, 0.1)


def factor_left_out(weights, gradients, factor, learning_rate):
    """This is the step of 2.5 as it was: the factor changes nothing in it."""
    return [w - learning_rate * g for w, g in zip(weights, gradients)]


def the_move_alone(weights, gradients, factor, learning_rate):
    """This is how far each weight moves: add it to the weight."""
    return [-learning_rate * factor * g for g in gradients]


def first_array_alone(weights, gradients, factor, learning_rate):
    """Only the first array of weights came back, moved, and they are several.

    A return inside the loop ends it in its first round. Gather in a list, and return that below.
    """
    return moved_against(weights, gradients, factor, learning_rate)[0]


def first_array_in_a_list(weights, gradients, factor, learning_rate):
    """Your list has the first array alone, and there are several.

    A return inside the loop ends it in its first round: put it below the loop, not indented so far.
    """
    return moved_against(weights, gradients, factor, learning_rate)[:1]


def last_array_alone(weights, gradients, factor, learning_rate):
    """Only the last array of weights came back, moved: gather those of all rounds in a list."""
    return moved_against(weights, gradients, factor, learning_rate)[-1]


def first_array_moved(weights, gradients, factor, learning_rate):
    """Only the first array has moved: does return stand inside the loop?"""
    return moved_against(weights[:1], gradients, factor, learning_rate) + weights[1:]


def nothing_moved(weights, gradients, factor, learning_rate):
    """The weights came back as they were.

    If you write w = … in a loop, w is another array then, and the list keeps the old one.
    """
    return list(weights)


def p_before_and_after():
    """Return a sentence with p before and after the steps that exercise 2a asks about."""
    import tensorflow as tf

    from cartpole_lib.networks import sigmoid_policy_net

    net, observation = sigmoid_policy_net(seed=2), np.array([[0.5, 1, 0.1, 0.5]], np.float32)
    with tf.GradientTape() as tape:
        loss = -tf.math.log(1 - net(observation))  # of action 0
    gradients = tape.gradient(loss, net.trainable_variables)
    weights, found = net.get_weights(), [float(net(observation)[0, 0])]
    for factor in (1, -2):
        net.set_weights(moved_against(weights, gradients, factor, learning_rate=0.1))
        found.append(float(net(observation)[0, 0]))
    return "p was {:.3f}; the step as it is leads to {:.3f}, times -2 to {:.3f}.".format(*found)


# ---- 2c: an output that means left


def drawn_and_labelled(p_left, rng):
    """The draw and the label both follow the new meaning."""
    action = 0 if rng.random() < p_left else 1
    return action, 1 - action


def old_draw(p_left, rng):
    """It pushes right as often as it should push left, though the label fits the push.

    A nudge cannot see it: the loss only asks what was done, not how often. Push left, action 0,
    if the random number is below p_left; and return the action first, then the label.
    """
    action = int(rng.random() < p_left)
    return action, 1 - action


def old_label(p_left, rng):
    """The draw is right, but the label is not.

    The output now means left, so the label is 1 after a push left. With this one each step would
    make the other push likelier.
    """
    action = int(rng.random() >= p_left)
    return action, action


def old_meaning(p_left, rng):
    """Draw and label both still take the output for the probability of right: change both."""
    action = int(rng.random() < p_left)
    return action, action


def likelier_push(p_left, rng):
    """It takes the likelier push every time, so it may never find out what the other is worth.

    Compare p_left with a new random number of rng.
    """
    action = int(p_left <= 0.5)
    return action, 1 - action


def fair_coin(p_left, rng):
    """It pushes left half of the time, whatever the output says: use p_left in the draw."""
    action = int(rng.integers(2))
    return action, 1 - action


def other_dice(p_left, rng):
    """With the same rng it draws other actions when run again: it throws dice other than rng."""
    action = int(np.random.random() >= p_left)
    return action, 1 - action


def output_as_label(p_left, rng):
    """The label is the output itself: it should say what was done, 1 after a push left, else 0."""
    return int(rng.random() >= p_left), p_left


def habit(answer, p_left):
    """Return in words how often the answer pushes left, and with which labels."""
    pairs = draws(answer, p_left)
    if draws(answer, p_left) != pairs:
        return "not the same again"
    pushes = {0: "left", 1: "right"}
    labels = [f"label {label} after {pushes[action]}" for action, label in sorted(set(pairs))]
    share = np.mean([action == 0 for action, _ in pairs])
    return f"{how_often(share, p_left)}, " + ", ".join(labels)


def draws(answer, p_left):
    """Return many pairs of action and label from an answer, with dice of the same seed."""
    rng = np.random.default_rng(0)
    return [whole_pair(answer(p_left, rng)) for _ in range(N_DRAWS)]


def whole_pair(pair):
    """Return action and label as ints; complain if they are none."""
    if length_of(pair) != 2:
        raise Complaint(f"Two numbers are wanted, action and label, not {shown(pair)}.")
    if not all(np.ndim(number) == 0 and number in (0, 1) for number in pair):
        raise Complaint(f"Action and label are 0 or 1, not {shown(pair)}.")
    if any(np.asarray(number).dtype.kind in "bf" for number in pair):
        raise Complaint("True, False and 1.0 are no whole numbers: int(…) makes them 1, 0 and 1.")
    return int(pair[0]), int(pair[1])


def how_often(share, p_left):
    """Return in words how often a push goes left."""
    if share in (0, 1):
        return "always left" if share else "never left"
    for words, wanted in {"p_left": p_left, "1 - p_left": 1 - p_left, "half": 0.5}.items():
        if abs(share - wanted) < 4.4 * (wanted * (1 - wanted) / N_DRAWS) ** 0.5:  # deviations
            return f"left with {words}"
    return f"left in {share:.0%}"


def unlike(answer):
    """Return a sentence on a draw or a label that has no name, or None."""
    for p_left in OUTPUTS:
        if habit(answer, p_left) != habit(drawn_and_labelled, p_left):
            return (
                f"{'rng was not used: draw from it. ' * unused_dice(answer)}"
                f"With p_left {p_left} action and label were, in {N_DRAWS} draws: "
                f"{in_figures(answer, p_left)}. Wanted: {p_left:.0%} (0, 1), {1 - p_left:.0%} (1, 0)."
            )
    return None


def unused_dice(answer):
    """Return whether an answer draws nothing from its generator."""
    rng = np.random.default_rng(0)
    before = rng.bit_generator.state
    answer(OUTPUTS[0], rng)
    return rng.bit_generator.state == before


def in_figures(answer, p_left):
    """Return in words how often each pair of action and label comes."""
    counts = Counter(draws(answer, p_left))
    return ", ".join(f"{counts[pair] / N_DRAWS:.0%} {pair}" for pair in sorted(counts))


# ---- 2d: the mean gradient of a game of one step


def rules(logits):
    """Return the gradients of all losses, one a row: what was said, minus what was done."""
    return softmax(logits) - np.eye(len(logits))


def mean_of_the_dice(logits, rewards):
    """A step against it raises the logits of the actions that earn more than the mean reward."""
    return (softmax(logits) * rewards) @ rules(logits)


def each_counted_once(logits, rewards):
    """Each action counts once here: weigh it by its probability, by how often it is taken."""
    return np.asarray(rewards) @ rules(logits)


def plain_mean(logits, rewards):
    """This is the plain mean over the actions: weigh each by its own probability instead."""
    return np.asarray(rewards) @ rules(logits) / len(logits)


def weighed_by_logits(logits, rewards):
    """The gradients are weighed by the logits, which are no probabilities: softmax makes them."""
    return (np.asarray(logits) * rewards) @ rules(logits)


def uphill_for_reward(logits, rewards):
    """The sign is turned: this is the mean of the scores, but asked is the gradient of the loss."""
    return -mean_of_the_dice(logits, rewards)


def reward_left_out(logits, rewards):
    """All zeros. Without the rewards the gradients balance (2.4): multiply each by its reward.

    And the numbers of one gradient add up to zero, too: add over the actions, axis=0. Or was
    nothing added to the zeros of the start?
    """
    return softmax(logits) @ rules(logits)


def softmax_taken_twice(logits, rewards):
    """Softmax was taken twice: the loss got probabilities, and was told that they are logits."""
    pi = softmax(logits)
    return (pi * rewards) @ rules(pi) @ (np.diag(pi) - np.outer(pi, pi))


def from_logits_forgotten(logits, rewards):
    """The loss took logits for probabilities: it needs from_logits=True."""
    import keras
    import tensorflow as tf

    z = tf.constant([logits], tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(z)
        rows = keras.ops.tile(z, (len(logits), 1))
        losses = keras.losses.sparse_categorical_crossentropy(np.arange(len(logits)), rows)
        loss = keras.ops.sum(softmax(logits) * rewards * losses)
    return tape.gradient(loss, z).numpy()[0]


def through_the_share(logits, rewards):
    """The derivative also runs through the probability that each loss is weighed by.

    How often an action is taken is a fixed number here: take each gradient first, then weigh it.
    """
    pi = softmax(logits)
    return (pi * rewards * (1 + np.log(pi))) @ rules(logits)


def first_action_alone(logits, rewards):
    """This is the share of the first action alone: does return stand inside the loop?"""
    return softmax(logits)[0] * rewards[0] * rules(logits)[0]


def nothing_watched(answer):
    """Return a sentence on a gradient that is None, or None."""
    if answer(np.array([0.0, 1.0]), np.array([4.0, 5.0])) is not None:
        return None
    return (
        "It returned None: does it end with return? A tape, too, gives None, for what it did not "
        "watch: tape.watch(z) before the loss, where z is no variable."
    )


EXERCISES = {
    "2a": prediction(
        "rises",
        "After a push left the plain step makes left likelier, and p falls. The minus turns it "
        "round, and the 2 makes it longer.",
        wrong={
            "falls": "Tempting, for whatever was done becomes likelier, and left was done. But "
            "that holds for a positive number in front: a negative one makes it less likely.",
            "stays": "Tempting, for the dice alone push nowhere. But that is the mean over both "
            "actions, and this is one step after one of them.",
        },
        measure=p_before_and_after,
    ),
    "2b": Exercise(
        moved_against,
        wrong=all_from(list_repeated, to=nothing_moved),
        cases=lambda: [
            (*FEW, 3, 0.1),
            *((*SEVERAL, factor, 0.1) for factor in (1, 2, 0.5, -0.5)),
            (*FEW, 3, 0.02),
        ],
    ),
    "2c": Exercise(
        drawn_and_labelled,
        wrong=all_from(old_draw, to=output_as_label),
        cases=lambda: [(p_left,) for p_left in OUTPUTS],
        run=habit,
        diagnose=unlike,
    ),
    "2d": Exercise(
        mean_of_the_dice,
        wrong=all_from(each_counted_once, to=first_action_alone),
        cases=lambda: [
            (np.array(logits), np.array(rewards))
            for logits, rewards in [
                ([0.0, 1.0], [4.0, 5.0]),
                ([0.5, -1.0, 2.0], [2.0, 0.5, -1.0]),
                ([0.3, 1.5, 0.7, 0.2], [0.0, 3.0, 1.0, 1.0]),
            ]
        ],
        diagnose=nothing_watched,
    ),
}
