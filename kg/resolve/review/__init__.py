"""The cases that a person should decide, and the decisions that follow from the answers."""
