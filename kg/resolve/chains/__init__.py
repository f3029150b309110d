"""Joins mentions of the same thing to coreference chains, for `kg extract`."""
