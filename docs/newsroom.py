"""Takes the pictures for docs/graph.md: 5, 25 and 300 articles, wide and on a phone, light and dark.

    python3 docs/newsroom.py                   # reads 330 short articles, which takes some minutes
    python3 docs/newsroom.py --sizes 25 --keep /tmp/newsroom

The five articles are those of seeds/. The others are made here: news of invented people, towns, companies and
clubs, in sentences of our own; a few stories are told by many articles, most by one. Needs `kg[test]`
(playwright) and Chromium.
"""

from __future__ import annotations

import argparse
import base64
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import kg
from kg import ontology
from kg.write.page import page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCS = Path(__file__).resolve().parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SCREENS = {"wide": (1360, 850), "phone": (390, 844)}
STILL = 800  # milliseconds until all movement has ended
QUALITY = 70  # quality of the WebP pictures, from 0 to 100

PAPERS = ("Lowick Gazette", "Port Amber Courier", "The Harbour Ledger", "Estmark Herald", "Daily Ferry")
FIRST = (
    "Ana",
    "Tom",
    "Mira",
    "Jonas",
    "Edda",
    "Lucas",
    "Nora",
    "Paul",
    "Ines",
    "Oscar",
    "Vera",
    "Simon",
    "Clara",
    "Hugo",
    "Ida",
    "Felix",
    "Rosa",
    "Anton",
)
LAST = (
    "Ruiz",
    "Reed",
    "Soler",
    "Brandt",
    "Okoro",
    "Lindgren",
    "Varga",
    "Moss",
    "Tamm",
    "Costa",
    "Weld",
    "Hale",
    "Novak",
    "Ortega",
    "Falk",
    "Greene",
    "Bauer",
    "Silva",
    "Marsh",
    "Keller",
    "Dorn",
    "Petrov",
    "Lang",
    "Rossi",
    "Vega",
    "Holt",
    "Berg",
    "Adler",
    "Quinn",
    "Sato",
    "Mendes",
    "Kovac",
    "Winter",
    "Blake",
    "Salazar",
    "Hoff",
)
CITIES = (
    "Lowick",
    "Port Amber",
    "Grand Mere",
    "Ostbury",
    "Hollowtown",
    "San Telo",
    "Kelmouth",
    "Nordhaven",
    "Fairmont",
    "Westerlund",
    "Castelmar",
    "Brightwater",
    "Silverton",
    "Eastmark",
    "Rivendale",
    "Stonebridge",
)
COUNTRIES = ("Borland", "Estmark", "Verdania", "Norland")
FIRMS = [
    f"{name} {trade}"
    for name in ("Alpine", "Amber", "Brandt", "Kelmouth", "Nordic", "Weld", "Sable", "Corvin")
    for trade in ("Rail", "Shipping", "Motors", "Energy", "Steel")
]
CLUBS = [f"{city} {kind}" for city in CITIES for kind in ("FC", "United", "Rovers")]
PRIZES = ("Amber Prize", "Golden Quill Award", "Borland Medal", "Harbour Prize")


@dataclass(frozen=True)
class Kind:
    """A kind of story: titles and sentences, with {a}, {b} (people), {city}, {firm} ... to fill."""

    titles: tuple[str, ...]
    leads: tuple[str, ...]
    more: tuple[str, ...]


KINDS = (
    Kind(
        ("{b} receives {a} in {city}", "{a} and {b} meet for ferry talks", "A handshake in {city}"),
        (
            "President {a} of {land} met Prime Minister {b} of {home} in {city} on {day}.",
            "Prime Minister {b} of {home} hosted President {a} of {land} in {city} on {day}.",
        ),
        (
            "{a} visited {town} last week.",
            "The two leaders discussed the ferry line between the countries.",
            "{a} said the talks were a new beginning.",
            "{b} praised {a} after the meeting.",
            "{c}, the foreign minister of {home}, met {a} in {town}.",
            "{land} and {home} signed a trade agreement.",
            "{a} said the ferry would return in spring.",
        ),
    ),
    Kind(
        (
            "{a} arrested over missing paintings",
            "Police hold former museum director {a}",
        ),
        ("Police arrested {a}, the former director of the {city} Museum, on {day}.",),
        (
            "Prosecutors charged {a} with theft.",
            "{b}, a lawyer, represents {a}.",
            "{c} is the director of the {city} Museum.",
            "{a} led the {city} Museum until 2022.",
            "{c} said four paintings were missing.",
        ),
    ),
    Kind(
        ("{firm} buys {other}", "{other} sold to {firm}", "A takeover by {firm}"),
        ("{firm} bought {other} for 40 million dollars on {day}.",),
        (
            "{a} is the chief executive of {firm}.",
            "{b} founded {other} in 2011.",
            "{a} met {b} in {city} before the sale.",
            "{b} will leave {other} in June.",
            "{a} said no jobs would be lost.",
        ),
    ),
    Kind(
        ("{club} beat {rival} in {city}", "{rival} lose again", "{club} win the cup tie"),
        ("{club} defeated {rival} 3-1 in {city} on {day}.",),
        (
            "{a} scored twice for {club}.",
            "{b} coaches {rival}.",
            "{c} is the captain of {club}.",
            "{b} said the better team had won.",
        ),
    ),
    Kind(
        ("{a} and {b} marry in {city}", "A wedding by the sea"),
        ("The novelist {a} married the actor {b} in {city} on {day}.",),
        (
            "{a} won the {prize} last year.",
            "{a} was born in {town}.",
            "{c}, the mayor of {city}, attended the wedding.",
        ),
    ),
    Kind(
        ("{a} wins the {prize}", "{prize} goes to {a}"),
        ("{a} won the {prize} in {city} on {day}.",),
        (
            "{b} is the chair of the {prize} committee.",
            "{a} was born in {town}.",
            "{b} praised {a} for a life of work.",
        ),
    ),
    Kind(
        ("{a} sentenced to four years", "Court in {city} convicts {a}", "The end of a long trial"),
        ("A court in {city} sentenced {a} to four years in prison on {day}.",),
        (
            "{a} killed {b} in {town} in 2023.",
            "{c}, a lawyer, represents the family of {b}.",
            "The judge said {a} had shown no regret.",
        ),
    ),
    Kind(
        ("{a} elected mayor of {city}", "{city} has a new mayor"),
        ("{a} was elected mayor of {city} on {day}.", "{a} defeated {b} in the election in {city} on {day}."),
        (
            "{a} defeated {b} by 900 votes.",
            "{b} had been mayor of {city} since 2015.",
            "{a} appointed {c} as head of the harbour office.",
        ),
    ),
    Kind(
        ("{firm} names {a} chief executive", "{a} to lead {firm}"),
        ("{firm} appointed {a} as chief executive on {day}.",),
        (
            "{a} succeeded {b}.",
            "{b} led {firm} for nine years.",
            "{a} was born in {town}.",
            "{firm} is based in {city}.",
        ),
    ),
)


def articles(count: int, seed: int = 3) -> list[dict[str, str]]:
    """`count` articles as rows of JSON Lines; equal arguments give equal articles."""
    dice = Random(seed)
    people = [f"{first} {last}" for first in FIRST for last in LAST]
    dice.shuffle(people)
    made: list[dict[str, str]] = []
    while len(made) < count:
        kind = KINDS[len({each["story"] for each in made}) % len(KINDS)]
        day = date(2026, 3, 2) + timedelta(days=dice.randrange(26))
        told = min(count - len(made), int(dice.paretovariate(1.2)) if made else 6, 8)
        (city, town), (land, home) = dice.sample(CITIES, 2), dice.sample(COUNTRIES, 2)
        (firm, other), (club, rival) = dice.sample(FIRMS, 2), dice.sample(CLUBS, 2)
        names = {
            "a": people.pop(), "b": people.pop(), "c": people.pop(), "city": city, "town": town, "land": land,
            "home": home, "firm": firm, "other": other, "club": club, "rival": rival,
            "prize": dice.choice(PRIZES), "day": f"{day:%A}, {day.day} {day:%B} {day.year}",
        }  # fmt: skip
        if len(people) < 3:  # nearly all names are used up: from now on, people occur in a second story
            people = [f"{first} {last}" for first in FIRST for last in LAST]
            dice.shuffle(people)
        for number in range(told):
            sentences = [dice.choice(kind.leads), *dice.sample(kind.more, min(len(kind.more), 4))]
            made.append(
                {
                    "id": f"{len(made):03}.txt",
                    "story": str(len({each["story"] for each in made}) if not number else made[-1]["story"]),
                    "title": kind.titles[number % len(kind.titles)].format(**names),
                    "publisher": dice.choice(PAPERS),
                    "date": (day + timedelta(days=1)).isoformat(),
                    "text": " ".join(sentences).format(**names),
                }
            )
    return made


def graph(size: int, folder: Path) -> Path:
    """The file of the graph page of `size` articles."""
    made = folder / f"{size}.html"
    if not made.exists():
        source = DOCS.parent / "seeds"
        if size != 5:
            source = folder / f"{size}.jsonl"
            source.write_text("".join(json.dumps(each) + "\n" for each in articles(size)), encoding="utf-8")
        made.write_text(page(kg.build(source).knowledge, ontology.load()), encoding="utf-8")
    return made


def pictures(browser: Browser, made: Path, folder: Path) -> Iterator[Path]:
    """The pictures. Playwright cannot write WebP, so a command of Chromium takes them."""
    for screen, (width, height) in SCREENS.items():
        for scheme in ("light", "dark"):
            tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            tab.goto(made.resolve().as_uri())
            tab.wait_for_selector("html[data-ready]")
            tab.wait_for_timeout(STILL)
            sent = tab.context.new_cdp_session(tab)
            taken = sent.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
            picture = folder / f"front-{made.stem}-{screen}-{scheme}.webp"
            picture.write_bytes(base64.b64decode(taken["data"]))
            tab.close()
            yield picture


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[5, 25, 300])
    parser.add_argument("--folder", type=Path, default=DOCS / "pictures", help="folder for the pictures")
    parser.add_argument("--keep", type=Path, help="folder that caches the pages")
    given = parser.parse_args()

    from playwright.sync_api import sync_playwright

    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as temporary:
        pages = given.keep or Path(temporary)
        for folder in (pages, given.folder):
            folder.mkdir(parents=True, exist_ok=True)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for size in given.sizes:
            for picture in pictures(browser, graph(size, pages), given.folder):
                print(picture)
        browser.close()


if __name__ == "__main__":
    main()
