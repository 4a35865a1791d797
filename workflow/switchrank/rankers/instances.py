"""Training instances in the order in which rankers read them."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from switchrank.errors import UserError


def arranged(instances: pd.DataFrame) -> tuple[pd.DataFrame, tuple[int, int, int]]:
    """Instances (see Ranker.fit) by epoch and instance, the positive first; and how many there are.

    Returns:
        the rows, and their shape: epochs, instances, passages of each instance.
    """
    ordered = instances.sort_values(
        ["epoch", "instance", "label"], ascending=[True, True, False], kind="stable"
    )
    epochs, number = ordered["epoch"].nunique(), ordered["instance"].nunique()
    return ordered, (epochs, number, len(ordered) // (epochs * number))


def check_epochs(epochs: int, instances: int, steps: int, batch: int) -> None:
    """UserError if there are several epochs, but fewer than a training goes through."""
    wanted = -(-steps * batch // instances)
    if 1 < epochs < wanted:
        raise UserError(
            f"training data: found texts for {epochs} epochs, expected {wanted} for "
            f"{steps} steps of {batch} instances"
        )


def batch_of(step: int, size: int, shape: tuple[int, int], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Epoch and instance of each item of a step's batch, where there are `shape` epochs and instances.

    Each epoch has its own order, and a batch may reach into the next epoch. Where the data have several
    epochs, each is read in its turn; of one, every epoch reads the same texts.
    """
    epochs, instances = shape
    epoch, position = np.divmod(np.arange(step * size, (step + 1) * size), instances)
    orders = {number: np.random.default_rng([seed, number]).permutation(instances) for number in set(epoch)}
    chosen = [orders[number][at] for number, at in zip(epoch, position, strict=True)]
    return epoch % epochs, np.array(chosen)


def learning_curve(log: Sequence[Mapping[str, float]]) -> pd.DataFrame:
    """The steps of a training with what was measured at some of them, as Ranker.fit gives them."""
    names = dict.fromkeys(["step", "loss", "dev_mrr", *(name for step in log for name in step)])
    return pd.DataFrame(log, columns=list(names)).astype(dict.fromkeys(list(names)[2:], float))
