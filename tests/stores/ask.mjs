// Comunica's answers about an N-Triples file or a SPARQL endpoint: name of the query -> SPARQL results,
// or the message if it fails.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { QueryEngine } from "@comunica/query-sparql";
import { Parser, Store } from "n3";

const [from, ...queries] = process.argv.slice(2);
const source = from.startsWith("http")
  ? { type: "sparql", value: from }
  : new Store(new Parser({ format: "application/n-triples" }).parse(readFileSync(from, "utf8")));
const engine = new QueryEngine();

async function answer(text) {
  try {
    const { data } = await engine.resultToString(
      await engine.query(text, { sources: [source] }),
      "application/sparql-results+json",
    );
    let json = "";
    for await (const piece of data) json += piece;
    return JSON.parse(json);
  } catch (error) {
    return String(error);
  }
}
const answers = {};
for (const query of queries) answers[basename(query, ".rq")] = await answer(readFileSync(query, "utf8"));
process.stdout.write(JSON.stringify(answers));
