"""Dose–response: systems whose rankers differ from the main ones' in the value of one setting, the dose."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, NamedTuple

from switchrank.experiment.experiment import Experiment
from switchrank.registry import settings_of

_LEAST = 3  # values that make a curve
_KEYS = {
    "description",
    "ranker",
    "training",
    "pairs",
    "pairs_because",
    "versus",
}  # of systems that rank texts as they are


class Doses(NamedTuple):
    """The systems that show what a setting of the ranker does.

    Attributes:
        setting, meaning: its name, and a few words on it.
        default: its value in the ranker of the main systems.
        lines: each main system → value, ascending → the system that has its training data and a ranker with
            this value, and else the main systems' settings.
        untrained: a system with such a ranker before training; None if there is none.
        controls: system → its value: those whose training data are others and were tried at some value beside
            the default, and those with the training data of a main system that differ in one more setting.
    """

    setting: str
    meaning: str
    default: float
    lines: Mapping[str, Mapping[float, str]]
    untrained: str | None
    controls: Mapping[str, float]


class _System(NamedTuple):
    data: list[str]  # the names of its training data
    settings: Mapping[str, Any]  # of its ranker
    trained: bool


def doses(experiment: Experiment, reference: str, main: str) -> list[Doses]:
    """One for each numeric setting that has three values or more with the training data of both systems.

    An empty list where one of the two is missing or does not rank texts as they are.
    """
    systems = _systems(experiment, reference, main) if main in experiment.systems else {}
    if not {reference, main} <= systems.keys():
        return []
    described = fields(experiment.ranker(main).Settings)
    numeric = [field for field in described if _is_number(systems[main].settings[field.name])]
    found = [_doses(systems, reference, main, field.name, field.metadata["doc"]) for field in numeric]
    return [shown for shown in found if min(map(len, shown.lines.values())) >= _LEAST]


def _systems(experiment: Experiment, reference: str, main: str) -> dict[str, _System]:
    """The systems with a ranker of the main one's kind that rank texts as they are, the main ones first.

    Which ranker a choice on dev comes to is not known beforehand.
    """
    entries, systems = experiment.config["systems"], {}
    rankers = {name: experiment.config["rankers"][entry["ranker"]] for name, entry in entries.items()}
    for name in sorted(entries, key=lambda name: name not in (reference, main)):
        alike = rankers[name]["kind"] == rankers[main]["kind"] and entries[name].keys() <= _KEYS
        if alike and not experiment.is_choice(entries[name]["ranker"]):
            cls = experiment.ranker(name)
            settings = settings_of(cls, rankers[name])
            systems[name] = _System(experiment.all_data_of(name), asdict(settings), cls.varies(settings))
    return systems


def _doses(systems: Mapping[str, _System], reference: str, main: str, setting: str, meaning: str) -> Doses:
    base, main_data = systems[main].settings, [systems[reference].data, systems[main].data]
    value = {name: system.settings[setting] for name, system in systems.items()}
    # What else a ranker has that the main one has not.
    more = {name: _differing(system.settings, base) - {setting} for name, system in systems.items()}
    trained = [name for name, system in systems.items() if system.trained and _is_number(value[name])]
    dosed = [name for name in trained if not more[name]]

    lines = {}
    for role in (reference, main):
        line = {value[name]: name for name in reversed(dosed) if systems[name].data == systems[role].data}
        lines[role] = dict(sorted(line.items()))

    others = [name for name in dosed if systems[name].data not in main_data]
    tried = [systems[name].data for name in others if value[name] != base[setting]]
    controls = [name for name in others if systems[name].data in tried]
    controls += [name for name in trained if len(more[name]) == 1 and systems[name].data in main_data]
    known = {dose for line in lines.values() for dose in line}
    untrained = [name for name, system in systems.items() if not system.trained and len(more[name]) <= 1]
    return Doses(
        setting, meaning, base[setting], lines, next(iter(untrained), None),
        {name: value[name] for name in controls if value[name] in known},
    )  # fmt: skip


def _differing(settings: Mapping[str, Any], base: Mapping[str, Any]) -> set[str]:
    return {name for name, value in settings.items() if value != base[name]}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
