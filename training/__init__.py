"""Training of kg's own parser. kg itself never imports this package: it is needed only to make the model."""
