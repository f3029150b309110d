"""Mentions and their chains, as `kg extract` shows them."""
