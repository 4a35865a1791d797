"""Settings: YAML files read strictly and checked against a JSON Schema, each mistake reported in one line."""

import dataclasses
import math
import re
import types
import typing
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from switchrank.errors import UserError, nearest


def load_yaml(path: str | Path) -> Any:
    """Read a YAML file of plain values (mappings, lists, texts, numbers, true, false, null).

    Raises:
        UserError: the file is missing, is no UTF-8, breaks YAML's syntax or has a key twice in a mapping.
    """
    try:
        with open(path, "rb") as handle:
            text = handle.read()
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from None
    return parse_yaml(text, path)


def parse_yaml(text: str | bytes, source: str | Path, numbered: bool = True) -> Any:
    """Read YAML as `load_yaml` does; errors (UserError) name `source`, `numbered` ones its line, too."""
    try:
        return yaml.load(text, _StrictLoader)
    except yaml.MarkedYAMLError as error:
        line = f"{error.problem_mark.line + 1}: " if numbered and error.problem_mark else " "
        raise UserError(f"{source}:{line}{_one_line(error.problem or error.context)}") from None
    except yaml.YAMLError as error:  # a byte that is no UTF-8 or a character that YAML forbids
        raise UserError(f"{source}: {_one_line(str(error))}") from None


def validate(value: Any, schema: Mapping[str, Any], source: str | Path) -> None:
    """Check `value`, which was read from the file `source`, against a JSON Schema (2020-12).

    Stricter than the standard: numbers are finite, and whole numbers are written without a point.

    Raises:
        UserError: the most telling error in one line: source, key, the value, what is allowed. An unknown key
            comes before a wrong value (it is often a misspelling that also causes the latter), a wrong value
            before a missing key; among equals the first by key.
    """
    errors = [_explained(error) for error in _Validator(schema).iter_errors(value)]
    if errors:
        _, path, text = min((rank, _dotted(path), text) for path, rank, text in errors)
        raise UserError(f"{source}: {path}: {text}" if path else f"{source}: {text}")


TEXT = {"type": "string"}


def mapping(properties: Mapping[str, Any], required: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON Schema of a mapping that has these keys alone."""
    keys = {"properties": dict(properties), "required": list(required)}
    return {"type": "object", "additionalProperties": False, **keys}


def by_key(key: str, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a mapping whose value of `key` says which of the schemas it has."""
    cases = [
        {"if": {"required": [key], "properties": {key: {"const": value}}}, "then": schema}
        for value, schema in schemas.items()
    ]
    head = {"type": "object", "required": [key], "properties": {key: {"enum": list(schemas)}}}
    return head | {"allOf": cases}


def setting(doc: str, default: Any = dataclasses.MISSING, **schema: Any) -> Any:
    """A field of a dataclass of settings; without a default the config must have it.

    `doc` are a few words for config/README.md, `schema` is what a JSON Schema says of it beside its type.
    """
    return dataclasses.field(default=default, metadata={"doc": doc, "schema": schema})


def schema_of(settings: type, **others: Any) -> dict[str, Any]:
    """The JSON Schema of a dataclass whose fields are made with `setting`, and of other keys before them.

    Types are int, float, str, bool, Literal of texts, tuple[T, ...] for lists, and any of these or None. Of
    several types together `setting` says all.
    """
    hints = typing.get_type_hints(settings)
    fields = dataclasses.fields(settings)
    properties = {
        field.name: _schema_of_type(hints[field.name]) | field.metadata["schema"] for field in fields
    }
    required = [field.name for field in fields if field.default is dataclasses.MISSING]
    return mapping(others | properties, [*others, *required])


def kinds_schema(settings: Mapping[str, type]) -> dict[str, Any]:
    """The JSON Schema of an entry whose `kind` says which dataclass of settings its other keys are of."""
    return by_key("kind", {kind: schema_of(cls, kind={}) for kind, cls in settings.items()})


def with_defaults(settings: type, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a config entry that a dataclass of settings has, in its order, defaults filled in."""
    return {field.name: entry.get(field.name, field.default) for field in dataclasses.fields(settings)}


def _schema_of_type(hint: Any) -> dict[str, Any]:
    simple = {int: "integer", float: "number", str: "string", bool: "boolean"}
    if hint in simple:
        return {"type": simple[hint]}
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "uniqueItems": True, "items": _schema_of_type(arguments[0])}
    if origin is types.UnionType:
        others = [argument for argument in arguments if argument is not types.NoneType]
        return _schema_of_type(others[0]) if len(others) == 1 else {}
    raise TypeError(f"{hint}: a setting cannot have this type")


class _StrictLoader(yaml.CSafeLoader):
    """YAML's safe loader that also refuses a key given twice, which YAML's would silently overrule."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        written = [key_node for key_node, _ in node.value]  # without those that a merge (<<) adds
        whole = super().construct_mapping(node, deep)
        seen = set()
        for key_node in written:
            key = "<<" if key_node.tag.endswith(":merge") else self.construct_object(key_node, deep=True)
            if key in seen:
                problem = f"the key {_shown(key)} is given twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
            seen.add(key)
        return whole


def _is_integer(_: Any, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(_: Any, value: Any) -> bool:
    return _is_integer(_, value) or (isinstance(value, float) and math.isfinite(value))


_Validator = extend(
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"integer": _is_integer, "number": _is_number}
    ),
)

_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text; write it in quotes",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}

_UNKNOWN_KEY, _WRONG_VALUE, _MISSING_KEY = range(3)


def _explained(error: ValidationError) -> tuple[tuple[str | int, ...], int, str]:
    """Where an error is, how telling it is (the lower the more) and what it is."""
    path = tuple(error.absolute_path)
    allowed, shown = error.validator_value, _shown(error.instance)
    match error.validator:
        case "additionalProperties":
            key = min(map(str, error.instance.keys() - error.schema["properties"]))
            return (*path, key), _UNKNOWN_KEY, f"unknown key{_choices(key, error.schema['properties'])}"
        case "required":
            missing = min(key for key in allowed if key not in error.instance)
            return (*path, missing), _MISSING_KEY, "this key is missing"
        case "enum":
            text = f"{shown} is not among the allowed values{_choices(str(error.instance), allowed)}"
        case "type":
            hint = _number_in_disguise(error.instance) if allowed == "number" else ""
            text = f"{shown} is not {_TYPES[allowed]}{hint}"
        case _:
            why = f" ({error.schema['description']})" if "description" in error.schema else ""
            text = _one_line(error.message.replace(repr(error.instance), shown) + why)
    if "propertyNames" in error.absolute_schema_path:  # the error is about a key, not about a value
        return (*path, str(error.instance)), _UNKNOWN_KEY, f"unknown key: {text}"
    return path, _WRONG_VALUE, text


def _choices(name: str, allowed: Iterable[Any]) -> str:
    names = [str(known) for known in allowed]
    return f"{nearest(name, names)} (allowed: {', '.join(names)})"


def _number_in_disguise(value: Any) -> str:
    """YAML takes 2e-5 for a text, since its numbers need a point before the exponent, and its sign."""
    match = re.fullmatch(r"([-+]?\d+)[eE]([-+]?\d+)", value) if isinstance(value, str) else None
    return f"; YAML wants a point: {match[1]}.0e{int(match[2]):+}" if match else ""


def _dotted(path: Iterable[str | int]) -> str:
    """A key path as users write it: systems.ml-cs.seeds[0]."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_one_line(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def _shown(value: Any) -> str:
    """A value as YAML would print it, cut to a readable length."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _one_line(text: str) -> str:
    return " ".join(text.split())
