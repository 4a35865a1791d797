"""A model's card says what it is, how it was made and what it reaches, with metadata that hubs can read."""

import pytest
import yaml

from switchrank.exports.model_card import model_card

CELL = {
    "group": "clir",
    "query_language": "en",
    "document_language": "de",
    "metric": "MRR@10",
    "mean": 0.4261,
    "interval": [0.391, 0.46],
    "queries": 513,
}
AVERAGE = {key: value for key, value in CELL.items() if not key.endswith("language")}


@pytest.fixture
def card():
    return model_card(
        system="ml-cs-ce",
        seed=1,
        description="trained on switched English",
        settings={"kind": "cross-encoder", "layers": [0, 1], "warm_up": None, "loss": "bce|x"},
        data={"instances": 7880, "sides": {"query": {}}},
        origin={"source": "intfloat/multilingual-e5-small", "licence": "MIT"},
        cells=[CELL, AVERAGE],
        licences={"resources/cldr": "Unicode-3.0"},
        folder="results/pocket/models/ml-cs-ce/seed1",
    )


def test_the_head_is_metadata(card):
    _, head, _ = card.split("---\n", 2)
    assert yaml.safe_load(head) == {
        "library_name": "transformers",
        "pipeline_tag": "text-ranking",
        "base_model": "intfloat/multilingual-e5-small",
        "license": "mit",
    }


def test_it_tells_recipe_cells_and_licences(card):
    lines = card.splitlines()
    assert "# ml-cs-ce, seed 1" in lines
    assert "A cross-encoder that scores passages for queries: trained on switched English." in lines
    assert "| layers | 0, 1 |" in lines and "| warm_up |  |" in lines
    assert r"| loss | bce\|x |" in lines  # no column more
    assert "| instances | 7880 |" in lines
    assert "| en-de | 42.6 | 39.1 to 46.0 | 513 |" in lines
    assert "| clir | 42.6 | 39.1 to 46.0 | 513 |" in lines
    assert "| resources/cldr | Unicode-3.0 |" in lines
    assert 'model = switchrank.load("results/pocket/models/ml-cs-ce/seed1")' in lines


def test_a_licence_that_is_not_known_is_not_named():
    origin = {"source": "my/folder"}
    card = model_card("s", 1, "", {}, {}, origin, [CELL], {}, "folder")
    assert "license" not in card.split("---\n")[1]
    assert "A cross-encoder that scores passages for queries." in card.splitlines()
