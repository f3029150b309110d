"""From mentions in documents to things in the world: `resolve` turns Readings into Knowledge."""

from kg.resolve.knowledge import links, resolve

__all__ = ["links", "resolve"]
