"""Detects untrusted RDF files whose parsing would take excessive time or memory.

Some dangers are found before parsing (deep nesting, entity expansion, terms of megabytes, long chains of
classes) and reported with their line. A file of more than `_HARMLESS` bytes is then parsed in another process
with limits (`kg.rdf.trial`), and in this process only if that succeeds.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from pyoxigraph import NamedNode, RdfFormat, Triple

from kg.rdf.names import RDFS

MB = 1_000_000
LARGEST_ONTOLOGY = 5 * MB
_LARGEST = 500 * MB  # maximum size of a background file
_DEEPEST = 200  # maximum depth of nested brackets or elements; with thousands, parsers crash or hang
_DEEPEST_ONTOLOGY = 50  # the same for an ontology file
_MOST_ATTRIBUTES = 1_000  # maximum number of attributes of an XML element, including namespaces
_LONGEST_ENTITY = 1_000  # maximum number of characters of an XML entity; harmless ones abbreviate namespaces
_LONGEST_TERM = 16 * MB  # maximum number of bytes of a term; the RDF parser refuses longer terms
_TOO_LONG = f"holds a text of more than {_LONGEST_TERM // MB} MB"
_BOMB = "has expanding entities (an “XML bomb”)"
_AMPLIFIED = 43  # XML_ERROR_AMPLIFICATION_LIMIT_BREACH, which older versions of Python do not name
_LONGEST_LINE = 100_000  # maximum number of bytes of a line of an ontology
_LONGEST_CHAIN = 100  # maximum number of levels of superclasses or super-properties
_HARMLESS = 20_000  # size in bytes up to which a file cannot take long
_SECONDS, _PER_MB = 10.0, 2.0  # time limit of the trial: a fixed number of seconds, plus seconds per MB
_MEMORY, _TIMES = 512 * MB, 20  # memory limit of the trial: a fixed number of bytes, plus bytes per byte
# The tokens of Turtle that may contain brackets without nesting (strings, IRIs, comments, escaped characters
# of names), and the brackets themselves. A string without an end extends to the end of its line or file. The
# quantifiers are possessive (`*+`), so that matching takes linear time.
_TURTLE = re.compile(
    rb'"{3}(?:[^"\\]++|\\.|"{1,2}(?!"))*+(?:"{3})?|'
    rb"'{3}(?:[^'\\]++|\\.|'{1,2}(?!'))*+(?:'{3})?|"
    rb'"(?:[^"\\\n]++|\\.)*+"?|'
    rb"'(?:[^'\\\n]++|\\.)*+'?|"
    rb"<[^<>\s]*+>|#[^\n]*+|\\.|[\[\](){}]",
    re.DOTALL,
)
_JSON = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_UP = (NamedNode(RDFS + "subClassOf"), NamedNode(RDFS + "subPropertyOf"))


@dataclass(frozen=True, slots=True)
class Danger:
    """What is wrong with a file ("is nested more than 200 deep"), and in which line; 0: the whole file."""

    what: str
    line: int = 0

    def at(self, path: Path) -> str:
        """The location of the danger in words: the file and, if known, the line."""
        return f"{path}, line {self.line}" if self.line else str(path)


def content(path: Path, largest: int = _LARGEST) -> bytes:
    """The bytes of a file; if it is larger than `largest` bytes, only `largest` + 1 bytes, so that the caller
    can see that it is too large.

    Raises OSError also for a pipe or device, because reading it might block or never end.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "Not a file")
    with path.open("rb") as opened:
        return opened.read(largest + 1)


def of_data(data: bytes, form: RdfFormat) -> Danger | None:
    """The danger in a background file, which may be large; None if there is none."""
    if danger := of_size(data):
        return danger
    if form == RdfFormat.RDF_XML:
        danger = _xml(data)
    elif form == RdfFormat.JSON_LD:
        danger = _nested(data, _JSON, _DEEPEST)
    else:
        danger = _long_line(data, _LONGEST_TERM) or _nested(data, _TURTLE, _DEEPEST)
    return danger or _tried(data, form)


def of_size(data: bytes, largest: int = _LARGEST) -> Danger | None:
    return Danger(f"is larger than {largest // MB} MB") if len(data) > largest else None


def of_ontology(data: bytes) -> Danger | None:
    """The danger in an ontology file, which is hand-written Turtle; None if there is none."""
    danger = (
        of_size(data, LARGEST_ONTOLOGY)
        or _long_line(data, _LONGEST_LINE)
        or _nested(data, _TURTLE, _DEEPEST_ONTOLOGY)
    )
    return danger or _tried(data, RdfFormat.TURTLE)


def of_chains(triples: Iterable[Triple]) -> tuple[str, str] | None:
    """The IRI of the class or relation with the most levels above it, and in words what is wrong with it;
    None if no term has too many levels above it.

    Cycles are reported elsewhere (`kg.rdf.slips`).
    """
    above: dict[str, list[str]] = {}
    for triple in triples:
        below, higher = triple.subject, triple.object
        if triple.predicate in _UP and isinstance(below, NamedNode) and isinstance(higher, NamedNode):
            above.setdefault(below.value, []).append(higher.value)
    height = _heights(above)
    highest = max(height, key=lambda iri: height[iri], default="")
    if not highest or height[highest] <= _LONGEST_CHAIN:
        return None
    return highest, f"has more than {_LONGEST_CHAIN} classes or relations above it, one above the other"


def _heights(above: Mapping[str, list[str]]) -> dict[str, int]:
    """Each term -> the number of levels above it; a link that closes a cycle does not count."""
    height: dict[str, int] = {}
    for start in above:
        way, open_ = [start], {start}
        while way:
            term = way[-1]
            higher = [each for each in above.get(term, ()) if each not in height and each not in open_]
            if higher:
                way.append(higher[0])
                open_.add(higher[0])
            else:
                way.pop()
                open_.discard(term)
                height[term] = max(
                    (height[each] + 1 for each in above.get(term, ()) if each in height), default=0
                )
    return height


def _long_line(data: bytes, longest: int) -> Danger | None:
    start = line = 0
    while start <= len(data) - longest:
        end = data.find(b"\n", start)
        line += 1
        if (end if end >= 0 else len(data)) - start > longest:
            return Danger(f"has a line of more than {longest:,} bytes", line)
        if end < 0:
            break
        start = end + 1
    return None


def _nested(data: bytes, tokens: re.Pattern[bytes], deepest: int) -> Danger | None:
    depth = 0
    for found in tokens.finditer(data):
        token = found.group()
        if token in b"[({":
            depth += 1
            if depth > deepest:
                line = data.count(b"\n", 0, found.start()) + 1
                return Danger(f"is nested more than {deepest} deep", line)
        elif token in b"])}":
            depth = max(depth - 1, 0)
        elif len(token) > _LONGEST_TERM:
            line = data.count(b"\n", 0, found.start()) + 1
            return Danger(_TOO_LONG, line)
    return None


class _FoundError(Exception):
    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def _xml(data: bytes) -> Danger | None:
    """The danger in an XML file, found by a parser that stores nothing. Invalid XML is left to the RDF
    parser.
    """
    parser = expat.ParserCreate()
    depth = told = one = 0  # told: number of characters of text so far; one: of the current text

    def start(_: str, attributes: list[str]) -> None:
        nonlocal depth, one
        depth, one = depth + 1, 0
        if depth > _DEEPEST:
            raise _FoundError(f"is nested more than {_DEEPEST} deep")
        if len(attributes) > 2 * _MOST_ATTRIBUTES:
            raise _FoundError(f"has an element with more than {_MOST_ATTRIBUTES:,} attributes")
        text("".join(attributes))
        one = 0

    def end(_: str) -> None:
        nonlocal depth, one
        depth, one = depth - 1, 0

    def text(piece: str) -> None:
        nonlocal told, one
        told, one = told + len(piece), one + len(piece)
        if told > len(data) + MB:
            raise _FoundError(_BOMB)
        if one > _LONGEST_TERM:
            raise _FoundError(_TOO_LONG)

    def entity(_name: str, _parameter: bool, value: str | None, *_: str | None) -> None:
        if value is not None and ("&" in value or len(value) > _LONGEST_ENTITY):
            raise _FoundError("defines expanding entities (an “XML bomb”)")

    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = text, entity
    try:
        parser.Parse(data, True)
    except _FoundError as found:
        return Danger(found.what, parser.CurrentLineNumber)
    except expat.ExpatError as error:
        # Expat itself detects expansion, too. In an attribute it does so before our handlers see the text.
        return Danger(_BOMB, error.lineno) if error.code == _AMPLIFIED else None
    except (ValueError, LookupError):
        return None
    return None


def _tried(data: bytes, form: RdfFormat) -> Danger | None:
    """The danger if another process cannot parse the file within limits; None if it can."""
    if len(data) <= _HARMLESS:
        return None
    seconds = _SECONDS + _PER_MB * len(data) / MB
    memory = _MEMORY + _TIMES * len(data)
    ours = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH"))))
    command = [
        sys.executable,
        "-P",
        "-m",
        "kg.rdf.trial",
        form.file_extension,
        str(memory),
        str(int(seconds)),
    ]
    try:
        ended = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": paths},
        )
    except subprocess.TimeoutExpired:
        return Danger(
            f"takes more than {seconds:.0f} seconds to parse: it has excessive nesting or repetition"
        )
    if ended.returncode:
        return Danger(f"takes more than {memory // MB:,} MB of memory to parse, or crashes the parser")
    return None
