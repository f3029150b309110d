"""Lists of English words are data (ontology/words/), so that they can be read, corrected and added to.

A literal collection of four or more lower-case words in the code of extraction counts as such a list, unless
its words are grammatical or technical: labels, and names of internal objects.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from kg import ontology
from kg.extract.clauses import CONSTRUCTIONS
from kg.extract.clauses.clause import Clause

ROOT = Path(__file__).parent.parent / "kg"
FEWEST = 4
WORD = re.compile(r"[a-z][a-z’' -]*")
# Folder or module that may contain word lists -> the reason.
LATER = "its lists are still to be moved"
EXEMPT = {
    "language/time": "the grammar of time expressions is its package's own data",
    "language/names/areas.py": LATER,
    "language/names/extent.py": LATER,
    "language/names/titles.py": LATER,
    "language/names/types.py": LATER,
    "language/names/uses.py": LATER,
    "language/names/grammar_words.py": LATER,
    "extract/narrative.py": LATER,
    "extract/phrases/apposition.py": LATER,
    "extract/phrases/modifiers.py": LATER,
    "extract/phrases/nominal.py": LATER,
    "extract/phrases/roles.py": LATER,
    "extract/phrases/tenure.py": LATER,
    "extract/reality/modifiers.py": LATER,
    "extract/reality/polarity.py": LATER,
    "extract/reality/status.py": LATER,
}
# ClearNLP's labels of dependencies, as spaCy's English models have them; tags are in capitals.
LABELS = """
    acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass
    dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp
    pobj poss preconj predet prep prt punct quantmod relcl tmod xcomp
"""
LIBRARIES = "spacy lemminflect numpy thinc"
OUTPUTS = "arcs labels tags starts names nouns"  # the parser network's outputs (kg/language/news/scorer.py)
TERMS = {
    *f"{LABELS} {LIBRARIES} {OUTPUTS}".split(),
    *(construction.name for construction in CONSTRUCTIONS),
    *(each.name for each in fields(Clause)),
}
MODULES = {
    path.relative_to(ROOT).as_posix(): path
    for part in ("language", "extract")
    for path in sorted((ROOT / part).rglob("*.py"))
}


def lists(source: str) -> Iterator[tuple[int, list[str]]]:
    """The line number and the words of each literal list of words in the source."""
    for node in ast.walk(ast.parse(source)):
        words = [word for word in _texts(node) if WORD.fullmatch(word) and word not in TERMS]
        if len(words) >= FEWEST:
            yield node.lineno, words  # type: ignore[attr-defined]  # every node with strings has a line number


def _texts(node: ast.AST) -> list[str]:
    """The strings directly in a tuple, list, set or dictionary, or in a string literal that is split."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            held: list[ast.expr | None] = list(parts)
        case ast.Dict(keys=keys):
            held = list(keys)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split")):
            return text.split()
        case _:
            return []
    return [part.value for part in held if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def is_exempt(module: str) -> bool:
    return any(module == place or module.startswith(f"{place}/") for place in EXEMPT)


@pytest.mark.parametrize("module", [module for module in MODULES if not is_exempt(module)])
def test_the_code_contains_no_word_lists(module: str) -> None:
    assert not list(lists(MODULES[module].read_text(encoding="utf-8")))


@pytest.mark.parametrize("place", EXEMPT)
def test_every_exemption_is_needed(place: str) -> None:
    modules = [path for module, path in MODULES.items() if f"{module}/".startswith(f"{place}/")]
    assert any(list(lists(path.read_text(encoding="utf-8"))) for path in modules)


def test_each_list_has_one_block_with_a_label_and_a_comment() -> None:
    folder = ontology.folder() / "words"
    blocks = [
        name
        for path in sorted(folder.glob("*.ttl"))
        for name in re.findall(
            r'^kg:(\w+) a kg:WordList ; rdfs:label "[^"]+"@en ;\s+rdfs:comment "',
            path.read_text("utf-8"),
            re.M,
        )
    ]
    assert sorted(blocks) == sorted(ontology.load().words)


@pytest.mark.parametrize(
    "source",
    [
        'X = frozenset(("rise", "fall", "drop", "grow"))',
        'X = ["call on", "wait for", "rely on", "look to"]',
        'X = {"he": "m", "him": "m", "she": "f", "her": "f"}',
        'X = "rise fall drop grow".split()',
        'def f(t):\n    return t.lower_ in {"rise", "fall", "drop", "grow", *MORE}',
    ],
)
def test_a_list_is_found(source: str) -> None:
    assert list(lists(source))


@pytest.mark.parametrize(
    "source",
    [
        'X = ("VBD", "VBZ", "VBP", "MD")',
        'X = ("nsubj", "dobj", "prep", "agent")',
        'X = ("had", "should", "were")',
    ],
)
def test_grammatical_terms_are_not_a_word_list(source: str) -> None:
    assert not list(lists(source))
