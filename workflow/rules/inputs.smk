# Functions of wildcards: inputs and parameters of the rules up to the cells.
from dataclasses import asdict


def lexicon_paths(wildcards):
    """Lexicons that a recipe switches with, one for each language."""
    recipe = RECIPES[wildcards.data]
    return [f"{RESULTS}/lexicons/{recipe.lexicon}/en-{language}.tsv" for language in recipe.lexicon_languages]


def recipe_of(wildcards):
    """What a name of training data stands for."""
    return asdict(RECIPES[wildcards.data])


def lexicon_settings(wildcards):
    """What the config says of a lexicon."""
    return {key: value for key, value in config["lexicons"][wildcards.lexicon].items() if key != "kind"}


def lexicon_to_shuffle(wildcards):
    """The lexicon that a shuffled one is made of."""
    return f"{RESULTS}/lexicons/{config['lexicons'][wildcards.lexicon]['of']}/en-{wildcards.language}.tsv"


def own_lexicon_file(wildcards):
    """A user's own lexicon from English."""
    return f"{config['lexicons'][wildcards.lexicon]['folder']}/en-{wildcards.language}.tsv"


def own_lexicon_file_to_english(wildcards):
    """A user's own lexicon into English."""
    return f"{config['lexicons'][wildcards.lexicon]['folder']}/{wildcards.language}-en.tsv"


def encoded_training(wildcards):
    """Encodings of the training texts, and of the English side for dev."""
    recipe = RECIPES[wildcards.data]
    switched = [f"{RESULTS}/training/{wildcards.data}/encoded.safetensors"] if recipe.switched else []
    own = [own for side in (recipe.query, recipe.passage) for own in members(side)]
    return [*switched, *encoded(dict.fromkeys(["en"] if recipe.switched else ["en", *own]))]


def ranker_settings(wildcards):
    """Hyperparameters of a kernel ranker."""
    return {key: value for key, value in config["rankers"][wildcards.ranker].items() if key != "kind"}


def model_of(wildcards):
    """The model that a system ranks with, for one seed."""
    pair = getattr(wildcards, "pair", None) or experiment.pairs_of(wildcards.system)[0]
    return f"{model_path(wildcards.system, wildcards.seed, pair)}/model.safetensors"


def languages_to_rank(wildcards):
    """The languages that a job needs: those of its pair, or all."""
    if not hasattr(wildcards, "pair"):
        return LANGUAGES
    sides = parse_pair(wildcards.pair)
    return list(dict.fromkeys(own for side in sides for own in members(side)))


def encoded_of_system(wildcards):
    """Encodings of what a system ranks: the collection as it is, or brought to English."""
    lexicon, languages = experiment.translation_of(wildcards.system), languages_to_rank(wildcards)
    if lexicon is None:
        return encoded(languages)
    return [f"{RESULTS}/translated/{lexicon}/encoded/{language}.safetensors" for language in languages]


def text_folder(wildcards):
    """The folder with the texts that a system ranks."""
    lexicon = experiment.translation_of(wildcards.system)
    return f"{RESULTS}/translated/{lexicon}" if lexicon else f"{RESULTS}/corpus"


def texts_of_system(wildcards):
    """The texts that a system ranks, where they are not the collection's own."""
    if experiment.translation_of(wildcards.system) is None:
        return []
    folder, languages = text_folder(wildcards), languages_to_rank(wildcards)
    return [
        f"{folder}/{language}/{side}.parquet" for language in languages for side in ("queries", "passages")
    ]


def run_of(wildcards):
    """One run."""
    return run_path(wildcards.system, wildcards.seed, wildcards.pair)


def pairs_to_measure(wildcards):
    """The pairs that a job is about: its own one, those of its group, or all of its system's."""
    if hasattr(wildcards, "pair"):
        return [wildcards.pair]
    pairs = experiment.pairs_of(wildcards.system)
    return [
        pair
        for pair in pairs
        if experiment.pairs[pair] == getattr(wildcards, "group", experiment.pairs[pair])
    ]


def runs_of_system(wildcards):
    """The runs of the system on these pairs, with all its seeds."""
    runs = runs_by_seed(wildcards.system, pairs_to_measure(wildcards))
    return [path for by_pair in runs.values() for path in by_pair.values()]


def measures_of_system(wildcards):
    """The reciprocal ranks of the system on these pairs."""
    return measure_paths(wildcards.system, pairs_to_measure(wildcards))


def measures_of_references(wildcards):
    """The reciprocal ranks of the systems that it is compared with, on these pairs."""
    pairs = pairs_to_measure(wildcards)
    references = experiment.references_of(wildcards.system)
    return [path for reference in references for path in measure_paths(reference, pairs)]


def provenance(wildcards):
    """What a cell says of where it comes from."""
    return {
        "switchrank": VERSION,
        "ranker": experiment.ranker_of(wildcards.system),
        "seeds": experiment.seeds_of(wildcards.system),
        "candidates": config["candidates"]["method"],
        "config_digest": experiment.digest(wildcards.system),
        "rebuild": f"snakemake {RESULTS}/cells/{wildcards.system}",
    }


def pairs_of_group(wildcards):
    """The columns of a table."""
    return experiment.groups[wildcards.group]


def cells_of_group(wildcards):
    """The cells that a table shows."""
    names = [*experiment.groups[wildcards.group], wildcards.group]
    return cell_paths(tuple(experiment.systems_in(wildcards.group)), names)
