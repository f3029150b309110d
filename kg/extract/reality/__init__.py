"""Decides whether what a clause says is a fact, and who asserts it."""
