"""Measures whether reading time is linear in the length of an article.

    python3 benchmarks/reading_scale.py [--kinds prose names ...] [--sizes 1000 10000 100000 200000]

For each kind of synthetic text, articles of each size are read (`kg.extract.read_all`), then each is resolved
separately (`kg.resolve.links`). The articles of each size have the same total length. Prints the number of
words per second of processor time, the highest of several rounds. For each kind of text, the size that is
read fastest should be read at most 1.3 times as fast as the size that is read slowest.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from kg import ontology, pipeline, resolve
from kg.extract import read_all
from kg.model import Document, Reading
from kg.read import from_text

ROOT = Path(__file__).parent.parent
AIM = 1.3
_GIVEN = ("Ana", "Tom", "Eva", "Omar", "Lena", "Paul", "Nora", "Ivan", "Kira", "Hugo", "Mira", "Otto")


def _name(number: int) -> str:
    """An invented surname for each number below 170,000."""
    letters = ""
    for _ in range(3):
        number, consonant = divmod(number, 11)
        number, vowel = divmod(number, 5)
        letters += "bdfgklmnprs"[consonant] + "aeiou"[vowel]
    return letters.capitalize() + "n"


def _prose() -> Iterator[str]:
    """The paragraphs of the sample articles, repeated."""
    found, _ = pipeline.articles([ROOT / "seeds"])
    for text in cycle([document.text for document in found]):
        yield from (f"{line}\n\n" for line in text.split("\n") if line.strip())


def _people() -> Iterator[str]:
    """New people in each sentence, some of whom share names; four sentences a paragraph."""
    for i in cycle(range(100_000)):
        one, other, place = _name(i), _name(i * 31 % 9973), _name(i * 17 % 4999)
        yield (
            f"{_GIVEN[i % 12]} {one} met {_GIVEN[i * 7 % 12]} {other} in {place} on Tuesday, and {one} said "
            f"that he would leave the {_name(i % 2003)} Bank." + ("\n\n" if i % 4 == 3 else " ")
        )


def _same() -> Iterator[str]:
    """The same two people in every sentence."""
    return cycle(["Ana Ruiz met Tom Reed. Ruiz left Lima, and she thanked him.\n\n"])


def _quotes() -> Iterator[str]:
    return cycle(["“We will not leave,” she said. ", "“He left,” said Ana Ruiz.\n\n"])


def _sentence() -> Iterator[str]:
    """One sentence without a full stop or line break."""
    return (
        f"{_GIVEN[i % 12]} {_name(i % 7)} told the company that it had sold the bank and "
        for i in cycle(range(84))
    )


def _list() -> Iterator[str]:
    """Short lines without verbs."""
    return cycle(["Ana Ruiz\n", "Lima\n", "3 May 2020\n", "The Harbour Bank\n"])


KINDS: dict[str, Callable[[], Iterator[str]]] = {
    "prose": _prose, "people": _people, "same": _same, "quotes": _quotes, "sentence": _sentence,
    "list": _list,
}  # fmt: skip


def documents(kind: str, size: int, total: int) -> list[Document]:
    """Articles of one kind of text, of about `size` characters each and `total` together. They are dated, so
    that "Tuesday" can be resolved.
    """
    parts, found = KINDS[kind](), list[Document]()
    for number in range(max(total // size, 1)):
        text, length = list[str](), 0
        while length < size:
            text.append(next(parts))
            length += len(text[-1])
        found.append(from_text(f"{number}", "".join(text)[:size], "2026-05-04"))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000, 100_000, 200_000])
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    knows = ontology.load()
    list(read_all(documents("people", 1_000, 10_000), knows))  # warm-up, not measured
    print("kind       characters      words   reading: words/s   resolving: words/s")
    for kind in given.kinds:
        speeds = []
        for size in given.sizes:
            articles = documents(kind, size, max(given.sizes))
            words = sum(len(document.text.split()) for document in articles)
            spent: list[tuple[float, float]] = []
            for _ in range(given.rounds):
                begun = time.process_time()
                readings = [each for each in read_all(articles, knows) if isinstance(each, Reading)]
                read = time.process_time()
                for reading in readings:
                    list(resolve.links([reading], knows))
                spent.append((read - begun, time.process_time() - read))
            reading_, resolving = (min(seconds) for seconds in zip(*spent, strict=True))
            speeds.append(words / reading_)
            print(
                f"{kind:10} {size:10,} {words:10,} {speeds[-1]:18,.0f} {words / resolving:20,.0f}", flush=True
            )
        ratio = max(speeds) / min(speeds)
        print(f"{kind:10} fastest to slowest {ratio:.2f}: {'within' if ratio <= AIM else 'above'} {AIM}")


if __name__ == "__main__":
    main()
