"""Words and their places in any script."""
