"""assets.yaml: the project's own pins, and mistakes that end in one line."""

import pytest

from switchrank.assets.fetch import load_assets
from switchrank.errors import UserError

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "nl", "pt", "ru", "vi", "zh")


def test_the_projects_own_assets():
    assets = load_assets()
    assert {"cldr", "osm-tags", "use-multilingual"} <= set(assets)
    assert set(assets["cldr"]["members"]) >= {f"annotations/{code}/annotations.json" for code in LANGUAGES}
    assert set(assets["osm-tags"]["members"]) >= {
        f"dist/translations/{'zh-CN' if code == 'zh' else code}.json" for code in LANGUAGES
    }
    for spec in assets.values():
        legal = ("LICENSE", "copyright", "METADATA")  # the last one names the licence of a package
        assert any(part in member for member in spec["members"] for part in legal)


GOOD = f"""
words:
  {{kind: npm, package: "@a/b", version: 1.0.0, file: b.tgz, sha256: "{"a" * 64}", licence: MIT,
    purpose: tests, members: [x]}}
"""


def test_good_assets(tmp_path):
    path = tmp_path / "assets.yaml"
    path.write_text(GOOD)
    assert load_assets(path)["words"]["package"] == "@a/b"


@pytest.mark.parametrize(
    "old, new, error",
    [
        ("licence: MIT", "licence: MIT, license: MIT", "words.license: unknown key; did you mean licence?"),
        ("licence: MIT,", "", "words.licence: this key is missing"),
        ("kind: npm", "kind: nmp", "words.kind: 'nmp' is not among the allowed values; did you mean npm?"),
        ("kind: npm", "kind: hub", "words.package: '@a/b' does not match"),
        ("kind: npm, ", "", "words.kind: this key is missing"),
        ("1.0.0", '">=1.0"', "words.version: '>=1.0' does not match"),
        ("1.0.0", '">=1.0"', "(one version, no range)"),
        ("1.0.0", "1.0", "words.version: 1.0 is not a text"),
        ('"@a/b"', "--registry=x", "(name or @scope/name)"),
        ("b.tgz", "../b.tgz", "(a file name without a folder)"),
        ("a" * 64, "a" * 63, "(64 hexadecimal digits in lower case)"),
        ("kind: npm", "kind: pypi, platform: Linux x86", "words.platform: 'Linux x86' does not match"),
        ("kind: npm", "kind: npm, platform: any", "words.platform: unknown key"),
        ("[x]", "[]", "words.members: [] should be non-empty"),
        ("[x]", "[/etc/x]", "words.members[0]: '/etc/x' does not match"),
        ("words:", "../words:", "../words: unknown key"),
        ("words:", "words: [", "did not find"),
        ("kind: npm", "kind: npm, kind: npm", "twice"),
    ],
)
def test_a_wrong_key_or_value_is_one_line_that_names_it(tmp_path, old, new, error):
    path = tmp_path / "assets.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(UserError) as failure:
        load_assets(path)
    assert str(failure.value).startswith(str(path))
    assert error in str(failure.value)
    assert "\n" not in str(failure.value)


def test_one_file_name_cannot_mean_two_downloads(tmp_path):
    path = tmp_path / "assets.yaml"
    path.write_text(GOOD + GOOD.replace("words:", "others:").replace("a" * 64, "b" * 64))
    with pytest.raises(UserError, match=r"others\.file: found b\.tgz, which words pins to another sha256"):
        load_assets(path)


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(UserError, match=r"none\.yaml: No such file"):
        load_assets(tmp_path / "none.yaml")
