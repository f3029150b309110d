"""Maps page addresses to IRIs and back; builds the query that describes an IRI.

An IRI of the graph is served under its own path: `https://kg.example/data/Ana_Ruiz` at `/data/Ana_Ruiz`,
whatever the host name. A browser does not send the fragment of an address ("#...") to the server: a sentence
is therefore described on the page of its article, a class or relation on that of the ontology.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from kg.ontology import KG
from kg.rdf.names import KGR, Names

MOST = 2000  # maximum number of triples in a description that link other things to the thing described


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of the IRIs of one graph. `spaces` are pairs of a namespace and its path."""

    names: Names

    @property
    def spaces(self) -> tuple[tuple[str, str], ...]:
        spaces = ((space, urlsplit(space).path) for space in (self.names.base, KGR, KG.rstrip("#")))
        return tuple(sorted(spaces, key=lambda each: -len(each[1])))  # longest path first: a base may be "/"

    def iri(self, path: str) -> str:
        """The IRI served at `path`, "" if there is none.

        >>> Addresses(Names()).iri("/data/Ana_Ruiz")
        'https://kg.example/data/Ana_Ruiz'
        >>> Addresses(Names("https://graph.example/")).iri("/relation/stopped-short-of")
        'https://kg.example/relation/stopped-short-of'
        """
        for space, begin in self.spaces:
            if path == begin or (begin.endswith("/") and path.startswith(begin)):
                iri = space + quote(path.removeprefix(begin), safe="/:@!$&'()*+,;=~-._%")
                return iri if _is_iri(iri) else ""
        return ""

    def path(self, iri: str) -> str:
        """The path of `iri` on this server, "" if it is not in one of kg's namespaces.

        >>> Addresses(Names()).path("https://kg.example/ontology#met")
        '/ontology#met'
        """
        for space, begin in self.spaces:
            if iri == space or iri.startswith(space if space.endswith("/") else space + "#"):
                return begin + iri.removeprefix(space)
        return ""


def is_ontology(iri: str) -> bool:
    """Whether `iri` is that of the ontology document."""
    return iri == KG.rstrip("#")


def query(iri: str) -> str:
    """The query for the triples about `iri`: its own, those of its parts, links to it, and labels."""
    node = str(NamedNode(iri))
    return f"""CONSTRUCT {{ ?s ?p ?o }} {{
      {{ VALUES ?s {{ {node} }} ?s ?p ?o }}
      UNION {{ SELECT ?s ?p ?o {{ VALUES ?o {{ {node} }} ?s ?p ?o }} LIMIT {MOST} }}
      UNION {{ ?s schema:isPartOf {node} ; ?p ?o FILTER STRSTARTS(STR(?s), "{iri}#") }}
      UNION {{ {node} ?link ?s . ?s rdfs:label ?o BIND (rdfs:label AS ?p) }}
    }}"""


def _is_iri(iri: str) -> bool:
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return '"' not in iri and "\\" not in iri
