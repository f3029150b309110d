"""Finds the cases that a person should decide in `kg review`."""
