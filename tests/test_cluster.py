"""Builds on a real Ray cluster of several nodes on this machine: `pytest -m cluster`."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kg import pipeline
from kg.cluster import ClusterError, read
from kg.errors import MissingError
from kg.model import Document, Problem
from kg.parallel import How
from kg.read import from_text
from kg.write.readings import ReadingCache
from kg.write.storage import Storage, storage
from tests.reading import document, opened

pytestmark = pytest.mark.cluster

STORY = "Ana Ruiz, the mayor of Lowick, hosted Tom Reed in Lima on {} May 2026. Reed praised the town. "


@pytest.fixture
def nodes() -> Iterator[Any]:
    """A cluster of three nodes, the first of which does not read articles."""
    pytest.importorskip("ray")
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    cluster.add_node(num_cpus=1)
    cluster.add_node(num_cpus=1)
    yield cluster
    cluster.shutdown()


def found(documents: list[Document], how: How, nodes: Any) -> dict[str, Problem | None]:
    return {documents[number].id: problem for number, problem in read(documents, how, nodes.address)}


@contextmanager
def killing_one(nodes: Any, place: Storage) -> Iterator[None]:
    """Within the block, kill a node as soon as one article has been read."""

    def kill() -> None:
        while not list(place.names()):
            time.sleep(0.1)
        nodes.remove_node(min(nodes.worker_nodes, key=str), allow_graceful=False)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    yield
    killer.join()
    assert len(nodes.worker_nodes) == 1


def test_a_cluster_reads_everything_although_a_node_is_killed(tmp_path: Path, nodes: Any) -> None:
    kept = ReadingCache(tmp_path / "kept", "tests")
    documents = [*(document(f"{n}", f"sleep {n}") for n in range(80)), document("bad", "fails")]

    with killing_one(nodes, kept.place):
        told = found(documents, How(partial(opened, tmp_path / "flag"), kept), nodes)
    assert [name for name, problem in told.items() if problem] == ["bad"]
    assert all(kept.get(each) for each in documents[:-1])


def test_an_article_that_ends_every_process_is_skipped_and_reported(tmp_path: Path, nodes: Any) -> None:
    documents = [document(name, text) for name, text in (("a", "a"), ("b", "dies"), ("c", "c"))]
    told = found(documents, How(partial(opened, tmp_path / "flag"), ReadingCache(tmp_path, "tests")), nodes)
    assert [name for name, problem in told.items() if problem] == ["b"]


def test_a_build_is_identical_although_a_node_is_killed(tmp_path: Path, nodes: Any) -> None:
    texts = [from_text(f"{n}", STORY.format(n + 1) * 60) for n in range(9)]
    plain = pipeline.build([], texts=texts)
    with killing_one(nodes, storage(tmp_path / "kept")):
        read_there = pipeline.build([], texts=texts, keep=tmp_path / "kept", address=nodes.address)
    for name, built in (("plain", plain), ("there", read_there)):
        pipeline.save(built, tmp_path / name)
    files = [path.relative_to(tmp_path / "plain") for path in (tmp_path / "plain").glob("*.*")]
    assert files
    for file in files:
        assert (tmp_path / "plain" / file).read_bytes() == (tmp_path / "there" / file).read_bytes()


def test_without_a_cluster_the_message_says_what_to_do(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    how = How(partial(opened, tmp_path / "flag"), ReadingCache(tmp_path, "tests"))
    with pytest.raises((ClusterError, MissingError), match="ray start"):
        list(read([document("a", "a")], how, "127.0.0.1:1"))
