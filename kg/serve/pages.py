"""The HTML pages. Text from the graph is escaped; scripts are static files only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from string import Template

from kg.ontology import KG
from kg.serve.about import MOST, About, Terms
from kg.serve.assets import template
from kg.serve.dereference import Addresses
from kg.serve.forms import forms
from kg.serve.negotiation import TRIPLES, own
from kg.serve.results import Row, Term
from kg.store.query import shorten

# Pages load scripts, styles and data from this server only. vis-network needs no inline style: it sets styles
# through the DOM.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def query() -> str:
    """The query page."""
    script = '<script type="module" src="/static/main.js"></script>'
    body = Template(template("query.html")).substitute(questions=forms())
    return _page("Query the graph", body, "query", script)


def explorer() -> str:
    """A page with the graph page in a frame, below the header that all pages of the server have."""
    frame = '<iframe id="drawing" title="The graph, drawn"></iframe>'
    script = '<script type="module" src="/static/explorer.js"></script>'
    return _page("Explore the graph", frame, "explorer", script)


def unknown() -> str:
    """The page of an IRI that is not in the graph."""
    title = "Nothing is known about this"
    words = '<p>The graph does not contain this IRI. <a href="/">Query the graph.</a></p>'
    return _page(title, f'<main class="thing"><h1>{title}</h1>{words}</main>')


def thing(told: About, addresses: Addresses) -> str:
    """The page about an IRI."""
    view = _View(addresses)
    kinds = " · ".join(dict.fromkeys(view.term(term, label) for term, label in told.types))
    aliases = ", ".join(map(escape, told.aliases))
    sections = (
        f'<p class="kinds">{kinds}</p>' if kinds else "",
        f"<p>Also called {aliases}</p>" if aliases else "",
        view.lines(told.properties),
        view.statements(told.statements),
        view.sentences(told.sentences),
        view.links(told.links),
    )
    return _described(told.title or view.short(told.iri), told.iri, sections)


def ontology(terms: Terms) -> str:
    """The page of the classes and relations, each with an anchor."""

    def listed(found: Sequence[Row]) -> str:
        lines = (
            f'<dt id="{name}">{escape(row.text("label"))}</dt>'
            f"<dd>{escape(row.text('comment'))} <code>kg:{name}</code></dd>"
            for row in found
            for name in [escape(row.text("term").removeprefix(KG))]
        )
        return f"<dl>{''.join(lines)}</dl>"

    sections = (
        f"<h2>Classes</h2>{listed(terms.classes)}",
        f"<h2>Relations</h2>{listed(terms.relations)}",
    )
    return _described("The classes and relations of this graph", KG.rstrip("#"), sections)


class _View:
    """Writes terms and lists of one graph as HTML."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._prefixes: Mapping[str, str] = addresses.names.prefixes

    def short(self, iri: str) -> str:
        return shorten(iri, self._prefixes).strip("<>")

    def term(self, term: Term, label: str = "") -> str:
        """The label of a term as HTML; a link if the server has a page for the term."""
        words = escape(label or (self.short(term.value) if term.is_iri else term.value))
        address = self._addresses.path(term.value) if term.is_iri else ""
        if address:
            return f'<a href="{escape(address)}">{words}</a>'
        if term.value.startswith(("https://", "http://")):
            return f'<a href="{escape(term.value)}" rel="noreferrer noopener external">{words}</a>'
        return words

    def lines(self, found: Iterable[Row]) -> str:
        """A line for each relation, with its values."""
        lines = "".join(
            f"<dt>{self.term(relation, label)}</dt><dd>{_list(self._values(group))}</dd>"
            for (relation, label), group in _by_relation(found)
        )
        return f"<dl>{lines}</dl>" if lines else ""

    def statements(self, found: Sequence[Row]) -> str:
        """The statements about a thing, asserted ones first, each with its sentences."""
        told = [list(group) for _, group in groupby(found, lambda row: row.text("statement"))]
        items = "".join(
            map(self._statement, sorted(told, key=lambda group: _factuality(group) != "asserted"))
        )
        return f'<h2>What the articles say</h2><ul class="said">{items}</ul>{_more(told)}' if items else ""

    def sentences(self, found: Sequence[str]) -> str:
        """The sentences of an article that have statements."""
        items = "".join(f"<li>{escape(sentence)}</li>" for sentence in dict.fromkeys(found))
        return f"<h2>Sentences that were read</h2><ol>{items}</ol>{_more(found)}" if items else ""

    def links(self, found: Sequence[Row]) -> str:
        """The triples with the thing as object, in a collapsed section."""
        lines = self.lines(found)
        return f"<details><summary>What points here</summary>{lines}{_more(found)}</details>" if lines else ""

    def _statement(self, group: Sequence[Row]) -> str:
        first, how = group[0], _factuality(group)
        ends = ("subject", "relation", "object")
        claim = " ".join(self.term(first[name], first.text(f"{name}Label")) for name in ends)
        speaker = self.term(first["speaker"], first.text("speakerLabel"))
        by = f", says {speaker}" if speaker else ""
        quotes = "".join(
            f"<blockquote>{escape(sentence.value)} <cite>{self.term(article, label)}</cite></blockquote>"
            for sentence, article, label in dict.fromkeys(
                (row["sentence"], row["article"], row.text("articleLabel")) for row in group
            )
        )
        return f'<li><p>{claim} <span class="how {escape(how)}">{escape(how)}{by}</span></p>{quotes}</li>'

    def _values(self, found: Iterable[Row]) -> Iterator[str]:
        for row in found:
            yield self.term(row["value"], row.text("valueLabel"))


def _by_relation(found: Iterable[Row]) -> Iterator[tuple[tuple[Term, str], list[Row]]]:
    for key, group in groupby(found, lambda row: (row["relation"], row.text("relationLabel"))):
        yield key, list(group)


def _factuality(group: Sequence[Row]) -> str:
    return group[0].text("factuality").rpartition("#")[2].lower()


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in dict.fromkeys(items)) + "</ul>"


def _more(found: Sequence[object]) -> str:
    return '<p class="more">There may be more: query the graph for it.</p>' if len(found) >= MOST else ""


def _described(title: str, iri: str, sections: Iterable[str]) -> str:
    downloads = " ".join(
        f'<a href="?format={offer.name}" rel="alternate" type="{offer.media_type}">{offer.label}</a>'
        for offer in own(TRIPLES)
    )
    body = Template(template("thing.html")).substitute(
        title=escape(title), iri=escape(iri), downloads=downloads, sections="\n".join(filter(None, sections))
    )
    return _page(title, body)


def _page(title: str, body: str, here: str = "", scripts: str = "") -> str:
    links = "".join(
        f'<a href="{path}"{" aria-current=page" if name == here else ""}>{label}</a>'
        for name, path, label in (("query", "/", "Ask"), ("explorer", "/explorer", "Explore"))
    )
    return Template(template("frame.html")).substitute(
        title=escape(title), links=links, body=body, scripts=scripts, here=here
    )
