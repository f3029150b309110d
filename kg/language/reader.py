"""Combines the parse, names, phrases, quotations and times of a document into a `Parsed`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kg.language import capital_titles, interview, noun_phrases, quotes, time
from kg.language import names as names_module
from kg.language.interview import Turn
from kg.language.names import Name
from kg.language.parsed import Parsed
from kg.language.tense import tense_of
from kg.language.verbs import is_predicate
from kg.model import BlockKind, Document, Mention, MentionKind, Sentence, TimeExpression
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GENDERS = {"MalePronouns": "m", "FemalePronouns": "f", "NeuterPronouns": "n"}
_GAMING = 2  # minimum number of words about video games in an article that is about video games
_PRONOUN_TAGS = ("PRP", "PRP$", "WP", "WDT", "WP$")


def understand(doc: Doc, document: Document, ontology: Ontology) -> Parsed:
    """Everything found in a parsed document before claims are extracted: sentences, mentions, times, etc."""
    quotations = quotes.find(doc)
    tense, quoted = tense_of(doc, ontology.words), quotes.inside(doc, quotations)
    times = time.find(document.text, document.metadata.date, tense, quoted)
    times = tuple(t for t in times if not capital_titles.covers(doc, t.start, t.end))
    time_of = _tokens_of(doc, times)
    names = names_module.find(doc, document, quotations, frozenset(time_of), ontology)
    turns = interview.find(doc.text, ontology.words["InterviewWords"])
    turn_of, labels = _turns_of(doc, turns)
    names = tuple(name for name in names if not labels & set(range(name.start, name.end)))
    sentences, sentence_of = _sentences(doc, document)
    quotation_of = {i: n for n, q in enumerate(quotations) for i in range(q.start, q.end)}
    finder = _Mentions(
        doc, document, ontology, names, time_of, {**quotation_of, **turn_of}.keys(), labels, sentence_of
    )
    mentions, heads = finder.all()
    mention_at = {head: index for index, head in enumerate(heads)}
    return Parsed(
        document=document,
        doc=doc,
        sentences=sentences,
        mentions=mentions,
        times=times,
        quotations=quotations,
        sentence_of=sentence_of,
        mention_at=mention_at,
        head_of=heads,
        name_of=finder.name_of(mention_at),
        time_of=time_of,
        quotation_of=quotation_of,
        turns=turns,
        turn_of=turn_of,
    )


def _tokens_of(doc: Doc, times: tuple[TimeExpression, ...]) -> dict[int, int]:
    found: dict[int, int] = {}
    for index, expression in enumerate(times):
        span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
        for token in span or ():
            found.setdefault(token.i, index)
    return found


def _turns_of(doc: Doc, turns: tuple[Turn, ...]) -> tuple[dict[int, int], frozenset[int]]:
    """Each token said in an interview -> index of its turn; and the tokens of labels that are not full names
    ("AR").
    """
    turn_at = interview.inside(turns)
    said: dict[int, int] = {}
    labels: set[int] = set()
    for token in doc if turns else ():
        index = turn_at(token.idx)
        if index is None:
            continue
        if token.idx >= turns[index].words:
            said[token.i] = index
        elif " " not in turns[index].label:
            labels.add(token.i)
    return said, frozenset(labels)


def _sentences(doc: Doc, document: Document) -> tuple[tuple[Sentence, ...], tuple[int, ...]]:
    sentences: list[Sentence] = []
    sentence_of = [0] * len(doc)
    blocks = iter(document.blocks)
    block = next(blocks, None)
    for span in doc.sents:
        words = [token for token in span if not token.is_space]
        for token in span:
            sentence_of[token.i] = len(sentences) if words else max(len(sentences) - 1, 0)
        if not words:
            continue
        start, end = words[0].idx, words[-1].idx + len(words[-1])
        while block is not None and block.end <= start:
            block = next(blocks, None)
        sentences.append(Sentence(start, end, block.kind if block else BlockKind.PARAGRAPH))
    return tuple(sentences), tuple(sentence_of)


class _Mentions:
    """Makes `Mention`s of the names, noun phrases, pronouns and events of a document."""

    def __init__(
        self,
        doc: Doc,
        document: Document,
        ontology: Ontology,
        names: tuple[Name, ...],
        time_of: dict[int, int],
        spoken: Collection[int],
        labels: Collection[int],
        sentence_of: tuple[int, ...],
    ) -> None:
        self.doc, self.document, self.ontology, self.names = doc, document, ontology, names
        self.time_of, self.spoken, self.labels = time_of, spoken, labels
        self.sentence_of = sentence_of
        self.words = ontology.words
        self.gender = {pronoun: gender for name, gender in _GENDERS.items() for pronoun in self.words[name]}
        self.heads = tuple(doc[name.start : name.end].root for name in names)
        self.in_name = names_module.spans(names)
        self.in_title = {i for name in names for i in range(*name.title)}

    @cached_property
    def about_games(self) -> bool:
        """Whether the document is about video games, so that "game" does not mean a match."""
        told = (t for t in self.doc if t.lower_ in self.words["GamingWords"] or self._is_video_game(t))
        return sum(1 for _ in told) >= _GAMING

    def name_of(self, mention_at: dict[int, int]) -> dict[int, int]:
        """Each token of a name -> index of the name's mention."""
        return {
            i: mention_at[head.i]
            for name, head in zip(self.names, self.heads, strict=True)
            for i in range(name.start, name.end)
        }

    def all(self) -> tuple[tuple[Mention, ...], tuple[int, ...]]:
        """All mentions in text order, and the head token of each."""
        heads: list[tuple[Mention, Token]] = []
        for name, head in zip(self.names, self.heads, strict=True):
            heads.append((self._name(name, head), head))
            heads += self._position(name)
        for token in self.doc:
            if token.i in self.in_name or token.i in self.time_of or token.is_space or token.is_punct:
                continue
            if token.i in self.labels:
                continue
            mention = self._pronoun(token) or self._event(token) or self._nominal(token)
            if mention is not None:
                heads.append((mention, token))
        heads.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[1].i))
        at = {head.i: index for index, (_, head) in enumerate(heads)}
        name_of = self.name_of(at)
        owned = tuple(self._owned(mention, head, at, name_of) for mention, head in heads)
        return owned, tuple(head.i for _, head in heads)

    def _owned(self, mention: Mention, head: Token, at: dict[int, int], name_of: dict[int, int]) -> Mention:
        owner = noun_phrases.possessor(head)
        if owner is None:
            return mention
        return replace(mention, possessor=name_of.get(owner.i, at.get(owner.i, -1)))

    def _position(self, name: Name) -> list[tuple[Mention, Token]]:
        """The roles in the title of a person's name, as mentions with their head tokens.

        For example, "Prime Minister" in "Prime Minister Ana Ruiz".
        """
        if name.type != "Person":
            return []
        found, start = [], name.title_start
        for head in self._roles(name):
            lemma = head.lemma_.lower()
            made = self._make(start, head.i + 1, head, MentionKind.NOMINAL, "Position", lemma=lemma)
            found.append((made, head))
            start = head.i + 1
        return found

    def _roles(self, name: Name) -> list[Token]:
        """The last word of each title of a name.

        A capitalised title after a lower-case one is a second title: "the union's chairperson President Ana
        Ruiz". Not in "acting President" and "deputy Prime Minister".
        """
        words = self.words
        roles = [self.doc[i] for i in range(*name.title) if self.doc[i].lower_ in words["RoleNouns"]]
        parts = words["TitleModifiers"] | words["DeputyMarks"] | words["HolderNouns"]
        last = roles[-1:]
        return [
            role
            for role in roles[:-1]
            if role.is_lower and role.nbor().text[:1].isupper() and role.lower_ not in parts
        ] + last

    def _make(
        self, first: int, last: int, head: Token, kind: MentionKind, type_: str, **rest: object
    ) -> Mention:
        start, end = self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1])
        return Mention(
            start,
            end,
            self.document.text[start:end],
            kind,
            type_,
            head.idx,
            head.idx + len(head),
            self.sentence_of[head.i],
            quoted=head.i in self.spoken,
            **rest,  # type: ignore[arg-type]
        )

    def _name(self, name: Name, head: Token) -> Mention:
        title = self.doc[name.title_start : name.start].text
        return self._make(
            name.start,
            name.end,
            head,
            MentionKind.NAME,
            name.type,
            lemma=head.text,
            title=title,
            gender=name.gender,
            plural=head.tag_ == "NNPS" and bool(name.relational),
            determiner=noun_phrases.determiner(head),
            relational=name.relational,
        )

    def _pronoun(self, token: Token) -> Mention | None:
        if token.tag_ not in _PRONOUN_TAGS or token.dep_ == "expl":
            return None
        gender = self.gender.get(token.lower_, "")
        return self._make(
            token.i,
            token.i + 1,
            token,
            MentionKind.PRONOUN,
            "Person" if gender in ("m", "f") else "Thing",
            lemma=token.lower_,
            gender=gender,
            plural=noun_phrases.is_plural(token),
        )

    def _event(self, token: Token) -> Mention | None:
        """The mention of an event with this token as head: a clause's verb or copula, or a noun ("the
        summit").

        None if the token denotes no event.
        """
        if is_predicate(token):
            lemma = token.lemma_.lower()
            return self._make(token.i, token.i + 1, token, MentionKind.EVENT, "Event", lemma=lemma)
        if token.pos_ != "NOUN" or token.i in self.in_title:
            return None
        kind = self.ontology.class_of_word.get(token.lemma_.lower(), "")
        if not self.ontology.is_a(kind, "Event") or self._is_software(token):
            return None
        return self._phrase(token, MentionKind.EVENT, kind)

    def _is_software(self, token: Token) -> bool:
        """Whether the token denotes a video game, not a match: "the video game", or "game" in an article
        about video games.
        """
        return token.lemma_.lower() == "game" and (self.about_games or self._is_video_game(token))

    def _is_video_game(self, token: Token) -> bool:
        before = self.doc[token.i - 1].lower_ if token.i else ""
        return f"{before} {token.lemma_.lower()}" in self.words["VideoGameNouns"]

    def _nominal(self, token: Token) -> Mention | None:
        if (
            not noun_phrases.is_head(token)
            or token.i in self.in_title
            or (token.pos_ == "PRON" and token.tag_ == "EX")
        ):
            return None
        if token.lemma_.lower() in self.words["Negators"]:
            return None
        return self._phrase(token, MentionKind.NOMINAL, self._nominal_type(token))

    def _phrase(self, token: Token, kind: MentionKind, type_: str) -> Mention:
        first, last = noun_phrases.wide(token, lambda t: t.i in self.time_of)
        if last - 1 in self.in_name:  # the phrase ends with the whole name: "a member of the RWP (Loyalist)"
            last = max(last, self.names[self.in_name[last - 1]].end)
        lemma = token.lemma_.lower()
        end = noun_phrases.clause_end(token, last, lambda t: t.i in self.time_of)
        return self._make(
            first,
            last,
            token,
            kind,
            type_,
            lemma=lemma,
            plural=noun_phrases.is_plural(token),
            determiner=noun_phrases.determiner(token),
            told_end=end if end < 0 else self.doc[end - 1].idx + len(self.doc[end - 1]),
        )

    def _nominal_type(self, token: Token) -> str:
        lemma, plural = token.lemma_.lower(), noun_phrases.is_plural(token)
        if token.i and f"{self.doc[token.i - 1].lower_} {lemma}" in self.words["ProductNouns"]:
            return "Product"  # a device or program, not a person: "a music player", "a task manager"
        people = ("RoleNouns", "KinshipNouns", "PersonNouns")
        if any(lemma in self.words[name] for name in people):
            return "Group" if plural else "Person"
        for name, kind in (
            ("MediaOutletNouns", "MediaOutlet"),
            ("OrganizationNouns", "Organization"),
            ("WorkNouns", "CreativeWork"),
            ("PlaceNouns", "Place"),
        ):
            if lemma in self.words[name]:
                return "Group" if plural and kind == "Organization" else kind
        bare = not noun_phrases.determiner(token) and noun_phrases.possessor(token) is None
        counted = any(child.dep_ == "nummod" for child in token.lefts)
        return (
            "Topic"
            if bare and not counted and token.pos_ == "NOUN" and (plural or token.tag_ == "NN")
            else "Thing"
        )
