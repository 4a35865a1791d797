"""Pretrained transformers, whatever they come from, in one form that transformers and rankers read."""
