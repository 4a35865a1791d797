"""Cross-lingual ranking experiments: code-switched training, measured cell by cell."""
