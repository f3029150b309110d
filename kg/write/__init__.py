"""Writes Knowledge, quads or graphs to files: one module per format."""
