"""A language's word vectors, aligned to the English ones."""

from pathlib import Path

from switchrank.files import write_json
from switchrank.lexicons.alignment import WordVectors, align
from switchrank.lexicons.dictionaries import seed_dictionary
from switchrank.lexicons.vectors import read_vectors, write_vectors


def align_to_english(
    vectors: Path, english: Path, dictionaries: Path, language: str, output: Path, stats: Path
) -> None:
    """Align a language's word vectors to the English ones, where that helps.

    Args:
        vectors, english: .safetensors of the two languages.
        dictionaries: folder of the tagging schema's translations.
        language: ISO 639-1.
        output: .safetensors to write.
        stats: JSON to write.
    """
    own = WordVectors(*read_vectors(vectors))
    dictionary, counts = seed_dictionary(dictionaries, language)
    aligned, figures = align(own, WordVectors(*read_vectors(english)), dictionary)
    write_vectors(output, own.words, aligned)
    write_json(stats, {"language": language, "dictionary": counts} | figures)
