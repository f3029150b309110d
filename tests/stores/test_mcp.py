"""`kg mcp` as an agent's program starts it: a process that communicates over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from kg import ontology, pipeline
from tests.sample import knowledge

pytestmark = pytest.mark.stores


def test_an_agent_can_use_the_command(tmp_path: Path) -> None:
    mcp = pytest.importorskip("mcp", reason="mcp is not installed")
    pipeline.save(pipeline.Build(knowledge(), ontology.load()), tmp_path / "graph")
    arguments = ["-m", "kg", "mcp", "-g", str(tmp_path / "graph")]
    command = mcp.StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))

    async def asked() -> None:
        async with mcp.Client(command) as client:
            found = await client.call_tool("facts", {"name": "Ruiz"})
            assert found.structured_content["facts"][0]["sentences"][0]["article"] == "news/b.txt"
            told = await client.call_tool("sparql", {"query": "SELECT ?s { ?s rdf:predicate kg:hosted }"})
            assert told.structured_content["rows"] == [["d:st-01"]]

    asyncio.run(asked())
