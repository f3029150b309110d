"""A build that updates the last graph gives the same graph as a clean build, whatever has changed.

`KG_SEQUENCES=200 python3 -m pytest tests/write/test_difference.py` tries more sequences.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontology, pipeline
from kg.model import Doubt, Event, Evidence, Factuality, Knowledge, Statement
from kg.pipeline import Build, Stored
from kg.store.oxigraph import open_store
from kg.write import archive, difference, manifest, output, page
from tests.sample import disputed

SEQUENCES = int(os.environ.get("KG_SEQUENCES", "15"))
KNOWS = ontology.load()


@pytest.fixture(scope="module", autouse=True)
def only_what_differs() -> Iterator[None]:
    """Let every build update the last graph, however much has changed; omit the page, which is always new."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(difference, "is_small", lambda *_: True)
        patched.setattr(page, "page", lambda *_, **__: "")
        yield


def save(knowledge: Knowledge, folder: Path, store: Stored = Stored.ALL) -> None:
    pipeline.save(Build(knowledge, KNOWS, store=store), folder)


def state(folder: Path) -> tuple[bytes, set[str]]:
    """The digests of all files (in build.json), and the content of the store."""
    assert output.damaged(folder) == ()
    store = folder / "store"
    quads = open_store(store).quads_for_pattern(None, None, None, None) if store.exists() else ()
    return (folder / "build.json").read_bytes(), set(map(str, quads))


def clean(knowledge: Knowledge, store: Stored = Stored.ALL) -> tuple[bytes, set[str]]:
    with TemporaryDirectory() as name:
        save(knowledge, Path(name) / "graph", store)
        return state(Path(name) / "graph")


def varied(seed: int) -> Knowledge:
    """The sample with random changes. Items often have the same triples, in the same or in other parts."""
    chance, told = random.Random(seed), disputed()
    ids = [entity.id for entity in told.entities]
    articles = [document.id for document in told.documents]
    evidence = [each for statement in told.statements for each in statement.evidence]

    def some(things: list[str]) -> tuple[str, ...]:
        return tuple(sorted(chance.sample(things, chance.randrange(len(things) + 1))))

    def sentences() -> tuple[Evidence, ...]:
        return tuple(dict.fromkeys(chance.choices(evidence, k=chance.choice((1, 1, 2)))))

    def stated(statement: Statement) -> Statement:
        factuality = chance.choice((Factuality.ASSERTED, Factuality.ASSERTED, Factuality.PLANNED))
        return replace(
            statement,
            subject=chance.choice(ids),
            object=chance.choice((statement.object, *ids)),
            predicate=chance.choice((statement.predicate, "met", "positionIn")),
            factuality=factuality,
            evidence=sentences(),
            speaker=chance.choice(("", ids[0])),
            doubts=() if factuality is Factuality.ASSERTED else (Doubt.NOT_ASSERTED,),
            about=some(ids[:2]),
        )

    def happened(event: Event) -> Event:
        return replace(
            event,
            part_of=chance.choice(("", *(each.id for each in told.events if each != event))),
            factuality=chance.choice((Factuality.ASSERTED, Factuality.NEGATED)),
            evidence=sentences(),
            documents=some(articles),
            place=chance.choice(("", "Lima", "Peru")),
        )

    changed = {
        "documents": lambda each: replace(each, metadata=replace(each.metadata, title=chance.choice("XY"))),
        "entities": lambda each: replace(
            each,
            label=chance.choice((each.label, "Peru", "X")),
            type=chance.choice((each.type, "City", "Country")),
            aliases=some(["A", "B"]),
            documents=some(articles),
            same=chance.choice(((), ("http://www.wikidata.org/entity/Q419",))),  # sometimes with a link
        ),
        "events": happened,
        "statements": stated,
        "conflicts": lambda each: replace(each, subject=chance.choice(ids)),
        "dependences": lambda each: each,
        "decisions": lambda each: replace(each, nodes=some(ids)),
    }
    lasting = ("documents", "entities", "events")  # never removed, because other items refer to them
    return Knowledge(
        **{
            name: tuple(
                change(each) if chance.random() < 0.3 else each
                for each in getattr(told, name)
                if name in lasting or chance.random() < 0.8
            )
            for name, change in changed.items()
        }
    )


@settings(max_examples=SEQUENCES, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=5))
def test_any_sequence_of_changes_gives_the_files_and_the_store_of_a_clean_build(seeds: list[int]) -> None:
    with TemporaryDirectory() as name:
        for seed in seeds:
            save(varied(seed), Path(name))
            assert state(Path(name)) == clean(varied(seed))


@pytest.mark.parametrize("store", [Stored.FACTS, Stored.NONE])
def test_the_store_keeps_its_parts(tmp_path: Path, store: Stored) -> None:
    for seed in range(9):
        save(varied(seed), tmp_path, store)
        assert state(tmp_path) == clean(varied(seed), store)


def test_a_graph_in_which_too_much_differs_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = (archive_of(told) for told in (disputed(), Knowledge()))
    path = tmp_path / "before.json"
    path.write_text(before, encoding="utf-8", newline="\n")
    with pytest.raises(difference.TooDifferentError):
        difference.compared(path, Knowledge(), tmp_path / "after.json", most=1)
    difference.compared(path, Knowledge(), tmp_path / "after.json")
    assert (tmp_path / "after.json").read_text(encoding="utf-8") == after
    monkeypatch.setattr(difference, "MOST", 1)
    save(disputed(), tmp_path / "graph")
    save(Knowledge(), tmp_path / "graph")
    assert state(tmp_path / "graph") == clean(Knowledge())


def archive_of(knowledge: Knowledge) -> str:
    return "".join(archive.lines(knowledge))


def test_from_nothing_and_to_nothing(tmp_path: Path) -> None:
    for knowledge in (Knowledge(), disputed(), Knowledge()):
        save(knowledge, tmp_path)
        assert state(tmp_path) == clean(knowledge)


@pytest.mark.parametrize(
    "other",
    [
        Build(varied(1), KNOWS, store=Stored.FACTS),
        Build(varied(1), KNOWS, base="https://news.example/"),
    ],
)
def test_a_graph_with_other_options_is_written_anew(
    other: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(varied(0), tmp_path)
    monkeypatch.setattr(difference, "compared", None)
    pipeline.save(other, tmp_path)


FILES = ("knowledge.json", "statements.jsonl", "facts.nt", "events.nt", "links.nt", "provenance.nt", "store")


@pytest.mark.parametrize("name", FILES)
def test_damage_to_the_last_graph_is_not_inherited(name: str, tmp_path: Path) -> None:
    save(varied(0), tmp_path)
    path = tmp_path / name
    path = max(path.glob("*.sst")) if path.is_dir() else path
    data, times = path.read_bytes(), path.stat()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    save(varied(1), tmp_path)
    assert state(tmp_path) == clean(varied(1))


@pytest.mark.parametrize("name", ["statements.jsonl", "provenance.nt"])
def test_a_file_with_unexpected_content_is_written_anew(name: str, tmp_path: Path) -> None:
    save(disputed(), tmp_path)
    about = output.noted(tmp_path)
    assert about
    (tmp_path / name).write_bytes(b"")
    manifest.write(tmp_path, about.about, ["store"])  # now the manifest agrees with the wrong file
    less = replace(disputed(), statements=disputed().statements[1:])
    save(less, tmp_path)
    assert state(tmp_path) == clean(less)


def test_the_last_graph_stays_as_it_was_until_the_next_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(varied(0), tmp_path)
    before = state(tmp_path)

    def failing(*_: object, **__: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(page, "page", failing)  # the page is written last
    with pytest.raises(ValueError, match="broken"):
        save(varied(1), tmp_path)
    assert state(tmp_path) == before


KILLED_AT = """
    import os, signal, sys
    from pathlib import Path
    from kg.write import difference, page
    from tests.write.test_difference import save, varied

    # Every call of the system that changes a name; the process dies before the nth.
    calls = {calls}
    def dying(function):
        def call(*values, **named):
            global calls
            calls -= 1
            if calls == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*values, **named)
        return call
    for name in ("mkdir", "rename", "unlink", "rmdir", "fsync", "link"):
        setattr(os, name, dying(getattr(os, name)))
    difference.is_small, page.page = lambda *_: True, lambda *_, **__: ""
    save(varied(1), Path({folder!r}))
    print("done")
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_build_killed_at_any_point_leaves_a_whole_graph(tmp_path: Path) -> None:
    graphs = [clean(varied(0)), clean(varied(1))]
    seen = []
    for calls in range(1, 200, 5):
        folder = tmp_path / str(calls)
        save(varied(0), folder)
        script = textwrap.dedent(KILLED_AT.format(calls=calls, folder=str(folder)))
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=Path.cwd()
        )
        with output.reading(folder):
            seen.append(graphs.index(state(folder)))
        save(varied(2), folder)
        assert state(folder) == clean(varied(2))
        assert not list(folder.glob(".kg-new-*"))
        shutil.rmtree(folder)
        if done.stdout:
            break
    assert done.stdout == "done\n"
    assert set(seen) == {0, 1}
