"""The whole clause: a claim whose object is all of the clause after its verb, in the words of the sentence.

    Ana opened three schools in Peru.           Ana - opened - "three schools in Peru"
    Ana urged the council to sell the park.     Ana - urged - "the council to sell the park"
    Tom was arrested in Lima on drug charges.   Tom - was arrested - "in Lima on drug charges"
    Ana turned the hall into a school.          Ana - turned - "the hall into a school"
    Ana continued to run the school in Peru.    Ana - continued to run - "the school in Peru"

Other claims relate two parts of a clause, and may lose too much of it; this one contains all parts.
`kg.resolve.statements.whole_clauses` makes it a statement for subjects that can be identified, if no
shorter claim says the same. Excludes other clauses (", which ...", ", killing two", "and sold it"); a time
at the end, which becomes the time of the claim; a single name; clauses with a part before the verb ("the
park that Ana sold"). Phrases and members of lists are included as a whole or not at all:

    Ana met her old rival, Tom Reed.                Ana - met - "her old rival, Tom Reed"
    Ana lives in Cusco, Peru.                       Ana - lived - "in Cusco, Peru"
    Ana read poems, letters or, at times, acting plays, sang.   Ana - read - "poems, letters"
    Ana ran both a mill, which burned, and a shop.  Ana - ran - "a mill" (not: "both a mill")
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, children, dependents
from kg.extract.clauses.coordination import is_absolute
from kg.extract.clauses.relative import is_relative
from kg.extract.projections.predicate import Predicate, is_phased
from kg.extract.reality.status import Status
from kg.model import Argument, Factuality, MentionKind, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTS = (
    "dobj",
    "dative",
    "prep",
    "agent",
    "oprd",
    "attr",
    "acomp",
    "xcomp",
    "ccomp",
    "npadvmod",
    "advmod",
    "advcl",
    "prt",
)
_ADDED = ("relcl", "acl", "appos", "advcl", "parataxis")
_NAMING = ("namely", "specifically", "i.e.", "viz", "viz.")
_MARKS = (",", "—", "–", ";", ":", "(", "-")
_DASHES = ("—", "–", "-", "--")
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))
# suffix of the relation's name: relations to words and to things are different relations
TEXT_SUFFIX = "-text"
_OF_NAMES = ("PROPN", "DET", "ADP", "NUM", "CCONJ", "PART", "SYM")
_LONGEST_NAME = 9  # maximum number of words of a name in apposition
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_GOVERNED = ("ccomp", "xcomp", "pcomp", "pobj", "dobj", "attr")
_FEWEST = 2  # minimum number of words of a remainder
_MOST = 60  # maximum number of words of a remainder


def read(predicate: Predicate) -> None:
    """Add the claim with the whole clause, for each of its subjects."""
    clause = predicate.clause
    words = remainder(predicate)
    if words is None or _is_name(predicate, words) or is_phased(clause.verb, predicate.context):
        return
    if _is_going(clause.verb) or _is_ahead(predicate):
        return
    label = predicate.label_in_tense()
    told = predicate.surface() if not clause.passive or children(clause.verb, "auxpass") else label
    relation = predicate.relation(told, None, label)
    relation = replace(relation, name=f"{relation.name}{TEXT_SUFFIX}")
    words, status = _undenied(predicate, words)
    for subject in clause.subjects:
        if predicate.build.is_thing(subject):
            who = predicate.build.argument(subject, predicate.doer)
            predicate.add(who, relation, words, status=status)


def _is_going(verb: Token) -> bool:
    """Whether "going to" marks the future: "is going to sell the mill".

    Not in "is going to Lima to sell the mill".
    """
    return verb.lower_ == "going" and any(
        child.lower_ == "to" and child.i == verb.i + 1
        for clause in children(verb, "xcomp")
        for child in clause.lefts
    )


def _is_ahead(predicate: Predicate) -> bool:
    """Whether "be" with an infinitive expresses a plan: "Ana was to leave"; not "the aim was to win".

    The claim about the plan is made for the infinitive.
    """
    purposes = predicate.context.words("PurposeNouns")
    nouns = predicate.clause.subjects
    infinitive = any(child.tag_ == "VB" for child in children(predicate.verb, "xcomp"))
    return predicate.lemma == "be" and infinitive and not any(n.lemma_.lower() in purposes for n in nouns)


def _undenied(predicate: Predicate, words: Argument) -> tuple[Argument, Status]:
    """The words and the factuality of the claim, with a negation in only one of the two.

    "had [no] plans to leave" denies "plans to leave"; "did nothing wrong" is asserted, because its words
    contain the negation. In "visited neither Lima nor Oslo" the verb is negated.
    """
    status = predicate.status
    scope = status.scope
    if status.factuality is not Factuality.NEGATED or scope is None:
        return words, status
    if scope.idx == words.start and scope.dep_ == "det":
        start = scope.nbor(1).idx
        return replace(words, start=start, text=words.text[start - words.start :]), status
    held = scope.dep_ == "det" or scope.pos_ in ("NOUN", "PRON")
    if held and words.start <= scope.idx < words.end:
        return words, predicate.build.undenied(predicate.verb)
    return words, status


def _is_name(predicate: Predicate, words: Argument) -> bool:
    """Whether the remainder is a single name: "Ana met Tom Reed". Another claim then says the same."""
    mentions = (predicate.parsed.mention(noun) for noun in predicate.clause.objects)
    return any(m is not None and m.kind is MentionKind.NAME and m.text == words.text for m in mentions)


def remainder(predicate: Predicate) -> Argument | None:
    """The words of the clause after its verb, up to another clause; None if a part of the clause is
    elsewhere.
    """
    clause, verb = predicate.clause, predicate.verb
    nominal = predicate.is_copula and any(noun.pos_ in ("NOUN", "PROPN") for noun in clause.attributes)
    if nominal or predicate.has_content() or not _is_all_behind(clause) or _has_gap(predicate):
        return None
    first = _first(clause)
    last = _without_next(verb.doc, first, _last(predicate, first))
    last = _whole_phrases(verb, first, last)
    last = _without_loose_end(verb.doc, first, _without_time(predicate, first, last))
    first = _without_pair(verb.doc, first, last)
    if first < last and verb.doc[first].text in _DASHES:
        return None  # what matters follows the aside: "remain — with several others — in Lima"
    if _is_torn(verb.doc, first, last):
        return None
    argument = predicate.build.words(first, last, Role.CONTENT)
    length = len(argument.text.split())
    if not _FEWEST <= length <= _MOST or not _is_closed(argument.text):
        return None
    return argument


def _is_torn(doc: Doc, first: int, last: int) -> bool:
    """Whether a word in the span governs something after it, so that the words break off.

    As in "passed a law to ensure the order, which is harsh, [is obeyed]".
    """
    return any(
        child.i >= last for word in doc[first:last] for child in word.children if child.dep_ in _GOVERNED
    )


def _is_all_behind(clause: Clause) -> bool:
    """Whether everything but the subjects (and the agent of a passive) follows the verb, within the verb's
    phrase.
    """
    verb = clause.verb
    ends = (*clause.objects, *clause.recipients, *clause.attributes, *(c.head for c in clause.complements))
    return all(verb.i < end.i <= verb.right_edge.i for end in ends)


def _has_gap(predicate: Predicate) -> bool:
    """Whether a part of a relative clause precedes it: the hall in "the hall (that) she helped build"."""
    verb, context = predicate.verb, predicate.context
    while verb.dep_ == "xcomp":
        verb = verb.head
    subjects = children(verb, "nsubj", "nsubjpass")
    own = bool(subjects) and not any(is_relative(noun, context) for noun in subjects)
    before = {word.lower_ for word in verb.subtree if word.i < verb.i}
    elsewhere = not before.isdisjoint(context.words("GapAdverbs"))
    # nothing is missing: "the first time (that) she was there"
    how = verb.head.lemma_.lower() in context.words("NoDoerNouns")
    return verb.dep_ == "relcl" and own and not (elsewhere or how)


def _first(clause: Clause) -> int:
    """Index of the first token after the verb and its particle: "put forward [four plans]", "took place [in
    Lima]".
    """
    doc, first = clause.verb.doc, clause.verb.i + 1
    particles = clause.particle.split()
    while first < len(doc) and doc[first].lower_ in particles:
        first += 1
    return int(first)


def _last(predicate: Predicate, first: int) -> int:
    """The end (token index, exclusive) of the clause: before another clause, set off or coordinated."""
    verb = predicate.verb
    end = first
    for child in dependents(verb):
        if child.right_edge.i < first:
            continue
        if child.i < first and child.lower_ in predicate.clause.particle.split():
            end = _before_aside(child)  # the particle belongs to the verb: "dropped out [of the race]"
            continue
        if child.left_edge.i != end or child.dep_ not in _PARTS:
            break
        if _is_absolute(child) or _is_of_next(child, verb) or _is_contrast(child, predicate):
            break
        if _is_set_off(child) and child.dep_ not in ("prep", "dobj") and not _tells(child, predicate):
            break
        end = _before_aside(child)
        if end <= child.right_edge.i:
            break
    return end


def _is_of_next(part: Token, verb: Token) -> bool:
    """Whether the part belongs to the clause after it: "While rents rose, [until May,] no shop closed"."""
    before = verb.dep_ == "advcl" and verb.head.i > part.right_edge.i
    return before and part.dep_ in ("prep", "advmod") and _is_set_off(part)


def _is_contrast(part: Token, predicate: Predicate) -> bool:
    """Whether the part is a clause that contrasts the subject with another, and so can be left out.

    As in "won two prizes [while Tom Reed won one]"; not in "fell [while she was climbing]", "slept [while
    the house burned]".
    """
    opening = part.left_edge
    subjects = children(part, "nsubj", "nsubjpass")
    if part.dep_ != "advcl" or opening.dep_ != "mark" or not subjects or subjects[0].pos_ == "PRON":
        return False
    if opening.lower_ == "while":  # it means "at the same time", or marks a contrast
        return subjects[0].pos_ == "PROPN" or _is_set_off(part)
    return opening.lower_ in predicate.context.words("ConcessiveConjunctions")


def _without_next(doc: Doc, first: int, last: int) -> int:
    """The end (exclusive), before the subject of the next clause if a finite verb follows the words.

    As in "issued a warning [and other offices] predicted rain".
    """
    if last >= len(doc) or doc[last].tag_ not in _FINITE:
        return last
    joins = [token.i for token in doc[first:last] if token.dep_ == "cc"]
    return joins[-1] if joins else last


def _tells(clause: Token, predicate: Predicate) -> bool:
    """Whether a participle clause gives the content of a message, and so belongs to the remainder.

    As in "sent a letter to Ana, giving her the key".
    """
    context = predicate.context
    message = predicate.lemma in context.words("MessagingVerbs") and any(
        context.listed(noun.lemma_.lower(), "AuthoredNouns", "MessageNouns")
        for noun in predicate.clause.objects
    )
    bare = clause.tag_ == "VBG" and not children(clause, "mark", "nsubj", "aux")
    return message and bare and bool(children(clause, "dobj", "ccomp", "dative"))


def _is_absolute(part: Token) -> bool:
    """Whether the part is a clause with its own subject.

    As in "split [with Ana and Tom having left]", "opened[, with Ana singing]".
    """
    behind = part.doc[part.right_edge.i + 1 : part.right_edge.i + 2]
    having = part.lower_ == "with" and any(word.lower_ == "having" for word in behind)
    return having or is_absolute(part)


def _before_aside(child: Token) -> int:
    """The end of a part (exclusive), without a clause after punctuation in it (", which ...", "; the others
    ...").
    """
    doc = child.doc
    for token in doc[child.left_edge.i + 1 : child.right_edge.i + 1]:
        if token.text == ";":
            return int(token.i)
        joined = token.dep_ == "conj" and bool(children(token, "nsubj", "nsubjpass"))
        if (joined or token.dep_ in _ADDED) and token.left_edge.i > child.left_edge.i and _is_set_off(token):
            if _goes_on(token, child):
                continue
            if named := _end_of_name(token):
                return named
            opening = token.left_edge.i
            return opening if doc[opening].text in _MARKS else opening - 1
    return int(child.right_edge.i) + 1


def _goes_on(aside: Token, part: Token) -> bool:
    """Whether the phrase or list continues after the aside: "by Ana Ruiz, a nurse, and Tom Reed".

    So does the clause in "when Ana, a nurse, left", and after an acronym the phrase in "named the Lima Club
    (LC) as". "Two shops, namely a bakery and a mill" counts as one phrase.
    """
    named = aside.dep_ == "appos" and aside.left_edge.lower_ in _NAMING
    if (named and not children(aside, "relcl")) or _is_name_behind(aside):
        return True
    if any(aside.right_edge.i < t.i <= part.right_edge.i for t in _above(aside, part)):
        return True
    if aside.left_edge.i and ":" in (aside.left_edge.text, aside.left_edge.nbor(-1).text):
        # Examples have their own claims ("two songs: Rain and Snow"); a full list at the end of the sentence
        # belongs to the phrase ("two crimes: theft and fraud.").
        counted = any(child.dep_ == "nummod" for child in aside.head.lefts)
        return counted and aside.pos_ == "NOUN" and aside.right_edge.i + 2 >= aside.sent.end
    behind = aside.doc[aside.right_edge.i + 1 : part.right_edge.i + 1]
    beside = any(token.dep_ == "conj" and token.head.i <= aside.i for token in behind)
    return beside or (aside.dep_ == "appos" and any(t.pos_ == "PROPN" for t in children(aside, "conj")))


def _above(aside: Token, part: Token) -> Iterator[Token]:
    """The words that govern an aside, up to the head of the part that contains it."""
    while aside.i not in (part.i, aside.head.i):
        aside = aside.head
        yield aside


def _is_name_behind(aside: Token) -> bool:
    """Whether the aside is a name in apposition, which identifies the noun.

    As in "her rival, Tom Reed", "Cusco, Peru", "the club (LC)"; not examples ("two songs: Rain and Snow"),
    nor a name with a clause of its own (`_end_of_name`).
    """
    return _is_name_between(aside, aside.right_edge.i + 1)


def _is_name_between(aside: Token, end: int) -> bool:
    """Whether the words of the aside before `end` (a token index) are a name in apposition."""
    doc, first = aside.doc, aside.left_edge.i
    if aside.dep_ != "appos" or aside.pos_ != "PROPN" or not first < end <= first + _LONGEST_NAME:
        return False
    mark = doc[first] if doc[first].text in _MARKS else doc[first - 1]
    written = all(t.pos_ in _OF_NAMES or t.is_punct or t.is_title for t in doc[first:end])
    return mark.text in (",", "(", *_DASHES) and written


def _end_of_name(aside: Token) -> int:
    """The end (token index, exclusive) of a name in apposition that has its own clause; otherwise 0.

    As in "a contract with a maker, Norvex[, which is based in Lima]", "with an agency – Palm Travel
    [– registered in Lima]".
    """
    clauses = [c for c in aside.rights if c.dep_ in ("relcl", "acl", "appos", "advcl") and _is_set_off(c)]
    if not clauses or aside.ent_type_ == "PERSON":  # perhaps the next of a list: "a film, Ana Ruiz, 35, ..."
        return 0
    opening = clauses[0].left_edge.i
    end = opening if aside.doc[opening].text in _MARKS else opening - 1
    return end if aside.i < end and _is_name_between(aside, end) else 0


def _whole_phrases(verb: Token, first: int, last: int) -> int:
    """The end (exclusive), before any word whose phrase, clause or list continues after `last`.

    In "songs or[, at times, playing the flute]", "at times" belongs to what is left out.
    """
    doc = verb.doc
    for token in doc[first:last]:
        mark = token.is_punct or token.is_space
        behind = token.head.i >= last and verb.is_ancestor(token.head) and not mark
        aside = (
            token.dep_ == "conj" and token.pos_ == "ADP" and token.head.pos_ != "ADP" and _is_set_off(token)
        )
        joins = token.dep_ == "cc" and not any(
            token.i < other.i < last for other in children(token.head, "conj")
        )
        if behind or aside or (joins and any(other.i >= last for other in children(token.head, "conj"))):
            return _whole_phrases(verb, first, max(first, min(token.left_edge.i, token.i)))
    return last


def _without_pair(doc: Doc, first: int, last: int) -> int:
    """The start, without a "both" whose second member is left out: "[both] a mill"."""
    paired = any(token.dep_ == "cc" for token in doc[first + 1 : last])
    return first + 1 if first < last and doc[first].lower_ == "both" and not paired else first


def _is_set_off(head: Token) -> bool:
    """Whether punctuation precedes the phrase, or is its first token."""
    first = head.left_edge
    return first.text in _MARKS or (first.i > 0 and head.doc[first.i - 1].text in _MARKS)


def _without_time(predicate: Predicate, first: int, last: int) -> int:
    """The end (exclusive) without a final time, which the claim has as its time: "in Lima [on Friday]"."""
    doc = predicate.verb.doc
    if predicate.time < 0:
        return last
    time = predicate.parsed.times[predicate.time]
    span = doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None or span.end != last or span.start <= first:
        return last
    start = span.start
    while (
        start > first
        and doc[start - 1].dep_ in ("prep", "det", "advmod")
        and doc[start - 1].pos_ in ("ADP", "DET")
    ):
        start -= 1
    return start


def _without_loose_end(doc: Doc, first: int, last: int) -> int:
    """The end (exclusive) without a conjunction whose conjunct is left out: "poor and isolated [but]"."""
    while last > first and (doc[last - 1].dep_ in ("cc", "mark", "preconj") or doc[last - 1].text in _MARKS):
        last -= 1
    return last


def _is_closed(text: str) -> bool:
    """Whether quotation marks and brackets are balanced."""
    return text.count('"') % 2 == 0 and all(text.count(one) == text.count(other) for one, other in _PAIRS)
