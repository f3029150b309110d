"""The wheel and the sdist work when pip installs them outside this folder: `pytest -m package`."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent
_ARTICLE = "Port Aldine, 3 March 2031 - Mayor Ana Ruiz met Tom Reed in Port Aldine on Monday.\n"


@pytest.mark.package
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_package_installs_and_builds_a_graph_outside_the_repository(kind: str, tmp_path: Path) -> None:
    dist, article = tmp_path / "dist", tmp_path / "news" / "one.txt"
    _run(sys.executable, "-m", "build", f"--{kind}", "--outdir", dist, _ROOT, at=tmp_path)
    [package] = dist.iterdir()
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    _run(python, "-m", "pip", "install", "--quiet", package, at=tmp_path)
    article.parent.mkdir()
    article.write_text(_ARTICLE, encoding="utf-8")
    _run(python, "-m", "kg", "build", "news", "-o", "graph", at=tmp_path)
    answer = _run(python, "-m", "kg", "query", "-g", "graph", "who-met-whom", at=tmp_path)
    assert "Ana Ruiz" in answer and "Tom Reed" in answer


def _run(*command: object, at: Path) -> str:
    done = subprocess.run(
        [str(each) for each in command], cwd=at, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
