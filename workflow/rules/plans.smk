# What tables over several systems, analyses, claims and the report are made of.
MAIN, REFERENCE = "ml-cs", "zero-shot"  # the systems that the paper is about


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
    systems = [REFERENCE, *_switching_alike()] if REFERENCE in experiment.systems else [*_switching_alike()]
    return cell_paths(tuple(systems), set(experiment.groups))


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
