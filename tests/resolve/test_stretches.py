from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.document.stretches import Stretches

PLACES = st.integers(0, 30)


@given(st.lists(st.tuples(PLACES, PLACES)), PLACES)
def test_stretches_around_a_position_are_those_that_contain_it(some: list[tuple[int, int]], at: int) -> None:
    holding = sorted((start, end) for start, end in some if start <= at < end)
    assert Stretches(some).around(at) == holding
