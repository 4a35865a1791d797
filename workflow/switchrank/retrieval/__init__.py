"""The first stage: BM25, and the candidates that every ranker gets."""
