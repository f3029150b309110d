"""Knowledge -> one HTML file: an interactive drawing of the graph that needs no network.

networkx holds the graph and computes its measures; pyvis holds the network of the first view and provides
vis-network, which draws the foreground. Behind it our own canvas draws the rest as dots, so that the page can
hold tens of thousands of things. pyvis's own template is not used: it loads files from a CDN and runs scripts
from labels. Ours (`templates/`) contains everything inline, and text from articles reaches it only as
compressed JSON, which the scripts insert as text. The Content-Security-Policy admits the scripts and the
style of this file by their hashes and nothing else, so that even a bug could not run other code. The page
does not edit the graph.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from kg.model import Knowledge
from kg.ontology import Ontology
from kg.write.page.drawing import FIRST, Drawing, drawing, is_slight, radius, short
from kg.write.page.embed import VIS, joined, library, packed, policy
from kg.write.page.front_page import stories
from kg.write.page.records import Records

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = ["TITLE", "VIS", "data", "page"]

TITLE = "Knowledge graph"

# One module, in this order: each file uses only earlier ones.
SCRIPTS = (
    *("data", "looks", "lettering", "camera", "arrange", "far", "near", "labels", "stage", "choice", "cards"),
    "path",
    *("front", "finder", "filters", "brush", "table", "save", "address", "trail", "toolbar", "keys", "page"),
)

# Features of vis-network that are switched off: it only draws the given items, in screen pixels.
OPTIONS = {
    "autoResize": False,
    "physics": False,
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False, "dragView": False, "zoomView": False, "hover": False, "selectable": False,
        "tooltipDelay": 100_000_000,
    },
    "nodes": {"borderWidth": 1.5},
    "edges": {"arrowStrikethrough": False},
}  # fmt: skip


def page(knowledge: Knowledge, ontology: Ontology, title: str = TITLE) -> str:
    """The page as text; write it as UTF-8."""
    templates = files("kg.write") / "templates"

    def read(name: str) -> str:
        return (templates / name).read_text(encoding="utf-8")

    style, vis = read("page.css"), library()
    script = joined(read(f"{name}.js") for name in SCRIPTS)
    return Template(read("page.html")).substitute(
        title=escape(title),
        policy=policy((vis, script), (style,)),
        style=style,
        library=vis,
        script=script,
        data="\n".join(packed(name, record) for name, record in data(knowledge, ontology, title).items()),
    )


def data(knowledge: Knowledge, ontology: Ontology, title: str = TITLE) -> dict[str, Any]:
    """All data of the page: `core`, which it needs at start, and blocks of details."""
    drawn = drawing(knowledge, ontology)
    records = Records(knowledge, ontology, drawn.order)
    core = records.core()
    number = {key: place for place, key in enumerate(drawn.order)}
    core["things"] |= {
        "x": [int(drawn.places[key][0]) for key in drawn.order],
        "y": [int(drawn.places[key][1]) for key in drawn.order],
        "radius": [radius(drawn.weight[key]) for key in drawn.order],
        "cluster": [drawn.cluster[key] for key in drawn.order],
    }
    things = knowledge.nodes()
    facts = core["facts"]
    facts["slight"] = [
        int(other >= 0 and is_slight(things[drawn.order[one]], things[drawn.order[other]], ontology))
        for one, other in zip(facts["subject"], facts["object"], strict=True)
    ]
    core["untitled"] = title == TITLE
    core["stories"] = _stories(knowledge, ontology, drawn.order, facts["id"])
    network = _network(drawn, core)
    core["first"] = {
        "things": [number[key] for key in drawn.first],
        "limit": FIRST,
        "scale": drawn.scale,
        "nodes": network.nodes,
        "options": json.loads(network.options) if isinstance(network.options, str) else network.options,
    }
    return {"core": core, **records.blocks()}


def _stories(
    knowledge: Knowledge, ontology: Ontology, order: Sequence[str], told: Sequence[str]
) -> list[dict[str, Any]]:
    """Stories with their articles, things and facts as numbers, as in the page."""
    article = {name: at for at, name in enumerate(sorted(document.id for document in knowledge.documents))}
    thing = {key: at for at, key in enumerate(order)}
    fact = {key: at for at, key in enumerate(told)}
    return [
        {
            "headline": story.headline,
            "articles": [article[name] for name in story.articles],
            "things": [thing[key] for key in story.things],
            "roles": [story.roles.get(key, "") for key in story.things],
            "facts": [fact[key] for key in story.facts],
            "events": [thing[key] for key in story.events],
            "words": list(story.words),
        }
        for story in stories(knowledge, ontology, order)
    ]


def _network(drawn: Drawing, core: dict[str, Any]) -> Network:
    """The nodes of the first view for vis-network; the page bundles the lines itself."""
    from pyvis.network import Network

    things, families = core["things"], core["families"]
    number = {key: place for place, key in enumerate(drawn.order)}
    network = Network(directed=True)
    network.options = OPTIONS
    for key in drawn.first:
        at = number[key]
        look, (x, y) = families[things["family"][at]], drawn.places[key]
        network.add_node(
            at,
            label=short(things["label"][at]),
            shape=look["shape"],
            size=things["radius"][at],
            color=look["colour"],
            x=round(x / drawn.scale),
            y=round(y / drawn.scale),
        )
    return network
