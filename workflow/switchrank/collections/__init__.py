"""Collections: parallel queries and passages with qrels and splits."""
