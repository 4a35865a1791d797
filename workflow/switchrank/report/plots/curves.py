"""Learning curves, a small panel for each model."""

from collections.abc import Mapping

import matplotlib.ticker
import pandas as pd
from matplotlib.figure import Figure

from switchrank.report.plots.base import THEME, TIP, style, svg

_COLUMNS, _WIDTH, _HEIGHT = 4, 225, 128


def curves(models: Mapping[str, Mapping[str, pd.Series]], label: str) -> str:
    """One line per run of a training over its steps; all panels share their axes.

    Args:
        models: title of the panel → run, such as "seed 1" → values, index step; the last step is marked.
        label: of the values' axis.
    """
    rows = -(-len(models) // _COLUMNS)
    columns = min(len(models), _COLUMNS)
    width, height = 46 + _WIDTH * columns, 42 + _HEIGHT * rows
    with style():
        drawn = Figure(figsize=(width / 72, height / 72))
        panels = list(drawn.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).flat)
        edges = {"left": 46 / width, "right": 1 - 8 / width, "top": 1 - 20 / height, "bottom": 40 / height}
        drawn.subplots_adjust(**edges, wspace=0.06, hspace=0.3)
        for axes, (title, runs) in zip(panels, models.items(), strict=False):
            axes.set_title(title, fontsize=11, loc="left", pad=3)
            for run, values in runs.items():
                step, last = values.index[-1], values.iloc[-1]
                tip = f"{TIP}{title}, {run}, step {step}: {last:.4g}"
                axes.plot(values.index, values, color=THEME["series-1"], linewidth=1.2, alpha=0.7)
                axes.plot(step, last, "o", color=THEME["series-1"], markersize=4, gid=tip)
            axes.grid(axis="y")
            axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4))
        for axes in panels[len(models) :]:
            axes.set_visible(False)
        drawn.supxlabel("training step", y=4 / height, fontsize=11)
        drawn.supylabel(label, x=4 / width, fontsize=11)
    last = "; ".join(
        f"{title}: {', '.join(f'{values.iloc[-1]:.3g}' for values in runs.values())}"
        for title, runs in models.items()
    )
    return svg(drawn, f"{label} over training steps. At the last step: {last}.")
