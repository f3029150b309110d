"""`kg serve`: the graph over HTTP, for programs (SPARQL 1.1 Protocol) and for people (pages).

`app` answers requests. Queries run in processes that can be killed (`workers`), forked from a process that
holds the graph in memory (`zygote`); in each worker `engine` answers one query after another. `live` replaces
the graph after a new build.
"""
