// Opens, in the graph page, the thing that the fragment of the address names.

function follow() {
  const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("drawing"));
  frame.contentWindow?.location.replace(`/graph.html${location.hash}`);
}

addEventListener("hashchange", follow);
follow();
