"""From words of documents to things of the world: `resolve` makes Knowledge of Readings."""

from kg.resolve.knowledge import links, resolve

__all__ = ["links", "resolve"]
