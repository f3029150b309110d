"""Joins mentions of the same thing into coreference chains, for `kg extract`."""
