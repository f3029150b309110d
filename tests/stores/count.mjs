// The number of distinct triples in N3.js's store after reading the files.
import { createReadStream } from "node:fs";
import { JsonLdParser } from "jsonld-streaming-parser";
import { Store, StreamParser } from "n3";
import { RdfXmlParser } from "rdfxml-streaming-parser";

const parsers = {
  ttl: () => new StreamParser({ format: "text/turtle" }),
  nt: () => new StreamParser({ format: "application/n-triples" }),
  nq: () => new StreamParser({ format: "application/n-quads" }),
  trig: () => new StreamParser({ format: "application/trig" }),
  rdf: () => new RdfXmlParser(),
  jsonld: () => new JsonLdParser(),
};
for (const file of process.argv.slice(2)) {
  const store = new Store();
  const quads = createReadStream(file).pipe(parsers[file.split(".").pop()]());
  for await (const { subject, predicate, object } of quads) store.addQuad(subject, predicate, object);
  console.log(`${file}: ${store.size} triples`);
}
