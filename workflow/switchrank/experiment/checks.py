"""What a schema cannot say of a config: its keys fit together."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from switchrank.errors import UserError, nearest
from switchrank.experiment.endings import MAIN, REFERENCE
from switchrank.experiment.experiment import Experiment
from switchrank.experiment.paths import SHARED
from switchrank.experiment.roles import endings
from switchrank.languages import is_language, parse_pair
from switchrank.lexicons.tsv import read_lexicon
from switchrank.pretrained.base import PRETRAINED
from switchrank.rankers.base import RANKERS
from switchrank.registry import make, settings_of
from switchrank.tasks.ranking import check_metric

_SHOWN = 40  # names that a message lists at most
_TABLES = ("ratio", "lexicons")  # tables that are not of a group of pairs


def check(experiment: Experiment, source: str) -> None:
    """Raise a UserError that begins with `source` if keys of a config, which fits its schema, do not fit."""
    checks = (
        _of_braces, _of_names, _of_languages, _of_pairs, _of_rankers, _of_entries, _of_systems, _of_headline,
    )  # fmt: skip
    for problems in checks:
        for problem in problems(experiment):
            raise UserError(f"{source}: {problem}")


def _of_braces(experiment: Experiment) -> Iterator[str]:
    """Any text may become part of a path, but a description."""
    for where, text in _texts(experiment.config):
        if {"{", "}"}.intersection(text) and not where.endswith(".description"):
            yield f"{where}: found {text!r}, expected no braces, which would be taken for a wildcard"


def _texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a config, with the key that it is at."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, f"{where}.{key}".removeprefix("."))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _texts(inner, f"{where}[{place}]")


def _of_names(experiment: Experiment) -> Iterator[str]:
    config, kind = experiment.config, experiment.collection
    if "mirror" in config and not Path(config["mirror"]).expanduser().is_dir():
        yield f"mirror: found {config['mirror']!r}, expected a folder that exists"
    if experiment.name == SHARED:
        yield f"name: found {SHARED!r}, where shared results are; expected another name"
    for metric in experiment.metrics:
        try:
            check_metric(metric)
        except UserError as error:
            yield str(error)
    if problem := kind.check(settings_of(kind, config["collection"])):
        yield f"collection: {problem}"


def _of_languages(experiment: Experiment) -> Iterator[str]:
    config, languages, source = experiment.config, experiment.languages, experiment.config["source_language"]
    for language in languages if experiment.collection.languages else []:
        yield from _unknown(language, experiment.collection.languages, "languages")
    if not languages:
        yield "languages: found none, expected at least one"
    for language in languages:
        if not is_language(language):
            yield f"languages: found {language!r}, expected a language of BCP 47, such as 'de'"
    yield from _unknown(source, languages, "source_language")
    for name, members in config["mixed"].items():
        if is_language(name):
            yield f"mixed.{name}: this is the tag of a language, expected another name"
        for language in members:
            yield from _unknown(language, languages, f"mixed.{name}")
    if source in config["training"]["languages"]:
        yield f"training.languages: found {source}, expected other languages than the source language"
    for language in config["training"]["languages"]:
        yield from _unknown(language, languages, "training.languages")


def _of_pairs(experiment: Experiment) -> Iterator[str]:
    seen: set[str] = set()
    for group, pairs in experiment.groups.items():
        where = f"pairs.{group}"
        if group in _TABLES:
            yield f"{where}: a table of this name has another meaning, expected another name"
        if not pairs:
            yield f"{where}: found no pair that is in no other group, expected at least one"
        for pair in pairs:
            try:
                parse_pair(pair, experiment.sides)
            except UserError as error:
                yield f"{where}: {error}"
            if pair in seen:
                yield f"{where}: {pair}: found twice, expected each pair in one group"
            seen.add(pair)
    for group in experiment.groups:
        if group in seen:
            yield f"pairs.{group}: this is the name of a pair, expected another one"


def _of_rankers(experiment: Experiment) -> Iterator[str]:
    """Of the choices among rankers: these are there, of one kind, and trained."""
    entries = experiment.config["rankers"]
    single = [name for name in (*RANKERS, *entries) if name not in entries or not experiment.is_choice(name)]
    for name, entry in entries.items():
        if "choose" not in entry and (model := experiment.pretrained_of(name)) is not None:
            yield from _unknown(model, experiment.config["pretrained"], f"rankers.{name}.model")
    for name in filter(experiment.is_choice, entries):
        where, among = f"rankers.{name}.choose", experiment.chosen_from(name)
        for ranker in among:
            yield from _unknown(ranker, single, where)
        for ranker in among:
            kind, expected = entries[ranker]["kind"], entries[name]["kind"]
            if kind != expected:
                yield f"{where}: found {ranker!r} of kind {kind}, expected kind {expected} as of the first"
            if not RANKERS[kind].trained:
                yield f"{where}: found {ranker!r} of kind {kind}, expected a kind that is trained"


def _of_entries(experiment: Experiment) -> Iterator[str]:
    """Of each lexicon, each pretrained model and each system by itself."""
    config, lexicons = experiment.config, experiment.config["lexicons"]
    for name, entry in lexicons.items():
        kind = experiment.lexicon_kind(name)
        if problem := kind.check(settings_of(kind, entry), lexicons):
            yield f"lexicons.{name}.{problem}"
    for name, entry in config["pretrained"].items():
        kind, settings = make(PRETRAINED, entry)
        if problem := kind.check(settings):
            yield f"pretrained.{name}.{problem}"
    for system, entry in config["systems"].items():
        where, training = f"systems.{system}", entry.get("training", {})
        if ".vs." in system:
            yield f"{where}: .vs. is not allowed in a name, as it splits two systems in file names"
        yield from _unknown(entry["ranker"], [*RANKERS, *config["rankers"]], f"{where}.ranker")
        if ("epochs" in training) != (training.get("mode") == "dynamic"):
            why = "with mode: dynamic" if "epochs" not in training else "without mode: dynamic"
            yield f"{where}.training.epochs: found {training.get('epochs', 'none')} {why}"
        if "lexicon" in training:
            yield from _unknown(training["lexicon"], lexicons, f"{where}.training.lexicon")
        if "translate" in entry:
            yield from _unknown(entry["translate"], lexicons, f"{where}.translate")
            if "mask" in entry:
                yield f"{where}.mask: found one beside translate, expected only one of the two"


def _of_systems(experiment: Experiment) -> Iterator[str]:
    """Of what each system needs of the others, of pairs and of lexicons."""
    for system in experiment.systems:
        entry, ranker, where = experiment.entry(system), experiment.ranker(system), f"systems.{system}"
        modality, accepted = experiment.collection.modality, sorted(ranker.accepts)
        kind = f"as its ranker is of kind {experiment.ranker_entry(system)['kind']}"
        if ranker.trained and not experiment.is_trained(system):
            yield f"{where}.training: found none, expected one, {kind}"
        for key in ("training", "pairs", "translate", "mask"):
            if key in entry and not ranker.trained:
                yield f"{where}.{key}: found one, expected none, {kind}"
        if "seeds" in entry and not ranker.trained:
            yield f"{where}.seeds: found some, expected none, {kind}"
        if "pairs_because" in entry and "pairs" not in entry:
            yield f"{where}.pairs_because: found one, expected pairs that it is about"
        if modality not in accepted:
            yield f"{where}.ranker: the collection is {modality}, expected {' or '.join(accepted)}, {kind}"
        names = [*experiment.groups, *experiment.pairs]
        for name in entry.get("pairs", []):
            yield from _unknown(name, names, f"{where}.pairs", "a group or a pair of pairs: ")
        yield from _of_lexicons_used_by(experiment, system, where)
        pairs = set(experiment.pairs_of(system))
        if not pairs:
            yield f"{where}: found no pair that it can be measured on, expected at least one"
        for reference in entry["versus"]:
            yield from _unknown(reference, experiment.systems, f"{where}.versus")
            if reference == system:
                yield f"{where}.versus: {reference}: it is the system itself, expected another"
            if pairs.isdisjoint(experiment.pairs_of(reference)):
                yield f"{where}.versus: {reference}: found no pair that both have, expected at least one"


def _of_headline(experiment: Experiment) -> Iterator[str]:
    """Whether the systems that the report is to be about are there, and rank texts as they are."""
    if "headline" in experiment.config:
        what = f"an ending of {REFERENCE}-… and {MAIN}-… that rank texts as they are: "
        yield from _unknown(experiment.config["headline"], endings(experiment), "headline", what)


def _of_lexicons_used_by(experiment: Experiment, system: str, where: str) -> Iterator[str]:
    """Whether there is, or can be, each of the lexicons that a system needs."""
    translation = experiment.translation_of(system)
    if translation and experiment.lexicon_kind(translation).training_only:
        kind = experiment.config["lexicons"][translation]["kind"]
        yield f"{where}.translate: found {translation!r}, expected a lexicon that is not {kind}"
    for name, source, target in experiment.lexicons_of(system):
        key = "translate" if target == experiment.source.name else "training.lexicon"
        for origin in experiment.with_origins(name):
            if lacking := experiment.lexicon_kind(origin).lacking(source, target):
                yield f"{where}.{key}: {origin}: {lacking}"
            if "file" in experiment.lexicon_kind(origin).needs:
                path = Path(experiment.config["lexicons"][origin]["folder"]) / f"{source}-{target}.tsv"
                if not path.is_file():
                    expected = f"expected a lexicon for {source}-{target}"
                    yield f"{where}.{key}: {origin}: {path} not found, {expected}"
                # A bad line is reported now, not when half of the work is done.
                read_lexicon(path, source, target)


def _unknown(name: str, names: Iterable[str], where: str, what: str = "one of ") -> Iterator[str]:
    names = list(dict.fromkeys(names))
    if name not in names:
        more = f", … ({len(names)} in all)" if len(names) > _SHOWN else ""
        allowed = ", ".join(names[:_SHOWN]) + more or "none (there is none)"
        yield f"{where}: found {name!r}, expected {what}{allowed}{nearest(name, names)}"
