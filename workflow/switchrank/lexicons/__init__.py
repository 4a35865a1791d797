"""Bilingual lexicons, of whatever kind."""
