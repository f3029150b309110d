from itertools import combinations

import networkx
import pytest

from kg import ontology
from kg.write.layout import Box, Point
from kg.write.layout import layout as laid_out
from kg.write.page.drawing import drawing
from tests.sample import knowledge

BOX = (120.0, 60.0)


def overlaps(places: dict[str, Point]) -> list[tuple[str, str]]:
    return [
        (one, other)
        for one, other in combinations(places, 2)
        if abs(places[one][0] - places[other][0]) < BOX[0] and abs(places[one][1] - places[other][1]) < BOX[1]
    ]


def layout(graph: networkx.MultiDiGraph, sizes: dict[str, Box], first: list[str]) -> dict[str, Point]:
    return laid_out(graph, sizes, first)[0]


def graph(*edges: tuple[str, str]) -> networkx.MultiDiGraph:
    return networkx.MultiDiGraph(edges)


def star(rays: int) -> networkx.MultiDiGraph:
    return graph(*(("hub", f"ray{number:03}") for number in range(rays)))


def test_no_two_nodes_overlap() -> None:
    made = star(60)
    places = layout(made, dict.fromkeys(made, BOX), list(made)[:10])
    assert set(places) == set(made)
    assert overlaps(places) == []


def test_unconnected_parts_are_placed_side_by_side() -> None:
    made = graph(*((f"a{number}", f"b{number}") for number in range(12)))
    places = layout(made, dict.fromkeys(made, BOX), list(made))
    assert overlaps(places) == []
    assert max(abs(value) for place in places.values() for value in place) < 1000


def test_things_outside_the_first_view_are_placed_near_a_neighbour() -> None:
    made = graph(("a", "b"), ("b", "c"), ("c", "d"), ("c", "late"))
    places = layout(made, dict.fromkeys(made, BOX), ["a", "b", "c", "d"])
    assert abs(complex(*places["late"]) - complex(*places["c"])) < 300


def test_the_first_view_looks_the_same_when_the_rest_grows() -> None:
    first = ["a", "b", "c"]
    small, large = graph(("a", "b"), ("b", "c")), graph(("a", "b"), ("b", "c"), ("c", "x"), ("y", "z"))
    before, one = laid_out(small, dict.fromkeys(small, BOX), first)
    after, spread = laid_out(large, dict.fromkeys(large, BOX), first)
    assert spread > one
    for node in first:
        assert all(
            abs(new / spread - old / one) < 2 for new, old in zip(after[node], before[node], strict=True)
        )


def test_a_cluster_is_separate_from_the_others() -> None:
    cliques = [[(f"{name}{one}", f"{name}{two}") for one in range(9) for two in range(one)] for name in "abc"]
    made = graph(*(edge for clique in cliques for edge in clique), ("a0", "b0"), ("b1", "c1"))
    of = {node: "abc".index(node[0]) for node in made}
    places, _ = laid_out(made, dict.fromkeys(sorted(made), BOX), ["a0", "a1"], of)
    middles = {
        name: [sum(places[node][axis] for node in made if node[0] == name) / 9 for axis in (0, 1)]
        for name in "abc"
    }
    for node in made:  # each is nearest to the middle of its own cluster
        far = {name: abs(complex(*places[node]) - complex(*at)) for name, at in middles.items()}
        assert min(far, key=lambda name: far[name]) == node[0]


def test_loops_isolated_nodes_and_empty_graphs_are_laid_out() -> None:
    made = graph(("a", "a"))
    made.add_node("b")
    assert len(set(layout(made, dict.fromkeys(made, BOX), ["a"]).values())) == 2
    assert layout(networkx.MultiDiGraph(), {}, []) == {}


def test_a_drawing_of_many_parts_is_about_as_wide_as_a_screen() -> None:
    made = graph(*((f"a{number}", f"b{number}") for number in range(12)))
    places = layout(made, dict.fromkeys(made, BOX), list(made)).values()
    width, height = (max(at[axis] for at in places) - min(at[axis] for at in places) for axis in (0, 1))
    assert 0.8 < width / height < 2.2


def test_communities_may_be_unconnected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Louvain's method does not exclude it."""
    whole = lambda graph, seed: [set(graph)]  # noqa: ARG005, E731
    monkeypatch.setattr(networkx.community, "louvain_communities", whole)
    drawn = drawing(knowledge(), ontology.load())
    assert set(drawn.cluster) == set(drawn.places) == set(drawn.order)
