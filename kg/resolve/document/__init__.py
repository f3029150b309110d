"""Resolves coreference within one article: of names, pronouns, descriptions and event mentions."""
