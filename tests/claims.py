"""Prints the claims that kg extracts from a text: `python -m tests.claims "Ana Ruiz met Tom Reed."`"""

import sys

from kg import ontology, read
from kg.extract import reader


def main() -> None:
    text = sys.argv[1]
    reading = reader(ontology.load())(read.from_text("text", text))
    for mention in reading.mentions:
        print("  ", mention.kind, mention.type, repr(mention.text), mention.title, mention.relational)
    for claim in reading.claims:
        print(
            f"{claim.factuality:9} {claim.subject.text!r} | {claim.relation.label} ({claim.relation.text}) | "
            f"{claim.object.text if claim.object else None!r}"
        )


main()
