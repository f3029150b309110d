"""`kg mcp`: the graph for programs that read and reason, over the Model Context Protocol."""
