import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from switchrank.errors import UserError
from switchrank.experiment.schema import config_schema
from switchrank.settings import load_yaml, validate

SCHEMA = yaml.safe_load("""
type: object
required: [collection, systems]
additionalProperties: false
properties:
  collection: {enum: [pocket, xquad, mmarco]}
  seeds: {type: array, items: {type: integer, minimum: 0}, uniqueItems: true, minItems: 1}
  digest: {type: string, pattern: "^[0-9a-f]{4}$", description: four hexadecimal digits}
  k: {if: {type: string}, then: {enum: [all]}, else: {type: integer, minimum: 1}}
  systems:
    type: object
    propertyNames: {type: string, pattern: "^[a-z0-9.-]+$"}
    additionalProperties:
      type: object
      required: [ranker]
      additionalProperties: false
      properties:
        ranker: {enum: [kernel, cross-encoder]}
        ratio: {type: number, minimum: 0, maximum: 1}
        rate: {type: number}
""")

GOOD = {"collection": "pocket", "systems": {"ml-cs": {"ranker": "kernel", "ratio": 0.5}}}


def complaint(value):
    with pytest.raises(UserError) as caught:
        validate(value, SCHEMA, "config/pocket.yaml")
    return str(caught.value)


def with_system(**settings):
    return {**GOOD, "systems": {"ml-cs": {"ranker": "kernel", **settings}}}


def test_good_settings_pass():
    validate(GOOD, SCHEMA, "config/pocket.yaml")
    validate({**GOOD, "seeds": [1, 2, 3], "k": "all", "digest": "00ff"}, SCHEMA, "config/pocket.yaml")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (with_system(ratio=1.5), "systems.ml-cs.ratio: 1.5 is greater than the maximum of 1"),
        (with_system(ratio="half"), "systems.ml-cs.ratio: 'half' is not a number"),
        (with_system(ratio=True), "systems.ml-cs.ratio: true is not a number"),
        (with_system(rate="2e-5"), "systems.ml-cs.rate: '2e-5' is not a number; YAML wants a point: 2.0e-5"),
        (with_system(rate="1E6"), "systems.ml-cs.rate: '1E6' is not a number; YAML wants a point: 1.0e+6"),
        (with_system(rate=float("inf")), "systems.ml-cs.rate: inf is not a number"),
        (
            with_system(ratoi=0.5),
            "systems.ml-cs.ratoi: unknown key; did you mean ratio? (allowed: ranker, ratio, rate)",
        ),
        (
            with_system(ranker="kernle"),
            "systems.ml-cs.ranker: 'kernle' is not among the allowed values; did you mean kernel? "
            "(allowed: kernel, cross-encoder)",
        ),
        ({"systems": {}}, "collection: this key is missing"),
        ({**GOOD, "systems": {"ml-cs": {}}}, "systems.ml-cs.ranker: this key is missing"),
        ({**GOOD, "systems": []}, "systems: [] is not a mapping"),
        ({**GOOD, "seeds": [1, 2.0]}, "seeds[1]: 2.0 is not a whole number"),
        ({**GOOD, "seeds": [1, 1]}, "seeds: [1, 1] has non-unique elements"),
        ({**GOOD, "seeds": []}, "seeds: [] should be non-empty"),
        ({**GOOD, "digest": "xyz"}, "digest: 'xyz' does not match '^[0-9a-f]{4}$' (four hexadecimal digits)"),
        ({**GOOD, "k": 0}, "k: 0 is less than the minimum of 1"),
        (
            {**GOOD, "systems": {"ML": {"ranker": "kernel"}}},
            "systems.ML: unknown key: 'ML' does not match '^[a-z0-9.-]+$'",
        ),
        (
            {**GOOD, "systems": {False: {}}},
            "systems.False: unknown key: false is not a text; write it in quotes",
        ),
        (None, "null is not a mapping"),
    ],
)
def test_an_error_names_the_key_the_value_and_what_is_allowed(value, said):
    assert complaint(value) == f"config/pocket.yaml: {said}"


def test_a_misspelt_key_comes_before_what_it_causes():
    value = {"colection": "pocket", "systems": {"ml-cs": {"ranker": "kernel", "ratio": 7}}}
    assert "colection: unknown key; did you mean collection?" in complaint(value)


def test_among_equal_errors_the_choice_does_not_depend_on_their_order():
    systems = {name: {"ranker": "kernel", "ratio": 7} for name in ("b", "a", "c")}
    backwards = dict(reversed(systems.items()))
    assert complaint({**GOOD, "systems": systems}) == complaint({**GOOD, "systems": backwards})
    assert "systems.a.ratio" in complaint({**GOOD, "systems": systems})


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.booleans(), inner, max_size=3),
    max_leaves=8,
)


@given(value=plain | plain.map(lambda inner: {**GOOD, "systems": inner}))
def test_whatever_is_wrong_the_error_is_one_line(value):
    try:
        validate(value, SCHEMA, "config/pocket.yaml")
    except UserError as error:
        assert len(str(error).splitlines()) == 1


@given(value=plain)
def test_what_yaml_writes_is_read_back(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("yaml") / "value.yaml"
    path.write_text(yaml.safe_dump(value, allow_unicode=False), encoding="utf-8")
    assert repr(load_yaml(path)) == repr(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", "5: the key 'c' is given twice"),
        ("a: 1\nb: [1, 2\n", "3: did not find expected ',' or ']'"),
        ("a: !!python/object/apply:os.system ['true']\n", "1: could not determine a constructor for the tag"),
        ("[1, 2]: a\n", "1: found unhashable key"),
    ],
)
def test_a_broken_file_is_reported_with_its_line(tmp_path, content, said):
    path = tmp_path / "broken.yaml"
    path.write_text(content)
    with pytest.raises(UserError) as caught:
        load_yaml(path)
    assert str(caught.value).startswith(f"{path}:{said}")
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("content", [b"a: \xff\n", b"a: \x00\n"])
def test_a_file_of_bytes_that_are_no_text_is_reported(tmp_path, content):
    path = tmp_path / "bytes.yaml"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"bytes\.yaml") as caught:
        load_yaml(path)
    assert len(str(caught.value).splitlines()) == 1


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(UserError, match=r"none\.yaml: No such file or directory"):
        load_yaml(tmp_path / "none.yaml")


def test_the_schema_of_a_config_is_one():
    Draft202012Validator.check_schema(config_schema())


def test_a_key_may_be_merged_and_given_again_but_not_given_twice(tmp_path):
    (tmp_path / "a.yaml").write_text("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n")
    assert load_yaml(tmp_path / "a.yaml")["b"] == {"x": 1, "y": 3}
    (tmp_path / "b.yaml").write_text("a: &a {x: 1}\nb: {<<: *a, y: 3, y: 4}\n")
    with pytest.raises(UserError, match="the key 'y' is given twice"):
        load_yaml(tmp_path / "b.yaml")
