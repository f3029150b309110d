"""Regenerates docs/reference.md: every command with its options, every class, every relation.

python3 docs/reference.py
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from kg import ontology
from kg.cli import app
from kg.ontology import Ontology, RelationType

PAGE = Path(__file__).parent / "reference.md"
_HEAD = """# Reference

This page lists every command with its options, every class and every relation. It is generated from
the code and the ontology by `python3 docs/reference.py`.
"""


def page() -> str:
    words = ontology.load()
    lines = [
        _HEAD,
        "## Commands",
        *commands(),
        "## Classes",
        *classes(words),
        "## Relations",
        *relations(words),
    ]
    return "\n".join(lines).rstrip() + "\n"


def commands() -> Iterator[str]:
    """The help text of each command and its options, taken from the function that implements it."""
    yield from _command("kg", *(each.callback for each in [app.registered_callback] if each))
    yield from _group("kg", app)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            yield from _group(f"kg {group.typer_instance.info.name}", group.typer_instance)


def _group(name: str, of: typer.Typer) -> Iterator[str]:
    for command in of.registered_commands:
        if command.callback is not None:
            yield from _command(f"{name} {command.name or command.callback.__name__}", command.callback)


def _command(name: str, function: Callable[..., object]) -> Iterator[str]:
    yield f"### `{name}`\n"
    for paragraph in inspect.cleandoc(function.__doc__ or "").split("\n\n"):
        if paragraph.startswith("\b"):  # a block that keeps its line breaks
            yield "```\n" + paragraph.removeprefix("\b").strip("\n") + "\n```\n"
        else:
            yield " ".join(paragraph.split()) + "\n"
    types = get_type_hints(function, include_extras=True)
    options = [_option(each, types[each.name]) for each in inspect.signature(function).parameters.values()]
    if any(options):
        yield "| | |\n|---|---|"
        yield from filter(None, options)
        yield ""


def _option(each: inspect.Parameter, type_: Any) -> str:
    """The row of a parameter; "" if it cannot be given on the command line."""
    own, info = (*get_args(type_), None, None)[:2]
    if not isinstance(info, ArgumentInfo | OptionInfo) or info.hidden:
        return ""
    if isinstance(info, ArgumentInfo):
        name = f"`{info.metavar or each.name.upper()}`"
    else:
        first = (info.default,) if isinstance(info.default, str) else ()  # with Annotated: a name
        said = (*first, *(info.param_decls or ())) or ("--" + each.name.replace("_", "-"),)
        name = ", ".join(f"`{one}`" for one in said) + _values(info, own)
    plain = each.default in (None, "", False, (), inspect.Parameter.empty)
    default = "" if plain else f" (`{each.default}`)"
    return _row(name, _cell(" ".join((info.help or "").split())) + default)


def _values(info: OptionInfo, type_: Any) -> str:
    if info.metavar:
        return f" `{info.metavar}`"
    if isinstance(type_, type) and issubclass(type_, Enum):
        return " " + ", ".join(f"`{each.value}`" for each in type_)
    return "" if type_ is bool else f" `{getattr(type_, '__name__', 'text').upper()}`"


def classes(words: Ontology) -> Iterator[str]:
    yield "| class | superclasses | what it is |\n|---|---|---|"
    for name, each in sorted(words.classes.items()):
        yield _row(f"`{name}`", ", ".join(f"`{parent}`" for parent in each.parents), _cell(each.comment))
    yield ""


def relations(words: Ontology) -> Iterator[str]:
    yield "The second and third columns: the classes of subject and object; an empty cell allows any.\n"
    yield "| relation | subject | object | what it says |\n|---|---|---|---|"
    for name, each in sorted(words.relations.items()):
        yield _row(f"`{name}`", _classes(each.subjects), _classes(each.objects), _says(each))
    yield ""


def _says(relation: RelationType) -> str:
    return _cell(relation.comment)


def _classes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return re.sub(r"([|<*_])", r"\\\1", text)


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
