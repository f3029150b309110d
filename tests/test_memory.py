"""`--memory`: kg plans how to stay below a limit on memory, or refuses a limit that is too low."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg import memory, pipeline
from kg.cli import main
from kg.memory import Budget, BudgetError

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="budgets need Linux")
MB = 10**6


@pytest.mark.parametrize(
    ("text", "size"), [("800M", 800 * MB), ("4G", 4000 * MB), ("1.5 gb", 1500 * MB), ("2T", 2 * 10**12)]
)
def test_amounts(text: str, size: int) -> None:
    assert Budget.of(text) == Budget(size)


@pytest.mark.parametrize("text", ["", "4", "G", "-4G", "4 GiB", "four"])
def test_other_amounts_are_refused(text: str) -> None:
    with pytest.raises(BudgetError, match="800M or 4G"):
        Budget.of(text)


def test_too_many_articles_are_refused_with_what_they_need() -> None:
    Budget.of("2G").check(100, 300_000)
    with pytest.raises(BudgetError, match=r"\(10,000, with 31,000,000 characters\) need about 3\.9 GB"):
        Budget.of("2G").check(10_000, 31_000_000)
    Budget.of("3.9G").check(10_000, 31_000_000)


def test_fewer_processes_read_with_less_memory() -> None:
    assert [Budget.of(f"{size}G").readers(4) for size in (1, 2, 3, 4, 8)] == [1, 1, 3, 4, 4]


_GREEDY = """
import re, time
from pathlib import Path
from kg.memory import Budget, BudgetError
held = []
try:
    with Budget(200_000_000).kept():
        while True:
            try:
                held.append(b"x" * 500_000)
                time.sleep(0.005)
            except Exception:
                pass
except BudgetError as error:
    print(error)
# Not from getrusage: its maximum includes the memory of the parent at the fork.
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024)
"""


def test_not_even_code_that_catches_all_errors_can_exceed_the_budget() -> None:
    told = subprocess.run([sys.executable, "-c", _GREEDY], capture_output=True, text=True, check=True)
    message, peak = told.stdout.splitlines()
    assert message.startswith(
        "The build was stopped, because it takes more memory than its budget of 200 MB."
    )
    assert 150 * MB < int(peak) <= 200 * MB


def test_the_memory_of_other_processes_counts() -> None:
    code = "x = bytearray(b'1' * 60_000_000); print(flush=True); input()"
    before = memory.used()
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1) as other:
        assert other.stdout
        other.stdout.readline()
        assert memory.used() > before + 60 * MB
        other.kill()


def test_a_block_within_its_budget_ends_as_usual() -> None:
    with pytest.raises(ZeroDivisionError), Budget.of("1T").kept():
        raise ZeroDivisionError


def test_the_rest_of_the_budget_limits_how_much_is_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "used", lambda: 100 * MB)
    found = [Budget(size * MB).fitting(500_000, 1_000) for size in (50, 100, 300, 500, 5_000)]
    assert found == [20_000, 20_000, 100_000, 200_000, 500_000]


@pytest.mark.parametrize(
    ("budget", "told"),
    [("plenty", "800M or 4G"), ("300M", "(1, with 50 characters) need about 1.1 GB")],
)
def test_kg_build_refuses_before_reading(
    budget: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    (tmp_path / "a.txt").write_text("Ana Ruiz met Tom Reed in Lima on Monday. She sang.\n")
    arguments = ["kg", "build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--memory", budget]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert told in " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert not (tmp_path / "out").exists()


def test_with_a_limit_other_processes_read_so_that_the_memory_of_the_parser_is_free_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_all(*_: object) -> None:
        raise AssertionError("this process reads")

    (tmp_path / "a.txt").write_text("Ana Ruiz met Tom Reed in Lima on Monday. She sang.\n")
    monkeypatch.setattr("kg.extract.read_all", read_all)
    found = pipeline.build([tmp_path / "a.txt"], memory=Budget.of("1.2G"))
    assert not found.problems
    assert len(found.knowledge.documents) == 1
