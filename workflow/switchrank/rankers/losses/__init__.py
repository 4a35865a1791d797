"""What a cross-encoder's training makes small."""
