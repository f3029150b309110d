"""Knowledge -> one HTML file: the graph, drawn and clickable, that opens with no network.

networkx holds the graph and computes its measures and layout; pyvis holds the drawing and brings
vis-network, which draws it. pyvis's own template is not used: it asks a CDN for files and runs
scripts out of labels. Ours (`templates/`) carries everything inline, and text of articles reaches it
only as JSON, which the scripts set as text. The Content-Security-Policy admits the scripts and the
style of this file by their hashes and nothing else, so a slip there could still run nothing.
Left out: editing the graph, and more than some thousands of nodes drawn at once.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from math import hypot
from string import Template
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.model import Document, Entity, Event, Evidence, Factuality, Knowledge, Role, Statement, Text, Time
from kg.ontology import Ontology
from kg.write.layout import layout
from kg.write.network import network
from kg.write.untangle import Box, Point

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pyvis.network import Network

FIRST = 28  # nodes of the first view: as many as a laptop's screen holds with legible labels
VIS = "templates/lib/vis-9.1.2/vis-network.min.js"  # in the pyvis package
SCRIPTS = ("drawing.js", "card.js", "page.js")  # one module, in this order

_ROLES = {
    Role.AGENT: "who",
    Role.PATIENT: "whom or what",
    Role.RECIPIENT: "to whom",
    Role.ATTRIBUTE: "as what",
    Role.CONTENT: "what",
    Role.PLACE: "where",
    Role.TIME: "when",
    Role.OTHER: "with",
}

Json = dict[str, Any]


def page(knowledge: Knowledge, ontology: Ontology) -> str:
    """The page as text; write it as UTF-8. It is ASCII but for what the template holds."""
    templates = files("kg.write") / "templates"
    style = (templates / "page.css").read_text(encoding="utf-8")
    script = "\n".join((templates / name).read_text(encoding="utf-8") for name in SCRIPTS)
    library = _library()
    policy = (
        f"default-src 'none'; script-src {_hash(library)} {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return Template((templates / "page.html").read_text(encoding="utf-8")).substitute(
        policy=policy,
        style=style,
        library=library,
        script=script,
        data=_embeddable(data(knowledge, ontology)),
    )


def data(knowledge: Knowledge, ontology: Ontology) -> Json:
    """All that the page shows: the drawing, and the records behind it."""
    graph = network(knowledge, ontology)
    sources = _Sources(knowledge)
    families = _Families(ontology)
    things: Json = {
        key: {
            "label": thing.label,
            "type": graph.nodes[key]["type_label"],
            "family": families.of(thing.type),
            "kind": _kind(thing, ontology),
            "aliases": thing.aliases,
            "statements": graph.nodes[key]["statements"],
            "articles": [sources.article(document) for document in thing.documents],
            **(_happening(thing, sources) if isinstance(thing, Event) else {}),
        }
        for key, thing in sorted(knowledge.nodes().items())
    }
    statements: Json = {
        statement.id: _statement(statement, sources)
        for statement in sorted(knowledge.statements, key=lambda statement: statement.id)
    }
    looks = families.used(thing["family"] for thing in things.values())
    drawing = _drawing(graph, knowledge, things, looks)
    return {
        "nodes": drawing.nodes,
        "edges": drawing.edges,
        "first": FIRST,
        "families": looks,
        "factualities": [factuality.value for factuality in Factuality],
        "things": things,
        "statements": statements,
        "articles": sources.articles,
        "sentences": sources.sentences,
    }


# ---------------------------------------------------------------------------------------------
# Records


class _Sources:
    """Articles, and sentences in reading order, each once; everything else refers to them by index."""

    def __init__(self, knowledge: Knowledge) -> None:
        documents = sorted(knowledge.documents, key=lambda document: document.id)
        self._article = {document.id: index for index, document in enumerate(documents)}
        told: list[Event | Statement] = [*knowledge.events, *knowledge.statements]
        texts = {self._place(piece): piece.sentence for each in told for piece in each.evidence}
        self._sentence = {place: index for index, place in enumerate(sorted(texts))}
        self.articles = [_article(document) for document in documents]
        self.sentences = [{"article": place[0], "text": texts[place]} for place in self._sentence]

    def article(self, document: str) -> int:
        return self._article[document]

    def sentence(self, evidence: Evidence) -> int:
        return self._sentence[self._place(evidence)]

    def _place(self, evidence: Evidence) -> tuple[int, int, int]:
        return self._article[evidence.document], evidence.start, evidence.end

    def quotes(self, evidence: Iterable[Evidence]) -> list[Json]:
        """Sentence and words of the relation; a sentence that two rules read stands once."""
        surfaces: dict[int, str] = {}
        for piece in evidence:
            surfaces.setdefault(self.sentence(piece), _surface(piece))
        return [{"sentence": index, "surface": surface} for index, surface in surfaces.items()]


def _surface(evidence: Evidence) -> str:
    """The words of the relation, where the sentence has any: "Ana Ruiz, the mayor, ..." has no "is"."""
    verbless = evidence.rule in ("apposition", "title", "possessive")
    return "" if verbless and evidence.surface.split(" ")[0] == "is" else evidence.surface


def _article(document: Document) -> Json:
    metadata = document.metadata
    return {
        "id": document.id,
        "title": metadata.title or document.id,
        "publisher": metadata.publisher,
        "date": _date(metadata.date),
        "url": _web_address(metadata.url),
    }


def _statement(statement: Statement, sources: _Sources) -> Json:
    record: Json = {
        "subject": statement.subject,
        "label": statement.label,
        "factuality": statement.factuality.value,
        "confidence": round(statement.confidence, 2),
        "speaker": statement.speaker,
        "time": _when(statement.time),
        "place": statement.place,
        "event": statement.event,
        "quotes": sources.quotes(statement.evidence),
    }
    if isinstance(statement.object, Text):
        return record | {"text": statement.object.value}
    return record | {"object": statement.object}


def _happening(event: Event, sources: _Sources) -> Json:
    return {
        "participants": [(_ROLES[role], other) for role, other in event.participants],
        "time": _when(event.time),
        "place": event.place,
        "factuality": event.factuality.value,
        "quotes": sources.quotes(event.evidence),
    }


def _kind(thing: Entity | Event, ontology: Ontology) -> str:
    """What the switches of the page tell apart: things with a name, described things, happenings."""
    if isinstance(thing, Event):
        return "happening"
    return "named" if thing.named and not ontology.is_a(thing.type, "Topic") else "described"


class _Families:
    """Classes that are drawn alike, under the most general of them ("organisation")."""

    def __init__(self, ontology: Ontology) -> None:
        self._classes = ontology.classes

    def of(self, name: str) -> str:
        look = self._look(name)
        known = self._classes.get(name)
        above = [parent for parent in (known.parents if known else ()) if self._look(parent) == look]
        return above[-1] if above else name if known else "Thing"

    def used(self, names: Iterable[str]) -> Json:
        """Label, colour and shape of each, the most frequent first."""
        frequent = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
        return {name: self._record(name, number) for name, number in frequent}

    def _record(self, name: str, number: int) -> Json:
        colour, shape = self._look(name)
        label = self._classes[name].label if name in self._classes else name
        return {"label": label, "colour": colour, "shape": shape, "number": number}

    def _look(self, name: str) -> tuple[str, str]:
        known = self._classes.get(name) or self._classes.get("Thing")
        return ((known.colour if known else "") or "#8a8f98", (known.shape if known else "") or "dot")


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _date(iso: str) -> str:
    """ "2026-01-12" -> "12 January 2026"; what is no such date stays as it is.

    >>> _date("2026-01"), _date("2026"), _date("2026-W03")
    ('January 2026', '2026', '2026-W03')
    """
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", iso):
        return iso
    year, *rest = iso.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) == 2 else []
    return " ".join((*day, *month, year))


def _when(time: Time | None) -> str:
    """The days, and the article's own words for them."""
    if time is None:
        return ""
    days = " – ".join(dict.fromkeys(_date(day) for day in (time.start, time.end) if day))
    words = f"“{time.text}”" if time.text and time.text != days else ""
    return f"{days} ({words})" if days and words else days or words


def _web_address(url: str) -> str:
    """The URL if a click on it can only open a web page, else ""."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


# ---------------------------------------------------------------------------------------------
# Drawing


def _drawing(graph: MultiDiGraph, knowledge: Knowledge, things: Json, looks: Json) -> Network:
    """Nodes, the most important first, and edges, in the terms of vis-network."""
    from pyvis.network import Network

    ranked = sorted(graph, key=lambda key: (-graph.nodes[key]["importance"], key))
    labels = {key: _short(things[key]["label"]) for key in ranked}
    radii = {key: round(10 + 20 * graph.nodes[key]["importance"]) for key in ranked}
    sizes = {key: _box(labels[key], radii[key]) for key in ranked}
    takings = _participations(knowledge)
    linked = graph.copy()
    linked.add_edges_from((event, other) for event, _, other in takings)
    places = layout(linked, sizes, _first(graph, things, ranked))

    drawing = Network(directed=True)
    for key in ranked:
        family, (x, y) = things[key]["family"], places[key]
        shape = looks[family]["shape"]
        drawing.add_node(key, label=labels[key], shape=shape, group=family, x=x, y=y, size=radii[key])
    curves = _curves(graph, places)
    for start, end, key, label in graph.edges(keys=True, data="label"):
        slight = {"slight": True} if _is_slight(things, start, end) else {}
        drawing.add_edge(start, end, id=key, label=_short(label, lines=1), **curves[key], **slight)
    for event, role, other in takings:
        drawing.add_edge(event, other, id=f"{event} {role} {other}", label=role, event=event, smooth=False)
    return drawing


def _first(graph: MultiDiGraph, things: Json, ranked: Sequence[str]) -> list[str]:
    """The most important named things that a plain fact relates to another of them.

    The same as the page finds, in `selection`.
    """
    named = {key for key in ranked if things[key]["kind"] == "named"}
    related: dict[str, set[str]] = defaultdict(set)
    for start, end, factuality in graph.edges(data="factuality"):
        said = factuality == Factuality.ASSERTED and not _is_slight(things, start, end)
        if start != end and {start, end} <= named and said:
            related[start].add(end)
            related[end].add(start)
    seen, first = set[str](), set[str]()
    for key in ranked:
        seen.add(key)
        joined = related[key] & seen
        if joined and len(first | joined | {key}) <= FIRST:
            first |= joined | {key}
    return [key for key in ranked if key in first]


def _is_slight(things: Json, start: str, end: str) -> bool:
    """Whether the first already says by itself that it has to do with the second.

    "Mayor of Lowick" has Lowick in its name, and a happening its place on its card.
    """
    subject, wanted = things[start], things[end]["label"]
    if subject["kind"] == "happening":
        return bool(end == subject["place"])
    if subject["family"] != "Position":
        return False
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", subject["label"]) is not None


def _participations(knowledge: Knowledge) -> list[tuple[str, str, str]]:
    """(event, role, entity): who or what takes part, and where."""
    found = {
        (event.id, _ROLES[role], other) for event in knowledge.events for role, other in event.participants
    }
    found |= {(event.id, _ROLES[Role.PLACE], event.place) for event in knowledge.events if event.place}
    return sorted(found)


def _curves(graph: MultiDiGraph, places: Mapping[str, Point]) -> dict[str, Json]:
    """How each edge bends, so that all edges between two nodes, and their labels, are seen.

    What is asserted lies innermost: alone, it looks as if nothing else were there.
    """
    together: dict[tuple[str, str], list[tuple[bool, str, str]]] = defaultdict(list)
    for start, end, key, factuality in graph.edges(keys=True, data="factuality"):
        together[min(start, end), max(start, end)].append((factuality != Factuality.ASSERTED, key, start))
    curves: dict[str, Json] = {}
    for (low, high), parallel in together.items():
        across, down = (abs(places[high][axis] - places[low][axis]) for axis in (0, 1))
        length = max(1.0, hypot(across, down))
        apart = (18 * across + 60 * down) / length  # pixels: labels one above the other, or side by side
        step = min(2 * apart / length, 1.8 / len(parallel))
        for index, (_, key, start) in enumerate(sorted(parallel)):
            if low == high:
                curves[key] = {"selfReference": {"size": 22 + 5 * index, "angle": round(0.8 + index, 3)}}
                continue
            # 0, 1, -1, 2, -2, ... for an odd number, else 1/2, -1/2, 3/2, ...
            rank = (index + 1) // 2 if len(parallel) % 2 else index // 2 + 0.5
            offset = (rank if index % 2 == len(parallel) % 2 else -rank) * step
            curves[key] = {"smooth": _curve(offset if start == low else -offset)}
    return curves


def _curve(offset: float) -> Json | bool:
    """A bend to the one side of the line from start to end, or, negative, to the other."""
    if not offset:
        return False
    side = "curvedCW" if offset > 0 else "curvedCCW"
    return {"enabled": True, "type": side, "roundness": round(abs(offset), 3)}


def _short(label: str, lines: int = 2) -> str:
    """Up to `lines` lines of 20 characters; the card has the whole."""
    return "\n".join(wrap(label, 20, max_lines=lines, placeholder="…", break_on_hyphens=False))


def _box(label: str, radius: int) -> Box:
    """What a node and the label below it cover: 8.5 pixels a character, 19 a line."""
    rows = label.split("\n")
    return max(2.0 * radius, 8.5 * max(map(len, rows))), 2.0 * radius + 19.0 * len(rows)


# ---------------------------------------------------------------------------------------------
# Embedding


@cache
def _library() -> str:
    """vis-network, without the comment that makes a browser's tools look for its source map."""
    text = (files("pyvis") / VIS).read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=.*", "", text)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _embeddable(record: Mapping[str, Any]) -> str:
    """JSON in ASCII that no HTML parser takes for markup, within a script element or elsewhere."""
    text = json.dumps(record, ensure_ascii=True, separators=(",", ":"))
    return text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")
