"""config/assets.yaml: the project's own pins, and mistakes that end in one line."""

from pathlib import Path

import pytest

from switchrank.assets.fetch import load_assets
from switchrank.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "nl", "pt", "ru", "vi", "zh")


def test_the_projects_own_assets():
    assets = load_assets(ROOT / "config" / "assets.yaml")
    assert {"cldr", "osm-tags", "use-multilingual"} <= set(assets)
    assert set(assets["cldr"]["members"]) >= {f"annotations/{code}/annotations.json" for code in LANGUAGES}
    assert set(assets["osm-tags"]["members"]) >= {
        f"dist/translations/{'zh-CN' if code == 'zh' else code}.json" for code in LANGUAGES
    }
    for spec in assets.values():
        assert any("LICENSE" in member for member in spec["members"])


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
    "old, new, key",
    [
        ("licence: MIT", "licence: MIT, license: MIT", "license"),
        ("licence: MIT,", "", "licence"),
        ("kind: npm", "kind: nmp", "nmp"),
        ("kind: npm", "kind: url", "url"),
        ("kind: npm, ", "", "kind"),
        ("1.0.0", '">=1.0"', "version"),
        ("1.0.0", "1.0", "version"),
        ('"@a/b"', "--registry=x", "package"),
        ("b.tgz", "../b.tgz", "file"),
        ("a" * 64, "a" * 63, "sha256"),
        ("[x]", "[]", "members"),
        ("[x]", "[/etc/x]", "members"),
        ("words:", "../words:", "../words"),
        ("words:", "words: [", "did not find"),
        ("kind: npm", "kind: npm, kind: npm", "twice"),
    ],
)
def test_a_wrong_key_or_value_is_one_line_that_names_it(tmp_path, old, new, key):
    path = tmp_path / "assets.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(UserError) as failure:
        load_assets(path)
    assert key in str(failure.value)
    assert str(path) in str(failure.value)
    assert "\n" not in str(failure.value)


def test_one_file_name_cannot_mean_two_downloads(tmp_path):
    path = tmp_path / "assets.yaml"
    path.write_text(GOOD + GOOD.replace("words:", "others:").replace("a" * 64, "b" * 64))
    with pytest.raises(UserError, match=r"others\.file: found b\.tgz, which words pins to another sha256"):
        load_assets(path)


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(UserError, match=r"none\.yaml: No such file"):
        load_assets(tmp_path / "none.yaml")
