"""The pages for people, as HTML. Text out of the graph is escaped; scripts come from files of ours only."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from string import Template

from pyoxigraph import NamedNode

from kg.serve.assets import template
from kg.serve.dereference import Addresses
from kg.serve.live import Graph
from kg.serve.negotiation import TRIPLES, own
from kg.serve.rows import Row, Term, holds, rows
from kg.store.query import shorten

# Scripts, styles and data of this server only; vis-network sets styles, but through the object model.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_SAID = 200  # statements that a page shows
_LINKS = 200


def query() -> str:
    """The query page."""
    return _page(
        "Ask the graph",
        template("query.html"),
        "query",
        '<script type="module" src="/static/main.js"></script>',
    )


def explorer() -> str:
    """The explorer, in a frame below our head."""
    frame = '<iframe id="drawing" src="/graph.html" title="The graph, drawn"></iframe>'
    return _page("Explore the graph", frame, "explorer")


def unknown() -> str:
    """What is shown for an IRI that the graph says nothing of."""
    title = "Nothing is known of this"
    words = '<p>The graph has no such name. <a href="/">Ask it.</a></p>'
    return _page(title, f'<main class="thing"><h1>{title}</h1>{words}</main>')


async def is_unknown(graph: Graph, iri: str) -> bool:
    """Whether the graph says nothing of `iri`."""
    node = str(NamedNode(iri))
    return iri not in _DOCUMENTS and not await holds(
        graph, f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} UNION {{ ?s {node} ?o }} }}"
    )


_DOCUMENTS = frozenset({"https://kg.example/ontology"})


async def thing(graph: Graph, addresses: Addresses, iri: str) -> str:
    """The page about what an IRI stands for; "" where nothing is known of it."""
    if await is_unknown(graph, iri):
        return ""
    node = str(NamedNode(iri))
    about, said, links, parts = await asyncio.gather(
        *(rows(graph, each.format(node=node, said=_SAID + 1, links=_LINKS + 1)) for each in _QUERIES)
    )
    view = _View(graph, addresses)
    labels = [row.text("value") for row in about if row.text("relation") == _LABEL]
    title = (
        labels[0]
        if labels
        else next((row.text("value") for row in about if row.text("relation") in _TITLES), view.short(iri))
    )
    sections = (
        view.properties(row for row in about if row.text("relation") != _LABEL or row.text("value") != title),
        view.said(said),
        view.links("What points here", links),
        view.links("Parts", parts),
    )
    downloads = " ".join(
        f'<a href="?format={offer.name}" rel="alternate" type="{offer.media_type}">{offer.label}</a>'
        for offer in own(TRIPLES)
    )
    return _page(title, Template(template("thing.html")).substitute(
        title=escape(title), iri=escape(iri), downloads=downloads, sections="\n".join(sections)
    ))  # fmt: skip


_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TITLES = ("https://schema.org/headline", "http://purl.org/dc/terms/identifier")
_QUERIES = (
    """SELECT ?relation ?relationLabel ?value ?valueLabel {{
      {node} ?relation ?value .
      OPTIONAL {{ ?relation rdfs:label ?relationLabel }}
      OPTIONAL {{ ?value rdfs:label ?valueLabel }}
    }} ORDER BY ?relation ?valueLabel ?value""",
    """SELECT ?statement ?subject ?subjectLabel ?relation ?relationLabel ?object ?objectLabel ?factuality
              ?speaker ?speakerLabel ?sentence ?article ?articleLabel {{
      {{ SELECT DISTINCT ?statement {{ ?statement rdf:subject|rdf:object {node} }} ORDER BY ?statement LIMIT {said} }}
      ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; kg:factuality ?factuality ;
                 prov:wasDerivedFrom ?source .
      ?source nif:anchorOf ?sentence ; schema:isPartOf ?article .
      OPTIONAL {{ ?subject rdfs:label ?subjectLabel }}
      OPTIONAL {{ ?relation rdfs:label ?relationLabel }}
      OPTIONAL {{ ?object rdfs:label ?objectLabel }}
      OPTIONAL {{ ?statement kg:speaker ?speaker . ?speaker rdfs:label ?speakerLabel }}
      OPTIONAL {{ ?article schema:headline ?headline }}
      OPTIONAL {{ ?article dct:identifier ?name }}
      BIND (COALESCE(?headline, ?name) AS ?articleLabel)
    }} ORDER BY ?statement ?article ?source""",
    """SELECT ?value ?valueLabel ?relation ?relationLabel {{
      {{ SELECT ?value ?relation {{
        ?value ?relation {node} FILTER (?relation NOT IN (rdf:subject, rdf:object, rdf:predicate, schema:isPartOf, nif:referenceContext))
      }} LIMIT {links} }}
      OPTIONAL {{ ?value rdfs:label|dct:identifier ?valueLabel }}
      OPTIONAL {{ ?relation rdfs:label ?relationLabel }}
    }} ORDER BY ?relation ?valueLabel ?value""",
    """SELECT ?value ?valueLabel ?relation ?relationLabel {{
      {{ SELECT ?value ?relation {{ ?value ?relation {node} FILTER (?relation = schema:isPartOf) }} LIMIT {links} }}
      OPTIONAL {{ ?value nif:anchorOf ?valueLabel }}
      OPTIONAL {{ ?value nif:beginIndex ?at }}
      BIND ("sentence" AS ?relationLabel)
    }} ORDER BY ?at""",
)


class _View:
    """Terms and lists of one graph, as HTML."""

    def __init__(self, graph: Graph, addresses: Addresses) -> None:
        self._prefixes, self._addresses = graph.names.prefixes, addresses

    def short(self, iri: str) -> str:
        return shorten(iri, self._prefixes).strip("<>")

    def term(self, term: Term, label: str = "") -> str:
        """A link where there is something behind it."""
        words = escape(label or (self.short(term.value) if term.is_iri else term.value))
        address = self._addresses.path(term.value) if term.is_iri else ""
        if address:
            return f'<a href="{escape(address)}">{words}</a>'
        if term.value.startswith(("https://", "http://")):
            return f'<a href="{escape(term.value)}" rel="noreferrer noopener external">{words}</a>'
        return words

    def properties(self, about: Iterable[Row]) -> str:
        """What is said of the thing itself, a line for each relation."""
        lines = "".join(
            f"<dt>{self.term(relation, label)}</dt><dd>{_list(self._values(found))}</dd>"
            for (relation, label), found in _by_relation(about)
        )
        return f"<dl>{lines}</dl>" if lines else ""

    def links(self, title: str, found: Sequence[Row]) -> str:
        lines = "".join(
            f"<dt>{self.term(relation, label)}</dt><dd>{_list(self._values(values))}</dd>"
            for (relation, label), values in _by_relation(found[:_LINKS])
        )
        more = '<p class="more">There are more.</p>' if len(found) > _LINKS else ""
        return f"<h2>{title}</h2><dl>{lines}</dl>{more}" if lines else ""

    def said(self, found: Sequence[Row]) -> str:
        """The statements about the thing, each with its sentences."""
        told = [list(group) for _, group in groupby(found, lambda row: row.text("statement"))]
        items = "".join(self._statement(group) for group in sorted(told[:_SAID], key=_sureness))
        more = '<p class="more">There are more.</p>' if len(told) > _SAID else ""
        return f'<h2>What the articles say</h2><ul class="said">{items}</ul>{more}' if items else ""

    def _statement(self, group: Sequence[Row]) -> str:
        first = group[0]
        claim = " ".join(
            self.term(first[name], first.text(name + "Label")) for name in ("subject", "relation", "object")
        )
        how = _factuality(first)
        speaker = self.term(first["speaker"], first.text("speakerLabel"))
        by = f" by {speaker}" if speaker else ""
        sentences = {(row["sentence"], row["article"], row.text("articleLabel")) for row in group}
        quotes = "".join(
            f"<blockquote>{escape(sentence.value)} <cite>{self.term(article, label)}</cite></blockquote>"
            for sentence, article, label in sorted(sentences, key=str)
        )
        mark = f'<span class="how {escape(how)}">{escape(how)}{by}</span>'
        return f"<li><p>{claim} {mark}</p>{quotes}</li>"

    def _values(self, found: Iterable[Row]) -> Iterator[str]:
        for row in found:
            yield self.term(row["value"], row.text("valueLabel"))


def _by_relation(found: Iterable[Row]) -> Iterator[tuple[tuple[Term, str], list[Row]]]:
    for key, group in groupby(found, lambda row: (row["relation"], row.text("relationLabel"))):
        yield key, list(group)


def _factuality(row: Row) -> str:
    return row.text("factuality").rpartition("#")[2].lower()


def _sureness(group: Sequence[Row]) -> bool:
    return _factuality(group[0]) != "asserted"


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in dict.fromkeys(items)) + "</ul>"


def _page(title: str, body: str, here: str = "", scripts: str = "") -> str:
    links = "".join(
        f'<a href="{path}"{" aria-current=page" if name == here else ""}>{label}</a>'
        for name, path, label in (("query", "/", "Ask"), ("explorer", "/explorer", "Explore"))
    )
    return Template(template("frame.html")).substitute(
        title=escape(title), links=links, body=body, scripts=scripts, here=here
    )
