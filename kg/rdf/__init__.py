"""Knowledge -> RDF: IRIs (`names`), triple patterns (`graph`), SHACL validation (`shapes`)."""
