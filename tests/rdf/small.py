"""A small handwritten ontology, so that the lexicon can grow without changing these tests."""

from kg.ontology import KG, Class, Ontology, RelationType

SCHEMA = "https://schema.org/"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"


def ontology() -> Ontology:
    classes = (
        _class("Thing", (), SCHEMA + "Thing"),
        _class("Agent", ("Thing",), SCHEMA + "Thing"),
        _class("Person", ("Agent", "Thing"), SCHEMA + "Person", SCHEMA + "Thing"),
        _class("Organization", ("Agent", "Thing"), SCHEMA + "Thing"),
        _class("Company", ("Organization", "Agent", "Thing"), SCHEMA + "Thing"),
        _class("Place", ("Thing",), SCHEMA + "Place", SCHEMA + "Thing"),
        _class("City", ("Place", "Thing"), SCHEMA + "Place", SCHEMA + "Thing"),
        _class("Country", ("Place", "Thing"), SCHEMA + "Place", SCHEMA + "Thing"),
        _class("Position", ("Thing",), SCHEMA + "Thing"),
        _class("Event", ("Thing",), SEM + "Event", SCHEMA + "Thing"),
        _class("Meeting", ("Event", "Thing"), SEM + "Event", SCHEMA + "Thing"),
        _class("UnassertedEvent", ("Thing",), SCHEMA + "Thing"),
    )
    relations = (
        _relation("relatedTo", "related to", ()),
        _relation("met", "met", ("relatedTo",), SCHEMA + "knows", symmetric=True),
        _relation("hosted", "hosted", ("relatedTo",)),
        _relation("signed", "signed", ("relatedTo",)),
        _relation("expressed", "expressed", ("relatedTo",)),
        _relation("said", "said", ("expressed", "relatedTo")),
        _relation("visited", "visited", ("relatedTo",)),
        _relation("holdsPosition", "holds position", ("relatedTo",)),
    )
    return Ontology({each.name: each for each in classes}, {each.name: each for each in relations})


def _class(name: str, parents: tuple[str, ...], *aligned: str) -> Class:
    return Class(name, KG + name, name.lower(), "", parents, aligned, (), "", "")


def _relation(
    name: str, label: str, parents: tuple[str, ...], *aligned: str, symmetric: bool = False
) -> RelationType:
    return RelationType(
        name,
        KG + name,
        label,
        "",
        parents,
        aligned,
        verbs=(),
        nouns=(),
        adjectives=(),
        subjects=(),
        objects=(),
        symmetric=symmetric,
        reciprocal=False,
        stative=False,
        event_class="",
        examples=(),
        counter_examples=(),
        of_words=name == "said",
    )
