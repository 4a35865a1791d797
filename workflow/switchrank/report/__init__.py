"""The report: one HTML page, complete in itself, about all that was measured in an experiment."""
