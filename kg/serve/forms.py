"""The questions of the query page: forms with blanks, from the named queries that are worded as questions."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from kg.store.query import NamedQuery, Parameter, named

_BLANK = re.compile(r"\{(\w+)\}")


def questions() -> list[dict[str, Any]]:
    """The questions as JSON for the scripts of the page, each with the pattern of its answers."""
    return [
        {
            "name": each.name,
            "title": each.title,
            "ask": each.ask,
            "answer": each.answer,
            "parameters": [{"name": one.name, "variable": one.variable} for one in each.parameters],
            "text": each.text,
        }
        for each in _asked()
    ]


def forms() -> str:
    """The questions as HTML: first those with blanks; then, in one row, those without."""
    blanks = "\n".join(_form(each) for each in _asked() if each.parameters)
    others = "\n".join(_form(each) for each in _asked() if not each.parameters)
    return f'{blanks}\n<div id="others">\n{others}\n</div>'


def _asked() -> list[NamedQuery]:
    return sorted((each for each in named() if each.ask), key=lambda each: each.ask)


def _form(query: NamedQuery) -> str:
    name, about = escape(query.name), escape(query.description.replace("`", ""))
    begin = f'<form data-name="{name}" title="{about}" autocomplete="off">'
    if not query.parameters:
        return f'{begin}<button type="submit">{escape(query.ask)}</button></form>'
    parameters = {each.name: each for each in query.parameters}
    pieces = _BLANK.split(query.ask)
    words = "".join(
        _blank(query, parameters[piece]) if place % 2 else f"<span>{escape(piece.strip())}</span>"
        for place, piece in enumerate(pieces)
        if piece.strip()
    )
    return f'{begin}<div class="question">{words}</div><button type="submit">Ask</button></form>'


def _blank(query: NamedQuery, parameter: Parameter) -> str:
    """The input field for a parameter; below it a list completes names from the graph."""
    name, list_ = escape(parameter.name), escape(f"{query.name}-{parameter.name}")
    hint = f"any {parameter.name}" if parameter.optional else f"such as {parameter.example}"
    field = (
        f'<input name="{name}" type="text" aria-label="{escape(_heard(query, parameter))}"'
        f' placeholder="{escape(hint)}" spellcheck="false" autocapitalize="off"'
        f"{'' if parameter.optional else ' required'}"
    )
    if not parameter.kind:
        return f'<span class="blank">{field}></span>'
    return (
        f'<span class="blank">{field} data-kind="{escape(parameter.kind)}" role="combobox"'
        f' aria-expanded="false" aria-autocomplete="list" aria-haspopup="listbox" aria-controls="{list_}">'
        f'<ul id="{list_}" role="listbox" aria-label="Names in the graph" hidden></ul></span>'
    )


def _heard(query: NamedQuery, parameter: Parameter) -> str:
    """The label of a field for screen readers: the question with "…" for the field, and the kind of value."""
    asked = _BLANK.sub(lambda found: "…" if found[1] == parameter.name else found[1], query.ask)
    return f"{asked} {parameter.meaning}"
