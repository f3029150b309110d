"""Knowledge, quads or graphs -> files: one module per format."""
