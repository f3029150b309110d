"""The news agencies that a page credits."""

import pytest

from kg.model import Document
from kg.read import find, read
from kg.read.agencies import is_agency

BODY = "Ana Ruiz resigned on Monday after nine years in office. Nobody knew why she had done so."


@pytest.mark.parametrize(
    ("page", "agencies"),
    [
        (f"Ruiz resigns\n\nAFP, LIMA\n\n{BODY}\n", ["AFP"]),
        (f"Ruiz resigns\n\n{BODY}\n\nAdditional reporting by AP and Reuters\n", ["AP", "Reuters"]),
        (f"Ruiz resigns\n\n{BODY}\n\nWith reporting by our staff in Lima\n", []),
        (f"Ruiz resigns\n\nLIMA (AP) — {BODY}\n", ["AP"]),
        (f"Ruiz resigns\n\n{BODY} — Reuters\n", ["Reuters"]),
        (f"Ruiz resigns\n\nBy Jo Doe\n\n{BODY}\n", []),
        (f"Ruiz resigns\n\nWeb desk\n\n{BODY}\n", []),
        (f"Ruiz resigns\n\n{BODY}\n\nPhoto: AFP\n", []),
    ],
)
def test_credits(tmp_path, page: str, agencies: list[str]) -> None:
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    (source,), _ = find([tmp_path])
    document = read(source)
    assert isinstance(document, Document)
    credits_ = document.metadata.credits
    assert [credit.agency for credit in credits_] == agencies
    assert all(page[credit.start : credit.end] == credit.text for credit in credits_)


def test_a_person_is_not_an_agency() -> None:
    assert is_agency("Reuters")
    assert not is_agency("Jo Doe")
