"""Knowledge -> RDF: IRIs (`names`), the triples of each item (`graph`), SHACL validation (`shapes`)."""
