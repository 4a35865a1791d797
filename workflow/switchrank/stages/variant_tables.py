"""Tables of what ratios, modes and lexicons bring."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.analyses.variants import lexicon_table, ratio_table
from switchrank.exports import latex
from switchrank.files import read_json, write_text

_CAPTIONS = {
    "ratio": "Ratios and modes of code-switching: nominal ratio, share of the words that were replaced, and "
    "averages of MRR@10 × 100 with the gain over {reference}.",
    "lexicons": "Lexicons and what they bring: precision@1 against a dictionary not seen, share of the "
    "different words of the training texts, share of the words replaced, and averages of MRR@10 × 100 with "
    "the gain over {reference}.",
}
_HEADS = {
    "ratio": ["system", "ratio", "mode", "realised"],
    "lexicons": ["system", "method", "precision_at_1", "coverage_of_training_words", "realised"],
}


def make_variant_tables(
    variants: Mapping[str, Mapping[str, Any]],
    cells: Mapping[str, Sequence[Path]],
    training: Mapping[str, Path],
    lexicons: Mapping[str, Sequence[Path]],
    groups: Sequence[str],
    reference: str,
    main: str,
    outputs: Mapping[str, Path],
) -> None:
    """Write the tables of ratios and of lexicons; see variants.

    Args:
        variants: system → lexicon, ratio, mode, stop_words.
        cells: system → cells of its averages; the reference among them.
        training: system → figures of its training data.
        lexicons: lexicon → figures of its languages.
        groups, reference, main: see variants.ratio_table.
        outputs: ratio_csv, ratio_latex, lexicons_csv, lexicons_latex → file to write.
    """
    read = {system: {path.stem: read_json(path) for path in paths} for system, paths in cells.items()}
    data = {system: read_json(path) for system, path in training.items()}
    stats = {lexicon: [read_json(path) for path in paths] for lexicon, paths in lexicons.items()}
    tables = {
        "ratio": ratio_table(variants, read, data, groups, reference, main),
        "lexicons": lexicon_table(variants, read, data, stats, groups, reference, main),
    }
    for name, table in tables.items():
        text = table.to_csv(index=False, float_format="%.6g", lineterminator="\n")
        write_text(outputs[f"{name}_csv"], text)
        write_text(outputs[f"{name}_latex"], _latex(name, table, groups, reference))


def _latex(name: str, table: pd.DataFrame, groups: Sequence[str], reference: str) -> str:
    """The figures that a paper would show."""
    columns = _HEADS[name]
    rows = []
    for _, row in table.iterrows():
        fields = [latex.escape(_text(row[column])) for column in columns]
        for group in groups:
            gain = row[f"{group} gain"]
            shown = "" if pd.isna(row[group]) else f"{row[group]:.1f}"
            fields.append(
                latex.escape(shown if pd.isna(gain) else f"{shown} ({gain:+.1f})".replace("-", "−"))
            )
        rows.append(fields)
    titles = [column.replace("_at_1", "@1").replace("_", " ") for column in columns]
    return latex.table(name, _CAPTIONS[name].format(reference=reference), [*titles, *groups], rows)


def _text(value: Any) -> str:
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.2f}"
    return "" if value is None else str(value)
