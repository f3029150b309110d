"""Training of our own parser: what is needed to make the model, and never when articles are read."""
