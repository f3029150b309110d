"""What somebody says, thinks or wants: a quotation, clause or infinitive as the object of the verb.

    Ana said that Tom had left.         Ana - said - "Tom had left"
    “We will sign,” said Ana.           Ana - said - "We will sign"
    Ana promised to sign the treaty.    Ana - promised - "to sign the treaty"
    Ana refused to answer.              Ana - refused - "to answer"
    Ana allowed Tom to leave.           Ana - allowed - "Tom to leave"
    Ana's attempts to leave failed.     Ana - tried - "to leave"

The content itself is extracted like any other clause, with its factuality and speaker. Excludes verbs that
add nothing to the infinitive ("began to", "managed to"), and contents that lack an argument ("an injury he
says he suffered").
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.build import Builder, surface_of
from kg.extract.clauses.clause import children
from kg.extract.clauses.coordination import joined_to
from kg.extract.clauses.parenthesis import speaker_of
from kg.extract.clauses.ranked import ranked_noun
from kg.extract.clauses.relative import is_said_of_noun
from kg.extract.lexicon import TEXT, past_tense
from kg.extract.projections.predicate import Predicate
from kg.extract.projections.when import noun_time, when
from kg.extract.reality.authors import saying_above, speech_subjects
from kg.extract.reality.said_clauses import hung_content, is_before_colon, is_circumstance
from kg.extract.reality.status import Status
from kg.language import noun_phrases
from kg.language.parsed import Quotation
from kg.model import Argument, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.clauses.clause import Context
    from kg.ontology import RelationType

_LONGEST = 600  # maximum number of characters of a quotation


def read(predicate: Predicate) -> None:
    """Add a claim for each speaker and each content of the verb: quotation, content clause or infinitive."""
    build, clause, verb = predicate.build, predicate.clause, predicate.verb
    lemma = verb.lemma_.lower()
    if _is_filler(verb) or is_said_of_noun(verb, build.context):
        return
    speaking = build.context.listed(lemma, "SpeechVerbs", "BeliefVerbs", "DenialVerbs")
    contents = _contents(build, verb) if speaking else []
    # "used" has no content in "used to play", which is about playing
    if not contents and not (lemma == "use" and verb.tag_ == "VBD"):
        contents = _infinitives(build, verb)
    speakers = speech_subjects(verb, build.context)
    if verb.dep_ == "parataxis" and children(verb, "nsubj"):
        speakers = (speaker_of(verb, build.context),)
        contents = contents or [_around(build, verb)]
    role = Role.PATIENT if lemma in build.context.words("SeemVerbs") else Role.AGENT
    for speaker in speakers:
        if not build.is_thing(speaker):
            continue
        for content in contents:
            who = build.argument(speaker, role)
            known = build.lexicon.verb(lemma, build.type_of(who), TEXT)
            label = past_tense(lemma)
            if speaking and known is not None and not _is_saying(known, label):
                known = None
            relation = build.relation(verb, surface_of(clause), known, label)
            build.add(
                who,
                relation,
                content,
                at=verb,
                rule="speech" if speaking else "attitude",
                confidence=0.9,
                status=build.status(verb),
                time=when(clause, build.context),
                event=build.context.parsed.mention_at.get(verb.i, -1),
            )


def _is_filler(verb: Token) -> bool:
    """Whether the verb is a filler: "I mean, it was late", "you know, it was late".

    Not in "I mean that it was late".
    """
    fillers = (("i", "mean"), ("you", "know"), ("you", "see"))
    if not verb.i or (verb.nbor(-1).lower_, verb.lower_) not in fillers or verb.i + 1 >= len(verb.doc):
        return False
    return verb.nbor(1).text in (",", "—", "–", "...", "…")


def _is_saying(relation: RelationType, label: str) -> bool:
    """Whether the relation is one of saying, and so fits a verb that introduces what is said.

    Not the relations of "concluded the talks" and "held a fair", where nothing is said.
    """
    return relation.label == label or "expressed" in (relation.name, *relation.parents)


def nouns(build: Builder) -> None:
    """Add the claims of nouns with an infinitive: Ana - tried - "to leave" for "Ana's attempts to leave"."""
    for token in build.context.parsed.doc:
        owner = noun_phrases.possessor(token) if token.pos_ == "NOUN" else None
        if owner is None or not build.is_thing(owner):
            continue
        for clause in children(token, "acl"):
            to = next((child for child in clause.lefts if child.lower_ == "to" and child.dep_ == "aux"), None)
            who = build.argument(owner, Role.AGENT)
            known = build.lexicon.noun(f"{token.lemma_.lower()} to", build.type_of(who), TEXT)
            if to is None or known is None:
                continue
            content = build.words(to.i, _extent(clause)[1], Role.CONTENT)
            relation = build.relation(token, token.text, known)
            build.add(
                who,
                relation,
                content,
                at=token,
                rule="attitude",
                confidence=0.8,
                status=build.noun_status(token),
                time=noun_time(token, build.context),
            )


def quotations(build: Builder) -> None:
    """Add the claims of quotations without a verb of speech, which continue what the previous speaker
    said.
    """
    for attribution in build.speech.attributions:
        if attribution.verb is not None or attribution.speaker is None:
            continue
        first = build.context.parsed.doc[attribution.quotation.start]
        words = build.words(attribution.quotation.start, attribution.quotation.end, Role.CONTENT)
        who = build.argument(attribution.speaker, Role.AGENT)
        relation = build.relation(first, "said", build.known("said"))
        build.add(who, relation, words, at=first, rule="speech", confidence=0.75, status=Status())


def _contents(build: Builder, verb: Token) -> list[Argument]:
    """What is said: the quotations that the verb introduces, or else its content clause."""
    own = [a.quotation for a in build.speech.attributions if a.verb is not None and a.verb.i == verb.i]
    if (parts := _interrupted(own, verb)) is not None:
        # The comma belongs to the quotation if a clause follows: "“Norvik called,” Ana said, “so I went”".
        on = verb.doc[parts[1].start + 1]
        goes_on = on.pos_ in ("CCONJ", "SCONJ", "PRON") or on.is_title
        comma = verb.doc[parts[0].end - 1].text == "," and not goes_on
        around = (parts[0].end - comma, parts[1].start)
        return [build.words(parts[0].start, parts[1].end, Role.CONTENT, without=around)]
    quoted = [build.words(quotation.start, quotation.end, Role.CONTENT) for quotation in own]
    hung = hung_content(verb, build.context)
    for clause in [*children(verb, "ccomp"), *([hung] if hung is not None else [])]:
        if is_before_colon(clause, verb) or (clause.tag_ == "VB" and not children(clause, "aux")):
            continue  # what is perceived, not what is said: "saw prices fall"
        first, last = _said(clause, verb, build.context)
        opening = verb.doc[first : clause.i + 1]
        if quoted and all(t.is_punct or t.is_quote or build.context.parsed.is_quoted(t) for t in opening):
            continue
        if is_circumstance(clause, verb, build.context):
            continue
        if clause.i < verb.i and not children(clause, "mark") and not _is_adjacent(clause, verb):
            continue  # a run-on sentence, not a content clause
        if _holds_closing(clause.doc, first, last):
            continue
        return [build.words(first, last, Role.CONTENT)]
    worth = [q for q in quoted if len(q.text) <= _LONGEST and len(q.text.split()) > 1]
    # leave out quotations without a verb if others have one: "“Yes, sir,” Ana said. “We won.”"
    worth = [q for q in worth if _has_verb(q, build)] or worth
    if verb.dep_ == "parataxis" and worth:
        return [max(worth, key=lambda q: q.end - q.start)]  # one sentence in two parts
    return worth


def _interrupted(quotations: list[Quotation], verb: Token) -> tuple[Quotation, Quotation] | None:
    """The two parts of one quoted sentence, or None: "“Our team,” Ana said, “has won”".

    "“Yes,” Ana said. “We won.”" has no such parts, because it is two sentences.
    """
    doc = verb.doc
    for one, other in pairwise(quotations):
        inside = one.end <= verb.i < other.start and not any(
            t.text in ".!?:;" for t in doc[one.end : other.start]
        )
        if (
            inside
            and doc[one.end - 1].text not in ".!?"
            and "," in (doc[one.end - 1].text, doc[one.end].nbor().text)
        ):
            return one, other
    return None


def _has_verb(content: Argument, build: Builder) -> bool:
    span = build.context.parsed.doc.char_span(content.start, content.end, alignment_mode="expand")
    return any(token.pos_ in ("VERB", "AUX") for token in span or ())


def _around(build: Builder, verb: Token) -> Argument:
    """The content around an inserted speech verb: "The council [...] has sold the park" for "The council, Ana
    said, has ...".

    If the speech verb is not between commas, or no subject precedes it, only the part on the side of the
    main verb.
    """
    main = verb.head
    subjects = [word for word in children(main, "nsubj", "nsubjpass") if word.i < verb.i < main.i]
    if subjects and verb.left_edge.text == "," == verb.right_edge.text:
        around = int(verb.left_edge.i), int(verb.right_edge.i) + 1
        return build.words(subjects[0].left_edge.i, main.right_edge.i + 1, Role.CONTENT, without=around)
    last = main.right_edge.i + 1 if main.i > verb.i else verb.left_edge.i
    first = verb.right_edge.i + 1 if main.i > verb.i else main.left_edge.i
    return build.words(first, last, Role.CONTENT)


def _is_adjacent(clause: Token, verb: Token) -> bool:
    """Whether only speaker and punctuation are between the clause and the verb: "Tom left, Ana said"."""
    between = verb.doc[clause.right_edge.i + 1 : verb.i]
    return all(t.is_punct or t.is_quote or verb.i in (t.head.i, t.head.head.i) for t in between)


def _said(clause: Token, verb: Token, context: Context) -> tuple[int, int]:
    """The first token and the end (exclusive) of a content clause, without words that name the speaker or
    continue the speech.

    As in "Tom left, he said, adding that ...", "said the boat was late, noting that ...".
    """
    first, last = _extent(clause)
    if first <= verb.i < clause.i:
        first = _behind_that(verb.i + 1, clause)
    if verb.i + 1 < first and _is_inverted(clause, first):
        first = _behind_that(verb.i + 1, clause)
    first = _behind_hearer(clause, verb, first, context)
    if clause.i < verb.i < last:
        last = min((verb.i, *(s.left_edge.i for s in children(verb, "nsubj") if s.i > clause.i)))
    for word in clause.children:
        if word.i > clause.i and word.left_edge.i < last and saying_above(word, context) is not None:
            last = word.left_edge.i
    return first, _without_marks(clause.doc, first, last)


def _behind_that(first: int, clause: Token) -> int:
    """The first token, at or after `first`, of a content clause that follows its verb.

    The parser may attach a word before the verb to the clause: "once" to "fell" in "Norvex, once a mill,
    said rents fell". But the content clause contains neither the speaker nor the verb.
    """
    doc = clause.doc
    while first < clause.i and (doc[first].lower_ == "that" or _is_mark(doc[first])):
        first += 1
    return first


def _holds_closing(doc: Doc, first: int, last: int) -> bool:
    """Whether a quotation ends within the content clause.

    The parser has then joined two sentences: "Rents fell,” Mills sell less than shops, said Ana".
    """
    for mark in doc[first + 1 : max(last - 1, first + 1)]:
        if mark.text == "“" or (mark.text == '"' and mark.nbor(-1).whitespace_):
            return False
        ends = mark.text in ("”", '"') and mark.nbor(-1).text in (",", ".", "!", "?")
        if ends and not mark.nbor(-1).whitespace_ and mark.whitespace_:
            return mark.nbor().text[:1].isupper()
    return False


def _is_inverted(clause: Token, first: int) -> bool:
    """Whether a content clause begins with its auxiliary: "said only when rents fell would the mill close".

    The parser attaches the circumstance ("only when rents fell") to the verb of speech. Not in a question.
    """
    opening, doc = clause.doc[first], clause.doc
    subjects = children(clause, "nsubj", "nsubjpass")
    inverted = opening.head == clause and opening.dep_ in ("aux", "auxpass") and bool(subjects)
    return (
        inverted
        and opening.i < subjects[0].i
        and not any(t.text == "?" for t in doc[first : clause.right_edge.i + 2])
    )


def _behind_hearer(clause: Token, verb: Token, first: int, context: Context) -> int:
    """The first token of a content clause, without the hearer before it.

    The parser takes the hearer for a part of the clause if "that" is missing: "told Radio Lima's morning
    programme there was no snow".
    """
    subjects = children(clause, "nsubj", "nsubjpass", "expl")
    telling = verb.lemma_.lower() in context.words("TellingVerbs") and not children(verb, "dobj", "dative")
    if not telling or not subjects or first != verb.i + 1 or children(clause, "mark"):
        return first
    start = subjects[-1].left_edge.i
    before = [child for child in clause.lefts if child.i < start and child.dep_ not in ("aux", "punct", "cc")]
    return start if before and all(child.pos_ in ("NOUN", "PROPN") for child in before) else first


def _extent(clause: Token) -> tuple[int, int]:
    first, last = clause.left_edge.i, clause.right_edge.i + 1
    for other in children(clause, "conj"):
        # not the second clause of "said that she is glad[, and called for talks]"
        if joined_to(other) != clause:
            last = min(last, *(child.i for child in children(clause, "cc")), other.left_edge.i)
    while first < last and clause.doc[first].dep_ == "mark" and clause.doc[first].lower_ == "that":
        first += 1
    return first, _without_marks(clause.doc, first, last)


def _without_marks(doc: Doc, first: int, last: int) -> int:
    """The end (exclusive) of the words without final punctuation; quotation marks and "%" are kept."""
    while last > first and _is_mark(doc[last - 1]):
        last -= 1
    return last


def _is_mark(token: Token) -> bool:
    return (token.is_punct or token.is_space) and not token.is_quote and token.text != "%"


def _infinitives(build: Builder, verb: Token) -> list[Argument]:
    """The infinitives and gerunds that the verb is about: "to sign the treaty" after "promised".

    Empty after a verb that only says that the action happened ("managed to sign").
    """
    lemma, words = verb.lemma_.lower(), build.context.words
    if verb.pos_ != "VERB" or lemma in words("ImplicativeVerbs") | words("UnaccusativeVerbs"):
        return []  # the infinitive is a result: "fell to reach a low"
    found = []
    for clause in children(verb, "xcomp"):
        if any(f"{lemma} {p.lower_}" in words("PrepositionalControl") for p in children(verb, "prep")):
            continue  # the hearer belongs to the content: "called on Tom to leave"
        to = [c for c in clause.lefts if c.lower_ == "to" and c.dep_ == "aux"]
        if to and not children(verb, "dobj", "auxpass") and ranked_noun(clause, build.context) is None:
            first = to[0].i
            if first and to[0].nbor(-1) in children(clause, "neg"):
                first -= 1  # begin with "not" in "promised not to leave"
            found.append(build.words(first, _extent(clause)[1], Role.CONTENT))
        # as in "suggested closing the school"
        elif clause.tag_ == "VBG" and lemma in words("UnownedGerundVerbs"):
            found.append(build.words(*_extent(clause), Role.CONTENT))
    for clause in children(verb, "ccomp"):  # as in "allowed Ana to leave", "let her go"
        bare = clause.tag_ == "VB" and all(child.lower_ == "to" for child in children(clause, "aux"))
        if bare and children(clause, "nsubj") and not children(clause, "mark", "advmod"):
            found.append(build.words(*_extent(clause), Role.CONTENT))
    return found
