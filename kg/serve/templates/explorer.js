// Opens the thing in the address in the graph page.

function open() {
  document.getElementById("drawing").contentWindow.location.replace(`/graph.html${location.hash}`);
}

addEventListener("hashchange", open);
open();
