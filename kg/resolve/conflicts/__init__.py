"""Conflicts between articles."""
