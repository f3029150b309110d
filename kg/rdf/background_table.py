"""A CSV list of people or organisations -> triples: background for users who have no RDF.

    name,type,other names,gender,email
    Ana Ruiz,person,A. Ruiz; La Jefa,f,ruiz@example.org

Each row describes a thing. Columns are recognised by name (`_COLUMNS`), in any order; other columns become
properties in the file's own namespace. The IRI of a thing is in the column `iri`, or derived from the line
number of its row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.ontology import KG, folder
from kg.rdf.names import FOAF, OWL, RDF, RDFS, SKOS
from kg.rdf.terms import datum, link

# Name of a column, in lower case without punctuation -> the property whose values it contains; "" for the
# column with the IRIs of the things.
_COLUMNS = {
    **dict.fromkeys(("name", "label", "full name"), RDFS + "label"),
    **dict.fromkeys(("other names", "aliases", "alias", "alternative names"), SKOS + "altLabel"),
    **dict.fromkeys(("family name", "last name", "surname"), FOAF + "familyName"),
    **dict.fromkeys(("given name", "first name"), FOAF + "givenName"),
    **dict.fromkeys(("gender", "sex"), FOAF + "gender"),
    **dict.fromkeys(("type", "class", "kind"), RDF + "type"),
    **dict.fromkeys(("iri", "uri"), ""),
    "same as": OWL + "sameAs",
}
_MOST_COLUMNS = 1_000
# properties of which a cell can contain several values, separated by ";" or "|"
_SEVERAL = frozenset((SKOS + "altLabel", OWL + "sameAs"))
_IRI = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|urn:)[^\s<>\"{}|\\^`]+")


class TableError(ValueError):
    """An error in the table. `line` counts from 1; 0 stands for the table as a whole."""

    def __init__(self, line: int, what: str, mend: str) -> None:
        super().__init__(what)
        self.line, self.what, self.mend = line, what, mend


def triples(data: bytes, node: str) -> Iterator[Triple]:
    """The triples of all rows. `node`: the IRI of the file. Raises TableError."""
    lines = csv.reader(io.StringIO(_text(data), newline=""), _dialect(data), strict=True)
    try:
        header = [each.strip() for each in next(lines, [])]
        _check(header)
        for row in lines:
            if any(cell.strip() for cell in row):
                if len(row) != len(header):
                    what = f"has {len(row)} cells, and the first line has {len(header)}"
                    raise TableError(
                        lines.line_num, what, 'Put a cell with a comma in it into quotes ("...").'
                    )
                yield from _thing(dict(zip(header, map(str.strip, row), strict=True)), node, lines.line_num)
    except csv.Error as error:
        raise TableError(lines.line_num, f"is not valid CSV ({error})", "Correct it there.") from error


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TableError(line, "is not in UTF-8", 'Save it as "CSV UTF-8".') from error


def _dialect(data: bytes) -> type[csv.Dialect]:
    """The CSV dialect: the separator is the comma, semicolon or tab, whichever is most frequent in the first
    line.
    """
    first = data.split(b"\n", 1)[0].decode("utf-8", "replace")

    class Dialect(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Dialect


def _check(header: list[str]) -> None:
    found = [_COLUMNS.get(_plain(each), "-") for each in header]
    if RDFS + "label" not in found and not {FOAF + "familyName", FOAF + "givenName"} <= set(found):
        raise TableError(1, "has no column “name”", "Put the column names into the first line.")
    if len(header) > _MOST_COLUMNS:
        raise TableError(1, f"has more than {_MOST_COLUMNS:,} columns", "Remove some.")
    for number, name in enumerate(header):
        if name in header[:number]:
            raise TableError(1, f"names the column “{name}” twice", "Rename one of them.")


def _thing(cells: Mapping[str, str], node: str, line: int) -> Iterator[Triple]:
    given = next((cell for name, cell in cells.items() if cell and _COLUMNS.get(_plain(name)) == ""), "")
    subject = _iri(given, line) if given else f"{node}#line-{line}"
    for name, cell in cells.items():
        way = _COLUMNS.get(_plain(name), f"{node}#{_column(name)}")
        for value in _parts(cell, way):
            if way == RDF + "type":
                yield link(subject, way, _class(value, line))
            elif way == OWL + "sameAs":
                yield link(subject, way, _iri(value, line))
            elif way:
                yield datum(subject, way, value)


def _parts(cell: str, way: str) -> list[str]:
    some = re.split("[;|]", cell) if way in _SEVERAL else [cell]
    return [each.strip() for each in some if each.strip()]


def _iri(text: str, line: int) -> str:
    try:
        if _IRI.fullmatch(text):
            return NamedNode(text).value
    except ValueError:
        pass
    raise TableError(line, f"has “{text}” where an IRI should be", "Write it as https://example.org/17.")


def _class(text: str, line: int) -> str:
    if _IRI.fullmatch(text):
        return _iri(text, line)
    found = _classes().get(_plain(text))
    if not found:
        mend = "Write a class of kg (person, company, city ...; docs/reference.md has all), or an IRI."
        raise TableError(line, f"has the type “{text}”, which is not a class", mend)
    return found


@cache
def _classes() -> Mapping[str, str]:
    """Label and local name of each of kg's classes, as `_plain` writes them -> IRI of the class."""
    found: dict[str, str] = {}
    for quad in parse(path=folder() / "kg.ttl", format=RdfFormat.TURTLE):
        iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        local = iri.removeprefix(KG)
        if quad.predicate.value == RDFS + "label" and local[:1].isupper():
            found[_plain(str(quad.object.value))] = found[_plain(local)] = iri
    return MappingProxyType(found)


def _plain(name: str) -> str:
    """A name in lower case without punctuation, for comparison.

    >>> _plain("Other_Names"), _plain("GovernmentBody")
    ('other names', 'governmentbody')
    """
    return " ".join(re.findall(r"\w+", name.casefold().replace("_", " ")))


def _column(name: str) -> str:
    """The name of a column as the local name of a property in the file's namespace.

    >>> _column("Phone (home)")
    'phone-home'
    """
    return "-".join(re.findall(r"[a-z0-9]+", name.casefold())) or "column"
