"""Knowledge -> RDF: IRIs (`names`), triple shapes (`graph`), SHACL check (`shapes`)."""
