"""Separate drawings side by side."""

from kg.write.packing import packed
from kg.write.untangle import WIDE, Box, Point

BOX: Box = (100.0, 40.0)
CORNER = {"top": (0.0, 0.0), "corner": (0.0, 600.0), "right": (800.0, 600.0)}  # an L
LINES = [("top", "corner"), ("corner", "right")]


def size(places: dict[str, Point]) -> Box:
    across, down = ([at[axis] for at in places.values()] for axis in (0, 1))
    return max(across) - min(across), max(down) - min(down)


def test_a_small_drawing_fits_into_the_corner_of_a_large_one() -> None:
    small = {"a": (0.0, 0.0), "b": (200.0, 0.0)}
    nodes = dict.fromkeys([*CORNER, *small], BOX)
    places = packed([CORNER, small], nodes, [*LINES, ("a", "b")])
    assert size(places) == (800.0, 600.0)  # not larger than the L alone
    assert places["right"][0] - places["corner"][0] == 800.0  # the shape of the L is unchanged
    assert places["b"][0] - places["a"][0] == 200.0
    for node in small:  # at a distance from both its arms
        assert places[node][0] - places["top"][0] > 100
        assert places["right"][1] - places[node][1] > 40


def test_drawings_never_overlap_and_fill_about_a_screen() -> None:
    pairs = [{f"a{number}": (0.0, 0.0), f"b{number}": (200.0, 30.0 * number)} for number in range(9)]
    nodes = {node: BOX for pair in pairs for node in pair}
    places = packed(pairs, nodes, [(f"a{number}", f"b{number}") for number in range(9)])
    for one, (x, y) in places.items():
        for other, (left, top) in places.items():
            assert one == other or abs(x - left) >= BOX[0] or abs(y - top) >= BOX[1]
    width, height = size(places)
    assert 0.6 * WIDE < (width + BOX[0]) / (height + BOX[1]) < 1.6 * WIDE


def test_packing_no_drawings_gives_nothing() -> None:
    assert packed([], {}, []) == {}
