"""Word vectors of a language."""

from pathlib import Path

from switchrank.encoders.use import Encoder
from switchrank.files import write_json
from switchrank.lexicons.vectors import vocabulary, word_vectors, write_vectors
from switchrank.stages.training_words import training_words


def make_vectors(encoder: Path, corpus: Path, language: str, size: int, output: Path, stats: Path) -> None:
    """Encode the words of a language: its most frequent ones, then all others in its training texts.

    Args:
        encoder: folder of the frozen encoder.
        corpus: folder of the collection.
        language: ISO 639-1.
        size: how many frequent words.
        output: .safetensors to write, its .txt beside it.
        stats: JSON to write.
    """
    chosen, counts = vocabulary(language, size, training_words(corpus, language))
    write_vectors(output, chosen, word_vectors(chosen, Encoder(encoder)))
    write_json(stats, counts)
