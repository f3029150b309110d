// Opens the thing in the address in the graph page.

function follow() {
  const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("drawing"));
  frame.contentWindow?.location.replace(`/graph.html${location.hash}`);
}

addEventListener("hashchange", follow);
follow();
