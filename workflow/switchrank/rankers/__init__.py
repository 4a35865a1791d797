"""Rankers: models that score a passage for a query."""
