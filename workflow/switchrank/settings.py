"""Settings: YAML files read strictly and checked against a JSON Schema, errors told in one line."""

import dataclasses
import math
import re
import types
import typing
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match
from jsonschema.validators import extend

from switchrank.errors import UserError, nearest


def load_yaml(path: str | Path) -> Any:
    """Read a YAML file of plain values (mappings, lists, texts, numbers, true, false, null).

    Raises:
        UserError: the file is missing, is no UTF-8, breaks YAML's syntax or has a key twice in a mapping.
    """
    try:
        with open(path, "rb") as handle:
            return yaml.load(handle, _StrictLoader)
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from None
    except yaml.MarkedYAMLError as error:
        line = f"{error.problem_mark.line + 1}: " if error.problem_mark else " "
        raise UserError(f"{path}:{line}{_one_line(error.problem or error.context)}") from None
    except yaml.YAMLError as error:  # a byte that is no UTF-8 or a character that YAML forbids
        raise UserError(f"{path}: {_one_line(str(error))}") from None


def validate(value: Any, schema: Mapping[str, Any] | str | Path, source: str | Path) -> None:
    """Check `value` against a JSON Schema (2020-12).

    Stricter than the standard in three points: a whole number is written without a point, numbers are finite,
    keys are texts. Defaults of the schema are not filled in.

    Args:
        value: what was read from `source`.
        schema: the schema, or the YAML file that holds it.
        source: the name that errors begin with, usually the path of the file that holds `value`.

    Raises:
        UserError: the most telling error in one line: source, key, what was found, what is allowed. An
            unknown key comes before a wrong value (it is often a misspelling that also causes the latter),
            a wrong value before a missing key; among equals the first by key.
    """
    for path, problem in _not_json((), value):
        raise UserError(f"{source}: {_dotted(path)}: {problem}")
    loaded = schema if isinstance(schema, Mapping) else load_yaml(schema)
    errors = _Validator(loaded).iter_errors(value)
    told = [(_dotted(path), rank, text) for path, rank, text in map(_tell, errors)]
    if told:
        path, _, text = min(told, key=lambda error: (error[1], error[0], error[2]))
        raise UserError(f"{source}: {path}: {text}" if path else f"{source}: {text}")


def setting(doc: str, default: Any = dataclasses.MISSING, **schema: Any) -> Any:
    """A field of a dataclass of settings.

    Args:
        doc: what it means, a few words for config/README.md.
        default: its value where the config leaves it out; without one the key must be given.
        schema: what a JSON Schema says of it beside its type: minimum, pattern, …
    """
    return dataclasses.field(default=default, metadata={"doc": doc, "schema": schema})


def schema_of(settings: type) -> dict[str, Any]:
    """The JSON Schema of a dataclass whose fields are made with `setting`.

    Types are int, float, str, bool, Literal of texts, tuple[T, ...] for lists, and any of these or None.
    """
    hints = typing.get_type_hints(settings)
    fields = dataclasses.fields(settings)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields if field.default is dataclasses.MISSING],
        "properties": {
            field.name: _schema_of_type(hints[field.name]) | field.metadata["schema"] for field in fields
        },
    }


def kinds_schema(settings: Mapping[str, type]) -> dict[str, Any]:
    """The JSON Schema of an entry whose `kind` says which dataclass of settings its other keys are of."""
    cases = []
    for kind, cls in settings.items():
        schema = schema_of(cls)
        properties = {"kind": {}} | schema["properties"]
        required = ["kind", *schema["required"]]
        cases.append(
            {
                "if": {"required": ["kind"], "properties": {"kind": {"const": kind}}},
                "then": {"additionalProperties": False, "required": required, "properties": properties},
            }
        )
    head = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": list(settings)}}}
    return head | {"allOf": cases}


def with_defaults(settings: type, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a config entry that a dataclass of settings has, in its order, defaults filled in."""
    fields = dataclasses.fields(settings)
    return {field.name: entry.get(field.name, field.default) for field in fields}


_SIMPLE = {int: "integer", float: "number", str: "string", bool: "boolean"}


def _schema_of_type(hint: Any) -> dict[str, Any]:
    if hint in _SIMPLE:
        return {"type": _SIMPLE[hint]}
    arguments = typing.get_args(hint)
    match typing.get_origin(hint):
        case typing.Literal:
            return {"enum": list(arguments)}
        case origin if origin is tuple:
            return {"type": "array", "uniqueItems": True, "items": _schema_of_type(arguments[0])}
        case types.UnionType:
            (some,) = (one for one in arguments if one is not types.NoneType)
            return _schema_of_type(some)
    raise TypeError(f"{hint}: a setting cannot have this type")


class _StrictLoader(yaml.CSafeLoader):
    """YAML's safe loader that also refuses a key given twice, which YAML's would silently overrule."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise _refused("a key is no list or mapping", key_node)
            if key in seen:
                raise _refused(f"the key {_shown(key)} is given twice", key_node)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _refused(problem: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


_Validator = extend(
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    ),
)

_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}

_UNKNOWN_KEY, _WRONG_VALUE, _MISSING_KEY = range(3)

_Path = tuple[str | int, ...]


def _not_json(path: _Path, value: Any) -> Iterator[tuple[_Path, str]]:
    """Find what YAML can say and a JSON Schema cannot check: keys that are no texts, infinite numbers."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                yield (*path, str(key)), f"the key {_shown(key)} is not a text; write it in quotes"
            yield from _not_json((*path, str(key)), item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _not_json((*path, index), item)
    elif isinstance(value, float) and not math.isfinite(value):
        yield path, f"{value} is not a finite number"


def _tell(error: ValidationError) -> tuple[_Path, int, str]:
    """Say where an error is, how telling it is (the lower the more) and what it is."""
    if error.context:  # anyOf, oneOf: the alternative that comes closest says more than "none of them fits"
        error = best_match([error])
    path: _Path = tuple(error.absolute_path)
    allowed, found = error.validator_value, _shown(error.instance)
    if "propertyNames" in error.absolute_schema_path:  # its error is about a key, not about a value
        told = (
            _choices(error.instance, allowed)
            if error.validator == "enum"
            else f": {_one_line(error.message)}"
        )
        return (*path, error.instance), _UNKNOWN_KEY, f"unknown key{told}"
    match error.validator:
        case "additionalProperties" if allowed is False:
            known = list(error.schema.get("properties", {}))
            patterns = list(error.schema.get("patternProperties", {}))
            unknown = [key for key in error.instance if key not in known and not _matches(key, patterns)]
            key = min(unknown)
            return (*path, key), _UNKNOWN_KEY, f"unknown key{_choices(key, known + patterns)}"
        case "required":
            missing = min(key for key in allowed if key not in error.instance)
            return (*path, missing), _MISSING_KEY, "this key is missing"
        case "enum":
            choices = _choices(error.instance, allowed)
            return path, _WRONG_VALUE, f"{found} is not among the allowed values{choices}"
        case "const":
            return path, _WRONG_VALUE, f"{found} is not {_shown(allowed)}"
        case "type":
            types = [allowed] if isinstance(allowed, str) else allowed
            wanted = " or ".join(_TYPES[name] for name in types)
            return path, _WRONG_VALUE, f"{found} is not {wanted}{_number_in_disguise(error.instance, types)}"
        case "pattern":
            meaning = error.schema.get("description")
            why = f" ({_one_line(meaning)})" if meaning else ""
            return path, _WRONG_VALUE, f"{found} does not match the pattern {allowed}{why}"
        case "uniqueItems":
            return path, _WRONG_VALUE, f"{found} holds an item twice"
        case "minItems" | "maxItems" | "minLength" | "maxLength" | "minProperties" | "maxProperties":
            bound = f"{'at least' if error.validator.startswith('min') else 'at most'} {allowed}"
            return path, _WRONG_VALUE, f"{found} has a length of {len(error.instance)}, allowed is {bound}"
        case _:
            return path, _WRONG_VALUE, _one_line(error.message)


def _choices(found: Any, allowed: Iterable[Any]) -> str:
    """The nearest of the allowed names, if one is near, and all of them."""
    names = [name if isinstance(name, str) else _shown(name) for name in allowed]
    return f"{nearest(str(found), names)} (allowed: {', '.join(names)})"


def _number_in_disguise(value: Any, types: list[str]) -> str:
    """YAML takes 2e-5 for a text, since its numbers need a point before the exponent."""
    if isinstance(value, str) and "number" in types and re.fullmatch(r"[-+]?\d+[eE][-+]?\d+", value):
        mantissa, exponent = re.split("[eE]", value)
        return f"; YAML wants a point: {mantissa}.0e{exponent if exponent[0] in '+-' else '+' + exponent}"
    return ""


def _matches(key: str, patterns: Iterable[str]) -> bool:
    return any(re.search(pattern, key) for pattern in patterns)


def _dotted(path: _Path) -> str:
    """A key path as users write it: systems.ml-cs.seeds[0]."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_one_line(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def _shown(value: Any) -> str:
    """A value as YAML would print it, cut to a readable length."""
    match value:
        case None | True | False:
            text = {None: "null", True: "true", False: "false"}[value]
        case _:
            text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _one_line(text: str) -> str:
    return " ".join(text.split())
