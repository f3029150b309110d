from itertools import combinations

import networkx

from kg.write.layout import Point, layout

BOX = (120.0, 60.0)


def overlaps(places: dict[str, Point]) -> list[tuple[str, str]]:
    return [
        (one, other)
        for one, other in combinations(places, 2)
        if abs(places[one][0] - places[other][0]) < BOX[0] and abs(places[one][1] - places[other][1]) < BOX[1]
    ]


def graph(*edges: tuple[str, str]) -> networkx.MultiDiGraph:
    return networkx.MultiDiGraph(edges)


def star(rays: int) -> networkx.MultiDiGraph:
    return graph(*(("hub", f"ray{number:03}") for number in range(rays)))


def test_no_two_nodes_overlap() -> None:
    made = star(60)
    places = layout(made, dict.fromkeys(made, BOX), list(made)[:10])
    assert set(places) == set(made)
    assert overlaps(places) == []


def test_parts_without_a_link_lie_side_by_side_not_far_out() -> None:
    made = graph(*((f"a{number}", f"b{number}") for number in range(12)))
    places = layout(made, dict.fromkeys(made, BOX), list(made))
    assert overlaps(places) == []
    assert max(abs(value) for place in places.values() for value in place) < 1000


def test_what_is_outside_the_first_view_is_set_near_its_neighbour() -> None:
    made = graph(("a", "b"), ("b", "c"), ("c", "d"), ("c", "late"))
    places = layout(made, dict.fromkeys(made, BOX), ["a", "b", "c", "d"])
    assert abs(complex(*places["late"]) - complex(*places["c"])) < 300


def test_the_first_view_stays_where_it_is_when_the_rest_grows() -> None:
    first = ["a", "b", "c"]
    small, large = graph(("a", "b"), ("b", "c")), graph(("a", "b"), ("b", "c"), ("c", "x"), ("y", "z"))
    before = layout(small, dict.fromkeys(small, BOX), first)
    after = layout(large, dict.fromkeys(large, BOX), first)
    assert {node: after[node] for node in first} == before


def test_loops_lone_nodes_and_nothing_at_all_are_laid_out() -> None:
    made = graph(("a", "a"))
    made.add_node("b")
    assert len(set(layout(made, dict.fromkeys(made, BOX), ["a"]).values())) == 2
    assert layout(networkx.MultiDiGraph(), {}, []) == {}


def test_a_drawing_of_many_parts_is_about_as_wide_as_a_screen() -> None:
    made = graph(*((f"a{number}", f"b{number}") for number in range(12)))
    places = layout(made, dict.fromkeys(made, BOX), list(made)).values()
    width, height = (max(at[axis] for at in places) - min(at[axis] for at in places) for axis in (0, 1))
    assert 0.8 < width / height < 2.2
