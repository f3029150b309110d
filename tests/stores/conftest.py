"""The graph that all tests in this folder load."""

from __future__ import annotations

import pytest

from tests.stores.graph import Graph, make


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return make(tmp_path_factory.mktemp("stores"))
