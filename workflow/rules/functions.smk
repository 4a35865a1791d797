# What each job needs, as functions of its wildcards: inputs, and params arranged by name for the script.


def arranged(files):
    """A param that arranges inputs or outputs by name: as it says nothing new, it triggers nothing."""
    return partial(_arranged, files=files)


def _arranged(wildcards, output, files):
    return files


# Downloads


def asset_code(wildcards):
    """The fingerprint of what fetches an asset of this kind."""
    return code("asset.py", KINDS_OF_ASSETS.file(ASSETS[wildcards.asset]["kind"]))


# Texts and encodings


def corpus_folder(wildcards, input):
    """The folder of the collection, whose files are among the inputs."""
    return paths.corpus


def corpus_output(wildcards, output):
    """The same, where it is made."""
    return paths.corpus


def texts_to_encode(wildcards):
    """Queries and passages of a view."""
    queries, passages = paths.texts(wildcards.view, wildcards.language)
    return {"queries": queries, "passages": passages}


# Lexicons

LEXICON_NAMES = {key: name for name, key in paths.lexicon_keys.items()}


def lexicon_entry(wildcards):
    """What the config says of a lexicon."""
    return experiment.config["lexicons"][LEXICON_NAMES[wildcards.lexicon]]


def keyed_lexicon_entry(wildcards, input):
    """The same for the script: all that it says is in the lexicon's key."""
    return lexicon_entry(wildcards)


def lexicon_needs(wildcards):
    """What a lexicon is made from, by its kind."""
    entry, needs = lexicon_entry(wildcards), LEXICONS[lexicon_entry(wildcards)["kind"]].needs
    languages = wildcards.source, wildcards.target
    files = {"names": paths.asset(NAMES)}
    if "vectors" in needs:
        for side, language in zip(("source", "target"), languages):
            vectors = paths.vectors(language, aligned=True)
            files |= {f"{side}_vectors": f"{vectors}.safetensors", f"{side}_words": f"{vectors}.txt"}
        (other,) = [language for language in languages if language != SOURCE]
        files["frequent"] = f"{paths.vectors(other)}.stats.json"
    if "lexicon" in needs:
        files["lexicon"] = f"{paths.lexicon(paths.lexicon_keys[entry['of']], *languages)}.tsv"
    if "file" in needs:
        files["file"] = f"{entry['folder']}/{languages[0]}-{languages[1]}.tsv"
    return files


def lexicon_code(wildcards):
    """The fingerprint of what makes a lexicon of this kind."""
    return code("lexicon.py", LEXICONS.file(lexicon_entry(wildcards)["kind"]))


# Training

RECIPES = {key: experiment.recipes[name] for name, key in paths.data_keys.items()}


DATA_NAMES = {key: name for name, key in paths.data_keys.items()}


RANKER_ENTRIES = {key: experiment.config["rankers"][name] for name, key in paths.ranker_keys.items()}


def lexicons_of_data(wildcards):
    """Language → lexicon that a recipe switches with."""
    return paths.switching_lexicons(RECIPES[wildcards.data])


def lexicon_files_of_data(wildcards):
    """The same as a list."""
    return flat(lexicons_of_data(wildcards))


def recipe_of(wildcards):
    """How training data are made."""
    return vars(RECIPES[wildcards.data])


def ranker_entry(wildcards):
    """What the config says of a ranker."""
    return RANKER_ENTRIES[wildcards.ranker]


def ranker_needs(wildcards):
    """What the kind of a ranker needs."""
    return RANKERS[ranker_entry(wildcards)["kind"]].needs


def training_encodings(wildcards):
    """View → language → encodings that a ranker reads while it is trained."""
    return (
        paths.training_encodings(DATA_NAMES[wildcards.data]) if "encodings" in ranker_needs(wildcards) else {}
    )


def training_texts(wildcards):
    """The folder of the texts that were made to be trained on; none where the collection's are."""
    return paths.training(wildcards.data) if RECIPES[wildcards.data].switched else None


def training_needs(wildcards):
    """All files that training needs beside its data."""
    idf = [paths.idf] if "idf" in ranker_needs(wildcards) else []
    return [*flat([training_encodings(wildcards), training_bm25(wildcards)]), *idf]


def training_bm25(wildcards):
    """Language → BM25's run, where training needs it."""
    return {SOURCE: BM25[SOURCE]} if "bm25" in ranker_needs(wildcards) else {}


def training_idf(wildcards):
    """The weights of the encoder's pieces, where they are needed."""
    return paths.idf if "idf" in ranker_needs(wildcards) else None


def train_code(wildcards):
    """The fingerprint of what trains this kind of ranker."""
    return code("train.py", RANKERS.file(ranker_entry(wildcards)["kind"]))


def checkpoint(wildcards):
    """What a killed training goes on from; that of other code is of no use."""
    return paths.checkpoint(wildcards.ranker, wildcards.data, wildcards.seed, train_code(wildcards))


# Ranking


def ranking_files(system, pairs, seed):
    """By name, what a system ranks some pairs with: model, encodings, BM25's runs, texts of another view."""
    needs, view = experiment.ranker(system).needs, paths.view_of(system)
    languages = dict.fromkeys(flat([list(experiment.pairs[pair].languages) for pair in pairs]))
    translated = [language for language in languages if language != SOURCE and view != "collection"]
    return {
        "view": None if view == "collection" else paths.view_folder(view),
        "texts": [paths.texts(view, language) for language in translated],
        "model": paths.model_of(system, seed, pairs[0]) if experiment.is_trained(system) else None,
        "encodings": paths.encodings_by_language(view, languages) if "encodings" in needs else {},
        "idf": paths.idf if "idf" in needs else None,
        "bm25": {language: BM25[language] for language in languages} if "bm25" in needs else {},
    }


def rank_inputs(wildcards, shard):
    """The same as a list."""
    files = ranking_files(wildcards.system, pairs_of(shard, wildcards), wildcards.seed)
    model = multiext(f"{files['model']}/", "model.safetensors", "config.json") if files["model"] else []
    idf = files["idf"] or []
    return [*model, *flat([files["texts"], files["encodings"], idf, files["bm25"]])]


def rank_params(wildcards, output, shard):
    """What the script is told: where everything lies, and which pairs it ranks."""
    pairs = pairs_of(shard, wildcards)
    return ranking_files(wildcards.system, pairs, wildcards.seed) | {
        "pairs": {pair: experiment.pairs[pair] for pair in pairs},
        "runs": dict(zip(pairs, output)),
    }


def mixed_sides(wildcards, shard):
    """The mixed sides of the pairs of a shard: another one gives other items."""
    pairs = [experiment.pairs[pair] for pair in pairs_of(shard, wildcards)]
    sides = [side for pair in pairs for side in (pair.query, pair.document)]
    return {side.name: side.languages for side in sides if side.mixed}


def entry_of_system(wildcards):
    """What the config says of a system's ranker."""
    return experiment.ranker_entry(wildcards.system)


def rank_code(wildcards):
    """The fingerprint of what ranks with this kind of ranker."""
    return code("rank.py", RANKERS.file(entry_of_system(wildcards)["kind"]))


# Measures, cells, tables

CONFIGFILES = "" if SOURCES == [DEFAULT_CONFIG] else f"--configfile {' '.join(SOURCES)} "


def measure_inputs(wildcards, shard):
    """The runs of a system on the pairs of a shard, with all its seeds."""
    return flat(paths.runs(wildcards.system, pairs_of(shard, wildcards)))


def measure_params(wildcards, output, shard):
    """What the script is told: pairs, their runs, and where their measures go."""
    pairs = pairs_of(shard, wildcards)
    return {
        "pairs": {pair: experiment.pairs[pair] for pair in pairs},
        "runs": paths.runs(wildcards.system, pairs),
        "measures": dict(zip(pairs, output)),
    }


def cell_measures(system, pairs):
    """The measures of a system and of those that it is compared with."""
    references = {other: paths.measures_of(other, pairs) for other in experiment.references_of(system)}
    return {"measures": paths.measures_of(system, pairs), "references": references}


def cell_inputs(wildcards, shard):
    """The same as a list, for the pairs of a shard."""
    return flat(cell_measures(wildcards.system, pairs_of(shard, wildcards)))


def cell_params(wildcards, output, shard):
    """What the script is told of the pairs of a shard."""
    pairs = pairs_of(shard, wildcards)
    return cell_measures(wildcards.system, pairs) | {
        "pairs": {pair: experiment.pairs[pair] for pair in pairs},
        "groups": {},
        "cells": dict(zip(pairs, output)),
        "rebuild": rebuild(wildcards),
    }


def groups_of_pairs(wildcards, shard):
    """Pair → its group, of the pairs of a shard."""
    return {pair: experiment.group_of[pair] for pair in pairs_of(shard, wildcards)}


def rebuild(wildcards):
    """The command that makes a system's cells, up to their names."""
    return f"snakemake {CONFIGFILES}--cores all {RESULTS}/cells/{wildcards.system}"


def provenance(wildcards):
    """What a cell says of where it comes from; more is added where it is made."""
    return {
        "ranker": experiment.entry(wildcards.system)["ranker"],
        "seeds": experiment.seeds_of(wildcards.system),
        "candidates": experiment.config["candidates"]["method"],
        "config_digest": paths.config_digest(wildcards.system),
    }


def data_of_system(wildcards):
    """The folders of the downloads that a system's figures hang on."""
    return paths.assets_of(wildcards.system)


def average_params(wildcards, output, shard):
    """What the script is told of the averages of some groups."""
    groups = {group: experiment.groups[group] for group in shard.pairs}
    pairs = flat(groups)
    return cell_measures(wildcards.system, pairs) | {
        "pairs": {pair: experiment.pairs[pair] for pair in pairs},
        "groups": groups,
        "cells": dict(zip(groups, output)),
        "rebuild": rebuild(wildcards),
    }


def average_inputs(wildcards, shard):
    """Measures of a system and of those that it is compared with, on all pairs of some groups."""
    return flat(cell_measures(wildcards.system, flat([experiment.groups[group] for group in shard.pairs])))


AVERAGED = {system: {"averages": experiment.groups_with(system)} for system in experiment.systems}


def cells_of_group(wildcards):
    """System → pair or group → the cells that a table shows."""
    names = [*experiment.groups[wildcards.group], wildcards.group]
    return paths.cells(experiment.systems_in(wildcards.group), names)


def cell_files_of_group(wildcards):
    """The same as a list."""
    return flat(cells_of_group(wildcards))


def pairs_of_group(wildcards):
    """The columns of a table."""
    return experiment.groups[wildcards.group]


def measures_to_compare(wildcards):
    """All measures of two systems."""
    return flat([paths.measures_of(wildcards.ours), paths.measures_of(wildcards.theirs)])


def compared(wildcards, output, which):
    """Pair → measures of one of the two systems."""
    return paths.measures_of(wildcards[which])


# Analyses


def pairs_in(runs):
    """The pairs that runs (system → seed → pair → path) are of, by name."""
    names = [pair for seeds in runs.values() for by_pair in seeds.values() for pair in by_pair]
    return {pair: experiment.pairs[pair] for pair in experiment.pairs if pair in set(names)}
