"""Training of kg's own parser: needed to make the model, never to read articles."""
