"""The Python API: a graph built from articles in any form, to be queried, changed and shown."""
