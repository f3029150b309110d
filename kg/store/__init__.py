"""SPARQL stores: the embedded store (`oxigraph`, `query`), and stores to which a graph is sent (`push`)."""
