"""JSON Lines -> Documents.

Each line is {"id": "a", "text": "...", "date": "2026-01-14"}; the date is optional. The text is taken
as it is: nothing counts as page furniture here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from kg.model import Document, Problem

_DATE = re.compile(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?")
_FORM = 'Each line must be a JSON object: {"id": "...", "text": "...", "date": "2026-01-14"}.'


def documents(lines: Iterable[bytes], name: str, seen: set[str]) -> Iterator[Document | Problem]:
    """A document, or what is wrong, for each line that is not blank.

    `name` is the file's, for messages. `seen` collects the ids; one that is there already is a problem.
    """
    from kg.read import from_text

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            id_, text, date = _row(line)
            if id_ in seen:
                raise ValueError(f'the id "{id_}" was there before')
        except ValueError as error:
            yield Problem(f"{name}, line {number}", str(error), _FORM)
        else:
            seen.add(id_)
            yield from_text(id_, text, date)


def _row(line: bytes) -> tuple[str, str, str]:
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error.msg} at character {error.pos})") from error
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    if not isinstance(values, dict):
        raise ValueError("is no JSON object")
    for key in ("id", "text"):
        if not isinstance(values.get(key), str):
            raise ValueError(f'has no "{key}" that is a string')
    date = values.get("date") or ""
    if not isinstance(date, str) or not _DATE.fullmatch(date):
        raise ValueError(f'has a "date" that is not like 2026-01-14: {json.dumps(date)[:60]}')
    return values["id"], values["text"], date
