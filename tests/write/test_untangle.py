from kg.write.untangle import Point, untangle, wanted

BOX = (100.0, 50.0)


def untangled(places: dict[str, Point], *lines: tuple[str, str]) -> dict[str, Point]:
    return untangle(places, dict.fromkeys(places, BOX), lines)


def crosses(a: Point, b: Point, c: Point, d: Point) -> bool:
    def left(p: Point, q: Point, r: Point) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    return left(a, b, c) != left(a, b, d) and left(c, d, a) != left(c, d, b)


def test_no_line_passes_through_a_third_node() -> None:
    places = untangled({"a": (0, 0), "b": (300, 0), "c": (150, 0)}, ("a", "b"), ("a", "c"), ("b", "c"))
    (ax, ay), (bx, by), (cx, cy) = places["a"], places["b"], places["c"]
    area = abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
    assert area / ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 > 25  # the distance of c from the line


def test_lines_do_not_cross_unnecessarily() -> None:
    square: dict[str, Point] = {"a": (0, 0), "b": (400, 300), "c": (400, 0), "d": (0, 300)}
    assert crosses(square["a"], square["b"], square["c"], square["d"])
    places = untangled(square, ("a", "b"), ("c", "d"))
    assert not crosses(places["a"], places["b"], places["c"], places["d"])


def test_a_line_gets_the_length_that_its_label_needs() -> None:
    places = untangled({"a": (0, 0), "b": (2000, 0)}, ("a", "b"))
    line = places["b"][0] - places["a"][0], places["b"][1] - places["a"][1]
    length = (line[0] ** 2 + line[1] ** 2) ** 0.5
    assert 0.7 < length / wanted(line, BOX, BOX) < 1.4


def test_nodes_at_the_same_position_are_separated() -> None:
    places = untangled({"a": (0, 0), "b": (0, 0), "c": (0, 0)}, ("a", "b"))
    assert len(set(places.values())) == 3


def test_untangling_is_deterministic() -> None:
    places: dict[str, Point] = {f"n{i}": (40.0 * (i % 3), 30.0 * (i % 4)) for i in range(8)}
    lines = [(f"n{i}", f"n{(3 * i + 1) % 8}") for i in range(8) if i != (3 * i + 1) % 8]
    assert untangled(places, *lines) == untangled(places, *lines)


def test_untangling_an_empty_drawing_gives_nothing() -> None:
    assert untangled({}) == {}
