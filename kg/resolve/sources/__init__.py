"""Finds dependences between articles, and counts independent articles."""
