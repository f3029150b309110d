"""The pages of docs/ are true: tutorial and notebook run, what is generated is up to date, links lead on."""

import ast
import importlib.util
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from kg import cli

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_the_tutorial_goes_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    Path("news").mkdir()
    seen: list[str] = []
    for kind, text in blocks(page):
        if kind in ("text", "toml"):
            name = re.findall(r"`(news/[\w.]+)`", page[: page.index(text)])[-1]
            Path(name).write_text(text, encoding="utf-8")
        elif kind == "sh":
            monkeypatch.setattr(sys, "argv", shlex.split(text))
            with pytest.raises(SystemExit) as ended:
                cli.main()
            assert not ended.value.code, text
            seen += words(capsysbinary.readouterr().out.decode())
        elif kind == "python":
            exec(compile(text, "tutorial.md", "exec"), {})
        else:
            assert [line for line in words(text) if line not in seen] == []


def test_the_notebook_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = script("notebook")
    assert made.NOTEBOOK.read_text(encoding="utf-8") == made.notebook(), "renew it: python3 docs/notebook.py"
    shared: dict[str, object] = {}
    for cell in made.cells():
        *before, last = ast.parse(cell).body
        ends = isinstance(last, ast.Expr)
        exec(compile(ast.Module(before if ends else [*before, last], []), "python.md", "exec"), shared)
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), "python.md", "eval"), shared)
            getattr(shown, "_repr_html_", str)()


def script(name: str) -> ModuleType:
    found = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def blocks(page: str) -> Iterator[tuple[str, str]]:
    yield from _BLOCK.findall(page)


def words(text: str) -> list[str]:
    """The lines, however wide their columns are; confidence may change."""
    return [re.sub(r"confidence [\d.]+", "", " ".join(line.split())) for line in text.splitlines()]


def test_the_reference_is_of_today() -> None:
    module = script("reference")
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "renew it: python3 docs/reference.py"


def test_the_questions_are_those_of_today() -> None:
    module = script("questions")
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "renew it: python3 docs/questions.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link.partition("#") for link in _LINK.findall(text) if not re.match(r"https?:|mailto:", link)]
    for path, _, anchor in links:
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), path
        if anchor and there.suffix == ".md":
            assert anchor in headings(there), f"{path}#{anchor}"


def headings(page: Path) -> set[str]:
    """Their anchors, as GitHub and MkDocs make them."""
    lines = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-") for line in lines}
