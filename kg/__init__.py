"""kg reads news articles and builds a knowledge graph that can be trusted."""
