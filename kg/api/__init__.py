"""The Python API: builds a graph from articles in any form; the graph can be queried, changed and shown."""
