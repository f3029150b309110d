"""Makes small HTML and SVG documents, element by element; all text is escaped.

The pages can be read without scripts. Their Content-Security-Policy admits, by hash, one style sheet and, if
the page has a script, this script.
"""

from __future__ import annotations

import re
from importlib.resources import files
from xml.etree import ElementTree as ET

from kg.write.page.embed import joined, policy

SVG = "http://www.w3.org/2000/svg"
Element = ET.Element
Child = ET.Element | str | None


def el(tag: str, *children: Child, **attributes: str | float) -> Element:
    """An element; children that are None are left out. In the names of attributes, a final underscore is
    dropped and others become hyphens: `class_` is "class", `a_b` is "a-b".
    """
    made = ET.Element(tag, {_name(name): _clean(str(value)) for name, value in attributes.items()})
    for child in children:
        if isinstance(child, str):
            _append(made, _clean(child))
        elif child is not None:
            made.append(child)
    return made


def page(title: str, *body: Child, script: str = "") -> str:
    """A whole HTML page; `script`: the name of the template with its script, "" for none."""
    templates = files("kg.write") / "templates"
    style = (templates / "paper.css").read_text(encoding="utf-8")
    code = joined([(templates / f"{script}.js").read_text(encoding="utf-8")]) if script else ""
    allowed = policy((code,) if code else (), (style,))
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", **{"http-equiv": "Content-Security-Policy", "content": allowed}),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", title),
        el("style", style),
    )
    end = el("script", code, type="module") if code else None
    whole = el("html", head, el("body", el("main", *body), end), lang="en")
    return "<!DOCTYPE html>\n" + ET.tostring(whole, encoding="unicode", method="html") + "\n"


def svg(drawing: Element) -> str:
    """A standalone SVG document."""
    drawing.set("xmlns", SVG)
    return ET.tostring(drawing, encoding="unicode") + "\n"


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _clean(text: str) -> str:
    """The text without characters that documents cannot contain: control characters, lone surrogates."""
    return re.sub(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
