"""Coreference within one article: its names, pronouns, descriptions and happenings."""
