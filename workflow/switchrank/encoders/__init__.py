"""Frozen encoders, and what they made of texts."""
