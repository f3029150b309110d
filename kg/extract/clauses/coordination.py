"""Coordination: a claim about a list is made for each member; coordinated verbs share their subject.

    Ana and Tom hired Eva.                          Ana - hired - Eva, Tom - hired - Eva
    Ana hired Eva, Max and Ida.                     Ana - hired - Eva, Ana - hired - Max, Ana - hired - Ida
    Ana wrote and sang the song.                    Ana - wrote - song, Ana - sang - song
    Ana said Tom is ill and called for a doctor.    Ana - called for - doctor
    They visited two towns: Lima and Oslo.          They - visited - Lima, They - visited - Oslo
    They discussed issues like trade and tax.       They - discussed - trade, They - discussed - tax

Excludes lists with "or" (it is unknown which member is meant) and negated members ("not Tom").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Construction, Context, children, dependents

if TYPE_CHECKING:
    from spacy.tokens import Token


def members(head: Token, context: Context) -> tuple[Token, ...]:
    """The noun, its conjuncts and the examples given for them; empty for a list with "or".

    For "the likes of Ana and Tom": Ana and Tom.
    """
    if head.lower_ == "likes":
        meant = [noun for of in children(head, "prep") for noun in children(of, "pobj")]
        return members(meant[0], context) if meant else (head,)
    if restated := _restated(head, context):
        return (head, *restated)
    joined = _joined(head)
    return tuple(dict.fromkeys(m for noun in joined for m in (noun, *_examples(noun, context))))


def _restated(amount: Token, context: Context) -> tuple[Token, ...]:
    """The conjuncts that give the same amount in another unit.

    As in "30 points, or 4%", "6% (323 points)"; not in "two or three points".
    """
    units = context.words("Units")
    if not _is_counted(amount, units):
        return ()
    linked = any(child.lower_ == "or" for child in children(amount, "cc"))
    others = children(amount, *(("conj",) if linked else ()), "appos")
    return tuple(o for o in others if _is_counted(o, units) and o.lemma_ != amount.lemma_)


def _is_counted(noun: Token, units: frozenset[str]) -> bool:
    if noun.text != "%" and noun.lemma_.lower() not in units:
        return False
    # as in "$704 million", "half a percent"
    return noun.pos_ == "NUM" or bool(children(noun, "nummod", "predet"))


def denies_one(negator: Token, following: Token) -> bool:
    """Whether the negation denies only the first of two conjuncts joined by "but": "not Lima but Oslo"."""
    noun = following
    while noun.head.i > noun.i and noun.pos_ not in ("VERB", "AUX"):
        noun = noun.head
    return negator.lower_ == "not" and any(
        child.dep_ == "cc" and child.lower_ == "but" for child in dependents(noun)
    )


def _is_denied(noun: Token) -> bool:
    """Whether the noun is a negated member of a list, as Tom is in "Ana, but not Tom", "everyone but Tom"."""
    doc, start = noun.doc, noun.left_edge.i
    if noun.dep_ == "conj":
        link = [child for child in dependents(noun.head) if child.dep_ == "cc" and child.i < noun.i]
        if any(cc.lower_ == "but" for cc in link):
            contrast = any(t.lower_ == "not" for t in doc[max(noun.head.left_edge.i - 2, 0) : noun.head.i])
            return not contrast
        return any(child.dep_ == "neg" for child in noun.lefts)
    before = doc[start - 1] if start else noun
    return (before.lower_ == "not" and denies_one(before, noun)) or (
        doc[start].lower_ == "not" and denies_one(doc[start], noun)
    )


def _joined(head: Token) -> list[Token]:
    undecided = any(
        child.dep_ == "cc" and child.lower_ == "or"
        for noun in (head, *head.conjuncts)
        for child in dependents(noun)
    )
    if undecided and not any(child.dep_ == "neg" for child in dependents(head.head)):
        return []  # "Ana or Tom" asserts neither, whereas "did not meet Ana or Tom" denies both
    found = [head]
    for noun in found:
        found += [
            c
            for c in dependents(noun)
            if c.dep_ == "conj" and c.pos_ not in ("VERB", "AUX") and not _next_subject(c)
        ]
    gapped = _gapped(found)
    return [
        noun
        for noun in found
        if not (noun in gapped or _is_denied(noun) or _follows_last(noun) or _owns_next(noun))
    ]


def _gapped(members: list[Token]) -> list[Token]:
    """The nouns of a clause without a verb: Reed and Cuzco in "Ana visited Lima and Tom Reed Cuzco"."""
    last = {noun.i: noun for noun in members}
    pairs = ((last.get(noun.left_edge.i - 1), noun) for noun in members if noun.dep_ == "conj")
    return [noun for before, after in pairs if before is not None for noun in (before, after)]


def _owns_next(noun: Token) -> bool:
    """Whether the noun owns the next member of the list and is no member itself.

    As Snow is in "hits by Rain and Snow's “Ice”".
    """
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    return following.tag_ == "POS" and noun.dep_ == "conj"


def _follows_last(noun: Token) -> bool:
    """Whether the list ends before the noun, because the member before it has the "and".

    As before "their ally" in "trade, and ties with Peru, their ally"; not before Ida in "Ana and Tom, Eva
    and Max, and Ida and Kim", a list of pairs of people.
    """
    pair = noun.ent_type_ == noun.head.ent_type_ == "PERSON" and _opens_pair(noun)
    return (
        noun.dep_ == "conj"
        and not pair
        and noun.head.dep_ == "conj"
        and any(child.dep_ == "cc" and child.i < noun.head.i for child in dependents(noun.head.head))
        and not any(child.dep_ == "cc" and noun.head.i < child.i < noun.i for child in dependents(noun.head))
    )


def _opens_pair(noun: Token) -> bool:
    return any(child.dep_ == "cc" and child.i > noun.i for child in dependents(noun))


def _next_subject(noun: Token) -> bool:
    """Whether the conjunct is the subject of the next clause, though the parser takes it for an object.

    As it does with Tom in "Ana visited Lima and Tom visited Oslo".
    """
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    finite = following.tag_ in ("VBD", "VBZ", "VBP") and following.dep_ not in ("aux", "auxpass")
    return finite and not any(child.dep_ in ("nsubj", "nsubjpass") for child in dependents(following))


def _examples(noun: Token, context: Context) -> list[Token]:
    """The examples of a noun: "songs such as Rain", "songs like Rain", "two songs: Rain and Snow"."""
    found: list[Token] = []
    exemplifying = context.words("ExamplePrepositions")
    for child in noun.rights:
        such_as = child.lower_ == "as" and any(
            grandchild.lower_ == "such" for grandchild in dependents(child)
        )
        if child.dep_ == "prep" and (child.lower_ in exemplifying or such_as):
            found += [m for target in children(child, "pobj") for m in _joined(target)]
        elif child.dep_ == "appos" and _opens_list(noun, child):
            found += _joined(child)
    return [m for m in found if not context.parsed.is_time(m)]


def _opens_list(noun: Token, first: Token) -> bool:
    """Whether a colon between the noun and `first` opens a list: "two songs: Rain and Snow".

    Not in "a town that has never had one thing: a bank".
    """
    between = noun.doc[noun.i + 1 : first.i]
    return any(t.text == ":" for t in between) and not any(t.pos_ in ("VERB", "AUX") for t in between)


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    clause = _shared_object(clause, context)
    # an "-ing" form with an auxiliary is no participle: "had winds and was moving east"
    participle = verb.tag_ == "VBG" and not children(verb, "aux")
    if clause.subjects or verb.dep_ not in ("conj", "relcl", "acl") or participle:
        return clause
    before = verb.doc[verb.i - 1] if verb.i else verb
    if before.dep_ == "conj" and before.pos_ in ("PROPN", "NOUN") and _next_subject(before):
        return clause.by(CONSTRUCTION, subjects=(before,))
    if verb.dep_ != "conj" or verb.head.pos_ not in ("VERB", "AUX") or children(verb, "expl"):
        return clause
    if doers := with_whom(verb, context):
        return clause.by(CONSTRUCTION, subjects=doers)
    first = context.clause(joined_to(verb))
    above = telling_above(verb, context)
    if above is not None:
        first = context.clause(above)
    if not first.subjects:
        return clause
    own_aux = any(child.dep_ in ("aux", "auxpass") for child in dependents(verb))
    passive = clause.passive or (first.passive and verb.tag_ == "VBN" and not own_aux)
    doers = by_phrase(verb, context) if passive else ()
    return clause.by(CONSTRUCTION, subjects=first.subjects, passive=passive, agents=clause.agents or doers)


def with_whom(verb: Token, context: Context) -> tuple[Token, ...]:
    """The subjects of "having ..." after "with", wherever the parser attaches it; otherwise empty.

    Ana and Tom in "The band split with Ana and Tom having left".
    """
    having = next((word for word in children(verb, "aux") if word.lower_ == "having"), None)
    if having is None or having.i == 0:
        return ()
    noun = having.nbor(-1)
    while noun.dep_ == "conj" and noun.head.i < noun.i:
        noun = noun.head
    return members(noun, context) if noun.dep_ == "pobj" and noun.head.lower_ == "with" else ()


def is_absolute(preposition: Token) -> bool:
    """Whether the preposition opens an absolute clause, after a comma.

    As in "It opened, with Ana singing", "It opened, with Ana the only guest"; not in "returned, with a
    book written by Tom", where "with" governs a noun phrase.
    """
    first = preposition.left_edge
    comma = first if first.text == "," else first.nbor(-1) if first.i else first
    if preposition.lower_ != "with" or comma.text != ",":
        return False
    if any(children(clause, "nsubj", "nsubjpass") for clause in children(preposition, "pcomp")):
        return True
    doc, last = preposition.doc, preposition.right_edge.i + 1
    for noun in children(preposition, "pobj"):
        new = any(child.lower_ in ("a", "an") for child in noun.lefts)
        for clause in children(noun, "acl"):
            between = doc[noun.i + 1 : clause.i]
            told = clause.tag_ == "VBG" or (clause.tag_ == "VBN" and not new)
            if told and not any(token.is_punct for token in between):
                return True
    return last < len(doc) and doc[last].dep_ == "det" and bool(children(preposition, "pobj"))


def telling_above(verb: Token, context: Context) -> Token | None:
    """The speech verb to which a second one is joined, if the parser joins it to the content; or None.

    It is "said" in "Ana said that rents would rise but admitted that ...", where Ana admits something. The
    parser joins "admitted" to "rise", but rents admit nothing.
    """
    first = verb.head
    telling, above = context.words("SpeechVerbs"), first.head
    goes_on = verb.dep_ == "conj" and verb.lemma_.lower() in telling and bool(children(verb, "ccomp"))
    if not goes_on or first.dep_ != "ccomp" or above.lemma_.lower() not in telling:
        return None
    subjects = () if children(verb, "nsubj", "nsubjpass") else context.clause(first).subjects
    return above if subjects and not any(_is_agent(noun, context) for noun in subjects) else None


def _is_agent(noun: Token, context: Context) -> bool:
    kind = context.parsed.type_of(noun)
    return any(context.ontology.is_a(kind, name) for name in ("Person", "Organization", "Group", "Place"))


def joined_to(verb: Token) -> Token:
    """The verb with which `verb` is coordinated; the parser always takes the nearest.

    It is "said" in "said that she is glad, and called for talks": if the content of a past verb of speech is
    in the present, the next verb in the past tells what the speaker did. It is also "said" in "said there
    would be no cuts and rejected the plan", because "there" cannot be the subject of a second verb.
    """
    first = verb.head
    above = first.head
    bare = verb.tag_ in ("VBD", "VBN") and not children(verb, "aux", "auxpass", "nsubj", "nsubjpass")
    perfect = above.tag_ == "VBN" and any(a.lemma_ == "have" for a in children(above, "aux"))
    telling = first.dep_ == "ccomp" and above.i < first.i
    if telling and bare and (above.tag_ == "VBD" or perfect) and _is_existential(first):
        return above
    past = bare and verb.tag_ == "VBD" and above.tag_ == "VBD"
    return above if past and telling and _is_present(first) else first


def _is_existential(verb: Token) -> bool:
    """Whether the clause is "there is ...": "and" does not join a second verb to its "is"."""
    return verb.lemma_ == "be" and any(word.lower_ == "there" for word in children(verb, "expl"))


def _is_present(verb: Token) -> bool:
    auxiliaries = children(verb, "aux", "auxpass")
    past = any(a.tag_ == "VBD" or a.lower_ in ("could", "would", "might") for a in auxiliaries)
    present = any(a.tag_ in ("VBZ", "VBP") or a.lower_ in ("will", "can", "may") for a in auxiliaries)
    return verb.tag_ in ("VBZ", "VBP") or (present and not past)


def _shared_object(clause: Clause, context: Context) -> Clause:
    """The clause with the object of the next coordinated verb: "wrote and recorded the song"."""
    verb = clause.verb
    following = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else verb
    if clause.objects or clause.passive or following.dep_ != "cc":
        return clause
    if verb.lemma_.lower() in context.words("IntransitiveVerbs"):
        return clause  # "fears" is no object of "bounced" in "Shares bounced and eased fears"
    for other in children(verb, "conj"):
        if other.i == following.i + 1 and not children(other, "nsubj", "nsubjpass"):
            objects = tuple(m for noun in children(other, "dobj") for m in members(noun, context))
            return clause.by(CONSTRUCTION, objects=objects) if objects else clause
    return clause


def by_phrase(verb: Token, context: Context) -> tuple[Token, ...]:
    """The agents of a passive: the nouns after "by", unless they are a time, manner or amount."""
    found = [
        noun
        for preposition in children(verb, "agent", "prep")
        if preposition.lower_ == "by"
        for noun in children(preposition, "pobj")
        if not context.parsed.is_time(noun)
        and (not children(noun, "nummod") or context.parsed.type_of(noun) == "Group")
    ]
    return tuple(member for noun in found for member in members(noun, context))


CONSTRUCTION = Construction(
    "coordination",
    read,
    trust=0.8,
    after=("active", "passive", "relative", "participle", "control"),
    why="it shares the arguments that the others have found",
)
