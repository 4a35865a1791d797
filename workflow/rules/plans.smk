# What tables over several systems, analyses, claims and the report are made of.
MAIN, REFERENCE = "ml-cs", "zero-shot"  # the systems that the paper is about
EXAMPLES = ("en-de", "ar-it", "xx6-xx6")  # pairs


def references_by_system():
    """System → the one that it is tested against."""
    return {system: experiment.reference_of(system) for system in experiment.systems}


def impossible_by_system():
    """System → the pairs on which its cell cannot exist."""
    return {system: experiment.impossible(system) for system in experiment.systems}


def variants():
    """The systems for the tables of ratios and lexicons: those that switch as the main one does, by recipe."""
    return {
        system: {
            "lexicon": recipe.lexicon,
            "ratio": recipe.ratio,
            "mode": recipe.mode,
            "stop_words": recipe.stop_words,
        }
        for system, recipe in _switching_alike().items()
    }


def variant_cells():
    """Cells of the averages of these systems and of the reference."""
    return cell_paths((REFERENCE, *_switching_alike()) if COMPLETE else (), set(experiment.groups))


def training_of_variants():
    """System → figures of its training data."""
    return {system: f"{RESULTS}/training/{_data(system)}/stats.json" for system in _switching_alike()}


def lexicon_stats():
    """Figures of all lexicons that training texts are switched with."""
    used = {(recipe.lexicon, own) for recipe in RECIPES.values() for own in recipe.lexicon_languages}
    return [f"{RESULTS}/lexicons/{lexicon}/en-{language}.stats.json" for lexicon, language in sorted(used)]


def all_models():
    """Folders of all models."""
    return list(dict.fromkeys(path for system in experiment.systems for path in model_paths(system)))


def runs_for_overlap():
    """Runs of the systems that read the texts themselves, on pairs of single languages."""
    return [
        path
        for system in experiment.systems
        if experiment.kind(system) != "bm25" and experiment.translation_of(system) is None
        for by_pair in runs_by_seed(system, _pairs_for_overlap(system)).values()
        for path in by_pair.values()
    ]


def overlap_languages():
    """The languages of these pairs."""
    sides = [
        side
        for system in experiment.systems
        for pair in _pairs_for_overlap(system)
        for side in parse_pair(pair)
    ]
    return list(dict.fromkeys(sides))


def runs_for_bias():
    """Runs on pairs whose passages are mixed."""
    return [
        path
        for system in experiment.systems
        for by_pair in runs_by_seed(system, _pairs_of_mixed_passages(system)).values()
        for path in by_pair.values()
    ]


def claims_plan():
    """What claims are judged on beside reciprocal ranks and overlap."""
    return {
        "groups": experiment.groups,
        "impossible": impossible_by_system(),
        "training": training_of_variants(),
        "variants": _rankers_of_main_systems(),
    }


def costs_plan(system):
    """The benchmarks of the jobs that a system needs, and its models; see stages.costs."""
    benchmarks, data = f"{RESULTS}/benchmarks", experiment.all_data_of(system)
    ranker, seeds = experiment.ranker_of(system), experiment.seeds_of(system)
    translation = experiment.translation_of(system)
    lexicons = {(RECIPES[one].lexicon, own) for one in data for own in RECIPES[one].lexicon_languages}
    lexicons |= {(translation, own) for own in LANGUAGES if translation and own != "en"}
    used = {path for lexicon, own in lexicons for path in _lexicon_benchmarks(lexicon, own)}
    ranking = [f"{benchmarks}/rank/{ranker}/{system}/seed{seed}" for seed in seeds]
    pairs = experiment.pairs_of(system)
    return {
        "pairs": len(pairs),
        "seeds": len(seeds),
        "lexicons": sorted(used),
        "data": [
            f"{benchmarks}/{rule}/{one}.tsv"
            for one in data
            for rule in ("training_data", *(["encode_training"] if RECIPES[one].switched else []))
        ],
        "training": [f"{benchmarks}/train/{ranker}/{one}/seed{seed}.tsv" for one in data for seed in seeds],
        "models": [f"{RESULTS}/models/{ranker}/{one}/seed{seeds[0]}/model.safetensors" for one in data],
        "translation": [
            f"{benchmarks}/{rule}/{translation}.tsv"
            for rule in ("translate", "encode_translated")
            if translation
        ],
        "ranking": (
            [f"{folder}/{pair}.tsv" for folder in ranking for pair in pairs]
            if experiment.by_pair(system)
            else [f"{folder}.tsv" for folder in ranking]
        ),
    }


def _lexicon_benchmarks(lexicon, language):
    entry = config["lexicons"][lexicon]
    own = f"{RESULTS}/benchmarks/lexicon/{lexicon}/{language}.tsv"
    if entry["kind"] == "shuffled":
        return [*_lexicon_benchmarks(entry["of"], language), own]
    if entry["kind"] != "induced":
        return [own]
    needed = (f"vectors/{language}", "vectors/en", f"alignment/{language}")
    return [*(f"{RESULTS}/benchmarks/{job}.tsv" for job in needed), own]


def resolved_config():
    """The config as the report tells it: with the pairs and the data of each system."""
    return config | {
        "name": experiment.name,
        "pairs": experiment.groups,
        "systems": {system: _resolved(system) for system in experiment.systems},
    }


def _resolved(system):
    """A system's entry, the pairs that it has cells for, those on which it has none, and its data."""
    pairs = experiment.pairs_of(system)
    entry = config["systems"][system] | {"pairs": pairs, "impossible": experiment.impossible(system)}
    data = {pair: experiment.data_of(system, pair) for pair in pairs if "training" in entry}
    if len(set(data.values())) > 1:
        return entry | {"data_by_pair": data}
    return entry | ({"data": next(iter(data.values()))} if data else {})


def _rankers_of_main_systems():
    """Suffix → main system → the same with another ranker: zero-shot → zero-shot-fast, ml-cs → ml-cs-fast."""
    found = {}
    for system in experiment.systems:
        suffix = system.removeprefix(REFERENCE)
        if system.startswith(f"{REFERENCE}-") and f"{MAIN}{suffix}" in experiment.systems:
            if experiment.translation_of(system) is None:
                found[suffix.removeprefix("-")] = {one: f"{one}{suffix}" for one in (REFERENCE, MAIN)}
    return found


def example_runs(system):
    """A system's runs with its first seed, on the pairs that examples are shown of."""
    if not COMPLETE:
        return []
    both = [pair for pair in experiment.pairs_of(MAIN) if pair in experiment.pairs_of(REFERENCE)]
    known = [pair for pair in EXAMPLES if pair in both] or both[-1:]
    return [run_path(system, experiment.seeds_of(system)[0], pair) for pair in known]


def example_lexicons():
    """The lexicons that the main system's training text was switched with."""
    recipe = RECIPES[_data(MAIN)] if COMPLETE else None
    return (
        [f"{RESULTS}/lexicons/{recipe.lexicon}/en-{own}.tsv" for own in recipe.lexicon_languages]
        if recipe
        else []
    )


def example_plan():
    """How the examples' training text was switched."""
    recipe = asdict(RECIPES[_data(MAIN)]) if COMPLETE else None
    return {"system": MAIN, "reference": REFERENCE, "recipe": recipe, "seed": config["training"]["seed"]}


def variant_table_paths():
    """Tables of ratios and lexicons, where there is something to vary."""
    return [f"{RESULTS}/tables/{name}.csv" for name in ("ratio", "lexicons")] if COMPLETE else []


def analyses():
    """What the report shows beside the cells, as far as this config has what it takes."""
    found = [f"{RESULTS}/analyses/costs.csv"]
    found += [f"{RESULTS}/claims.json", f"{RESULTS}/analyses/examples.json"] if COMPLETE else []
    found += [f"{RESULTS}/analyses/overlap.parquet"] if runs_for_overlap() else []
    return found + ([f"{RESULTS}/analyses/bias.csv"] if runs_for_bias() else [])


def _pairs_for_overlap(system):
    pairs = experiment.pairs_of(system)
    return [
        pair
        for pair in pairs
        if experiment.pairs[pair] != "unseen" and not MIXED.keys() & set(parse_pair(pair))
    ]


def _pairs_of_mixed_passages(system):
    return [pair for pair in experiment.pairs_of(system) if parse_pair(pair)[1] in MIXED]


def _switching_alike():
    """System → recipe, of the systems that have the main one's ranker and switch every text, for all pairs."""
    if MAIN not in experiment.systems:
        return {}
    ranker = experiment.ranker_of(MAIN)
    return {
        system: RECIPES[_data(system)]
        for system in experiment.systems
        if config["systems"][system].get("training", {}).get("data") == "ml-cs"
        and experiment.ranker_of(system) == ranker
        and experiment.translation_of(system) is None
        and not experiment.by_pair(system)
    }


def _data(system):
    return experiment.all_data_of(system)[0]


# Else claims, ratios and examples have no subject.
COMPLETE = REFERENCE in experiment.systems and MAIN in _switching_alike()
