"""Makes many articles of real size and style from a few: each copy has other names and dates.

    kg build news/ -o few
    python3 benchmarks/real_articles.py few --articles 10000 -o many.jsonl
    kg build many.jsonl -o many

The sentences stay as they are. In one copy, a name is replaced in the same way in all articles: a given name
by another one of the same gender, a country and its capital by another country and its capital, any other
word of a name (of a person, place or organisation) by a word made of the syllables of such words. Words of
names that are also common words ("Bank", "University") and names that need "the" stay. Words that begin with
a vowel are replaced by such words, so that "a" and "an" remain right. Dates are earlier by a week in each
further copy, so that the days of the week remain right; an article without a date is given a day of 2025.

Unlike `renamed_news`, which changes readings, this makes texts to be read. The first copy is number 1, or
`--first`; the original texts are not among the articles.
"""

from __future__ import annotations

import argparse
import calendar
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from random import Random

from added_articles import real

from kg import gazetteer, ontology
from kg.gazetteer import Country
from kg.model import Document, MentionKind, Reading

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 3  # shorter words of names ("of", "de", "UN") stay
_SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]+(?:[^aeiouy]+$|[^aeiouy](?=[^aeiouy]))?")
_NEEDS_THE = re.compile(r"United|Republic|Islands?|States|\bof\b|\band\b|s$|,")
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_SHORTER = {name: number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = "|".join((*_MONTHS, *_SHORTER))
_DAY = re.compile(
    rf"\b(?P<year>\d{{4}})-(?P<number>\d\d)-(?P<day>\d\d)\b"
    rf"|\b(?P<month1>{_MONTH}) (?P<day1>\d\d?)\b(?:, (?P<year1>\d{{4}})\b)?"
    rf"|\b(?P<day2>\d\d?) (?P<month2>{_MONTH})\b(?: (?P<year2>\d{{4}})\b)?"
)
_DATELESS = date(2025, 1, 1)  # an article without a date is given a day within a year of this one


class _Names:
    """The words of the names in some articles, and the words that replace them."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        words = ontology.load().words
        self._given = [
            sorted(name.title() for name in words[f"{gender}GivenNames"]) for gender in ("Male", "Female")
        ]
        self._countries = [each for each in gazetteer.countries() if not _NEEDS_THE.search(each.name)]
        self._words = self._of(readings)
        parts = [_SYLLABLE.findall(word.lower()) for word in sorted(self._words) if not word.isupper()]
        parts = [each for each in parts if len(each) > 1]
        self._parts: list[list[str]] = [
            sorted({syllables[place] for syllables in parts}) for place in (0, -1)
        ]

    def _of(self, readings: Iterable[Reading]) -> set[str]:
        common = {word for line in _table("nouns.tsv") for word in _WORD.findall(line.split("\t")[0])}
        common.update(word.lower() for word in (*_MONTHS, *calendar.day_name))
        for area in (*gazetteer.countries(), *gazetteer.regions()):
            for name in (area.name, *area.aliases, *area.adjectives, *area.demonyms):
                common.update(_WORD.findall(name.lower()))
        found: set[str] = set()
        for reading in readings:
            common.update(word for word in _WORD.findall(reading.document.text) if word.islower())
            names = (each.text for each in reading.mentions if each.kind is MentionKind.NAME)
            found.update(word for name in names for word in _WORD.findall(name))
        given = {name for names in self._given for name in names}
        return {
            word
            for word in found
            if len(word) > _SHORT and word[0].isupper() and (word in given or word.lower() not in common)
        }

    def others(self, copy: int) -> Mapping[str, str]:
        """The words and phrases that are replaced in a copy, and the replacement of each."""
        found = {word: self._word(word, copy) for word in self._words}
        for vowel in (False, True):
            some = [each for each in self._countries if _vowel(each.name) is vowel]
            others = Random(f"{copy} countries").sample(some, len(some))
            for one, other in zip(some, others, strict=True):
                found.update(_forms(one, other))
        return found

    def _word(self, word: str, copy: int) -> str:
        dice = Random(f"{copy} {word.lower()}")
        for names in self._given:
            if word.title() in names:
                made = _choice(dice, names, word)
                return made.upper() if word.isupper() else made
        if word.isupper():
            return _choice(dice, word, word) + "".join(dice.sample(word, len(word)))[1:]
        begins, ends = self._parts
        made = _choice(dice, begins, word)
        for _ in range(min(len(word) // 6, 2)):
            made += dice.choice(begins)
        return (made + dice.choice(ends)).title()


def articles(readings: Sequence[Reading], first: int = 1) -> Iterator[dict[str, object]]:
    """Rows of JSON Lines without end: copies of the articles, beginning with copy number `first`."""
    names = _Names(readings)
    for copy in count(first):
        others = names.others(copy)
        phrases = sorted(others, key=lambda each: (-len(each), each))
        word = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
        for number, reading in enumerate(readings):
            day = _DATELESS + timedelta(days=Random(f"{number}").randrange(365))
            yield _copied(reading.document, f"{copy:04}/{number:04}", copy, day, word, others)


def _copied(
    document: Document, id_: str, copy: int, day: date, word: re.Pattern[str], others: Mapping[str, str]
) -> dict[str, object]:
    about, later = document.metadata, timedelta(weeks=-copy)
    published = about.date or day.isoformat()
    year = int(published[:4])

    def other(text: str) -> str:
        return _moved(word.sub(lambda found: others[found[0]], text), later, year)

    row = {
        "id": id_,
        "text": other(document.text),
        "title": other(about.title),
        "publisher": about.publisher,
        "url": f"{about.url}-{copy}" if about.url else "",
        "date": _moved(published, later, year),
        "authors": [other(name) for name in about.authors],
    }
    return {key: value for key, value in row.items() if value}


def _moved(text: str, later: timedelta, usual: int) -> str:
    """The text with all its dates moved by `later`; months and years without a day stay."""

    def moved(found: re.Match[str]) -> str:
        of = found.groupdict()
        name = of["month1"] or of["month2"]
        year = of["year"] or of["year1"] or of["year2"]
        month = int(of["number"]) if of["number"] else _MONTHS.get(name) or _SHORTER[name]
        try:
            day = date(int(year or usual), month, int(of["day"] or of["day1"] or of["day2"])) + later
        except ValueError:  # not a date: "May 50"
            return found[0]
        if of["number"]:
            return day.isoformat()
        shown = (calendar.month_name if name in _MONTHS else calendar.month_abbr)[day.month]
        if of["month2"]:
            return f"{day.day} {shown}" + f" {day.year}" * bool(year)
        return f"{shown} {day.day}" + f", {day.year}" * bool(year)

    return _DAY.sub(moved, text)


def _forms(one: Country, other: Country) -> Iterator[tuple[str, str]]:
    """Pairs of a name, adjective or the like of one country and the corresponding word of the other."""
    yield one.name, other.name
    if one.capital and other.capital:
        yield one.capital, other.capital
    for some, others in ((one.demonyms, other.demonyms), (one.adjectives, other.adjectives)):
        if others:
            yield from ((word, others[0]) for word in some if _vowel(word) is _vowel(others[0]))
            yield from ((f"{word}s", f"{others[0]}s") for word in some if others[0][-1] not in "esh")


def _choice(dice: Random, some: Sequence[str], word: str) -> str:
    """A random one of `some`. If possible, it begins with a vowel exactly if `word` does."""
    fitting = [each for each in some if _vowel(each) is _vowel(word)]
    return dice.choice(fitting or some)


def _vowel(word: str) -> bool:
    return word[0].lower() in "aeiou"


def _table(name: str) -> list[str]:
    return (ontology.folder() / name).read_text(encoding="utf-8").splitlines()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("graph", type=Path, help="folder of a build of the original articles")
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=1, help="number of the first copy")
    parser.add_argument("-o", "--output", type=Path, required=True, help="a .jsonl file")
    given = parser.parse_args()
    readings = real(given.graph)
    if not readings:
        parser.error("no readings of this version of kg are kept there: build the graph again")
    words = 0
    with given.output.open("w", encoding="utf-8") as file:
        for row in islice(articles(readings, given.first), given.articles):
            words += len(str(row["text"]).split())
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{given.articles:,} articles of {words:,} words")


if __name__ == "__main__":
    main()
