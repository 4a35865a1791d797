"""Training data: instances, and code-switching."""
