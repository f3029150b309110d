"""Knowledge -> triples: the only place that decides triple shapes.

    Ana Ruiz hosted Tom Reed in Lima on Monday.

    facts       d:Ana_Ruiz a kg:Person ; rdfs:label "Ana Ruiz" ; kg:hosted d:Tom_Reed .
    events      d:event-1 a kg:Meeting ; sem:hasActor d:Ana_Ruiz ; kg:date "2026-01-12"^^xsd:date .
    links       d:Peru owl:sameAs wd:Q419 .
    provenance  d:st-1 a rdf:Statement ; rdf:subject d:Ana_Ruiz ; kg:factuality kg:Asserted ;
                    prov:wasDerivedFrom <article-a.txt#char=0,43> .

Which article takes from which, what articles contradict each other in, and what people decided is
provenance too: `kg:Dependence`, `kg:Conflict`, `kg:Decision`.

What is not asserted (planned, reported, possible, negated) has a statement but no plain triple.
Its event is a `kg:UnassertedEvent`: what it would be stands in `sem:eventType`, who would take part
in `kg:involves`, which asserted events have as well; `a kg:Meeting` and `sem:hasActor` mean that it
happened. Super-classes, super-properties and both directions of symmetric relations are written out,
so that nobody needs a reasoner. There are no blank nodes. The terms used are in `ontology/kg.ttl`.

How the triples are stored or written to files is left to `kg.store` and `kg.write`.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    Knowledge,
    Role,
    Statement,
    Text,
    Time,
    Value,
)
from kg.ontology import KG, Ontology
from kg.rdf.names import BASE, DCT, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, VOID, WD, XSD, Names


class Part(StrEnum):
    """The graph comes in four parts, each of which can be loaded alone."""

    FACTS = "facts"  # entities, plain triples, the classes and relations that they use
    EVENTS = "events"  # what happened, who took part, when and where
    LINKS = "links"  # what is the same in other datasets
    PROVENANCE = "provenance"  # statements, the sentences behind them, the articles


TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")

# A place is a participant to English, not to SEM; a time is none to either.
_ROLES = {
    Role.AGENT: "hasAgent",
    Role.PATIENT: "hasPatient",
    Role.RECIPIENT: "hasRecipient",
    Role.ATTRIBUTE: "hasAttribute",
    Role.CONTENT: "hasContent",
    Role.OTHER: "hasParticipant",
}


def triples(knowledge: Knowledge, ontology: Ontology, base: str = BASE) -> dict[Part, list[Triple]]:
    """All triples by part, each part sorted; no triple twice or in two parts."""
    shapes = _Shapes(ontology, Names(base))
    facts, events, provenance = shapes.describe(knowledge)
    facts |= shapes.declare(knowledge)
    # "The summit took place in Lima" is a plain fact and part of what the event is: it goes to the event.
    facts -= events
    provenance -= facts | events
    return {
        Part.FACTS: in_order(facts),
        Part.EVENTS: in_order(events),
        Part.LINKS: in_order(shapes.links(knowledge)),
        Part.PROVENANCE: in_order(provenance),
    }


def article_quads(knowledge: Knowledge, ontology: Ontology, base: str = BASE) -> list[Quad]:
    """The same triples, each in the named graphs of the articles that say it, sorted.

    The graph of an article, named by the article's IRI, is what the article alone would give.
    What no article alone gives (counts over articles, the ontology's terms) is in the default graph.
    """
    names = Names(base)
    shapes = _Shapes(ontology, names)
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
    """Quads of `graph`, in the same order."""
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in found]


def in_order(found: Iterable[Triple]) -> list[Triple]:
    """Sorted by subject, class first, then predicate and object; without duplicates."""
    return sorted(set(found), key=_place)


def _place(triple: Triple) -> tuple[str, bool, str, str]:
    return (
        str(triple.subject).rstrip(">"),  # so that "d:st-1" stands before "d:st-1-by-..."
        triple.predicate != TYPE,
        triple.predicate.value,
        str(triple.object),
    )


class _Shapes:
    def __init__(self, ontology: Ontology, names: Names) -> None:
        self.ontology, self.names = ontology, names

    # -- what is described -------------------------------------------------------------------------

    def describe(self, knowledge: Knowledge) -> tuple[set[Triple], set[Triple], set[Triple]]:
        """Facts, events and provenance, without the ontology's own terms."""
        facts, events, provenance = set[Triple](), set[Triple](), set[Triple]()
        for entity in knowledge.entities:
            facts.update(self.entity(entity))
            provenance.update(self.mentions(entity))
            provenance.update(self.recognised(entity))
        happened = {event.id for event in knowledge.events if event.factuality is Factuality.ASSERTED}
        for event in knowledge.events:
            events.update(self.event(event))
            events.update(self.part(event, {event.id, event.part_of} <= happened))
            provenance.update(self.mentions(event))
            provenance.update(self.derivations(self.names.node(event.id), event.id, event.evidence))
        for statement in knowledge.statements:
            facts.update(self.fact(statement))
            provenance.update(self.statement(statement))
        for document in knowledge.documents:
            provenance.update(self.article(document))
        for dependence in knowledge.dependences:
            provenance.update(self.dependence(dependence))
        for conflict in knowledge.conflicts:
            provenance.update(self.conflict(conflict))
        for decision in knowledge.decisions:
            provenance.update(self.decision(decision))
        for background in knowledge.background:
            provenance.update(self.background(background))
        return facts, events, provenance

    def declare(self, knowledge: Knowledge) -> set[Triple]:
        """The dataset and the classes and relations that it uses, with all above them."""
        base = self.names.base
        found = {
            _link(base, RDF + "type", VOID + "Dataset"),
            _value(base, VOID + "uriSpace", base),  # tells a store's reader what d: stands for
        }
        types = {entity.type for entity in knowledge.entities}
        types |= {event.type for event in knowledge.events}
        if any(event.factuality is not Factuality.ASSERTED for event in knowledge.events):
            types.add("UnassertedEvent")
        for name in sorted(types):
            known = self.ontology.classes.get(name)
            for each in (name, *(known.parents if known else ())):
                found.update(self.class_(each))
        for statement in knowledge.statements:
            found.update(self.relation(statement.predicate, statement.known, statement.label))
            for parent in self.parents(statement.predicate, statement.known):
                found.update(self.relation(parent, known=True, label="related to"))
        return found

    # -- facts -------------------------------------------------------------------------------------

    def entity(self, entity: Entity) -> Iterator[Triple]:
        iri = self.names.node(entity.id)
        yield from (_link(iri, RDF + "type", c) for c in self.classes(entity.type))
        yield from _called(iri, entity.label, entity.aliases)
        yield _value(iri, KG + "isNamed", str(entity.named).lower(), "boolean")
        yield from (_link(iri, OWL + "sameAs", same) for same in entity.same if same != iri)

    def fact(self, statement: Statement) -> Iterator[Triple]:
        """The plain triple and what follows from it."""
        if statement.factuality is not Factuality.ASSERTED:
            return
        subject, name = self.names.node(statement.subject), statement.predicate
        thing = self.object(statement)
        for relation in self.relations(name, statement.known):
            yield Triple(NamedNode(subject), NamedNode(relation), thing)
        if isinstance(thing, Literal) or not statement.known:
            return
        for each in (name, *self.parents(name, known=True)):
            known = self.ontology.relations.get(each)
            if known and known.symmetric:
                for relation in self.relations(each, known=True):
                    yield _link(thing.value, relation, subject)

    def links(self, knowledge: Knowledge) -> Iterator[Triple]:
        """Countries in Wikidata."""
        for entity in knowledge.entities:
            area = by_name().get(entity.label) if entity.type == "Country" else None
            if isinstance(area, Country) and area.code in wikidata():
                yield _link(self.names.node(entity.id), OWL + "sameAs", WD + wikidata()[area.code])

    # -- events ------------------------------------------------------------------------------------

    def event(self, event: Event) -> Iterator[Triple]:
        iri, happened = self.names.node(event.id), event.factuality is Factuality.ASSERTED
        if happened:
            classes = {*self.classes(event.type), *self.classes("Event"), SEM + "Event"}
        else:
            classes = set(self.classes("UnassertedEvent"))
        yield from (_link(iri, RDF + "type", c) for c in sorted(classes))
        yield from _called(iri, event.label, event.aliases)
        yield _link(iri, KG + "factuality", _factuality(event.factuality))
        yield _link(iri, SEM + "eventType", self.classes(event.type)[0])
        for role, participant in event.participants:
            yield from self.participant(iri, role, self.names.node(participant), happened)
        yield from self.when_and_where(iri, event.time, event.place)
        if happened and event.place:
            yield _link(iri, SEM + "hasPlace", self.names.node(event.place))
        if happened and event.time:
            begin, end, _ = _days(event.time)
            if begin:
                yield _value(iri, SEM + "hasBeginTimeStamp", begin, "date")
            if end:
                yield _value(iri, SEM + "hasEndTimeStamp", end, "date")

    def part(self, event: Event, happened: bool) -> Iterator[Triple]:
        """Of which event it is a part; `happened`: both did."""
        if event.part_of:
            iri, whole = self.names.node(event.id), self.names.node(event.part_of)
            yield _link(iri, KG + "subEventOf", whole)
            if happened:
                yield _link(iri, SEM + "subEventOf", whole)
                yield _link(whole, SEM + "hasSubEvent", iri)

    def participant(self, event: str, role: Role, iri: str, happened: bool) -> Iterator[Triple]:
        yield _link(event, KG + "involves", iri)
        if happened and role is Role.PLACE:
            yield _link(event, SEM + "hasPlace", iri)
        elif happened and role in _ROLES:
            yield _link(event, SEM + "hasActor", iri)
            yield _link(event, KG + _ROLES[role], iri)

    def when_and_where(self, iri: str, time: Time | None, place: str) -> Iterator[Triple]:
        if place:
            yield _link(iri, KG + "place", self.names.node(place))
        if time is None:
            return
        if time.text:
            yield _value(iri, KG + "timeText", time.text)
        if not time.told:
            yield _value(iri, KG + "timeInferred", "true", "boolean")
        begin, end, precision = _days(time)
        if begin:
            yield _value(iri, KG + "begin", begin, "date")
        if end:
            yield _value(iri, KG + "end", end, "date")
        if precision:
            yield _value(iri, KG + "datePrecision", precision)
        if precision == "day" and begin == end:
            yield _value(iri, KG + "date", begin, "date")

    # -- provenance --------------------------------------------------------------------------------

    def statement(self, statement: Statement) -> Iterator[Triple]:
        iri = self.names.statement(statement.id)
        yield _link(iri, RDF + "type", RDF + "Statement")
        yield _link(iri, RDF + "subject", self.names.node(statement.subject))
        yield _link(iri, RDF + "predicate", self.names.relation(statement.predicate, statement.known))
        yield Triple(NamedNode(iri), NamedNode(RDF + "object"), self.object(statement))
        yield _link(iri, KG + "factuality", _factuality(statement.factuality))
        yield _value(iri, KG + "confidence", _decimal(statement.confidence), "decimal")
        if statement.speaker:
            yield _link(iri, KG + "speaker", self.names.node(statement.speaker))
        if statement.event:
            yield _link(iri, KG + "event", self.names.node(statement.event))
        yield from self.when_and_where(iri, statement.time, statement.place)
        articles = str(len({evidence.document for evidence in statement.evidence}))
        yield _value(iri, KG + "articles", articles, "integer")
        yield _value(iri, KG + "independentSources", str(statement.independent), "integer")
        yield from self.derivations(iri, statement.id, statement.evidence)

    def derivations(self, iri: str, thing: str, evidence: Iterable[Evidence]) -> Iterator[Triple]:
        """One prov:Derivation for each sentence and rule, and the sentences."""
        for each in evidence:
            where = (each.document, each.start, each.end)
            sentence = self.names.sentence(*where)
            derivation = self.names.derivation(thing, *where, each.rule, each.surface)
            yield _link(iri, PROV + "wasDerivedFrom", sentence)
            yield _link(iri, PROV + "qualifiedDerivation", derivation)
            yield _link(derivation, RDF + "type", PROV + "Derivation")
            yield _link(derivation, PROV + "entity", sentence)
            yield _value(derivation, KG + "rule", each.rule)
            yield _value(derivation, KG + "confidence", _decimal(each.confidence), "decimal")
            if each.surface:
                yield _value(derivation, KG + "surface", each.surface)
            article = self.names.article(each.document)
            yield _link(sentence, RDF + "type", NIF + "Sentence")
            yield _link(sentence, RDF + "type", NIF + "RFC5147String")
            yield _value(sentence, NIF + "beginIndex", str(each.start), "integer")
            yield _value(sentence, NIF + "endIndex", str(each.end), "integer")
            yield _value(sentence, NIF + "anchorOf", each.sentence)
            yield _link(sentence, NIF + "referenceContext", article)
            yield _link(sentence, SCHEMA + "isPartOf", article)

    def mentions(self, node: Entity | Event) -> Iterator[Triple]:
        for document in node.documents:
            yield _link(self.names.article(document), SCHEMA + "mentions", self.names.node(node.id))

    def recognised(self, entity: Entity) -> Iterator[Triple]:
        for name in entity.background:
            yield _link(self.names.node(entity.id), KG + "knownFrom", self.names.background(name))

    def background(self, background: Background) -> Iterator[Triple]:
        """What a file of background is; what it says is a graph of its own (`kg.rdf.background`)."""
        iri = self.names.background(background.id)
        yield _link(iri, RDF + "type", KG + "Background")
        yield _link(iri, RDF + "type", PROV + "Entity")
        yield _value(iri, DCT + "identifier", background.id)
        yield _value(iri, SCHEMA + "sha256", background.digest)
        yield _value(iri, VOID + "triples", str(background.triples), "integer")

    def article(self, document: Document) -> Iterator[Triple]:
        iri, metadata = self.names.article(document.id), document.metadata
        yield _link(iri, RDF + "type", SCHEMA + "NewsArticle")
        yield _link(iri, RDF + "type", NIF + "Context")
        yield _value(iri, DCT + "identifier", document.id)
        said = (
            ("headline", metadata.title, "string"),
            ("publisher", metadata.publisher, "string"),
            ("url", metadata.url, "anyURI"),
            ("sha256", document.digest, "string"),
            ("datePublished", *_published(metadata.date)),
            *(("author", author, "string") for author in metadata.authors),
        )
        for name, value, datatype in said:
            if value:
                yield _value(iri, SCHEMA + name, value, datatype)
        for other in document.dated_by:
            yield _link(iri, KG + "datedBy", self.names.article(other))

    # -- who agrees with whom ----------------------------------------------------------------------

    def dependence(self, dependence: Dependence) -> Iterator[Triple]:
        """Between two articles in PROV's own terms too; a publisher is an agent to PROV, no entity."""
        iri, article = self.names.node(dependence.id), self.names.article(dependence.document)
        if dependence.outside:
            source = self.names.agent(dependence.source)
            yield from self.agent(dependence.source)
            credited = dependence.kind is DependenceKind.CREDITS
            yield _link(article, PROV + ("wasAttributedTo" if credited else "wasInfluencedBy"), source)
        else:
            source = self.names.article(dependence.source)
            yield _link(article, PROV + "wasDerivedFrom", source)
            if dependence.kind is DependenceKind.COPIES:
                yield _link(article, PROV + "wasQuotedFrom", source)
        yield _link(iri, RDF + "type", KG + "Dependence")
        yield _link(iri, KG + "dependent", article)
        yield _link(iri, KG + "source", source)
        yield _value(iri, KG + "dependenceKind", dependence.kind.value)
        yield _value(iri, KG + "isWhole", str(dependence.whole).lower(), "boolean")
        if dependence.share:
            yield _value(iri, KG + "share", _decimal(dependence.share), "decimal")
        yield from self.derivations(iri, dependence.id, dependence.evidence)

    def agent(self, name: str) -> Iterator[Triple]:
        iri = self.names.agent(name)
        yield _link(iri, RDF + "type", PROV + "Agent")
        yield _value(iri, RDFS + "label", name)

    def conflict(self, conflict: Conflict) -> Iterator[Triple]:
        iri = self.names.node(conflict.id)
        yield _link(iri, RDF + "type", KG + "Conflict")
        yield _value(iri, RDFS + "label", conflict.label)
        yield _link(iri, KG + "conflictSubject", self.names.node(conflict.subject))
        yield _link(iri, KG + "conflictProperty", self.property(conflict.property))
        for number, value in enumerate(conflict.values, 1):
            id_ = f"{conflict.id}-{number}"
            side = self.names.node(id_)
            yield _link(iri, KG + "side", side)
            yield _link(side, RDF + "type", KG + "ConflictSide")
            yield _value(side, RDFS + "label", value.label)
            yield Triple(NamedNode(side), NamedNode(KG + "value"), self.value(conflict, value))
            yield _value(side, KG + "articles", str(len(value.documents)), "integer")
            yield _value(side, KG + "independentSources", str(value.independent), "integer")
            yield from (_link(side, KG + "article", self.names.article(d)) for d in value.documents)
            yield from self.derivations(side, id_, value.evidence)

    def property(self, name: str) -> str:
        """The property that a conflict is about."""
        if name == "type":
            return RDF + "type"
        known = name in self.ontology.relations or name in ("date", "place")
        return self.names.relation(name, known)

    def value(self, conflict: Conflict, value: Value) -> NamedNode | Literal:
        if value.datatype:
            return _literal(value.value, value.datatype)
        if conflict.property == "type":
            return NamedNode(self.classes(value.value)[0])
        return NamedNode(self.names.node(value.value))

    def decision(self, decision: Decision) -> Iterator[Triple]:
        iri = self.names.node(decision.id)
        yield _link(iri, RDF + "type", KG + "Decision")
        yield _link(iri, RDF + "type", PROV + "Activity")
        yield _value(iri, KG + "decisionKind", decision.kind.value)
        yield from (_value(iri, KG + "about", str(about)) for about in decision.about)
        if decision.value:
            yield _value(iri, KG + "decided", decision.value)
        if decision.by:
            yield _link(iri, PROV + "wasAssociatedWith", self.names.agent(decision.by))
            yield from self.agent(decision.by)
        if _reach(decision.date):
            yield _value(iri, DCT + "date", *_published(decision.date))
        if decision.why:
            yield _value(iri, RDFS + "comment", decision.why)
        for node in decision.nodes if decision.kind is not DecisionKind.IGNORE else ():
            yield _link(self.names.node(node), PROV + "wasInfluencedBy", iri)

    # -- the ontology's terms ----------------------------------------------------------------------

    def classes(self, name: str) -> tuple[str, ...]:
        """IRIs of the class `name` and all above it, itself first."""
        known = self.ontology.classes.get(name)
        if known is None:
            return (self.names.term(name),)
        return (known.iri, *(self.names.term(parent) for parent in known.parents), *known.aligned)

    def class_(self, name: str) -> Iterator[Triple]:
        iri, *above = self.classes(name)
        yield _link(iri, RDF + "type", OWL + "Class")
        yield from (_link(iri, RDFS + "subClassOf", each) for each in above)
        known = self.ontology.classes.get(name)
        if known:
            yield from _explained(iri, known.label, known.comment)

    def parents(self, name: str, known: bool) -> tuple[str, ...]:
        """Local names of the relations above."""
        described = self.ontology.relations.get(name) if known else None
        if described:
            return described.parents
        return () if name == "relatedTo" else ("relatedTo",)

    def relations(self, name: str, known: bool) -> tuple[str, ...]:
        """IRIs of the relation `name` and all above it, itself first."""
        parents = (self.names.relation(each, known=True) for each in self.parents(name, known))
        described = self.ontology.relations.get(name) if known else None
        return (self.names.relation(name, known), *parents, *(described.aligned if described else ()))

    def relation(self, name: str, known: bool, label: str) -> Iterator[Triple]:
        iri, *above = self.relations(name, known)
        yield _link(iri, RDF + "type", RDF + "Property")
        yield _link(iri, RDF + "type", KG + "Relation")
        yield from (_link(iri, RDFS + "subPropertyOf", each) for each in above)
        described = self.ontology.relations.get(name) if known else None
        if described and described.symmetric:
            yield _link(iri, RDF + "type", OWL + "SymmetricProperty")
        if described:
            yield from _explained(iri, described.label, described.comment)
        else:
            yield from _explained(iri, label, "")

    def object(self, statement: Statement) -> NamedNode | Literal:
        if isinstance(statement.object, Text):
            return _literal(statement.object.value, statement.object.datatype)
        return NamedNode(self.names.node(statement.object))


def _shares(knowledge: Knowledge) -> dict[str, Knowledge]:
    """By document: what it would have given had it been read alone, with the labels of all."""
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


# -- terms -------------------------------------------------------------------------------------------

# What XML 1.0 cannot hold, and lone surrogates, which no encoding can.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REDUCED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_PRECISIONS = ("year", "month", "day")


def _link(subject: str, predicate: str, thing: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(thing))


def _value(subject: str, predicate: str, value: str, datatype: str = "string") -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), _literal(value, datatype))


def _literal(value: str, datatype: str = "string") -> Literal:
    """Characters that some format cannot write become U+FFFD, so that offsets within stay right."""
    return Literal(_UNWRITABLE.sub("\ufffd", value), datatype=NamedNode(XSD + datatype))


def _called(iri: str, label: str, aliases: Iterable[str]) -> Iterator[Triple]:
    yield _value(iri, RDFS + "label", label)
    yield from (_value(iri, SKOS + "altLabel", alias) for alias in aliases)


def _explained(iri: str, label: str, comment: str) -> Iterator[Triple]:
    for predicate, text in (("label", label), ("comment", comment)):
        if text:
            explained = Literal(_UNWRITABLE.sub("\ufffd", text), language="en")
            yield Triple(NamedNode(iri), NamedNode(RDFS + predicate), explained)


def _factuality(factuality: Factuality) -> str:
    return KG + factuality.value.capitalize()


def _decimal(number: float) -> str:
    """The canonical form of xsd:decimal, to four places: what a store would make of it.

    >>> _decimal(0.9), _decimal(1.0), _decimal(0.86666)
    ('0.9', '1', '0.8667')
    """
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _days(time: Time) -> tuple[str, str, str]:
    """First day, last day and precision of what `time` covers; "" where it does not say.

    >>> _days(Time("2026-01", "2026-02", "this winter"))
    ('2026-01-01', '2026-02-28', 'month')
    """
    first, last = _reach(time.start), _reach(time.end)
    precisions = [each[2] for each in (first, last) if each]
    return (
        first[0] if first else "",
        last[1] if last else "",
        min(precisions, key=_PRECISIONS.index, default=""),
    )


def _reach(text: str) -> tuple[str, str, str] | None:
    """First day, last day and precision of a reduced ISO 8601 date; None for what is none."""
    found = _REDUCED.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(group) if group else 0 for group in found.groups())
    try:
        first = datetime.date(year, month or 1, day or 1)
        last = datetime.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:  # the 30th of February
        return None
    return first.isoformat(), last.isoformat(), _PRECISIONS[bool(month) + bool(day)]


def _published(date: str) -> tuple[str, str]:
    """The value and datatype of a publication date, as precise as it is given.

    >>> _published("2026-01-13"), _published("2026-01"), _published("soon")
    (('2026-01-13', 'date'), ('2026-01', 'gYearMonth'), ('', 'date'))
    """
    reach = _reach(date)
    if not reach:
        return "", "date"
    return {
        "day": (reach[0], "date"),
        "month": (reach[0][:7], "gYearMonth"),
        "year": (reach[0][:4], "gYear"),
    }[reach[2]]
