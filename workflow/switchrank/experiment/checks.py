"""What a schema cannot say of a config: its keys fit together."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.errors import UserError
from switchrank.experiment.experiment import Experiment
from switchrank.languages import members, parse_pair
from switchrank.lexicons.titles import LACKING
from switchrank.lexicons.tsv import read_lexicon

_TABLES = ("ratio", "lexicons")  # tables that are not of a group of pairs


def check(experiment: Experiment, source: str) -> None:
    """Check what a schema cannot say.

    Args:
        experiment: a config that was checked against its schema.
        source: the file to name.

    Raises:
        UserError: keys do not fit together.
    """
    config = experiment.config
    if "mirror" in config and not Path(config["mirror"]).is_dir():
        raise UserError(f"{source}: mirror: found {config['mirror']!r}, expected a folder that exists")
    _check_split(config["split"], source)
    _check_lexicons(config["lexicons"], source)
    _check_groups(experiment, source)
    _check_languages(experiment, source)
    _check_pairs(experiment, source)
    for system, entry in config["systems"].items():
        where = f"{source}: systems.{system}"
        if ".vs." in system:
            raise UserError(f"{where}: found .vs. in the name, which parts two systems in file names")
        _known(entry["ranker"], config["rankers"], f"{where}.ranker")
        _check_epochs(entry.get("training", {}), where)
        for key, named in (
            ("training.lexicon", experiment.lexicon_of(system)),
            ("translate", entry.get("translate")),
        ):
            if named is not None:
                _known(named, config["lexicons"], f"{where}.{key}")
    for system in experiment.systems:
        _check_system(experiment, system, f"{source}: systems.{system}")


def _check_split(split: Mapping[str, float], source: str) -> None:
    total = sum(split[part] for part in ("train", "dev", "test"))
    if abs(total - 1) > 1e-9:
        raise UserError(f"{source}: split: train, dev and test add up to {total:g}, expected 1")


def _check_lexicons(lexicons: Mapping[str, Mapping[str, Any]], source: str) -> None:
    for name, entry in lexicons.items():
        if "neighbours" in entry and entry["method"] != "csls":
            raise UserError(
                f"{source}: lexicons.{name}.neighbours: found {entry['neighbours']}, expected none, as "
                f"method {entry['method']} has no use for it"
            )
        if entry["kind"] == "shuffled":
            others = {other: own for other, own in lexicons.items() if own["kind"] != "shuffled"}
            _known(entry["of"], others, f"{source}: lexicons.{name}.of")


def _check_groups(experiment: Experiment, source: str) -> None:
    for group, pairs in experiment.groups.items():
        where = f"{source}: pairs.{group}"
        if group in _TABLES:
            raise UserError(f"{where}: a table of this name has another meaning, expected another name")
        if group in experiment.pairs:
            raise UserError(f"{where}: a pair is called so, expected another name")
        if not pairs:
            raise UserError(f"{where}: found no pair that is in no other group, expected at least one")


def _check_languages(experiment: Experiment, source: str) -> None:
    wanted, where = experiment.config["training"]["languages"], f"{source}: training.languages"
    if "en" in wanted:
        raise UserError(f"{where}: found en, expected other languages than English")
    if unknown := sorted(set(wanted) - set(experiment.config["languages"])):
        raise UserError(f"{where}: {unknown[0]} not among languages")


def _check_pairs(experiment: Experiment, source: str) -> None:
    languages, seen = set(experiment.config["languages"]), set()
    for group, pairs in experiment.groups.items():
        for pair in pairs:
            where = f"{source}: pairs.{group}"
            try:
                sides = parse_pair(pair)
            except UserError as error:
                raise UserError(f"{where}: {error}") from None
            missing = sorted({own for side in sides for own in members(side)} - languages)
            if missing:
                raise UserError(f"{where}: {pair}: {', '.join(missing)} not among languages")
            if pair in seen:
                raise UserError(f"{where}: {pair}: found twice, expected each pair in one group")
            seen.add(pair)


def _check_system(experiment: Experiment, system: str, where: str) -> None:
    entry, kind = experiment.config["systems"][system], experiment.kind(system)
    trained = kind == "kernel"
    if trained != ("training" in entry):
        found, expected = ("none", "one") if trained else ("one", "none")
        raise UserError(
            f"{where}.training: found {found}, expected {expected}, as its ranker is of kind {kind}"
        )
    for key in ("pairs", "translate"):
        if key in entry and not trained:
            raise UserError(f"{where}.{key}: found one, expected none, as its ranker is of kind {kind}")
    for name in entry.get("pairs", []):
        if name not in experiment.groups and name not in experiment.pairs:
            known = ", ".join([*experiment.groups, *experiment.pairs])
            raise UserError(f"{where}.pairs: found {name!r}, expected a group or a pair of pairs: {known}")
    _check_lexicon_of_training(experiment, system, where)
    _check_translation(experiment, system, where)
    if not experiment.pairs_of(system):
        raise UserError(f"{where}: found no pair that it can be measured on, expected at least one")
    for reference in entry.get("versus", []):
        _known(reference, experiment.config["systems"], f"{where}.versus")
        if reference == system:
            raise UserError(f"{where}.versus: {reference}: it is the system itself, expected another")
        if not set(experiment.pairs_of(system)).intersection(experiment.pairs_of(reference)):
            raise UserError(
                f"{where}.versus: {reference}: found no pair that both have, expected at least one"
            )


def _check_lexicon_of_training(experiment: Experiment, system: str, where: str) -> None:
    name = experiment.lexicon_of(system)
    if name is None:
        return
    recipes = experiment.recipes()
    used = {own for data in experiment.all_data_of(system) for own in recipes[data].lexicon_languages}
    for language in sorted(used):
        _check_lexicon_language(experiment, name, f"en-{language}", f"{where}.training.lexicon")


def _check_translation(experiment: Experiment, system: str, where: str) -> None:
    name = experiment.translation_of(system)
    if name is None:
        return
    if experiment.config["lexicons"][name]["kind"] == "shuffled":
        raise UserError(f"{where}.translate: found {name!r}, expected a lexicon that is not shuffled")
    for language in experiment.config["languages"]:
        if language != "en":
            _check_lexicon_language(experiment, name, f"{language}-en", f"{where}.translate")


def _check_lexicon_language(experiment: Experiment, name: str, pair: str, where: str) -> None:
    """Whether there is a lexicon from one language into the other."""
    entry = experiment.config["lexicons"][name]
    if entry["kind"] == "shuffled":
        _check_lexicon_language(experiment, entry["of"], pair, where)
    elif entry["kind"] == "titles" and (lacking := set(LACKING) & set(pair.split("-"))):
        raise UserError(f"{where}: {name}: there are next to no titles in {lacking.pop()}")
    elif entry["kind"] == "file":
        path = Path(entry["folder"]) / f"{pair}.tsv"
        if not path.is_file():
            raise UserError(f"{where}: {name}: {path} not found, expected a lexicon for {pair}")
        read_lexicon(path)  # a bad line is told now, not when half of the work is done


def _check_epochs(training: Mapping[str, Any], where: str) -> None:
    if ("epochs" in training) != (training.get("mode") == "dynamic"):
        why = "with mode: dynamic" if "epochs" not in training else "without mode: dynamic"
        raise UserError(f"{where}.training.epochs: found {training.get('epochs', 'none')} {why}")


def _known(name: str, names: Mapping[str, Any], where: str) -> None:
    if name not in names:
        raise UserError(
            f"{where}: found {name!r}, expected one of {', '.join(names) or 'none (there is none)'}"
        )
