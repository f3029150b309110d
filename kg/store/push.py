"""Sends a graph to another store, and counts the triples there.

Before each batch of triples is sent, the store is asked how many of them it has already. So pushing twice
changes nothing, and an interrupted push resumes without a state file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Quad, Triple

from kg.ontology import KG
from kg.rdf.names import KGR
from kg.store.http import StoreError, TooLargeError
from kg.store.remote import Remote

Track = Callable[[Sequence[Any], str], Iterable[Any]]
"""A function that yields the given items and shows the progress, described by the string."""


@dataclass(frozen=True, slots=True)
class Share:
    """The triples of one part of kg's graph that go into one graph of the store ("": the default graph)."""

    part: str
    graph: str
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """How many triples of a part should be in the store (`sent`), and how many are (`arrived`)."""

    part: str
    sent: int
    arrived: int


class PushError(StoreError):
    """The push failed after a part of the triples was sent; the message says how many."""


def in_one_graph(parts: Mapping[str, Sequence[Triple]], graph: str) -> list[Share]:
    """The shares if all parts go into the same graph."""
    return [Share(part, graph, tuple(triples)) for part, triples in parts.items()]


def in_their_graphs(
    parts: Mapping[str, Sequence[Triple]], quads: Iterable[Quad], rest: str = ""
) -> list[Share]:
    """The shares if each quad goes into its named graph, and a quad of the default graph into `rest`."""
    part_of = {triple: part for part, triples in parts.items() for triple in triples}
    found: defaultdict[tuple[str, str], list[Triple]] = defaultdict(list)
    for quad in quads:
        graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else rest
        found[graph, part_of[quad.triple]].append(quad.triple)
    shares = [Share(part, graph, tuple(triples)) for (graph, part), triples in found.items()]
    order = list(parts)
    return sorted(shares, key=lambda share: order.index(share.part))


def in_named_graphs(part: str, quads: Iterable[Quad]) -> list[Share]:
    """The shares of quads that all belong to one part and are in named graphs."""
    found: defaultdict[str, list[Triple]] = defaultdict(list)
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        found[quad.graph_name.value].append(quad.triple)
    return [Share(part, graph, tuple(triples)) for graph, triples in found.items()]


def push(
    store: Remote,
    shares: Sequence[Share],
    base: str,
    *,
    replace: bool = False,
    track: Track = lambda items, _: items,
) -> list[Arrival]:
    """Send the triples that the store lacks, and count what arrived; with `replace`, also remove all other
    triples from these graphs.

    `base`: the namespace of the data. Raises StoreError if nothing could be sent, PushError if the push
    failed later.
    """
    # for each batch: the graph, the triples, and whether they replace the content of the graph
    work: list[tuple[str, tuple[Triple, ...], bool]] = []
    for graph, triples in _by_graph(shares).items():
        work += _missing(store, graph, triples, base, replace=replace)
    stale = _stale(store, shares, base) if replace else []
    sent, size = 0, store.batch
    for graph, triples, first in track(work, "Sending triples"):
        try:
            size = _deliver(store, graph, triples, first, size)
        except StoreError as error:
            if not sent:
                raise
            todo = sum(len(each) for _, each, _ in work)
            again = "Run the same command again to resume: triples that arrived are not sent again."
            raise PushError(f"{error}. Broke off after {sent:,} of {todo:,} triples. {again}") from error
        sent += len(triples)
    for graph in stale:
        store.drop(graph)
    return _arrived(store, shares, track)


def _by_graph(shares: Sequence[Share]) -> dict[str, list[Triple]]:
    graphs: dict[str, list[Triple]] = {}
    for share in shares:
        graphs.setdefault(share.graph, []).extend(share.triples)
    return graphs


def _stale(store: Remote, shares: Sequence[Share], base: str) -> list[str]:
    """The graphs in the store that the build no longer has: graphs of background files and, if articles have
    their own graphs, of articles.
    """
    own = {share.graph for share in shares}
    kinds = [f"{base}background-"]
    if any(graph.startswith(f"{base}article-") for graph in own):
        kinds.append(f"{base}article-")
    return [graph for kind in kinds for graph in store.graphs(kind) if graph not in own]


def _missing(
    store: Remote, graph: str, triples: Sequence[Triple], base: str, *, replace: bool
) -> Iterator[tuple[str, tuple[Triple, ...], bool]]:
    """The batches of a graph's triples that are not completely in the store. Each comes with the graph, and
    with whether it replaces the graph's content: the first batch does if other triples are to be removed.
    """
    held = store.size(graph)
    sure = held and (graph or not store.mixes())  # if not sure, triples found there may be in another graph
    batches = list(_batches(triples, store.batch))
    present = [store.present(batch, graph) if sure else 0 for batch in batches]
    clear = replace and held > sum(present)
    if clear and not graph.startswith(base) and store.holds_others(graph, (base, KG, KGR)):
        what = f"the graph <{graph}>" if graph else "the default graph"
        mend = "Push into a separate graph with --into IRI, or omit --replace."
        raise StoreError(f"{what} has triples that are not kg's, and --replace would delete them. {mend}")
    for number, batch in enumerate(batches):
        if clear or present[number] < len(batch):
            yield graph, batch, clear and number == 0


def _batches(triples: Sequence[Triple], size: int) -> Iterator[tuple[Triple, ...]]:
    for start in range(0, len(triples), size):
        yield tuple(triples[start : start + size])


def _deliver(store: Remote, graph: str, triples: Sequence[Triple], first: bool, size: int) -> int:
    """Send triples in requests of `size` triples, or fewer if the store refuses so many; return the number
    that the store accepts.
    """
    at = 0
    while at < len(triples):
        batch = triples[at : at + size]
        try:
            (store.replace if first else store.add)(batch, graph)
        except TooLargeError:
            if len(batch) == 1:
                raise
            size = len(batch) // 2
        else:
            at, first = at + len(batch), False
    return size


def _arrived(store: Remote, shares: Sequence[Share], track: Track) -> list[Arrival]:
    """Count the triples in the store, part by part."""
    sent: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for share in track(shares, "Counting what arrived"):
        sent[share.part] += len(share.triples)
        there[share.part] += store.present(share.triples, share.graph)
    return [Arrival(part, sent[part], there[part]) for part in sent]
