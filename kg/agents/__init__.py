"""`kg mcp`: gives agents access to a graph over the Model Context Protocol."""
