"""A config read, checked and made complete."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from switchrank.errors import UserError
from switchrank.experiment.checks import check
from switchrank.experiment.experiment import Experiment
from switchrank.experiment.resolve import resolve
from switchrank.experiment.schema import config_schema
from switchrank.settings import load_yaml, validate


def load(config: Mapping[str, Any], sources: Sequence[str]) -> Experiment:
    """Check a config that was merged from files, a later one laid over those before, and make it complete.

    Raises:
        UserError: a file or the whole is not what config/README.md says.
    """
    for source in sources:
        if source.startswith("results/"):
            expected = "expected another option, such as --cores, between --configfile and the targets"
            raise UserError(f"{source}: found a target among the config files, {expected}")
        load_yaml(source)  # a key that is given twice passes elsewhere
    source = " + ".join(sources)
    config = {key: _from_command_line(value) for key, value in config.items()}
    validate(config, config_schema(), source)
    experiment = Experiment(resolve(config, source))
    check(experiment, source)
    return experiment


def merged(sources: Sequence[str | Path]) -> dict[str, Any]:
    """Config files laid over each other: mappings are merged, all else is replaced.

    Raises:
        UserError: a file is missing, or is no YAML mapping.
    """
    whole: dict[str, Any] = {}
    for source in sources:
        layer = load_yaml(source)
        if not isinstance(layer, dict):
            raise UserError(f"{source}: found {type(layer).__name__}, expected a mapping")
        whole = _laid_over(whole, layer)
    return whole


def _laid_over(below: Any, above: Any) -> Any:
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        return above
    return {**below, **{key: _laid_over(below.get(key), value) for key, value in above.items()}}


def _from_command_line(value: Any) -> Any:
    """Snakemake hands over a list from --config as text."""
    return yaml.safe_load(value) if isinstance(value, str) and value.startswith(("[", "{")) else value
