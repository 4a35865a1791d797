"""What a schema cannot say of a config: its keys fit together."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from switchrank.errors import UserError, nearest
from switchrank.experiment.experiment import Experiment
from switchrank.experiment.paths import SHARED
from switchrank.languages import is_language, parse_pair
from switchrank.lexicons.tsv import read_lexicon
from switchrank.rankers.base import RANKERS
from switchrank.registry import settings_of
from switchrank.tasks.ranking import check_metric

_SHOWN = 40  # names that a message lists at most
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
    if "mirror" in config and not Path(config["mirror"]).expanduser().is_dir():
        raise UserError(f"{source}: mirror: found {config['mirror']!r}, expected a folder that exists")
    if experiment.name == SHARED:
        raise UserError(f"{source}: name: found {SHARED!r}, where shared results lie; expected another name")
    for metric in experiment.metrics:
        try:
            check_metric(metric)
        except UserError as error:
            raise UserError(f"{source}: {error}") from None
    _check_collection(experiment, source)
    _check_languages(experiment, source)
    _check_pairs(experiment, source)
    for name, entry in config["lexicons"].items():
        kind = experiment.lexicon_kind(name)
        if problem := kind.check(settings_of(kind, entry), config["lexicons"]):
            raise UserError(f"{source}: lexicons.{name}.{problem}")
    for system, entry in config["systems"].items():
        where = f"{source}: systems.{system}"
        if ".vs." in system:
            raise UserError(f"{where}: .vs. is not allowed in a name, as it parts two systems in file names")
        _known(entry["ranker"], dict.fromkeys([*RANKERS, *config["rankers"]]), f"{where}.ranker")
        _check_epochs(entry.get("training", {}), where)
        for key, lexicon in (
            ("training.lexicon", experiment.lexicon_of(system)),
            ("translate", experiment.translation_of(system)),
        ):
            if lexicon is not None:
                _known(lexicon, config["lexicons"], f"{where}.{key}")
    for system in experiment.systems:
        _check_system(experiment, system, f"{source}: systems.{system}")


def _check_collection(experiment: Experiment, source: str) -> None:
    entry, kind = experiment.config["collection"], experiment.collection
    if problem := kind.check(settings_of(kind, entry)):
        raise UserError(f"{source}: collection: {problem}")
    if kind.languages:
        for language in experiment.languages:
            _known(language, kind.languages, f"{source}: languages")


def _check_languages(experiment: Experiment, source: str) -> None:
    config, languages = experiment.config, experiment.languages
    if not languages:
        raise UserError(f"{source}: languages: found none, expected at least one")
    for language in languages:
        if not is_language(language):
            raise UserError(
                f"{source}: languages: found {language!r}, expected a language of BCP 47, such as 'de'"
            )
    _known(config["source_language"], languages, f"{source}: source_language")
    for name, members in config["mixed"].items():
        if is_language(name):
            raise UserError(f"{source}: mixed.{name}: this is the tag of a language, expected another name")
        for language in members:
            _known(language, languages, f"{source}: mixed.{name}")
    wanted = config["training"]["languages"]
    if config["source_language"] in wanted:
        expected = "expected other languages than the source language"
        raise UserError(f"{source}: training.languages: found {config['source_language']}, {expected}")
    for language in wanted:
        _known(language, languages, f"{source}: training.languages")


def _check_pairs(experiment: Experiment, source: str) -> None:
    group_of: dict[str, str] = {}
    for group, pairs in experiment.groups.items():
        where = f"{source}: pairs.{group}"
        if group in _TABLES:
            raise UserError(f"{where}: a table of this name has another meaning, expected another name")
        if not pairs:
            raise UserError(f"{where}: found no pair that is in no other group, expected at least one")
        for pair in pairs:
            try:
                parse_pair(pair, experiment.sides)
            except UserError as error:
                raise UserError(f"{where}: {error}") from None
            if pair in group_of:
                raise UserError(f"{where}: {pair}: found twice, expected each pair in one group")
            group_of[pair] = group
    for group in experiment.groups:
        if group in group_of:
            raise UserError(f"{source}: pairs.{group}: this is the name of a pair, expected another one")


def _check_system(experiment: Experiment, system: str, where: str) -> None:
    entry, ranker = experiment.entry(system), experiment.ranker(system)
    kind = f"as its ranker is of kind {experiment.ranker_entry(system)['kind']}"
    if ranker.trained != experiment.is_trained(system):
        count, expected = ("none", "one") if ranker.trained else ("one", "none")
        raise UserError(f"{where}.training: found {count}, expected {expected}, {kind}")
    for key in ("pairs", "translate"):
        if key in entry and not ranker.trained:
            raise UserError(f"{where}.{key}: found one, expected none, {kind}")
    if experiment.collection.modality not in ranker.accepts:
        raise UserError(
            f"{where}.ranker: the collection is {experiment.collection.modality}, expected "
            f"{' or '.join(sorted(ranker.accepts))}, {kind}"
        )
    for name in entry.get("pairs", []):
        _known(
            name, [*experiment.groups, *experiment.pairs], f"{where}.pairs", "a group or a pair of pairs: "
        )
    _check_lexicon_of_training(experiment, system, where)
    _check_translation(experiment, system, where)
    if not experiment.pairs_of(system):
        raise UserError(f"{where}: found no pair that it can be measured on, expected at least one")
    for reference in entry["versus"]:
        _known(reference, experiment.systems, f"{where}.versus")
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
    used = {
        language
        for data in experiment.all_data_of(system)
        for language in experiment.recipes[data].lexicon_languages
    }
    for language in sorted(used):
        _check_lexicon(experiment, name, experiment.source.name, language, f"{where}.training.lexicon")


def _check_translation(experiment: Experiment, system: str, where: str) -> None:
    name, source = experiment.translation_of(system), experiment.source.name
    if name is None:
        return
    if experiment.lexicon_kind(name).training_only:
        kind = experiment.config["lexicons"][name]["kind"]
        raise UserError(f"{where}.translate: found {name!r}, expected a lexicon that is not {kind}")
    for language in experiment.languages:
        if language != source:
            _check_lexicon(experiment, name, language, source, f"{where}.translate")


def _check_lexicon(experiment: Experiment, name: str, source: str, target: str, where: str) -> None:
    """Whether there is, or can be, a lexicon from one language into the other."""
    entry, kind = experiment.config["lexicons"][name], experiment.lexicon_kind(name)
    if lacking := kind.lacking(source, target):
        raise UserError(f"{where}: {name}: {lacking}")
    if "lexicon" in kind.needs:
        _check_lexicon(experiment, entry["of"], source, target, where)
    if "file" in kind.needs:
        path = Path(entry["folder"]) / f"{source}-{target}.tsv"
        if not path.is_file():
            raise UserError(f"{where}: {name}: {path} not found, expected a lexicon for {source}-{target}")
        read_lexicon(path)  # a bad line is told now, not when half of the work is done


def _check_epochs(training: Mapping[str, Any], where: str) -> None:
    if ("epochs" in training) != (training.get("mode") == "dynamic"):
        why = "with mode: dynamic" if "epochs" not in training else "without mode: dynamic"
        raise UserError(f"{where}.training.epochs: found {training.get('epochs', 'none')} {why}")


def _known(name: str, names: Iterable[str], where: str, what: str = "one of ") -> None:
    names = list(names)
    if name not in names:
        more = f", … ({len(names)} in all)" if len(names) > _SHOWN else ""
        allowed = ", ".join(names[:_SHOWN]) + more or "none (there is none)"
        raise UserError(f"{where}: found {name!r}, expected {what}{allowed}{nearest(name, names)}")
