"""The embedded SPARQL store: making and opening it (`oxigraph`), asking it (`query`)."""
