"""From measures to cells, tests and tables."""
