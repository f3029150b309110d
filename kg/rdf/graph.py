"""Turns Knowledge into triples: only this module decides which triples express an item.

    Ana Ruiz hosted Tom Reed in Lima on Monday.

    facts       d:Ana_Ruiz a kg:Person ; rdfs:label "Ana Ruiz" ; kg:hosted d:Tom_Reed .
    events      d:event-1 a kg:Meeting ; sem:hasActor d:Ana_Ruiz ; kg:date "2026-01-12"^^xsd:date .
    links       d:Peru owl:sameAs wd:Q419 .
    provenance  d:st-1 a rdf:Statement ; rdf:subject d:Ana_Ruiz ; kg:factuality kg:Asserted ;
                    prov:wasDerivedFrom <article-a.txt#char=0,43> .

If the object of a statement is text, such as a quotation, `kg:mentions` links the statement to the named
entities to which the text refers, by name, pronoun or description.

Dependences between articles, conflicts and user decisions are provenance, too: `kg:Dependence`,
`kg:Conflict`, `kg:ReviewDecision`.

Only a plain fact (`Statement.plain`) is asserted as a triple of its subject, relation and object (its plain
triple). Any other statement has only an rdf:Statement node, with `kg:plain false` and the reasons as
`kg:doubt`: it is planned, reported, possible or negated; it is incomplete; its subject or object cannot be
identified without its sentence; or its confidence is low.

An event that is not asserted is a `kg:UnassertedEvent`. As for any event, `kg:eventType` gives its type, and
`kg:involves` its participants; but it is not `a kg:Meeting` and has no terms of SEM, because these mean that
an event happened. Only something that can act is the object of `sem:hasActor`, only a place that of
`sem:hasPlace`. Superclasses, super-properties and both directions of symmetric relations are written out, so
that no reasoner is needed. There are no blank nodes. The terms are defined in `ontology/kg.ttl`.

Storing triples and writing them to files is left to `kg.store` and `kg.write`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.gazetteer import Country, by_name, wikidata
from kg.model import (
    Background,
    Conflict,
    Decision,
    DecisionKind,
    Dependence,
    DependenceKind,
    Document,
    Entity,
    Event,
    Evidence,
    Factuality,
    Function,
    Knowledge,
    Role,
    Statement,
    Text,
    Time,
    Value,
)
from kg.ontology import KG, Ontology
from kg.rdf import relations
from kg.rdf.names import BASE, DCT, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM, VOID, WD, Names
from kg.rdf.terms import (
    called,
    datum,
    days,
    decimal,
    explained,
    factuality_of,
    interval,
    link,
    literal,
    published,
    reach,
)


class GraphPart(StrEnum):
    """The four parts of a graph, each of which can be loaded separately."""

    FACTS = "facts"  # entities, plain triples, the classes and relations that they use
    EVENTS = "events"  # events: type, participants, time and place
    LINKS = "links"  # owl:sameAs links to other datasets
    PROVENANCE = "provenance"  # statements, their sentences, the articles


# A triple can belong to two parts: "the summit took place in Lima" is a plain fact, and describes an event.
PRECEDING: Mapping[GraphPart, tuple[GraphPart, ...]] = {
    GraphPart.FACTS: (GraphPart.EVENTS,),
    GraphPart.PROVENANCE: (GraphPart.FACTS, GraphPart.EVENTS),
}
"""Part -> the parts that precede it: a triple that also belongs to one of these is written only there."""

Nodes = Mapping[str, Entity | Event]
"""Entities and events by id."""

TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")

DETAILS = {
    Function.CONTENT: "content",
    Function.ATTRIBUTE: "attribute",
    Function.PURPOSE: "purpose",
    Function.CAUSE: "cause",
    Function.CONDITION: "condition",
    Function.MANNER: "manner",
    Function.COMPARISON: "comparedWith",
    Function.AMOUNT: "amount",
}
"""Properties for the parts of an event's frames that are given in words."""

# The properties for the roles of participants. In SEM, time and place are not participants.
ROLES = {
    Role.AGENT: "hasAgent",  # `FORCE` for a participant that cannot act
    Role.PATIENT: "hasPatient",
    Role.RECIPIENT: "hasRecipient",
    Role.ATTRIBUTE: "hasAttribute",
    Role.CONTENT: "hasContent",
    Role.OTHER: "hasParticipant",
}
FORCE = "hasForce"
OFFICES = ("positionIn", "positionAt")
"""Relations between an office and its organisation or place."""


def triples(knowledge: Knowledge, ontology: Ontology, base: str = BASE) -> dict[GraphPart, list[Triple]]:
    """Part -> its triples, sorted; no triple occurs twice or in two parts."""
    found = {part: set[Triple]() for part in GraphPart}
    for part, triple in unordered(knowledge, ontology, base):
        found[part].add(triple)
    for part, others in PRECEDING.items():
        found[part].difference_update(*(found[each] for each in others))
    return {part: in_order(some) for part, some in found.items()}


def unordered(
    knowledge: Knowledge, ontology: Ontology, base: str = BASE, nodes: Nodes | None = None
) -> Iterator[tuple[GraphPart, Triple]]:
    """The same triples as `triples` gives, each with its part, but unsorted and with repetitions, also in
    several parts.

    `nodes`: all entities and events, if `knowledge` contains only some items of a larger one.
    """
    shapes = _Shapes(ontology, Names(base), knowledge.nodes() if nodes is None else nodes)
    yield from ((GraphPart.FACTS, triple) for triple in shapes.declare(knowledge))
    yield from ((GraphPart.LINKS, triple) for triple in shapes.links(knowledge))
    for part, some in shapes.described(knowledge):
        yield from ((part, triple) for triple in some)


def declared(knowledge: Knowledge, ontology: Ontology, base: str = BASE) -> set[Triple]:
    """The triples that describe the dataset and the terms of the ontology; all belong to the facts."""
    return _Shapes(ontology, Names(base), {}).declare(knowledge)


def homes(parts: Collection[GraphPart]) -> set[GraphPart]:
    """For a triple that belongs to `parts`, the parts in which it is written (see `PRECEDING`)."""
    return {part for part in parts if not set(PRECEDING.get(part, ())).intersection(parts)}


def article_quads(knowledge: Knowledge, ontology: Ontology, base: str = BASE) -> list[Quad]:
    """The triples as quads, sorted; a triple is in the named graph of each article that supports it.

    The graph of an article has the article's IRI as its name, and contains what a build of this article alone
    would contain. What follows from no single article (counts of articles, terms of the ontology) is in the
    default graph.
    """
    names = Names(base)
    shapes = _Shapes(ontology, names, knowledge.nodes())
    left = {triple for part in triples(knowledge, ontology, base).values() for triple in part}
    everything = left - shapes.declare(knowledge)
    quads: list[Quad] = []
    for document, share in _shares(knowledge).items():
        said = set[Triple]().union(*shapes.describe(share)) & everything
        left -= said
        graph = NamedNode(names.article(document))
        quads += in_graph(in_order(said), graph)
    return in_graph(in_order(left), DefaultGraph()) + quads


def in_graph(found: Iterable[Triple], graph: NamedNode | DefaultGraph) -> list[Quad]:
    """The triples as quads in `graph`, in the same order."""
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in found]


def in_order(found: Iterable[Triple]) -> list[Triple]:
    """The triples without duplicates, sorted by subject, predicate (rdf:type first) and object."""
    return sorted(set(found), key=_place)


def _place(triple: Triple) -> tuple[str, bool, str, str]:
    return (
        str(triple.subject).rstrip(">"),  # so that "d:st-1" precedes "d:st-1-by-..."
        triple.predicate != TYPE,
        triple.predicate.value,
        str(triple.object),
    )


class _Shapes:
    """Makes the triples of each kind of item.

    `nodes`: all entities and events, because the triples of an item also depend on the labels, types and
    factuality of the entities and events to which it refers (`kg.rdf.changes.referred`).
    """

    def __init__(self, ontology: Ontology, names: Names, nodes: Nodes) -> None:
        self.ontology, self.names, self.nodes = ontology, names, nodes

    # -- descriptions ------------------------------------------------------------------------------

    def describe(self, knowledge: Knowledge) -> tuple[set[Triple], set[Triple], set[Triple]]:
        """The triples of three parts: facts (without descriptions of the ontology's terms), events and
        provenance.
        """
        found = {part: set[Triple]() for part in GraphPart}
        for part, some in self.described(knowledge):
            found[part].update(some)
        return found[GraphPart.FACTS], found[GraphPart.EVENTS], found[GraphPart.PROVENANCE]

    def described(self, knowledge: Knowledge) -> Iterator[tuple[GraphPart, Iterator[Triple]]]:
        """The triples of `describe`, item by item, each group with its part; triples may be repeated."""
        for entity in knowledge.entities:
            yield GraphPart.FACTS, self.entity(entity)
            yield GraphPart.PROVENANCE, self.mentions(entity)
            yield GraphPart.PROVENANCE, self.recognised(entity)
        for event in knowledge.events:
            yield GraphPart.EVENTS, self.event(event)
            yield GraphPart.EVENTS, self.part(event)
            yield GraphPart.PROVENANCE, self.mentions(event)
            yield GraphPart.PROVENANCE, self.derivations(self.names.node(event.id), event.id, event.evidence)
        for statement in knowledge.statements:
            yield GraphPart.FACTS, self.fact(statement)
            yield GraphPart.FACTS, self.office(statement)
            yield GraphPart.PROVENANCE, self.statement(statement)
        for told in (
            map(self.article, knowledge.documents),
            map(self.dependence, knowledge.dependences),
            map(self.conflict, knowledge.conflicts),
            map(self.decision, knowledge.decisions),
            map(self.background, knowledge.background),
        ):
            yield from ((GraphPart.PROVENANCE, some) for some in told)

    def declare(self, knowledge: Knowledge) -> set[Triple]:
        """The triples that describe the dataset, the classes and relations that the dataset uses, and all
        superclasses and super-properties of these.
        """
        base = self.names.base
        found = {
            link(base, RDF + "type", VOID + "Dataset"),
            datum(base, VOID + "uriSpace", base),  # tells users of a store which namespace `d:` stands for
        }
        types = {entity.type for entity in knowledge.entities}
        types |= {event.type for event in knowledge.events}
        if any(event.factuality is not Factuality.ASSERTED for event in knowledge.events):
            types.add("UnassertedEvent")
        for name in sorted(types):
            known = self.ontology.classes.get(name)
            for each in (name, *(known.parents if known else ())):
                found.update(self.class_(each))
        used = {(s.predicate, s.known, isinstance(s.object, Text), s.label) for s in knowledge.statements}
        for name, listed, words, label in used:
            found.update(self.relation(name, listed, words, label))
            for parent in relations.above(name, listed, self.ontology):
                found.update(self.relation(parent, known=True, words=words, label="related to"))
        return found

    # -- facts -------------------------------------------------------------------------------------

    def entity(self, entity: Entity) -> Iterator[Triple]:
        iri = self.names.node(entity.id)
        yield from (link(iri, RDF + "type", c) for c in self.classes(entity.type))
        yield from called(iri, entity.label, entity.aliases)
        yield datum(iri, KG + "isNamed", str(entity.named).lower(), "boolean")
        yield from (link(iri, OWL + "sameAs", same) for same in entity.same if same != iri)

    def fact(self, statement: Statement) -> Iterator[Triple]:
        """The plain triple of a statement and the triples that follow from it; none if the statement is not a
        plain fact.
        """
        if not statement.plain:
            return
        subject, name = self.names.node(statement.subject), statement.predicate
        thing = self.object(statement)
        for relation in self.relations(name, statement.known, isinstance(thing, Literal)):
            yield Triple(NamedNode(subject), NamedNode(relation), thing)
        if isinstance(thing, Literal) or not statement.known:
            return
        for each in (name, *relations.above(name, True, self.ontology)):
            known = self.ontology.relations.get(each)
            if known and known.symmetric:
                for relation in self.relations(each, known=True, words=False):
                    yield link(thing.value, relation, subject)

    def office(self, statement: Statement) -> Iterator[Triple]:
        """The link from an office to its place or organisation, which its name contains: "mayor of Lima"."""
        told = statement.predicate in OFFICES and statement.factuality is Factuality.ASSERTED
        if told and isinstance(statement.object, str) and self.is_a(statement.subject, "Position"):
            yield link(self.names.node(statement.subject), KG + "officeOf", self.names.node(statement.object))

    def links(self, knowledge: Knowledge) -> Iterator[Triple]:
        """The links from countries to Wikidata."""
        for entity in knowledge.entities:
            area = by_name().get(entity.label) if entity.type == "Country" else None
            if isinstance(area, Country) and area.code in wikidata():
                yield link(self.names.node(entity.id), OWL + "sameAs", WD + wikidata()[area.code])

    # -- events ------------------------------------------------------------------------------------

    def event(self, event: Event) -> Iterator[Triple]:
        iri, happened = self.names.node(event.id), event.factuality is Factuality.ASSERTED
        if happened:
            classes = {*self.classes(event.type), *self.classes("Event"), SEM + "Event"}
        else:
            classes = set(self.classes("UnassertedEvent"))
        yield from (link(iri, RDF + "type", c) for c in sorted(classes))
        yield from called(iri, event.label, event.aliases)
        yield link(iri, KG + "factuality", factuality_of(event.factuality))
        yield link(iri, KG + "eventType", self.classes(event.type)[0])
        if happened:
            yield link(iri, SEM + "eventType", self.classes(event.type)[0])
        for role, participant in event.participants:
            yield from self.participant(iri, role, participant, happened)
        for function, text in event.details:
            yield datum(iri, KG + DETAILS[function], text)
        yield from self.when_and_where(iri, event.time, event.place)
        if happened and self.is_a(event.place, "Place"):
            yield link(iri, SEM + "hasPlace", self.names.node(event.place))
        if happened and event.time:
            begin, end, _ = days(event.time)
            if begin:
                yield datum(iri, SEM + "hasBeginTimeStamp", begin, "date")
            if end:
                yield datum(iri, SEM + "hasEndTimeStamp", end, "date")

    def part(self, event: Event) -> Iterator[Triple]:
        """The links between an event and the event of which it is a part; with SEM's properties, too, if both
        events are asserted.
        """
        if event.part_of:
            parent = self.nodes.get(event.part_of)
            both = (event.factuality, parent.factuality if isinstance(parent, Event) else None)
            happened = both == (Factuality.ASSERTED, Factuality.ASSERTED)
            iri, whole = self.names.node(event.id), self.names.node(event.part_of)
            yield link(iri, KG + "subEventOf", whole)
            if happened:
                yield link(iri, SEM + "subEventOf", whole)
                yield link(whole, SEM + "hasSubEvent", iri)

    def participant(self, event: str, role: Role, participant: str, happened: bool) -> Iterator[Triple]:
        iri, acts = self.names.node(participant), self.is_a(participant, "Agent")
        yield link(event, KG + "involves", iri)
        if happened and role is Role.PLACE and self.is_a(participant, "Place"):
            yield link(event, SEM + "hasPlace", iri)
        elif happened and role in ROLES:
            if acts:
                yield link(event, SEM + "hasActor", iri)
            yield link(event, KG + (ROLES[role] if acts or role is not Role.AGENT else FORCE), iri)

    def is_a(self, id_: str, class_: str) -> bool:
        """Whether `id_` is the id of an entity of this class; False for an event, and for an unknown id."""
        node = self.nodes.get(id_)
        return isinstance(node, Entity) and self.ontology.is_a(node.type, class_)

    def when_and_where(self, iri: str, time: Time | None, place: str) -> Iterator[Triple]:
        if place:
            yield link(iri, KG + "place", self.names.node(place))
        if time is None:
            return
        if time.text:
            yield datum(iri, KG + "timeText", time.text)
        if not time.told:
            yield datum(iri, KG + "timeInferred", "true", "boolean")
        if time.interval:
            yield datum(iri, KG + "timeInterval", "true", "boolean")
        if when := interval(time):
            yield datum(iri, KG + "when", when)
        begin, end, precision = days(time)
        if begin:
            yield datum(iri, KG + "begin", begin, "date")
        if end:
            yield datum(iri, KG + "end", end, "date")
        if precision:
            yield datum(iri, KG + "datePrecision", precision)
        if precision == "day" and begin == end and not time.interval:
            yield datum(iri, KG + "date", begin, "date")

    # -- provenance --------------------------------------------------------------------------------

    def statement(self, statement: Statement) -> Iterator[Triple]:
        iri = self.names.statement(statement.id)
        yield link(iri, RDF + "type", RDF + "Statement")
        yield link(iri, RDF + "subject", self.names.node(statement.subject))
        yield link(iri, RDF + "predicate", relations.iri(statement, self.names, self.ontology))
        yield Triple(NamedNode(iri), NamedNode(RDF + "object"), self.object(statement))
        yield datum(iri, KG + "inWords", self.in_words(statement))
        yield link(iri, KG + "factuality", factuality_of(statement.factuality))
        yield datum(iri, KG + "confidence", decimal(statement.confidence), "decimal")
        yield datum(iri, KG + "plain", str(statement.plain).lower(), "boolean")
        yield from (datum(iri, KG + "doubt", doubt.value) for doubt in statement.doubts)
        if statement.speaker:
            yield link(iri, KG + "speaker", self.names.node(statement.speaker))
        if statement.event:
            yield link(iri, KG + "event", self.names.node(statement.event))
        yield from (link(iri, KG + "mentions", self.names.node(about)) for about in statement.about)
        yield from self.when_and_where(iri, statement.time, statement.place)
        articles = str(len({evidence.document for evidence in statement.evidence}))
        yield datum(iri, KG + "articles", articles, "integer")
        yield datum(iri, KG + "independentSources", str(statement.independent), "integer")
        yield from self.derivations(iri, statement.id, statement.evidence)

    def in_words(self, statement: Statement) -> str:
        """A statement in words, followed by its factuality if it is not asserted: "Ana met Tom (planned)"."""
        said = statement.object
        words = f"“{said.value}”" if isinstance(said, Text) else self.label(said)
        subject = self.label(statement.subject)
        asserted = statement.factuality is Factuality.ASSERTED
        return f"{subject} {statement.label} {words}" + ("" if asserted else f" ({statement.factuality})")

    def label(self, id_: str) -> str:
        node = self.nodes.get(id_)
        return node.label if node else id_

    def derivations(self, iri: str, thing: str, evidence: Iterable[Evidence]) -> Iterator[Triple]:
        """A prov:Derivation for each piece of evidence, and the description of its sentence.

        `iri`, `thing`: IRI and id of what is derived.
        """
        for each in evidence:
            where = (each.document, each.start, each.end)
            sentence = self.names.sentence(*where)
            derivation = self.names.derivation(thing, *where, each.rule, each.projection, each.surface)
            yield link(iri, PROV + "wasDerivedFrom", sentence)
            yield link(iri, PROV + "qualifiedDerivation", derivation)
            yield link(derivation, RDF + "type", PROV + "Derivation")
            yield link(derivation, PROV + "entity", sentence)
            yield datum(derivation, KG + "rule", each.rule)
            if each.projection:
                yield datum(derivation, KG + "projection", each.projection)
            yield datum(derivation, KG + "confidence", decimal(each.confidence), "decimal")
            if each.surface:
                yield datum(derivation, KG + "surface", each.surface)
            article = self.names.article(each.document)
            yield link(sentence, RDF + "type", NIF + "Sentence")
            yield link(sentence, RDF + "type", NIF + "RFC5147String")
            yield datum(sentence, NIF + "beginIndex", str(each.start), "integer")
            yield datum(sentence, NIF + "endIndex", str(each.end), "integer")
            yield datum(sentence, NIF + "anchorOf", each.sentence)
            yield link(sentence, NIF + "referenceContext", article)
            yield link(sentence, SCHEMA + "isPartOf", article)

    def mentions(self, node: Entity | Event) -> Iterator[Triple]:
        for document in node.documents:
            yield link(self.names.article(document), SCHEMA + "mentions", self.names.node(node.id))

    def recognised(self, entity: Entity) -> Iterator[Triple]:
        for name in entity.background:
            yield link(self.names.node(entity.id), KG + "knownFrom", self.names.background(name))

    def background(self, background: Background) -> Iterator[Triple]:
        """The description of a background file; its content is a separate graph (`kg.rdf.background`)."""
        iri = self.names.background(background.id)
        yield link(iri, RDF + "type", KG + "Background")
        yield link(iri, RDF + "type", PROV + "Entity")
        yield datum(iri, DCT + "identifier", background.id)
        yield datum(iri, SCHEMA + "sha256", background.digest)
        yield datum(iri, VOID + "triples", str(background.triples), "integer")

    def article(self, document: Document) -> Iterator[Triple]:
        iri, metadata = self.names.article(document.id), document.metadata
        yield link(iri, RDF + "type", SCHEMA + "NewsArticle")
        yield link(iri, RDF + "type", NIF + "Context")
        yield datum(iri, DCT + "identifier", document.id)
        said = (
            ("headline", metadata.title, "string"),
            ("publisher", metadata.publisher, "string"),
            ("url", metadata.url, "anyURI"),
            ("sha256", document.digest, "string"),
            ("datePublished", *published(metadata.date)),
            *(("author", author, "string") for author in metadata.authors),
        )
        for name, value, datatype in said:
            if value:
                yield datum(iri, SCHEMA + name, value, datatype)
        for other in document.dated_by:
            yield link(iri, KG + "datedBy", self.names.article(other))

    # -- agreement between articles -------------------------------------------------------------

    def dependence(self, dependence: Dependence) -> Iterator[Triple]:
        """A dependence as a node, and as a direct link with a property of PROV: one property if the source is
        an article (prov:Entity), another if it is a publisher (prov:Agent).
        """
        iri, article = self.names.node(dependence.id), self.names.article(dependence.document)
        if dependence.outside:
            source = self.names.agent(dependence.source)
            yield from self.agent(dependence.source)
            credited = dependence.kind is DependenceKind.CREDITS
            yield link(article, PROV + ("wasAttributedTo" if credited else "wasInfluencedBy"), source)
        else:
            source = self.names.article(dependence.source)
            yield link(article, PROV + "wasDerivedFrom", source)
            if dependence.kind is DependenceKind.COPIES:
                yield link(article, PROV + "wasQuotedFrom", source)
        yield link(iri, RDF + "type", KG + "Dependence")
        yield link(iri, KG + "dependent", article)
        yield link(iri, KG + "source", source)
        yield datum(iri, KG + "dependenceKind", dependence.kind.value)
        yield datum(iri, KG + "isWhole", str(dependence.whole).lower(), "boolean")
        if dependence.share:
            yield datum(iri, KG + "share", decimal(dependence.share), "decimal")
        yield from self.derivations(iri, dependence.id, dependence.evidence)

    def agent(self, name: str) -> Iterator[Triple]:
        iri = self.names.agent(name)
        yield link(iri, RDF + "type", PROV + "Agent")
        yield datum(iri, RDFS + "label", name)

    def conflict(self, conflict: Conflict) -> Iterator[Triple]:
        iri = self.names.node(conflict.id)
        yield link(iri, RDF + "type", KG + "Conflict")
        yield from explained(iri, conflict.label, "")
        yield link(iri, KG + "conflictSubject", self.names.node(conflict.subject))
        words = any(value.datatype for value in conflict.values)
        yield link(iri, KG + "conflictProperty", self.property(conflict.property, words))
        for number, value in enumerate(conflict.values, 1):
            id_ = f"{conflict.id}-{number}"
            side = self.names.node(id_)
            yield link(iri, KG + "side", side)
            yield link(side, RDF + "type", KG + "ConflictSide")
            yield datum(side, RDFS + "label", value.label)
            told = self.value(conflict, value)
            name = "valueText" if isinstance(told, Literal) else "value"
            yield Triple(NamedNode(side), NamedNode(KG + name), told)
            yield datum(side, KG + "articles", str(len(value.documents)), "integer")
            yield datum(side, KG + "independentSources", str(value.independent), "integer")
            yield from (link(side, KG + "article", self.names.article(d)) for d in value.documents)
            yield from self.derivations(side, id_, value.evidence)

    def property(self, name: str, words: bool) -> str:
        """The IRI of the property of a conflict. `words`: whether its values are literals."""
        if name == "type":
            return RDF + "type"
        if name in ("date", "place"):
            return KG + name
        known = name in self.ontology.relations
        return self.names.relation(relations.local(name, known, words, self.ontology), known)

    def value(self, conflict: Conflict, value: Value) -> NamedNode | Literal:
        if value.datatype:
            return literal(value.value, value.datatype)
        if conflict.property == "type":
            return NamedNode(self.classes(value.value)[0])
        return NamedNode(self.names.node(value.value))

    def decision(self, decision: Decision) -> Iterator[Triple]:
        iri = self.names.node(decision.id)
        yield link(iri, RDF + "type", KG + "ReviewDecision")
        yield link(iri, RDF + "type", PROV + "Activity")
        yield datum(iri, KG + "decisionKind", decision.kind.value)
        yield from (datum(iri, KG + "decisionAbout", str(about)) for about in decision.about)
        if decision.value:
            yield datum(iri, KG + "decisionValue", decision.value)
        if decision.by:
            yield link(iri, PROV + "wasAssociatedWith", self.names.agent(decision.by))
            yield from self.agent(decision.by)
        if reach(decision.date):
            yield datum(iri, DCT + "date", *published(decision.date))
        if decision.why:
            yield datum(iri, RDFS + "comment", decision.why)
        for node in decision.nodes if decision.kind is not DecisionKind.IGNORE else ():
            yield link(self.names.node(node), PROV + "wasInfluencedBy", iri)

    # -- the ontology's terms ----------------------------------------------------------------------

    def classes(self, name: str) -> tuple[str, ...]:
        """IRIs of the class `name` and of its superclasses, that of the class first."""
        known = self.ontology.classes.get(name)
        if known is None:
            return (self.names.term(name),)
        return (known.iri, *(self.names.term(parent) for parent in known.parents), *known.aligned)

    def class_(self, name: str) -> Iterator[Triple]:
        iri, *above = self.classes(name)
        yield link(iri, RDF + "type", OWL + "Class")
        yield from (link(iri, RDFS + "subClassOf", each) for each in above)
        known = self.ontology.classes.get(name)
        if known:
            yield from explained(iri, known.label, known.comment)

    def relations(self, name: str, known: bool, words: bool) -> tuple[str, ...]:
        """IRIs of the relation `name` and of its super-properties, that of the relation first.

        `known`: whether the relation is in the ontology; `words`: whether its values are literals.
        """
        parents = (
            self.names.relation(relations.local(each, True, words, self.ontology), known=True)
            for each in relations.above(name, known, self.ontology)
        )
        described = self.ontology.relations.get(name) if known else None
        iri = self.names.relation(relations.local(name, known, words, self.ontology), known)
        aligned = described.aligned if described and words == described.of_words else ()
        return (iri, *parents, *aligned)

    def relation(self, name: str, known: bool, words: bool, label: str) -> Iterator[Triple]:
        iri, *above = self.relations(name, known, words)
        yield link(iri, RDF + "type", RDF + "Property")
        yield link(iri, RDF + "type", OWL + ("DatatypeProperty" if words else "ObjectProperty"))
        yield link(iri, RDF + "type", KG + "Relation")
        yield from (link(iri, RDFS + "subPropertyOf", each) for each in above)
        described = self.ontology.relations.get(name) if known else None
        if described and described.symmetric and not words:
            yield link(iri, RDF + "type", OWL + "SymmetricProperty")
        if described:
            yield from explained(iri, described.label, described.comment)
        else:
            yield from explained(iri, label, "")

    def object(self, statement: Statement) -> NamedNode | Literal:
        if isinstance(statement.object, Text):
            return literal(statement.object.value, statement.object.datatype)
        return NamedNode(self.names.node(statement.object))


def _shares(knowledge: Knowledge) -> dict[str, Knowledge]:
    """Id of each document -> what a build of this document alone would contain, except that the labels come
    from all documents.
    """
    entities: dict[str, list[Entity]] = defaultdict(list)
    events: dict[str, list[Event]] = defaultdict(list)
    statements: dict[str, list[Statement]] = defaultdict(list)
    documents: dict[str, list[Document]] = defaultdict(list)
    for document in knowledge.documents:
        documents[document.id].append(document)
    for entity in knowledge.entities:
        for id_ in entity.documents:
            entities[id_].append(replace(entity, documents=(id_,)))
    for event in knowledge.events:
        for id_ in event.documents:
            evidence = tuple(each for each in event.evidence if each.document == id_)
            events[id_].append(replace(event, documents=(id_,), evidence=evidence))
    for statement in knowledge.statements:
        for id_ in sorted({each.document for each in statement.evidence}):
            evidence = tuple(each for each in statement.evidence if each.document == id_)
            statements[id_].append(replace(statement, evidence=evidence, independent=1))
    return {
        id_: Knowledge(
            tuple(documents[id_]), tuple(entities[id_]), tuple(events[id_]), tuple(statements[id_])
        )
        for id_ in sorted({*documents, *entities, *events, *statements})
    }
