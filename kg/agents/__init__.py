"""`kg mcp`: the graph for agents, over the Model Context Protocol."""
