# What jobs need, as functions of their wildcards: inputs, params, and params that only arrange inputs and outputs by
# name. These say nothing new, so a change triggers nothing: Snakemake leaves out what takes `output`.


def given(make, *names):
    """A param: what a function gives for some wildcards."""
    return lambda wildcards: make(*[wildcards[name] for name in names])


def files_of(make, *names):
    """Inputs: all files in what a function gives for some wildcards."""
    return lambda wildcards: flat(given(make, *names)(wildcards))


def arranged(files, *names):
    """A param that triggers nothing: files or, with wildcards, what a function gives for these."""
    return lambda wildcards, output: given(files, *names)(wildcards) if names else files


def code_of_kind(script, kinds, entries, name):
    """A param: the fingerprint of a script and of the kind that a wildcard's entry is of."""
    return given(lambda value: code(script, kinds.file(entries[value]["kind"])), name)


def shown(path, about, category="Tables", **labels):
    """An output that Snakemake's report shows."""
    return report(path, caption=f"../report/{about}.rst", category=category, labels=labels)


# Lexicons, pretrained models and training, by the keys that are in their paths

DATA_NAMES = {key: name for name, key in paths.data_keys.items()}
RECIPES = {key: experiment.recipes[name] for key, name in DATA_NAMES.items()}
LEXICON_ENTRIES = {key: experiment.config["lexicons"][name] for name, key in paths.lexicon_keys.items()}
PRETRAINED_ENTRIES = {
    key: experiment.config["pretrained"][name] for name, key in paths.pretrained_keys.items()
}
RANKER_ENTRIES = {key: experiment.config["rankers"][name] for name, key in paths.ranker_keys.items()}
RANKERS_OF_SYSTEMS = {system: experiment.ranker_entry(system) for system in experiment.systems}
train_code = code_of_kind("train.py", RANKERS, RANKER_ENTRIES, "ranker")


def needed_for_lexicon(wildcards):
    """By name, what a lexicon is made from."""
    entry, languages = LEXICON_ENTRIES[wildcards.lexicon], [wildcards.source, wildcards.target]
    kind = LEXICONS[entry["kind"]]
    needs, files = kind.needs, {}
    if "vectors" in needs:
        for side, language in zip(("source", "target"), languages):
            vectors = paths.vectors(language, aligned=True)
            files |= {f"{side}_vectors": f"{vectors}.safetensors", f"{side}_words": f"{vectors}.txt"}
        (other,) = [language for language in languages if language != SOURCE]
        files["frequent"] = f"{paths.vectors(other)}.stats.json"
    if "lexicon" in needs:
        files["lexicon"] = f"{paths.lexicon(paths.lexicon_keys[entry['of']], *languages)}.tsv"
    if "file" in needs:
        files["file"] = f"{entry['folder']}/{'-'.join(languages)}.tsv"
    if asset := kind.asset(*languages):
        files["asset"] = paths.asset(asset)
    return files


def needed_for_pretrained(wildcards):
    """By name, what a pretrained model is made from."""
    entry = PRETRAINED_ENTRIES[wildcards.pretrained]
    kind = PRETRAINED[entry["kind"]]
    files = {"files": kind.files(settings_of(kind, entry))}
    return files | ({"asset": paths.asset(kind.asset)} if kind.asset else {})


def switching_lexicons(data):
    """Language → lexicon that training texts are switched with."""
    return paths.switching_lexicons(RECIPES[data])


def training_texts(data, seed):
    """The folder of the texts that were made to be trained on; none where the collection's are."""
    return paths.training(data, seed) if RECIPES[data].switched else None


def read_by(ranker, encodings, languages):
    """By name, what a kind of ranker reads: encodings, the weights of their pieces, BM25's runs."""
    files = {"encodings": encodings, "idf": paths.idf, "bm25": {name: BM25[name] for name in languages}}
    if "model" in ranker:
        files["pretrained"] = paths.pretrained(ranker["model"])
    return {name: files[name] for name in files if name in RANKERS[ranker["kind"]].needs}


def read_in_training(ranker, data, seed):
    """The same while it is trained."""
    return read_by(RANKER_ENTRIES[ranker], paths.training_encodings(DATA_NAMES[data], seed), [SOURCE])


def other_dev_pairs(ranker):
    """The other seen pairs, for rankers that read texts, and so need no encodings of these."""
    seen = {
        name: pair for name, pair in experiment.unmixed_seen_pairs.items() if pair != experiment.source_pair
    }
    encoded = "encodings" in RANKERS[RANKER_ENTRIES[ranker]["kind"]].needs
    return [] if encoded else list(seen.values())


def read_to_choose(ranker):
    """By name, what rankers read to be compared on dev."""
    languages = dict.fromkeys(flat([pair.languages for pair in choices.pairs(ranker).values()]))
    encodings = {"collection": paths.encodings_by_language("collection", languages)}
    return read_by(RANKER_ENTRIES[ranker], encodings, languages)


def checkpoint(wildcards, output):
    """What a killed training goes on from; that of other code is of no use."""
    return paths.checkpoint(wildcards.ranker, wildcards.data, wildcards.seed, train_code(wildcards))


def needed_for_whole_model(system, seed):
    """By name, what a whole model and its card are made from."""
    model, cells = paths.models_of(system)[experiment.seeds_of(system).index(int(seed))], paths.cells(
        [system]
    )
    (data,) = experiment.all_data_of(system)
    return {
        "model": multiext(f"{model}/", "model.safetensors", "config.json"),
        "pretrained": paths.pretrained(experiment.pretrained_of(experiment.entry(system)["ranker"])),
        "data": plan.training_stats()[data][int(seed)],
        "cells": cells[system],
    }


# Runs, measures and cells: what a job needs for the pairs of its shard, or for those of the groups of its shard


def needed_to_rank(wildcards, pairs):
    """What a system ranks with: its model, what its ranker reads, and the texts of other views."""
    system, view = wildcards.system, paths.view_of(wildcards.system)
    languages = dict.fromkeys(flat([experiment.pairs[pair].languages for pair in pairs]))
    encodings = {"collection": paths.encodings_by_language(view, languages)}
    masked = {}
    for pair in pairs if experiment.is_masked(system) else []:
        sides, own = experiment.pairs[pair], paths.masked_view(pair)
        encodings[pair] = paths.encodings_by_language(own, sides.languages)
        masked[pair] = [paths.texts(own, language) for language in sides.document.languages]
    translated = [language for language in languages if language != SOURCE and view != "collection"]
    model = f"{paths.model_of(system, wildcards.seed, pairs[0])}/" if experiment.is_trained(system) else None
    return {
        "model": multiext(model, "model.safetensors", "config.json") if model else [],
        "reads": read_by(RANKERS_OF_SYSTEMS[system], encodings, languages),
        "texts": [paths.texts(view, language) for language in translated],
        "masked": masked,
    }


def needed_to_measure(wildcards, pairs):
    """The runs of a system, with all its seeds."""
    return paths.runs(wildcards.system, pairs)


def needed_for_cells(wildcards, pairs):
    """The measures of a system and of those that it is compared with."""
    references = experiment.references_of(wildcards.system)
    return {
        "measures": paths.measures_of(wildcards.system, pairs),
        "references": {system: paths.measures_of(system, pairs) for system in references},
    }


def needed_for_unseen_cell(wildcards, pairs):
    """The runs of a system and of those that it is compared with."""
    systems = [wildcards.system, *experiment.references_of(wildcards.system)]
    return {
        system: paths.runs(system, [pair for pair in pairs if pair in experiment.pairs_of(system)])
        for system in systems
    }


def names_of(wildcards, shard):
    """The pairs or groups that a job does."""
    return [name.format(**wildcards) for name in shard.pairs]


def pairs_of(wildcards, shard):
    """The pairs that these are or have, by name."""
    names = flat([experiment.groups.get(name, [name]) for name in names_of(wildcards, shard)])
    return {name: experiment.pairs[name] for name in names}


def shard_inputs(wildcards, shard, needs):
    """All files that a job needs."""
    return flat(needs(wildcards, list(pairs_of(wildcards, shard))))


def shard_files(wildcards, output, shard, needs, parts=None):
    """The same by name, the pairs, where the result of each pair or group goes, and where parts of it do."""
    pairs = pairs_of(wildcards, shard)
    results = dict(zip(names_of(wildcards, shard), output))
    aside = {name: parts(wildcards.system, wildcards.seed, name) for name in pairs} if parts else {}
    return {"pairs": pairs, "needs": needs(wildcards, list(pairs)), "results": results, "parts": aside}


def mixed_sides(wildcards, shard):
    """The mixed sides of a job's pairs: another one gives other items."""
    sides = [side for pair in pairs_of(wildcards, shard).values() for side in (pair.query, pair.document)]
    return {side.name: side.languages for side in sides if side.mixed}


def groups_of_pairs(wildcards, shard):
    """Pair → its group, where a job does pairs."""
    group_of = experiment.group_of
    return {name: group_of[name] for name in names_of(wildcards, shard) if name in group_of}


def group_of_cell(name):
    """The group whose average a cell is, and its pairs; nothing where it is of a pair."""
    return {name: experiment.groups[name]} if name in experiment.groups else {}


def provenance(system):
    """What a cell says of where it comes from; more is added where it is made."""
    chosen = list(choices.of_system(system).values())
    return {
        "ranker": experiment.entry(system)["ranker"],
        **({"chosen": chosen} if chosen else {}),
        "seeds": experiment.seeds_of(system),
        "precision": experiment.ranker_entry(system).get("precision", "fp32"),
        "candidates": experiment.config["candidates"]["method"],
        "config_digest": paths.config_digest(system),
    }
