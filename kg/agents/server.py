"""A Model Context Protocol server for the tools of one graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import __version__
from kg.agents.tools import Answer, Tools
from kg.errors import Error, MissingError

if TYPE_CHECKING:
    from mcp.server import MCPServer

INSTRUCTIONS = """A knowledge graph of news articles. Every answer includes the sentences that support it,
with their articles and character offsets: quote them. A plain fact is something that an article itself
asserts, completely and with certainty. Any other statement gives the reasons why it is not one: it may be
denied, planned or possible, or reported, that is, the claim of its speaker. Begin with find. If a name refers
to several things, continue with their ids."""


def server(tools: Tools) -> MCPServer:
    """A server that does not yet run. Raises MissingError if the package `mcp` is not installed."""
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise MissingError("kg mcp needs the package mcp: python3 -m pip install 'kg[mcp]'") from error

    made = MCPServer("kg", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    only_reads = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    for tool in (
        tools.overview,
        tools.find,
        tools.facts,
        tools.explain,
        tools.who_said_what,
        tools.path,
        tools.timeline,
    ):
        made.tool(annotations=only_reads)(tool)

    @made.tool(annotations=only_reads, description=tools.sparql.__doc__)
    def sparql(query: str, limit: int = 50) -> Answer:
        try:
            return tools.sparql(query, limit)
        except Error as error:  # the client can correct the query
            raise ToolError(str(error)) from error

    return made
