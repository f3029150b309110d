"""The IRIs of everything in the graph, and the prefixes that abbreviate IRIs.

An IRI depends only on the id (assigned by `kg.resolve`), so that the same thing has the same IRI in every
build. All IRIs are plain ASCII and at most 2 kB long, so that no RDF library, file format or URL has to
escape them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.ontology import KG

BASE = "https://kg.example/data/"
KGR = "https://kg.example/relation/"  # namespace of open relations, which are not in the ontology

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SCHEMA = "https://schema.org/"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
PROV = "http://www.w3.org/ns/prov#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
VOID = "http://rdfs.org/ns/void#"
FOAF = "http://xmlns.com/foaf/0.1/"
ORG = "http://www.w3.org/ns/org#"
WD = "http://www.wikidata.org/entity/"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "kg": KG,
        "kgr": KGR,
        "d": BASE,
        "rdf": RDF,
        "rdfs": RDFS,
        "xsd": XSD,
        "owl": OWL,
        "schema": SCHEMA,
        "sem": SEM,
        "prov": PROV,
        "nif": NIF,
        "skos": SKOS,
        "dct": DCT,
        "void": VOID,
        "foaf": FOAF,
        "org": ORG,
        "wd": WD,
    }
)

_LONGEST_BASE = 1000  # maximum number of characters of a base; every IRI then stays below 2 kB
_LONGEST_LOCAL = 120  # maximum number of characters of a local name; longer ones are shortened
_BASE = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9._~!$&'()*+,;=:@%/-]+/")
# A local name that neither Turtle nor XML has to escape: it begins with a letter, and ends without a dot.
_LOCAL = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
# The IRI of a term outside `kg:`: it ends in such a local name.
_TERM = re.compile(
    r"[a-z][a-z0-9+.-]*://[A-Za-z0-9._~!$&'()*+,;=:@%/-]+[/#][A-Za-z_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?"
)
# A local name that may begin with a digit, which Turtle allows but XML does not.
_NUMBERED = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


@dataclass(frozen=True, slots=True)
class Names:
    """Makes the IRIs below one base, which ends with "/".

    Raises ValueError for a base that is not an absolute IRI in plain ASCII, or that overlaps with another
    namespace (which would make prefixed names ambiguous).

    >>> Names().node("Ana_Ruiz")
    'https://kg.example/data/Ana_Ruiz'
    >>> Names().sentence("a.txt", 211, 344)
    'https://kg.example/data/article-a.txt#char=211,344'
    """

    base: str = BASE

    def __post_init__(self) -> None:
        if len(self.base) > _LONGEST_BASE or not _BASE.fullmatch(self.base):
            raise ValueError(f"{self.base!r} is not a base IRI: it must look like https://example.org/data/")
        for prefix, namespace in PREFIXES.items():
            if prefix != "d" and (namespace.startswith(self.base) or self.base.startswith(namespace)):
                raise ValueError(f"{self.base!r} cannot be the base IRI: it overlaps with {namespace}")

    @property
    def prefixes(self) -> dict[str, str]:
        """Each prefix -> its namespace; that of `d:` is this base."""
        return {**PREFIXES, "d": self.base}

    def node(self, id: str) -> str:  # noqa: A002 (the model's own word)
        """The IRI of an entity or event."""
        return self.base + _local(id, _NUMBERED)

    def statement(self, id: str) -> str:  # noqa: A002
        return self.base + _local(id, _NUMBERED)

    def article(self, document: str) -> str:
        return f"{self.base}article-{_local(document, _NUMBERED)}"

    def text(self, document: str) -> str:
        """The IRI of the cleaned text of an article, without markup, menus and other parts of the page."""
        return f"{self.base}text-{_local(document, _NUMBERED)}"

    def background(self, name: str) -> str:
        """The IRI of a background file, and of its named graph."""
        return f"{self.base}background-{_local(name, _NUMBERED)}"

    def id(self, iri: str) -> str:
        """The id of the entity that has this IRI; "" if no entity can have it.

        >>> Names().id("https://kg.example/data/Ana_Ruiz"), Names().id("https://staff.example/17")
        ('Ana_Ruiz', '')
        """
        local = iri.removeprefix(self.base)
        return local if local != iri and self.node(local) == iri else ""

    def sentence(self, document: str, start: int, end: int) -> str:
        """The IRI of a span of an article's file, in the syntax of RFC 5147. Offsets are in characters."""
        return f"{self.article(document)}#char={start},{end}"

    def derivation(self, id: str, *which: object) -> str:  # noqa: A002
        """The IRI of a derivation of the statement or event `id` from a sentence. `which`: values that
        distinguish this derivation from others of the same id.
        """
        return f"{self.base}{_local(id, _NUMBERED)}-by-{_digest(repr(which))}"

    def agent(self, name: str) -> str:
        """The IRI of a publisher, or of a person who makes decisions. Articles need not mention them."""
        return f"{self.base}agent-{_local(name, _NUMBERED)}"

    def relation(self, name: str, known: bool) -> str:
        """The IRI of a relation: that of the ontology if `known`, otherwise the IRI of an open relation.

        It ends in an XML name, which RDF/XML requires of properties.

        >>> Names().relation("stopped-short-of", known=False)
        'https://kg.example/relation/stopped-short-of'
        """
        return self.term(name) if known else KGR + _local(name, _LOCAL)

    def term(self, name: str) -> str:
        """The IRI of a class or relation of the ontology. The name of a term outside `kg:` already is
        its IRI.

        >>> Names().term("Person"), Names().term("https://sport.example/Derby")
        ('https://kg.example/ontology#Person', 'https://sport.example/Derby')
        """
        return name if len(name) <= _LONGEST_BASE and _TERM.fullmatch(name) else KG + _local(name, _LOCAL)


def _local(text: str, allowed: re.Pattern[str]) -> str:
    """`text` itself if it matches `allowed` and is short, otherwise its ASCII letters and digits followed by
    a hash.
    """
    if len(text) <= _LONGEST_LOCAL and allowed.fullmatch(text):
        return text
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", ascii_only).lstrip("-0123456789")[:60].rstrip("-")
    return f"{slug or 'x'}-{_digest(text)}"


def _digest(text: str) -> str:
    encoded = unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
    return hashlib.sha256(encoded).hexdigest()[:12]
