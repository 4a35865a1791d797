"""Mistakes in a config that a schema cannot see, and the shipped configs, which have none."""

import configs
import pytest

from switchrank.errors import UserError


@pytest.mark.parametrize("config", [configs.pocket(), configs.full()])
def test_shipped_configs_are_without_mistakes(config):
    configs.checked(config)


POCKET = {"kind": "pocket"}
ALONE = {
    "languages": ["en"],
    "mixed": {"xx6": None, "xx14": None},
    "pairs": {"moir": ["en-en"], "others": "all", "clir": None, "mlir": None, "unseen": None},
    "training": {"rounds": 1},
}


def without(language):
    return lambda c: c.update(languages=[i for i in FOURTEEN if i != language])


FOURTEEN = ["ar", "zh", "nl", "en", "fr", "de", "hi", "id", "it", "ja", "pt", "ru", "es", "vi"]


def entry(system, **values):
    return lambda c: c["systems"][system].update(values)


def training(system, **values):
    return lambda c: c["systems"][system]["training"].update(values)


MISTAKES = {
    "shares": (
        lambda c: c.update(collection=POCKET | {"test": 0.4}),
        "collection: train, dev and test add up to 1.1, expected 1",
    ),
    "no pair": (lambda c: c["pairs"]["clir"].append("de"), "pairs.clir: pair 'de': found no two sides"),
    "unknown language in a pair": (lambda c: c["pairs"]["clir"].append("en-xx"), "unknown side 'xx'"),
    "language not read": (
        without("vi"),
        "mixed.xx14: found 'vi', expected one of ar, zh",
    ),
    "mixed side": (
        lambda c: (without("hi")(c), c["mixed"].update(xx14=None)),
        "pairs.unseen: pair 'xx14-en': unknown side 'xx14'",
    ),
    "pair twice": (lambda c: c["pairs"]["unseen"].append("en-de"), "pairs.unseen: en-de: found twice"),
    "switching into what is not read": (
        lambda c: c["training"].update(languages=["de", "jp"]),
        "training.languages: found 'jp', expected one of",
    ),
    "switching into English": (lambda c: c["training"].update(languages=["en"]), "found en, expected other"),
    "unknown ranker": (entry("ml-cs", ranker="kernal"), "systems.ml-cs.ranker: found 'kernal', expected one"),
    "unknown ranker to choose from": (
        lambda c: c["rankers"]["kernel-chosen"].update(choose=["kernel", "kernel-slow"]),
        "rankers.kernel-chosen.choose: found 'kernel-slow', expected one of bm25, cosine, kernel",
    ),
    "a choice among choices": (
        lambda c: c["rankers"]["kernel-chosen"].update(choose=["kernel-chosen-all", "kernel"]),
        "rankers.kernel-chosen.choose: found 'kernel-chosen-all', expected one of",
    ),
    "a choice among kinds": (
        lambda c: c["rankers"]["kernel-chosen"].update(choose=["kernel", "cosine"]),
        "rankers.kernel-chosen.choose: found 'cosine' of kind cosine, expected kind kernel as of the first",
    ),
    "a choice among what is not trained": (
        lambda c: c["rankers"]["kernel-chosen"].update(choose=["cosine"]),
        "rankers.kernel-chosen.choose: found 'cosine' of kind cosine, expected a kind that is trained",
    ),
    "a choice without training": (
        lambda c: c["systems"]["ml-cs-chosen"].pop("training"),
        "systems.ml-cs-chosen.training: found none, expected one, as its ranker is of kind kernel",
    ),
    "unknown reference": (entry("ml-cs", versus=["zero"]), "systems.ml-cs.versus: found 'zero'"),
    "itself as reference": (entry("ml-cs", versus=["ml-cs"]), "versus: ml-cs: it is the system itself"),
    "reference on no common pair": (
        lambda c: (entry("bl-cs", pairs=["en-de"])(c), entry("bm25", versus=["bl-cs"])(c)),
        "systems.bm25.versus: bl-cs: found no pair that both have",
    ),
    "training of cosine": (
        entry("cosine", training={"data": "source"}),
        "training: found one, expected none",
    ),
    "translation of cosine": (entry("cosine", translate="clwe"), "translate: found one, expected none"),
    "mask of BM25": (
        entry("bm25", mask="shared"),
        "mask: found one, expected none, as its ranker is of kind",
    ),
    "mask of a translation": (
        entry("ml-cs-tt", mask="shared"),
        "systems.ml-cs-tt.mask: found one beside translate, expected only one of the two",
    ),
    "pairs of cosine": (entry("cosine", pairs=["moir"]), "pairs: found one, expected none"),
    "no training": (lambda c: c["systems"]["ml-cs"].pop("training"), "training: found none, expected one"),
    "unknown lexicon": (
        training("ml-cs", lexicon="wiktionary"),
        "systems.ml-cs.training.lexicon: found 'wiktionary', expected one of clwe",
    ),
    "unknown lexicon to translate with": (
        entry("ml-cs-tt", translate="wiktionary"),
        "systems.ml-cs-tt.translate: found 'wiktionary', expected one of clwe",
    ),
    "shuffle of a shuffle": (
        lambda c: c["lexicons"]["clwe-shuffled"].update(of="clwe-shuffled"),
        "lexicons.clwe-shuffled.of: found 'clwe-shuffled', expected one of clwe, clwe-nn, titles",
    ),
    "unknown pairs of a system": (
        entry("bl-cs", pairs=["en-zh"]),
        "systems.bl-cs.pairs: found 'en-zh', expected a group or a pair of pairs: moir, clir",
    ),
    "only pairs that cannot exist": (
        entry("bl-cs", pairs=["en-en"]),
        "systems.bl-cs: found no pair that it can be measured on",
    ),
    "titles in Hindi": (
        lambda c: (
            c["training"].update(languages=["de", "hi"]),
            training("ml-cs", lexicon="titles")(c),
        ),
        "systems.ml-cs.training.lexicon: titles: there are next to no titles in hi",
    ),
    "a dictionary that FreeDict lacks": (
        lambda c: (
            c["lexicons"].update(freedict={"kind": "freedict"}),
            c["training"].update(languages=["de", "fr"]),
            training("ml-cs", lexicon="freedict")(c),
        ),
        "systems.ml-cs.training.lexicon: freedict: found no dictionary from en into fr, expected one from en",
    ),
    "Translate Test with titles in Hindi": (
        entry("ml-cs-tt", translate="titles"),
        "systems.ml-cs-tt.translate: titles: there are next to no titles in hi",
    ),
    "Translate Test with a shuffled lexicon": (
        entry("ml-cs-tt", translate="clwe-shuffled"),
        "systems.ml-cs-tt.translate: found 'clwe-shuffled', expected a lexicon that is not shuffled",
    ),
    "a lexicon of one's own that is not there": (
        lambda c: c["lexicons"].update({"clwe-nn": {"kind": "file", "folder": "mine"}}),
        "systems.ml-cs-nn.training.lexicon: clwe-nn: mine/en-ar.tsv not found, expected a lexicon for en-ar",
    ),
    "a mirror that is not there": (
        lambda c: c.update(mirror="nowhere"),
        "mirror: found 'nowhere', expected a",
    ),
    "a name like a comparison": (
        lambda c: c["systems"].update({"a.vs.b": c["systems"]["cosine"]}),
        "systems.a.vs.b: .vs. is not allowed in a name",
    ),
    "neighbours of no use": (
        lambda c: c["lexicons"]["clwe-nn"].update(neighbours=5),
        "lexicons.clwe-nn.neighbours: found 5, expected none, as method nn has no use for it",
    ),
    "a group called as another table": (
        lambda c: c["pairs"].update(ratio=["en-zh"]),
        "pairs.ratio: a table of this name has another meaning",
    ),
    "a group called as a pair": (
        lambda c: c["pairs"].update({"en-de": ["en-zh"]}),
        "pairs.en-de: this is the name of a pair",
    ),
    "all pairs of which none is left": (
        lambda c: c.update(ALONE),
        "pairs.others: found no pair that is in no other group",
    ),
    "unknown source language": (
        lambda c: c.update(source_language="en-GB"),
        "source_language: found 'en-GB', expected one of",
    ),
    "no language": (lambda c: c["languages"].append("english"), "languages: found 'english'"),
    "language that the collection lacks": (lambda c: c["languages"].append("fi"), "languages: found 'fi'"),
    "mixed side called as a language": (
        lambda c: c["mixed"].update({"fi": ["de", "en"]}),
        "mixed.fi: this is the tag of a language",
    ),
    "metric": (lambda c: c.update(metrics=["MRR@10", "nDGC@10"]), "metrics: "),
    "name of what is shared": (lambda c: c.update(name="shared"), "name: found 'shared', where shared"),
    "only an unknown system": (lambda c: c.update(only=["ml-sc"]), "only: found 'ml-sc', expected some of"),
    "headline of no system": (
        lambda c: c.update(headline="slow"),
        "headline: found 'slow', expected an ending of zero-shot-… and ml-cs-… that rank texts as they are: "
        "fast, chosen",
    ),
    "headline of one system": (
        lambda c: (c["systems"].pop("ml-cs-fast"), c.update(headline="fast")),
        "headline: found 'fast', expected an ending of",
    ),
    "headline of other texts": (lambda c: c.update(headline="masked"), "headline: found 'masked', expected"),
    "epochs without need": (training("ml-cs", epochs=2), "epochs: found 2 without mode: dynamic"),
    "braces in the folder of a lexicon": (
        lambda c: c["lexicons"].update({"clwe-nn": {"kind": "file", "folder": "lex{a}"}}),
        "lexicons.clwe-nn.folder: found 'lex{a}', expected no braces, which would be taken for a wildcard",
    ),
    "braces in a mirror": (lambda c: c.update(mirror="{here}"), "mirror: found '{here}', expected no braces"),
    "braces in a list": (
        lambda c: c["languages"].append("{x}"),
        "languages[14]: found '{x}', expected no",
    ),
    "half a brace": (
        lambda c: c["lexicons"].update({"clwe-nn": {"kind": "file", "folder": "lex}"}}),
        "lexicons.clwe-nn.folder: found 'lex}', expected no braces",
    ),
    "no epochs": (training("ml-cs", mode="dynamic"), "epochs: found none with mode: dynamic"),
}


NOT_A_TEXT = "is not a text; write it in quotes"
SLIPS = {
    "a number as a name": (lambda c: c.update(name=7), f"name: 7 {NOT_A_TEXT}"),
    "a line end in a name": (lambda c: c.update(name="mine\n"), "name: 'mine\\n' does not match"),
    "braces in a name": (lambda c: c.update(name="a{b}"), "name: 'a{b}' does not match"),
    "nothing as a name": (lambda c: c.update(name=None), f"name: null {NOT_A_TEXT}"),
    "a number as a key": (
        lambda c: c["systems"].update({7: c["systems"]["cosine"]}),
        f"systems.7: unknown key: 7 {NOT_A_TEXT}",
    ),
    "null as a key": (
        lambda c: c["rankers"].update({None: {"kind": "kernel"}}),
        f"rankers.None: unknown key: null {NOT_A_TEXT}",
    ),
    "a number as a headline": (lambda c: c.update(headline=7), f"headline: 7 {NOT_A_TEXT}"),
    "no as a key": (
        lambda c: c["pairs"].update({False: ["en-en"]}),
        f"pairs.False: unknown key: false {NOT_A_TEXT}",
    ),
    "1e5 as a key": (lambda c: c["lexicons"].update({1e5: {"kind": "titles"}}), "lexicons.100000.0: unknown"),
    "a key at the top that is no text": (lambda c: c.update({None: 1}), "None: unknown key"),
    "Norwegian": (lambda c: c.update(languages=["en", False]), f"languages[1]: false {NOT_A_TEXT}"),
    "a number as a reference": (entry("ml-cs", versus=[7]), f"systems.ml-cs.versus[0]: 7 {NOT_A_TEXT}"),
    "kind of ranker": (
        lambda c: c["rankers"]["kernel-fast"].update(kind="kernal"),
        "rankers.kernel-fast.kind: 'kernal'",
    ),
    "dev of a choice": (
        lambda c: c["rankers"]["kernel-chosen"].update(dev="english"),
        "rankers.kernel-chosen.dev: 'english' is not among the allowed values (allowed: source, all)",
    ),
    "no dev of a choice": (
        lambda c: c["rankers"]["kernel-chosen"].pop("dev"),
        "rankers.kernel-chosen.dev: this key is missing",
    ),
    "settings of a choice": (
        lambda c: c["rankers"]["kernel-chosen"].update(steps=10),
        "rankers.kernel-chosen.steps: unknown key (allowed: choose, dev)",
    ),
    "kind of lexicon": (
        lambda c: c["lexicons"]["clwe"].pop("kind"),
        "lexicons.clwe.kind: this key is missing",
    ),
    "key of another kind": (
        lambda c: c["lexicons"]["titles"].update(method="csls"),
        "lexicons.titles.method: unknown key (allowed: kind)",
    ),
    "data": (training("ml-cs", data="ml_cs"), "systems.ml-cs.training.data: 'ml_cs'"),
    "ratio of plain data": (
        training("zero-shot", ratio=0.5),
        "systems.zero-shot.training.ratio: unknown key",
    ),
    "mask": (entry("ml-cs", mask="all"), "systems.ml-cs.mask: 'all'"),
    "ratio": (training("ml-cs", ratio=1.5), "systems.ml-cs.training.ratio: 1.5"),
    "no ratio of whole texts": (
        lambda c: c["systems"]["zero-shot"].update(training={"data": "whole-texts"}),
        "systems.zero-shot.training.ratio: this key is missing",
    ),
    "a lexicon for whole texts": (
        training("ml-cs", data="whole-texts"),
        "systems.ml-cs.training.lexicon: unknown key (allowed: data, ratio)",
    ),
    "several ratios": (training("ml-cs", ratio=[0.25, 1.5]), "systems.ml-cs.training.ratio[1]: 1.5"),
    "collection": (lambda c: c.update(collection="poket"), "collection: 'poket'"),
    "key of a collection": (
        lambda c: c.update(collection=POCKET | {"limits": 20}),
        "collection.limits: unknown key; did you mean limit?",
    ),
    "a seed of the training data": (
        lambda c: c["training"].update(seed=1),
        "training.seed: unknown key (allowed: rounds, languages)",
    ),
    "mode": (training("ml-cs", mode="greedy"), "systems.ml-cs.training.mode: 'greedy'"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_reported_at_its_own_key(slip):
    change, expected = SLIPS[slip]
    config = configs.pocket()
    config.setdefault("languages", list(FOURTEEN))
    change(config)
    with pytest.raises(UserError) as error:
        configs.checked(config)
    assert str(error.value).startswith(f"my.yaml: {expected}") and "\n" not in str(error.value)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_reported_in_one_line(mistake):
    change, expected = MISTAKES[mistake]
    config = configs.pocket()
    config.setdefault("languages", list(FOURTEEN))
    change(config)
    with pytest.raises(UserError) as error:
        configs.checked(config)
    assert expected in str(error.value)
    assert str(error.value).startswith("my.yaml: ") and "\n" not in str(error.value)


def test_a_description_may_have_braces():
    config = configs.pocket()
    config["systems"]["cosine"]["description"] = "{cosine}"
    assert configs.checked(config).entry("cosine")["description"] == "{cosine}"
