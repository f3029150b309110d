// What Comunica answers about an N-Triples file: name of the query -> SPARQL results, null where it fails.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { QueryEngine } from "@comunica/query-sparql";
import { Parser, Store } from "n3";

const [file, ...queries] = process.argv.slice(2);
const store = new Store(new Parser({ format: "application/n-triples" }).parse(readFileSync(file, "utf8")));
const engine = new QueryEngine();

async function answer(text) {
  try {
    const { data } = await engine.resultToString(
      await engine.query(text, { sources: [store] }),
      "application/sparql-results+json",
    );
    let json = "";
    for await (const piece of data) json += piece;
    return JSON.parse(json);
  } catch {
    return null;
  }
}
const answers = {};
for (const query of queries) answers[basename(query, ".rq")] = await answer(readFileSync(query, "utf8"));
process.stdout.write(JSON.stringify(answers));
