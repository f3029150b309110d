"""Decides which triples express each item of the knowledge; no other module does.

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
an event happened. Objects of `sem:hasActor` are only things that can act, objects of `sem:hasPlace` only
places. Superclasses, super-properties and both directions of symmetric relations are written out, so
that no reasoner is needed. There are no blank nodes. The terms are defined in `ontology/kg.ttl`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

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
from kg.rdf.names import DCT, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM, VOID, WD, Names
from kg.rdf.parts import GraphPart
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
from kg.rdf.used_terms import UsedTerms

Nodes = Mapping[str, Entity | Event]
"""Entities and events by id."""

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


class Items:
    """Makes the triples of each kind of item.

    `nodes`: all entities and events, because the triples of an item also depend on the labels, types and
    factuality of the entities and events to which it refers (`kg.rdf.changes.referred`).
    """

    def __init__(self, ontology: Ontology, names: Names, nodes: Nodes) -> None:
        self.ontology, self.names, self.nodes = ontology, names, nodes
        self.terms = UsedTerms(ontology, names)

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

    # -- facts -------------------------------------------------------------------------------------

    def entity(self, entity: Entity) -> Iterator[Triple]:
        iri = self.names.node(entity.id)
        yield from (link(iri, RDF + "type", c) for c in self.terms.classes(entity.type))
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
        for relation in self.terms.relations(name, statement.known, isinstance(thing, Literal)):
            yield Triple(NamedNode(subject), NamedNode(relation), thing)
        if isinstance(thing, Literal) or not statement.known:
            return
        for each in (name, *relations.above(name, True, self.ontology)):
            known = self.ontology.relations.get(each)
            if known and known.symmetric:
                for relation in self.terms.relations(each, known=True, words=False):
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
            classes = {*self.terms.classes(event.type), *self.terms.classes("Event"), SEM + "Event"}
        else:
            classes = set(self.terms.classes("UnassertedEvent"))
        yield from (link(iri, RDF + "type", c) for c in sorted(classes))
        yield from called(iri, event.label, event.aliases)
        yield link(iri, KG + "factuality", factuality_of(event.factuality))
        yield link(iri, KG + "eventType", self.terms.classes(event.type)[0])
        if happened:
            yield link(iri, SEM + "eventType", self.terms.classes(event.type)[0])
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
            return NamedNode(self.terms.classes(value.value)[0])
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

    def object(self, statement: Statement) -> NamedNode | Literal:
        if isinstance(statement.object, Text):
            return literal(statement.object.value, statement.object.datatype)
        return NamedNode(self.names.node(statement.object))
