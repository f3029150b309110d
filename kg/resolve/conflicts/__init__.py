"""Finds conflicts between articles."""
