"""Decides whether the content of a clause is a fact, and who asserts it."""
