"""`kg serve`: the graph over HTTP, for programs (SPARQL 1.1 Protocol) and for people (pages).

`app` answers requests. Queries run in processes that can be stopped (`workers`), which a process that
holds the graph in memory forks off itself (`zygote`); in each of them `engine` answers one query after
another. `live` exchanges the graph when a new build has been made.
"""
