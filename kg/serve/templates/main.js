// The query page: connects the editor, the questions and the answer.

import { Answer } from "./answer.js";
import { Completion } from "./completion.js";
import { Editor } from "./editor.js";
import { $ } from "./elements.js";
import { ask, Problem, told } from "./endpoint.js";
import { Forms } from "./forms.js";
import { Called } from "./names.js";
import { Recent } from "./recent.js";

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

/** @type {AbortController | null} */
let running = null; // stops the running query

const editor = new Editor($("text"), $("colours"));
const answer = new Answer();
const recent = new Recent((text) => {
  write(text);
  run();
});
/** @type {Forms | null} */
let forms = null; // the questions, once they are loaded

/** Run the query in the editor. */
function run() {
  const question = forms?.of(editor.text);
  return answered(editor.text, question?.answer, "", `query=${encodeURIComponent(editor.text)}`);
}

/** Runs a query and shows its answer; the answer to a question of a form is shown as sentences, below the question. */
/** @type {(text: string, pattern: string | undefined, words: string, address: string) => Promise<void>} */
async function answered(text, pattern, words, address) {
  running?.abort();
  const mine = (running = new AbortController());
  remember(address);
  busy(true);
  tell("");
  const begun = performance.now();
  try {
    const found = await ask(text, mine.signal);
    if (mine !== running) return;
    editor.mark(0);
    if (!words) recent.add(text);
    $("asked").textContent = words;
    $("asked").hidden = !words;
    document.documentElement.removeAttribute("data-told");
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    $("state").textContent = `${answer.show(found, text, pattern)} in ${seconds} s`;
    if (words) $("asked").focus({ preventScroll: true });
    if (words) $("progress").scrollIntoView({ block: innerWidth < 640 ? "start" : "nearest" });
    else if ($("answer").getBoundingClientRect().top > innerHeight * 0.8) $("bar").scrollIntoView({ block: "start" });
  } catch (error) {
    if (mine !== running) return;
    const stopped = error instanceof DOMException && error.name === "AbortError";
    $("state").textContent = stopped ? "stopped" : "";
    if (!stopped) problem(error);
  } finally {
    if (mine === running) {
      running = null;
      busy(false);
    }
  }
}

/** Opens the editor with a query; null closes it. */
/** @type {(text: string | null) => void} */
function write(text) {
  $("writing").hidden = text === null;
  $("write").setAttribute("aria-expanded", String(text !== null));
  if (text !== null) editor.text = text;
}

/** @type {(error: unknown) => void} */
function problem(error) {
  $("answer").hidden = true;
  tell(error instanceof Problem ? error.message : `The server cannot be reached (${told(error)}).`);
  editor.mark(error instanceof Problem ? error.line : 0);
}

/** @type {(message: string) => void} */
function tell(message) {
  $("problem").textContent = message;
  $("problem").hidden = !message;
}

/** @type {(is: boolean) => void} */
function busy(is) {
  $("stop").hidden = !is;
  $("run").disabled = is;
  if (is) $("state").textContent = "asking …";
}

/** Puts the query into the fragment of the address (not sent to the server), for the back button and for links. */
/** @type {(address: string) => void} */
function remember(address) {
  if (location.hash !== `#${address}`) history.pushState(null, "", `#${address}`);
}

/** Run what the address contains: a query, or a question with its values. */
async function again() {
  const address = new URLSearchParams(location.hash.slice(1));
  const text = address.get("query");
  if (text !== null) write(text);
  if (text) return run();
  return forms?.again(address);
}

/** The completions; none if they cannot be loaded (the server may be busy), so that queries still work. */
/** @type {() => Promise<Vocabulary>} */
async function known() {
  try {
    return await (await fetch("/vocabulary.json")).json();
  } catch {
    return { prefixes: {}, spaces: [], terms: [] };
  }
}

/** @type {() => Promise<Question[]>} */
async function questions() {
  try {
    return await (await fetch("/questions.json")).json();
  } catch {
    return [];
  }
}

async function copyLink() {
  remember(`query=${encodeURIComponent(editor.text)}`);
  await copy(location.href, "the link is copied", "the link stands in the address bar");
}

/** Copies the curl command for the query. For the shell, the query is in single quotes, and a single quote within it becomes '\''. */
async function copyCurl() {
  const query = editor.text.trim().replaceAll("'", "'\\''");
  const command = `curl ${location.origin}/sparql --data-urlencode 'query=${query}'`;
  await copy(command, "the command is copied", "the browser lets nothing be copied here");
}

/** @type {(text: string, done: string, otherwise: string) => Promise<void>} */
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
$("write").addEventListener("click", () => {
  write($("writing").hidden ? editor.text : null);
  if (!$("writing").hidden) $("text").focus();
});
$("edit").addEventListener("click", () => {
  write(answer.query);
  $("text").focus();
});
addEventListener("popstate", again);

editor.text = FIRST;
const [vocabulary, asked] = await Promise.all([known(), questions()]);
editor.know(vocabulary);
answer.know(vocabulary);
new Completion(editor, $("completions"), vocabulary);
forms = new Forms(asked, new Called(vocabulary.prefixes.d ?? ""), (query, text, words, address) =>
  answered(text, query.answer, words, address),
);
await again();
document.documentElement.dataset.ready = "yes"; // read by tests
