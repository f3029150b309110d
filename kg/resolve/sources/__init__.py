"""Dependences between articles, and the number of independent articles."""
