"""What is looked at beside the cells."""
