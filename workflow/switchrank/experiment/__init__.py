"""What a config asks for, and where each result is."""
