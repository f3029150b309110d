"""Mentions and their coreference chains, for `kg extract`."""
