"""Coreference inside one article: its names, pronouns, descriptions and happenings."""
