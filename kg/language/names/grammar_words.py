"""Lists the few grammatical words needed for finding names; all other words are in ontology/words/."""

from __future__ import annotations

NAME_EDGES = frozenset(
    ["the", "a", "an", "this", "that", "its", "their", "his", "her", "our", "my", "mr", "ms", "mr.", "ms."]
)
QUOTES = frozenset(['"', "“", "”", "„", "«", "»", "``", "''"])
DASHES = frozenset(["-", "–", "—", "--"])
JOINTS = frozenset(
    ["of", "for", "and", "&", "the", "on", "in", "at", "to", "by", "with", "de", "la", "von", "van"]
)
"""Words that can be inside a name ("Bank of Japan"), but not its last word."""
NAMING_VERBS = frozenset(["call", "name", "label", "dub", "title", "nickname", "brand", "know", "entitle"])
