"""Tasks: what turns predictions and truth into measures."""
