"""For any page and any span of its text, the file has the same text at the position given by `locate`."""

import html
import re
import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from kg.model import BlockKind, Document, Metadata
from kg.read.html import scan
from kg.read.line import INVISIBLE, Line, assemble
from kg.read.text import lines

WORDS = st.text(st.sampled_from("abcé.,’“-&<>;#\u00a0\u00ad\u200b\u0301\u0323\t  \n\U0001f600"), max_size=40)
MARKUP = st.lists(
    st.one_of(
        WORDS.map(html.escape),
        WORDS,
        st.sampled_from(
            (
                *(
                    "<p>",
                    "</p>",
                    "<b>",
                    "</b>",
                    "<br>",
                    "<li>",
                    "<!-- x -->",
                    "&nbsp;",
                    "&eacute;",
                    "&#8212;",
                ),
                *("&notit;", "&NotEqualTilde;", "<a title='<p>'>", "<script>a</script>", "<![CDATA[x]]>"),
            )
        ),
    ),
    max_size=30,
).map("".join)
_TAG = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<script>.*?</script>|</?[a-z](?:[^>']|'[^']*')*>")


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(rf"[\s{INVISIBLE}]", "", text))


def document(found: list[Line]) -> Document:
    return assemble("a", [(line, BlockKind.PARAGRAPH) for line in found], Metadata(), "")


def spans(data: st.DataObject, found: Document) -> tuple[int, int]:
    block = data.draw(st.sampled_from(found.blocks))
    start = data.draw(st.integers(block.start, block.end - 1))
    return start, data.draw(st.integers(start + 1, block.end))


@given(source=WORDS, data=st.data())
def test_plain_text_says_the_same_in_the_file(source: str, data: st.DataObject) -> None:
    found = document(list(lines(source)))
    assume(found.blocks)
    start, end = spans(data, found)
    first, last = found.locate(start, end)
    assert plain(source[first:last]) == plain(found.text[start:end])


@given(source=MARKUP, data=st.data())
def test_a_page_says_the_same_in_the_file_except_for_markup(source: str, data: st.DataObject) -> None:
    found = document(scan(source).lines)
    assume(found.blocks)
    start, end = spans(data, found)
    first, last = found.locate(start, end)
    shown = plain(html.unescape(_TAG.sub("", source[first:last])))
    # An HTML entity is never split, so the span in the file may be longer.
    assert plain(found.text[start:end]) in shown
    assert len(shown) <= len(plain(found.text[start:end])) + 8


@given(source=MARKUP)
def test_segments_cover_every_character_of_every_block(source: str) -> None:
    found = document(scan(source).lines)
    covered = {at for s in found.segments for at in range(s.start, s.start + s.length)}
    assert covered == {at for block in found.blocks for at in range(block.start, block.end)}
    assert [s.start for s in found.segments] == sorted(s.start for s in found.segments)


@given(source=MARKUP, cut=st.tuples(st.integers(0, 20), st.integers(0, 60)))
def test_a_part_of_a_line_keeps_its_offsets(source: str, cut: tuple[int, int]) -> None:
    for line in scan(source).lines:
        part = line.cut(*cut)
        assert part.text == line.text[slice(*cut)].strip()
        for segment in part.segments:
            if segment.length == segment.source_length:
                ours = part.text[segment.start : segment.start + segment.length]
                theirs = source[segment.source_start : segment.source_start + segment.source_length]
                assert plain(ours) == plain(theirs)
