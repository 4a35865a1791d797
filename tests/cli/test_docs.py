"""The tables of config/README.md."""

import configs

from switchrank.cli.docs import REGISTRIES, table, with_tables


def test_config_readme_has_the_tables_of_today():
    page = (configs.CONFIG / "README.md").read_text(encoding="utf-8")
    assert with_tables(page) == page, "run `python -m switchrank docs`"
    assert all(f"<!-- kinds of {name} -->" in page for name in REGISTRIES)


def test_a_table_has_keys_meanings_and_defaults():
    rankers = table(REGISTRIES["rankers"])
    assert "| `kernel` | |" in rankers
    assert "| | `batch` | instances (one positive and its negatives) in a step (64) |" in rankers
    assert "; required |" in table(REGISTRIES["lexicons"])
