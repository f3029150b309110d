"""Makes one HTML file of a Knowledge: an interactive drawing of the graph that needs no network.

networkx holds the graph and computes its measures; pyvis holds the network of the first view and provides
vis-network, which draws the foreground. Behind the foreground, a canvas of our own draws the rest as dots, so
that the page can show tens of thousands of things. pyvis's own template is not used, because it loads files
from a CDN and runs scripts in labels. Our template (`templates/`) contains everything inline; text from
articles is in it only as compressed JSON, which the scripts insert as text. The Content-Security-Policy
admits the scripts and the style of this file by their hashes and nothing else, so that even a bug could not
run other code. The graph cannot be edited on the page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from kg.model import Knowledge
from kg.ontology import Ontology
from kg.write import part
from kg.write.network import ends, weights
from kg.write.page.drawing import FIRST, Drawing, drawing, is_slight, radius, short
from kg.write.page.embed import VIS, joined, library, packed, policy
from kg.write.page.front_page import Story, stories
from kg.write.page.records import Records

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = ["TITLE", "VIS", "data", "page"]

TITLE = "Knowledge graph"

# The files are joined into one module in this order: each file uses only earlier ones.
SCRIPTS = (
    *("data", "looks", "lettering", "camera", "arrange", "far", "near", "labels", "stage", "choice", "cards"),
    "path",
    *("front", "finder", "filters", "brush", "table", "save", "address", "trail", "toolbar", "keys", "page"),
)

# vis-network only draws the items that it is given, in screen pixels; its other features are switched off.
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


def page(knowledge: Knowledge, ontology: Ontology, title: str = TITLE, most: int | None = None) -> str:
    """The page as text, to be written as UTF-8. `most`: maximum number of things on it; None: no limit."""
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
        data="\n".join(
            packed(name, record) for name, record in data(knowledge, ontology, title, most).items()
        ),
    )


def data(
    knowledge: Knowledge, ontology: Ontology, title: str = TITLE, most: int | None = None
) -> dict[str, Any]:
    """All data of the page: `core`, which it needs at start, and blocks of details."""
    shown, told = _chosen(knowledge, ontology, most)
    drawn = drawing(shown, ontology)
    records = Records(shown, ontology, drawn.order)
    core = records.core()
    number = {key: place for place, key in enumerate(drawn.order)}
    core["things"] |= {
        "x": [int(drawn.places[key][0]) for key in drawn.order],
        "y": [int(drawn.places[key][1]) for key in drawn.order],
        "radius": [radius(drawn.weight[key]) for key in drawn.order],
        "cluster": [drawn.cluster[key] for key in drawn.order],
    }
    things = shown.nodes()
    facts = core["facts"]
    facts["slight"] = [
        int(other >= 0 and is_slight(things[drawn.order[one]], things[drawn.order[other]], ontology))
        for one, other in zip(facts["subject"], facts["object"], strict=True)
    ]
    core["untitled"] = title == TITLE
    core["known"] = len(knowledge.nodes())
    core["stories"] = _stories(told, core)
    network = _network(drawn, core)
    core["first"] = {
        "things": [number[key] for key in drawn.first],
        "limit": FIRST,
        "scale": drawn.scale,
        "nodes": network.nodes,
        "options": json.loads(network.options) if isinstance(network.options, str) else network.options,
    }
    return {"core": core, **records.blocks()}


def _chosen(knowledge: Knowledge, ontology: Ontology, most: int | None) -> tuple[Knowledge, list[Story]]:
    """The part of the graph that is on the page, and the stories of all articles.

    If the graph has more than `most` things, the part consists of the most important things and those of the
    largest stories.
    """
    things = knowledge.nodes()
    weight = weights(knowledge, things, ontology)
    told = stories(knowledge, ontology, sorted(things, key=lambda key: (-weight[key], key)))
    if most is None or len(things) <= most:
        return knowledge, told
    by_id = {statement.id: statement for statement in knowledge.statements}
    also: dict[str, None] = {}
    for story in told:
        lines = (end for fact in story.facts for end in ends(by_id[fact]))
        drawn = (end for line in story.sketch for end in (line.one, line.other) if end)
        also |= dict.fromkeys((*story.things, *lines, *drawn, *story.events))
        if len(also) > most // 2:
            break
    names = [document.id for document in knowledge.documents]
    return part.foremost(knowledge, ontology, most, list(also)[: most // 2], names), told


def _stories(told: Sequence[Story], core: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The stories as records, which refer to articles, things and facts by number. Those that are not on the
    page are left out.
    """
    article = {each["id"]: at for at, each in enumerate(core["articles"])}
    thing = {key: at for at, key in enumerate(core["things"]["id"])}
    fact = {key: at for at, key in enumerate(core["facts"]["id"])}
    return [
        {
            "headline": story.headline,
            "articles": [article[name] for name in story.articles],
            "things": [thing[key] for key in story.things if key in thing],
            "roles": [story.roles.get(key, "") for key in story.things if key in thing],
            "facts": [fact[key] for key in story.facts if key in fact],
            "sketch": [
                {
                    "fact": fact[line.fact],
                    "one": thing[line.one],
                    "other": thing[line.other] if line.other else None,
                    "label": line.label,
                    "words": line.words,
                }
                for line in story.sketch
                if line.fact in fact and line.one in thing and (not line.other or line.other in thing)
            ],
            "events": [thing[key] for key, _ in _in_words(story) if key in thing],
            "words": [words for key, words in _in_words(story) if key in thing],
            "opening": story.opening,
        }
        for story in told
    ]


def _in_words(story: Story) -> list[tuple[str, str]]:
    """The events that are not lines of the sketch, each with its words."""
    drawn = {line.event for line in story.sketch}
    return [each for each in zip(story.events, story.words, strict=True) if each[0] not in drawn]


def _network(drawn: Drawing, core: dict[str, Any]) -> Network:
    """The nodes of the first view for vis-network; the scripts of the page add the lines."""
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
