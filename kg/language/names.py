"""Finds names and decides their types, by the model and by the evidence of the document itself.

The model sees one sentence at a time and errs in ways that the rest of the article corrects:
- it takes "Ms Ruiz's" or "the Acme Corp" whole: `_trimmed` cuts to the name;
- it misses a short name ("Reed") where the full one stands elsewhere: `_carried_over`;
- it misses rare names altogether: `_capitals` takes runs of proper nouns;
- it calls a song a person: `_decided` lets titles, head nouns, quotation marks and the other mentions
  of the same name vote.
Countries and their adjectives come from `kg.gazetteer`. In a headline where every word is
capitalised only names known from elsewhere count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg import gazetteer
from kg.language.parsed import Quotation
from kg.model import BlockKind, Document
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UNKNOWN = "Thing"

_LABELS = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Facility",
    "NORP": "Group",
    "PRODUCT": "Product",
    "WORK_OF_ART": "CreativeWork",
    "EVENT": "Event",
    "LAW": "Law",
}
_EDGE = frozenset(["the", "a", "an", "this", "that", "its", "their", "his", "her", "our", "my", "mr", "ms"])
_NAMING = frozenset(["call", "name", "label", "dub", "title", "nickname", "brand", "know", "entitle"])
# How much a piece of evidence weighs against one vote of the model.
_STRONG, _SURE = 4, 12


@dataclass(frozen=True, slots=True)
class Name:
    """Token indices, end exclusive, without titles before it; `title_start` = start where it has none."""

    start: int
    end: int
    type: str
    title_start: int
    gender: str = ""
    relational: str = ""  # "Japanese" -> "Japan"

    @property
    def title(self) -> tuple[int, int]:
        return self.title_start, self.start


def find(
    doc: Doc, document: Document, quotations: tuple[Quotation, ...], times: frozenset[int], ontology: Ontology
) -> tuple[Name, ...]:
    """All names in order; none overlap. `times` are the tokens of time expressions, which no name holds."""
    finder = _Finder(doc, document, quotations, times, ontology)
    return finder.names()


class _Finder:
    def __init__(
        self,
        doc: Doc,
        document: Document,
        quotations: tuple[Quotation, ...],
        times: frozenset[int],
        ontology: Ontology,
    ) -> None:
        self.doc, self.quotations, self.times, self.ontology = doc, quotations, times, ontology
        self.words = ontology.words
        self.headline = _capitalised_headline(doc, document)
        self.taken: set[int] = set()

    def names(self) -> tuple[Name, ...]:
        found = [*self._quoted_titles(), *self._countries(), *self._from_model(), *self._capitals()]
        found += self._carried_over(found)
        found = [self._with_title(name) for name in sorted(found, key=lambda n: n.start)]
        return tuple(self._decided(self._known_in_headline(found)))

    # -- where names are ---------------------------------------------------------------------------

    def _take(self, start: int, end: int, kind: str, relational: str = "") -> Iterator[Name]:
        span = range(start, end)
        if start < end and not any(i in self.taken for i in span):
            self.taken.update(span)
            yield Name(start, end, kind, start, relational=relational)

    def _quoted_titles(self) -> Iterator[Name]:
        """“Dynamite”, "The Long Road Home": a short quotation in which every content word is capitalised."""
        for quotation in self.quotations:
            tokens = [t for t in self.doc[quotation.start : quotation.end] if not t.is_space]
            while tokens and tokens[-1].text in ",.!?":
                tokens.pop()
            content = [t for t in tokens if t.is_alpha and t.pos_ not in ("ADP", "DET", "CCONJ", "PART")]
            if not content or len(tokens) > 9 or not all(t.text[0].isupper() for t in content):
                continue
            before = self.doc[quotation.start - 2] if quotation.start >= 2 else None
            if before is not None and before.lemma_ in self.words["SpeechVerbs"]:
                continue
            if len(tokens) == 1 and self._begins_sentence(quotation):
                continue  # “Never,” she said.
            named = before is not None and before.lemma_ in _NAMING
            kind = UNKNOWN if named else "CreativeWork"
            yield from self._take(tokens[0].i, tokens[-1].i + 1, kind)

    def _begins_sentence(self, quotation: Quotation) -> bool:
        mark = self.doc[quotation.start - 1]
        return bool(mark.is_sent_start) or (mark.i > 0 and self.doc[mark.i - 1].text in ".!?:,\n\n")

    def _countries(self) -> Iterator[Name]:
        """Countries and regions by name, nationalities by adjective; the longest match first."""
        names, adjectives = gazetteer.by_name(), gazetteer.by_adjective()
        countries = {country.name for country in gazetteer.countries()}
        longest = 6
        for token in self.doc:
            if token.i in self.taken or not token.text[0].isupper():
                continue
            for length in range(longest, 0, -1):
                span = self.doc[token.i : token.i + length]
                text = span.text
                if (
                    len(span) < length
                    or token.i in self.taken
                    or self._inside_longer_name(span.start, span.end)
                ):
                    continue
                if area := names.get(text):
                    yield from self._take(
                        span.start, span.end, "Country" if area.name in countries else "Region"
                    )
                elif (area := adjectives.get(text)) and text != "American Samoa":
                    yield from self._take(span.start, span.end, "Group", relational=area.name)

    def _inside_longer_name(self, start: int, end: int) -> bool:
        """ "Bank of Japan", "Georgia Smith", "New Zealand Herald": the name goes on beyond the country."""
        for entity in self.doc[start:end].ents or ():
            if entity.start < start and self.doc[start - 1].lower_ != "the" and entity.label_ != "GPE":
                return True
            if (
                entity.end > end
                and self.doc[end].text not in ("'s", "’s", "'", "’")
                and entity.label_ != "GPE"
            ):
                return True
        covering = [
            e
            for e in self.doc.ents
            if e.start <= start and e.end >= end and e.label_ in ("PERSON", "ORG", "FAC")
        ]
        return any(
            len([t for t in entity if t.lower_ not in _EDGE and t.text not in ("'s", "’s")]) > end - start
            for entity in covering
        )

    def _from_model(self) -> Iterator[Name]:
        for entity in self.doc.ents:
            kind = _LABELS.get(entity.label_)
            if kind is None:
                continue
            for start, end in self._pieces(entity.start, entity.end):
                start, end = self._trimmed(*self._with_hyphens(start, end))
                if start >= end or not any(t.text[0].isupper() for t in self.doc[start:end]):
                    continue
                if end - start == 1 and (self.doc[start].is_stop or not self.doc[start].text[0].isalnum()):
                    continue
                if self._is_common_start(start, end):
                    continue
                yield from self._take(start, end, kind)

    def _is_common_start(self, start: int, end: int) -> bool:
        """ "Videos show ...": a plain plural that is capitalised because it opens the sentence."""
        token = self.doc[start]
        return (
            end - start == 1
            and bool(token.is_sent_start)
            and (token.tag_ in ("NNS", "NNPS") or token.pos_ not in ("PROPN", "NOUN"))
            and (token.lower_ in self.doc.vocab and self._in_lower_case(token))
        )

    def _in_lower_case(self, token: Token) -> bool:
        return any(other.text == token.lower_ for other in self.doc) or token.tag_ in ("NNS", "NNPS")

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A name does not reach over a line break, a quotation mark or a time."""
        piece = start
        for i in range(start, end):
            if self.doc[i].is_space or self.doc[i].text in ('"', "“", "”") or i in self.times:
                yield piece, i
                piece = i + 1
        yield piece, end

    def _with_hyphens(self, start: int, end: int) -> tuple[int, int]:
        """ "Rapp-Hooper" is three tokens; the model may hold one of them."""
        while (
            start >= 2
            and self.doc[start - 1].text == "-"
            and _joined(self.doc[start - 2])
            and _joined(self.doc[start - 1])
        ):
            start -= 2
        while (
            end + 1 < len(self.doc)
            and self.doc[end].text == "-"
            and _joined(self.doc[end - 1])
            and _joined(self.doc[end])
        ):
            end += 2
        return start, end

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and (
            self.doc[start].lower_ in _EDGE
            or self._is_honorific(self.doc[start])
            or self.doc[start].is_punct
            or self.doc[start].is_space
        ):
            start += 1
        while start < end and (
            self.doc[end - 1].tag_ == "POS"
            or self.doc[end - 1].is_punct
            or self.doc[end - 1].is_space
            or self.doc[end - 1].text in ("’s", "'s", "’")
        ):
            end -= 1
        while start < end - 1 and self._is_role(self.doc[start]) and self.doc[start].text[0].isupper():
            start += 1  # "President Ana Ruiz"
        return start, end

    def _capitals(self) -> Iterator[Name]:
        """Runs of proper nouns that the model did not name: "Horyuji", "Operation Sunrise"."""
        run: list[Token] = []
        for token in [*self.doc, None]:
            if token is not None and self._continues_name(token):
                run.append(token)
                continue
            yield from self._run(run)
            run = []

    def _continues_name(self, token: Token) -> bool:
        return (
            token.tag_ in ("NNP", "NNPS")
            and token.i not in self.taken
            and token.i not in self.times
            and token.text[0].isupper()
            and any(c.isalpha() for c in token.text)
            and not (token.i > 0 and token.is_sent_start and token.i in self.headline)
        )

    def _run(self, run: list[Token]) -> Iterator[Name]:
        while run and (self._is_honorific(run[0]) or self._is_role(run[0]) or run[0].lower_ in _EDGE):
            run = run[1:]
        # "Prime Minister" before a name is its title, alone it is a common noun in capitals.
        if (
            not run
            or self._is_role(run[-1])
            or run[0].i in self.headline
            or (len(run) == 1 and len(run[0].text) < 2)
        ):
            return
        start, end = self._with_hyphens(run[0].i, run[-1].i + 1)
        touches = self.doc[end].i in self.taken if end < len(self.doc) else False
        if not touches:
            yield from self._take(start, end, UNKNOWN)

    def _carried_over(self, found: list[Name]) -> list[Name]:
        """A first or last word of a full person name, standing alone elsewhere, is that person's name."""
        parts: dict[str, str] = {}
        for name in found:
            if name.type == "Person" and name.end - name.start >= 2:
                for i in (name.start, name.end - 1):
                    if len(self.doc[i].text) > 1:
                        parts[self.doc[i].text] = "Person"
        more: list[Name] = []
        for token in self.doc:
            if token.text in parts and token.i not in self.taken and token.pos_ in ("PROPN", "NOUN", "ADJ"):
                more += self._take(token.i, token.i + 1, "Person")
        return more

    def _known_in_headline(self, found: list[Name]) -> list[Name]:
        body = {self._text(name) for name in found if name.start not in self.headline}
        short = {word for text in body for word in text.split()}
        return [
            name
            for name in found
            if name.start not in self.headline
            or self._text(name) in body
            or set(self._text(name).split()) <= short
            or name.type in ("Country", "Region")
            or name.relational
        ]

    # -- what stands before a name ------------------------------------------------------------------

    def _with_title(self, name: Name) -> Name:
        """Honorific and role words straight before it: "Prime Minister", "English captain", "Ms"."""
        start, gender = name.start, ""
        while start > 0:
            token = self.doc[start - 1]
            if self._is_honorific(token):
                gender = gender or self._gender(token)
                start -= 1
            elif name.type not in ("Country", "Region", "Place") and self._is_title_word(token, name, start):
                start -= 1
            else:
                break
        if start < name.start and self.doc[start].text == "-":
            start += 1
        return replace(name, title_start=start, gender=gender)

    def _is_title_word(self, token: Token, name: Name, start: int) -> bool:
        if token.i in self.taken or token.is_space or token.is_punct or token.i in self.times:
            return False
        root = self.doc[name.start : name.end].root
        if self._is_role(token):
            return token.tag_ in ("NN", "NNP", "JJ") and (
                _same_phrase(token, root) or token.head.i == start or _adjoins(token, name)
            )
        # "Prime Minister", "Foreign Affairs minister", "match referee": what narrows a role.
        marks = self.words["PastMarks"] | self.words["PlannedMarks"] | self.words["UnrealMarks"]
        return (
            start < name.start
            and token.dep_ in ("compound", "amod", "nmod")
            and token.pos_ in ("NOUN", "PROPN", "ADJ")
            and token.head.i in (self.doc[start].i, self.doc[start].head.i, root.i)
            and token.lower_ not in marks
        )

    def _is_role(self, token: Token) -> bool:
        return token.lower_ in self.words["RoleNouns"]

    def _is_honorific(self, token: Token) -> bool:
        lists = ("Honorifics", "MaleHonorifics", "FemaleHonorifics")
        return token.text[0].isupper() and any(token.lower_ in self.words[name] for name in lists)

    def _gender(self, token: Token) -> str:
        if token.lower_ in self.words["FemaleHonorifics"]:
            return "f"
        return "m" if token.lower_ in self.words["MaleHonorifics"] else ""

    # -- what kind of thing it names ------------------------------------------------------------------

    def _decided(self, names: list[Name]) -> Iterator[Name]:
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for name in names:
            tally = votes[self._text(name)]
            if name.type != UNKNOWN:
                tally[name.type] += 1
            for kind, weight in self._evidence(name):
                tally[kind] += weight
        full = {
            self._text(n).split()[-1]
            for n in names
            if n.end - n.start > 1 and self._winner(votes, n) == "Person"
        }
        for name in names:
            kind = self._winner(votes, name)
            if name.relational or name.type in ("Country", "Region"):
                kind = name.type
            elif kind != "Person" and self._text(name) in full and votes[self._text(name)]["Person"]:
                kind = "Person"
            yield replace(name, type=self._finer(name, kind))

    def _winner(self, votes: dict[str, Counter[str]], name: Name) -> str:
        tally = votes[self._text(name)]
        return max(sorted(tally), key=lambda kind: tally[kind], default=UNKNOWN)

    def _evidence(self, name: Name) -> Iterator[tuple[str, int]]:
        if name.gender or (name.title_start < name.start and name.type not in ("Country", "Place", "Region")):
            yield "Person", _SURE
        head = self.doc[name.start : name.end].root
        before = self.doc[name.start - 1] if name.start else None
        if before is not None and before.text in ('"', "“") and name.start >= 2:
            before = self.doc[name.start - 2]
        if before is not None and before.i not in self.taken and _same_phrase(before, head):
            yield from self._by_noun(before, _STRONG)  # "the movie Blue Rain"
        for noun in (
            head.head if head.dep_ == "appos" else None,
            *(c for c in head.children if c.dep_ == "appos"),
        ):
            if noun is not None and noun.i not in self.taken:
                yield from self._by_noun(noun, _STRONG)  # "two songs: Blue Rain", "Horyu, a temple"
        if head.dep_ == "conj" and head.head.dep_ == "appos":
            yield from self._by_noun(head.head.head, _STRONG)
        if head.dep_ in ("nsubj", "attr") and head.head.lemma_ == "be":
            for child in head.head.children:
                if child.dep_ == "attr" and child.i != head.i:
                    yield from self._by_noun(child, _STRONG)

    def _by_noun(self, noun: Token, weight: int) -> Iterator[tuple[str, int]]:
        if noun.pos_ not in ("NOUN", "PROPN") or noun.tag_ in ("NNP", "NNPS"):
            return
        lemma = noun.lemma_.lower()
        lists = (
            ("WorkNouns", "CreativeWork"),
            ("RoleNouns", "Person"),
            ("OrganizationNouns", "Organization"),
            ("PlaceNouns", "Place"),
        )
        for words, kind in lists:
            if lemma in self.words[words]:
                yield kind, weight
                return

    def _finer(self, name: Name, kind: str) -> str:
        """A sub-class by the name's own words: "Ruiz Motors Inc.", "Ministry of Health", "Lima Stadium"."""
        if kind not in ("Organization", "Place", "Facility", UNKNOWN):
            return kind
        words = {token.lower_ for token in self.doc[name.start : name.end]}
        for finer in ("Company", "GovernmentBody", "PoliticalParty", "MediaOutlet", "Facility"):
            if words & self.words.get(f"{finer}Words", frozenset()):
                return finer
        return kind

    def _text(self, name: Name) -> str:
        return str(self.doc[name.start : name.end].text)


def _joined(token: Token) -> bool:
    return not token.whitespace_


def _adjoins(token: Token, name: Name) -> bool:
    """ "The physicist Ana Ruiz discovered": a role, then a full name, with no comma between."""
    return token.i == name.start - 1 and token.tag_ == "NN" and name.end - name.start > 1


def _same_phrase(token: Token, other: Token) -> bool:
    """No comma or clause stands between: the one depends on the other or both on one head."""
    return token.head.i in (other.i, other.head.i) or other.head.i == token.i


def _capitalised_headline(doc: Doc, document: Document) -> frozenset[int]:
    """Tokens of titles and headings in which most words are capitalised, so that capitals say nothing."""
    found: set[int] = set()
    for block in document.blocks:
        if block.kind not in (BlockKind.TITLE, BlockKind.HEADING):
            continue
        span = doc.char_span(block.start, block.end, alignment_mode="expand")
        if span is None:
            continue
        words = [t for t in span if t.is_alpha and len(t.text) > 3]
        capitals = sum(t.text[0].isupper() for t in words)
        if words and capitals > 0.7 * len(words):
            found.update(range(span.start, span.end))
    return frozenset(found)


def spans(names: Iterable[Name]) -> dict[int, int]:
    """Token -> index of the name that holds it."""
    return {i: index for index, name in enumerate(names) for i in range(name.start, name.end)}
