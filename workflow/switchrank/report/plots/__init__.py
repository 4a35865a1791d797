"""The report's figures as SVG: the same bytes for the same data, readable on light and on dark pages."""
