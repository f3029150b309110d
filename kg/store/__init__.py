"""SPARQL stores: the embedded one (`oxigraph`, `query`), and others, to which a graph is sent (`push`)."""
