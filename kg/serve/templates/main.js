// The query page: puts the editor, the questions and the answer together.

import { Editor } from "./editor.js";
import { Completion } from "./completion.js";
import { Questions } from "./questions.js";
import { Answer } from "./answer.js";
import { Recent } from "./recent.js";
import { ask, Problem } from "./endpoint.js";

const $ = (id) => document.getElementById(id);
const FIRST = `# Who did what to whom, as the articles say it
SELECT ?who ?relation ?whom ?sentence
WHERE {
  ?statement rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b ;
             kg:factuality kg:Asserted ;
             prov:wasDerivedFrom/nif:anchorOf ?sentence .
  ?a rdfs:label ?who . ?p rdfs:label ?relation . ?b rdfs:label ?whom
}
LIMIT 100
`;

let running = null; // what can stop the query that is under way

const editor = new Editor($("text"), $("colours"));
const answer = new Answer();
const recent = new Recent(editor, run);

async function run() {
  running?.abort();
  const mine = (running = new AbortController());
  const text = editor.text;
  remember(text);
  busy(true);
  tell("");
  const begun = performance.now();
  try {
    const found = await ask(text, mine.signal);
    if (mine !== running) return;
    editor.mark(0);
    recent.add(text);
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    $("state").textContent = `${answer.show(found, text)} in ${seconds} s`;
    if ($("answer").getBoundingClientRect().top > innerHeight * 0.8) $("bar").scrollIntoView({ block: "start" });
  } catch (error) {
    if (mine !== running) return;
    $("state").textContent = error.name === "AbortError" ? "stopped" : "";
    if (error.name !== "AbortError") problem(error);
  } finally {
    if (mine === running) {
      running = null;
      busy(false);
    }
  }
}

function problem(error) {
  $("answer").hidden = true;
  tell(error instanceof Problem ? error.message : `The server cannot be reached (${error.message}).`);
  editor.mark(error.line || 0);
}

function tell(message) {
  $("problem").textContent = message;
  $("problem").hidden = !message;
}

function busy(is) {
  $("stop").hidden = !is;
  $("run").disabled = is;
  if (is) $("state").textContent = "asking …";
}

/** The query stands in the address, behind "#", which is not sent to the server: for going back, and for links. */
function remember(text) {
  const address = `#${new URLSearchParams({ query: text })}`;
  if (location.hash !== address) history.pushState(null, "", address);
}

function remembered() {
  return new URLSearchParams(location.hash.slice(1)).get("query");
}

/** What can be completed; without it, as when the server is busy, the page still asks. */
async function known() {
  try {
    return await (await fetch("/vocabulary.json")).json();
  } catch {
    return { prefixes: {}, spaces: [], terms: [], queries: [] };
  }
}

async function copyLink() {
  remember(editor.text);
  await copy(location.href, "the link is copied", "the link stands in the address bar");
}

/** What a shell takes as it stands: within single quotes, which are themselves written '\''. */
async function copyCurl() {
  const query = editor.text.trim().replaceAll("'", "'\\''");
  const command = `curl ${location.origin}/sparql --data-urlencode 'query=${query}'`;
  await copy(command, "the command is copied", "the browser lets nothing be copied here");
}

async function copy(text, done, otherwise) {
  try {
    await navigator.clipboard.writeText(text);
    $("state").textContent = done;
  } catch {
    $("state").textContent = otherwise;
  }
}

$("run").addEventListener("click", run);
$("stop").addEventListener("click", () => running?.abort());
$("link").addEventListener("click", copyLink);
$("curl").addEventListener("click", copyCurl);
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
addEventListener("popstate", () => {
  const text = remembered();
  if (text !== null && text !== editor.text) editor.text = text;
});

editor.text = remembered() ?? FIRST;
const vocabulary = await known();
editor.know(vocabulary);
answer.know(vocabulary);
new Completion(editor, $("completions"), vocabulary);
new Questions(editor, vocabulary.queries, run);
if (remembered()) run();
document.documentElement.dataset.ready = "yes"; // read by tests
