"""Finds names of several parts that the model splits.

    the Ministry of Forests and Rivers, the Man of the Match award, Ruiz and Sons, Lumora.Pe
    the Norvik Magistrate's Court, National Nurses' Union, King Omar University of Salt
    the Fisheries and Salt Trade Court, Norvik Hospital and Research Centre, the Ruiz/Reed ticket

Excluded: "of" after a role ("the President of Peru") and after a plain noun ("Critics of Acme").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import gazetteer
from kg.language import second_parse
from kg.language.names.capital_cities import capitals
from kg.language.names.extent import BODIES, opens_pair, trimmed, with_faction
from kg.language.names.grammar_words import JOINTS
from kg.language.names.name import (
    UNKNOWN,
    Name,
    NameSearch,
    is_capital,
    is_genitive,
    is_joined,
    opens_sentence,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEADS = (
    *(
        "OrganizationWords",
        "GovernmentBodyWords",
        "SubjectBodies",
        "PlaceWords",
        "RegionWords",
        "FacilityWords",
    ),
    *("AwardWords", "LawWords", "AttackWords", "ConferenceWords", "MonumentWords", "PoliticalPartyWords"),
)
_SEASONS = ("Year", "Season", "Decade")
_MODEL_SPANS = ("ORG", "FAC", "LAW", "EVENT", "WORK_OF_ART", "LOC")
_WORDS = ("NOUN", "PROPN", "ADJ")


def find(text: NameSearch) -> Iterator[Name]:
    """The names with a full stop, "and", "/", "of" or a genitive inside, in text order."""
    for token in text.doc:
        word = token.lower_
        if word == ".":
            yield from _dotted(text, token)
        elif word in ("and", "&"):
            yield from _firm(text, token)
            yield from _of_two_subjects(text, token)
        elif word == "/":
            yield from _running_mates(text, token)
        elif word in ("of", "for"):
            yield from _with_of(text, token)
            yield from _of_the_year(text, token)
        elif token.text == "Week":
            yield from _weekly(text, token)
        elif is_genitive(token):
            yield from _of_people(text, token)
    yield from _known_whole(text)


def _dotted(text: NameSearch, dot: Token) -> Iterator[Name]:
    """A name with a full stop inside, which the tokenizer takes for the end of a sentence: "Lumora.Pe"."""
    if not 0 < dot.i < len(text.doc) - 1:
        return
    before, after = text.doc[dot.i - 1], text.doc[dot.i + 1]
    together = is_joined(before) and is_joined(dot) and before.is_alpha and after.is_alpha
    if together and is_capital(before) and len(before) > 2 and 2 <= len(after) <= 4:
        yield from text.take(before.i, after.i + 1, "Organization")


def _firm(text: NameSearch, joint: Token) -> Iterator[Name]:
    """A firm with "and": "Ruiz and Sons", "Menon & Daughters Inc."."""
    start = _run(text, joint.i - 1, -1)
    end = _run(text, joint.i + 1, 1) + 1
    if start == joint.i or end == joint.i + 1:
        return
    tail = text.doc[joint.i + 1]
    if joint.text == "&" or text.listed(tail, "FirmTails"):
        yield from text.take(start, end, "Company" if text.listed(tail, "FirmTails") else UNKNOWN)


def _of_the_year(text: NameSearch, of: Token) -> Iterator[Name]:
    """An award with "of the Year" or the like: "the Norvik Young Skier of the Year".

    Not "the Skier of the year" and "May of the Year 1920".
    """
    doc, end = text.doc, of.i + 3
    if of.lower_ != "of" or end > len(doc) or doc[of.i + 1].lower_ != "the":
        return
    start = _run(text, of.i - 1, -1)
    counted = end < len(doc) and doc[end].like_num
    if start < of.i and doc[end - 1].text in _SEASONS and not counted:
        yield from text.take(start, end, "Award")


def _weekly(text: NameSearch, week: Token) -> Iterator[Name]:
    """A newspaper whose name ends in "This Week": "told Norvik This Week"."""
    this = text.doc[week.i - 1] if week.i > 1 else week
    if this.text != "This" or week.i in text.times or opens_sentence(this):
        return
    start = _run(text, this.i - 1, -1)
    if start < this.i and not opens_sentence(text.doc[start]):
        yield from text.take(start, week.i + 1, "MediaOutlet")


def _running_mates(text: NameSearch, slash: Token) -> Iterator[Name]:
    """The surnames of two running mates, as one name: "the Ruiz/Reed ticket". Not "Ana Ruiz/Tom Reed won"."""
    start, end = _run(text, slash.i - 1, -1), slash.i + 2
    if start == slash.i or end > len(text.doc) or not is_joined(slash):
        return
    first, before, after = text.doc[start], text.doc[slash.i - 1], text.doc[slash.i + 1]
    while end < len(text.doc) and text.doc[end].ent_iob_ == "I":
        end += 1
    full = text.listed(first, "MaleGivenNames", "FemaleGivenNames") or (
        end > slash.i + 2 and is_capital(after)  # a full name, unlike "de Graaf" in "Segal/de Graaf"
    )
    people = before.ent_type_ == after.ent_type_ == "PERSON"
    if people and is_joined(before) and is_capital(text.doc[end - 1]) and not full:
        yield from text.take(start, end, "Group")


def _of_two_subjects(text: NameSearch, joint: Token) -> Iterator[Name]:
    """An organisation named after two subjects: "the Fisheries and Salt Trade Court"."""
    doc = text.doc
    end = _run(text, joint.i + 1, 1) + 1
    start = _run(text, joint.i - 1, -1)
    if start == joint.i or end < joint.i + 3 or start == 0:
        return
    left, body = doc[joint.i - 1], doc[end - 1]
    subject = text.listed(left, "SubjectWords") and not text.listed(left, *BODIES)
    if subject and doc[start - 1].lower_ in ("the", "a", "an") and text.listed(body, *BODIES):
        yield from text.take(start, end, UNKNOWN)


def _of_people(text: NameSearch, genitive: Token) -> Iterator[Name]:
    """A name with people in the genitive: "the Norvik Magistrate's Court", "Women's World Cup", "National
    Nurses' Union".

    Not the office of one minister ("Minister's Office"), nor something that belongs to a person ("Xiao's
    Harbour Group").
    """
    owner = text.doc[genitive.i - 1]
    end = _run(text, genitive.i + 1, 1) + 1
    if end == genitive.i + 1 or not is_capital(owner):
        return
    lists = text.ontology.words["RoleNouns"] | text.ontology.words["PersonNouns"]
    people = text.listed(owner, "RoleNouns", "PersonNouns", "OwningPeople") or text.is_honorific(owner)
    plural = owner.text.endswith("s") and (owner.lower_[:-1] in lists or text.is_common_word(owner))
    start = _run(text, owner.i, -1)
    if start == owner.i and opens_sentence(owner):
        return
    if (people or plural) and start <= owner.i and text.listed(text.doc[end - 1], *BODIES, "ConferenceWords"):
        yield from text.take(*_with_subjects(text, start, end), UNKNOWN)


def _with_subjects(text: NameSearch, start: int, end: int) -> tuple[int, int]:
    """The extent of an organisation's name with its field: "Attorney's Office for the Protection of
    Journalists".
    """
    doc = text.doc
    if end + 1 < len(doc) and doc[end].lower_ == "for" and text.listed(doc[end - 1], "SubjectBodies"):
        first = end + 1 + (doc[end + 1].lower_ == "the")
        last = _run(text, first, 1) + 1
        if last > first and last < len(doc) - 1 and doc[last].lower_ == "of":
            last = max(last, _run(text, last + 1, 1) + 1) if is_capital(doc[last + 1]) else last
        if last > first:
            return start, _subjects(text, doc[end - 1], last)
    return start, end


def _known_whole(text: NameSearch) -> Iterator[Name]:
    """Names with "and" or "of" that the second parse marks as one name and whose head denotes an
    organisation.

    For example, "Salt and Works Agency".
    """
    second = second_parse.second(text.doc)
    for start, end, label in second.entities if second else ():
        words = text.doc[start:end]
        while len(words) and is_genitive(words[-1]):
            words = words[:-1]
        if label not in ("ORG", "FAC") or len(words) < 3 or not is_capital(words[0]):
            continue
        whole = all(is_capital(t) or t.lower_ in (*JOINTS, ",") or is_genitive(t) for t in words)
        joint = any(t.lower_ in JOINTS - {"the"} for t in words)
        head = next((t for t in words[1:] if t.lower_ in ("of", "for", "on")), None)
        head = text.doc[head.i - 1] if head is not None else words[-1]
        two = any(t.lower_ in ("and", "&") and not _is_common(text, text.doc[t.i - 1]) for t in words[1:])
        if whole and joint and not two and is_capital(words[-1]) and text.listed(head, *BODIES):
            yield from text.take(words.start, words.end, UNKNOWN)


def _is_common(text: NameSearch, token: Token) -> bool:
    return text.listed(token, "SubjectWords", *BODIES) or text.is_common_word(token)


def _with_of(text: NameSearch, of: Token) -> Iterator[Name]:
    doc = text.doc
    if not 0 < of.i < len(doc) - 2:
        return
    head, first = doc[of.i - 1], of.i + 1
    if doc[first].text in ("the", "The"):
        first += 1
    if not (is_capital(head) and is_capital(doc[first]) and _is_word(text, doc[first])):
        return
    end = _subjects(text, head, _run(text, first, 1) + 1)
    award = end < len(doc) and doc[end].text.islower() and text.listed(doc[end], "AwardNouns")
    if not (text.listed(head, *_HEADS) or (award and text.listed(head, "PersonNouns", "RoleNouns"))):
        return
    body = text.listed(
        head, "OrganizationWords", "GovernmentBodyWords", "PoliticalPartyWords", "ConferenceWords"
    )
    meant = body and all(_is_common(text, word) and word.ent_type_ != "PERSON" for word in doc[first:end])
    if of.lower_ == "for" and not text.listed(head, "SubjectBodies") and not meant:
        return  # two phrases: "the Union for Peru"; but one name: "the Harbour Party for the People"
    start = _run(text, head.i, -1)
    if opens_sentence(doc[start]) and start == head.i and head.tag_ in ("NNS", "NNPS"):
        return  # a plural common noun at the start of a sentence: "Schools of Lima"
    if text.listed(head, "GovernmentBodyWords") and doc[start].text in gazetteer.by_adjective():
        start += 1  # the nationality is not part of the name: "the Peruvian Ministry of Health"
    if start and opens_pair(text, doc[start - 1], head.i + 1):
        start -= 2  # the first area of two is part of the name: "the Peru-Chile Chamber of Commerce"
    start, end = _covering(text, start, end)
    end = _with_campus(text, head, _with_second_area(text, head, end))
    yield from text.take(start, with_faction(text, end), "Award" if award else UNKNOWN)


def _with_campus(text: NameSearch, head: Token, end: int) -> int:
    """The end of a university's name with its campus, if both together are a possessor.

    For example, "University of Norvik, Salt Bay's rector".
    """
    doc = text.doc
    if not text.listed(head, "CampusBodies") or end + 1 >= len(doc) or doc[end].text != ",":
        return end
    last = _run(text, end + 1, 1) + 1
    owns = end + 1 < last < len(doc) and is_genitive(doc[last])
    return last if owns and all(word.ent_type_ != "PERSON" for word in doc[end + 1 : last]) else end


def _with_second_area(text: NameSearch, head: Token, end: int) -> int:
    """The end of the name of a court or the like with its second area: "High Court of Norvik and Salt".

    Not "Ministry of Peru and Chile".
    """
    doc = text.doc
    if not text.listed(head, "AreaBodies") or end + 1 >= len(doc) or doc[end].lower_ != "and":
        return end
    last = _run(text, end + 1, 1) + 1
    second = doc[end + 1 : last]
    joined = last > end + 1 and second.root.dep_ == "conj" and second.root.head.i == end - 1
    places = all(word.ent_type_ in ("", "GPE", "LOC", "ORG") for word in second)
    return last if joined and places and not text.listed(second[-1], *BODIES) else end


def _subjects(text: NameSearch, head: Token, end: int) -> int:
    """The end of an organisation's name with its further subjects.

    For example, "Rivers and Lakes" in "Ministry of Forests, Rivers and Lakes", "the Blind" in "School for the
    Deaf and the Blind"; not another name ("and Acme Corp").
    """
    doc, at = text.doc, end
    if not text.listed(head, "SubjectBodies", "OrganizationWords"):
        return end
    while at + 1 < len(doc) and (doc[at].text == "," or doc[at].lower_ in ("and", "&")):
        first = at + 1
        closes = doc[at].text != "," or doc[first].lower_ in ("and", "&")
        first += doc[at].text == "," and closes
        first += closes and doc[first].lower_ == "the" and doc[end - 2].lower_ == "the"
        last = _run(text, first, 1) + 1
        if last == first or not _is_subject(text, first, last):
            return end
        if closes:
            return last
        at = last
    return end


def _is_subject(text: NameSearch, start: int, end: int) -> bool:
    """Whether the span is an organisation's subject ("Rivers", "Social Welfare"), not a name by itself ("Acme
    Corp", "Peru", "UNICEF").
    """
    words = text.doc[start:end]
    if any(word.ent_type_ in ("PERSON", "GPE") or text.listed(word, *_HEADS) for word in words):
        return False
    known = text.listed(words[-1], "SubjectWords")
    plain = words[0].is_alpha and not words[0].text.isupper()
    single = len(words) == 1 and plain and (text.is_common_word(words[0]) or words[0].text.endswith("s"))
    return known or single


def _covering(text: NameSearch, start: int, end: int) -> tuple[int, int]:
    """The extent, enlarged by all entities of the model that overlap it: "Bank of Salt and Silver"."""
    entities = {
        text.entity_at[at].start: text.entity_at[at] for at in range(start, end) if at in text.entity_at
    }
    for entity in entities.values():
        first, last = trimmed(text, entity.start, entity.end, entity.label_)
        words = text.doc[first:last]
        capital = all(is_capital(t) or t.lower_ in JOINTS for t in words)
        further = any(_begins_another(text, t) for t in words if t.i >= end)
        if entity.label_ in _MODEL_SPANS and capital and not further:
            start, end = min(start, first), max(end, last)
    return start, end


def _begins_another(text: NameSearch, word: Token) -> bool:
    """Whether the word begins another name or the title of one.

    For example, Peru in "the Ministry of Health of Peru", and Chairman in "Salt Chamber of Commerce Chairman
    Tom Reed".
    """
    known = word.text in gazetteer.by_name() or word.text in capitals()
    place = known and word.nbor(-1).lower_ in ("of", "in", "the")
    return place or text.is_role(word) or text.is_honorific(word)


def _run(text: NameSearch, at: int, step: int) -> int:
    """The last token of the run of capitalised words from `at` on, forwards (`step` 1) or backwards (-1);
    `at - step` if there is none.
    """
    first, last = at, at - step
    while 0 <= at < len(text.doc) and _is_word(text, text.doc[at]):
        stop = step > 0 and at != first and text.is_role(text.doc[at]) and _titles_next(text, at)
        if stop or (step > 0 and at > 0 and not text.doc[at - 1].whitespace_ and last == at - 1):
            break
        last = at
        at += step
    return last - 1 if step < 0 and _is_named_after(text, last) else last


def _titles_next(text: NameSearch, at: int) -> bool:
    """Whether a role is the title of the next name: "the Bank of Salt Governor Tom Reed".

    Not in "the Institute of Salt General Medicine".
    """
    after = text.doc[at + 1] if at + 1 < len(text.doc) else None
    titles = after is not None and is_capital(after) and after.pos_ == "PROPN"
    return titles and not text.listed(text.doc[at], "AmbiguousRoles")


def _is_named_after(text: NameSearch, start: int) -> bool:
    """Whether a person's title precedes a name that contains the person's: "King Omar University"."""
    before = text.doc[start - 1] if start else None
    return before is not None and is_capital(before) and text.listed(before, "PersonHonorifics")


def _is_word(text: NameSearch, token: Token) -> bool:
    return (
        is_capital(token)
        and token.i not in text.taken
        and token.i not in text.times
        and token.i not in text.headline
        and (token.pos_ in _WORDS or token.lower_ in ("inc.", "ltd.", "co.", "corp."))
        and not text.is_honorific(token)
        and not token.is_quote
    )
