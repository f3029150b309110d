// What the address names is opened in the graph's own page.

function open() {
  document.getElementById("drawing").contentWindow.location.replace(`/graph.html${location.hash}`);
}

addEventListener("hashchange", open);
open();
