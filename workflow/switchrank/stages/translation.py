"""The collection brought to English, for Translate Test."""

from collections.abc import Mapping
from pathlib import Path

from switchrank.files import read_parquet, write_json, write_parquet
from switchrank.lexicons.tsv import read_lexicon, to_mapping
from switchrank.views.translation import translate

_NAMES = ("queries", "passages")


def translate_corpus(corpus: Path, lexicons: Mapping[str, Path], folder: Path, stats: Path) -> None:
    """Write queries and passages of every language in English, word by word; English stays as it is.

    Args:
        corpus: folder of the collection.
        lexicons: language → TSV from that language into English, of every language but English.
        folder: to write {language}/{queries,passages}.parquet into, columns as in the collection.
        stats: JSON to write: words, translated words and changed texts by language and side.
    """
    counts: dict[str, dict[str, dict[str, float]]] = {}
    for name in _NAMES:
        write_parquet(folder / "en" / f"{name}.parquet", read_parquet(corpus / "en" / f"{name}.parquet"))
    for language, path in lexicons.items():
        lexicon = to_mapping(read_lexicon(path))
        for name in _NAMES:
            frame = read_parquet(corpus / language / f"{name}.parquet")
            found = [translate(text, language, lexicon) for text in frame["text"]]
            texts = [text for text, _, _ in found]
            words, translated = (sum(one[place] for one in found) for place in (1, 2))
            counts.setdefault(language, {})[name] = {
                "texts": len(found),
                "changed_texts": sum(a != b for a, b in zip(texts, frame["text"], strict=True)),
                "words": words,
                "translated": translated,
                "share_translated": translated / max(1, words),
            }
            write_parquet(folder / language / f"{name}.parquet", frame.assign(text=texts))
    write_json(stats, {"languages": counts})
