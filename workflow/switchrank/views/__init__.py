"""A collection's texts in another form."""
