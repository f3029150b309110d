"""The embedded SPARQL store: creating and opening it (`oxigraph`), querying it (`query`)."""
