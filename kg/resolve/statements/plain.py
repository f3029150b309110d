"""Decides which statements are plain facts: their confidence, and doubts about the others.

    Ana Ruiz hosted Tom Reed                    plain
    the foreign ministry of Peru hosted Reed    plain: the description contains a name, and is unique
    police arrested Reed                        UNNAMED: which police?
    officials of the Senate met Reed            INDEFINITE: which officials?
    his father was a pilot                      POINTING: whose father?
    the talks in Lima took place in Lima        CIRCULAR: the subject already says it

`kg.extract.whole` finds what a claim omits from its sentence; a statement is complete if it omits nothing
from at least one of its sentences. A description is judged by its words alone, even if another article
explains it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.gazetteer import by_adjective, by_name
from kg.model import WHOLE_CLAUSE, Doubt, Entity, Event, Factuality, Statement, Text
from kg.ontology import Ontology
from kg.resolve import names
from kg.resolve.statements import confidence, in_full
from kg.resolve.statements.confidence import NAMED, Model

_ARTICLES = frozenset(("a", "an", "the"))
_DEFINITE = ("the", "this", "that", "these", "those", "both")
_POINTING = ("his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those", "such")
_NUMBER = re.compile(r"[\d.,:–-]+")
# Word lists of nouns that can be the last word of a name that many things share: "Supreme Court".
_COMMON_HEADS = (
    "OrganizationWords",
    "GovernmentBodyWords",
    "OrganizationNouns",
    "RoleNouns",
    "CommonNameHeads",
)
_COMMON_LISTS = (*_COMMON_HEADS, "CommonNameModifiers", "SubjectWords", "PortfolioWords", "FacilityWords")
# A noun phrase with "the" at the end of a description: "resident of the area" (of which area?).
_OF_WHICH = re.compile(
    r" (?:of|in|from|at|for|to|with|on|by) (?:the|this|that) (?:[a-z-]+ ){0,2}"
    r"(?!year|month|week|match|day|decade|century)([a-z]+)$"
)
# A possessor that is not named: "finance director of the town's museum".
_WHOSE = re.compile(r"\b(?:the|its|his|her|their) [a-z]+['’]s? ")
_OWNED = re.compile(r"['’]s |s['’] ")  # a possessor: "Peru's foreign ministry", "Tom Reeds' office"
# Words before a possessor that does not make the whole description definite: "a fall at Reed's home".
_OWNER_INSIDE = re.compile(
    rf"^(?:another|{'|'.join(sorted(in_full.QUANTIFYING))})\b| (?:about|at|by|from|in|into|on|to|with) ",
    re.IGNORECASE,
)
# A clause at the end of a description: "coating that repels dirt".
_TOLD = re.compile(r" (?:that|which|whose|to) (?:[^\W\d_][\w'’-]* ){2,}[\w'’-]+$")
# A word that may refer to something outside the description: "the" in "plan to close the mill".
_OPEN_INSIDE = re.compile(
    r"\b(?:the|this|these|those|his|her|its|their|such|so|it|they|he|she|them|him|there|here)\b",
    re.IGNORECASE,
)
# A pronoun inside a description: "theme he recorded with the band".
_OPEN_PERSON = re.compile(r" (?:he|she|they|it|him|them)\b")
_KIN = re.compile(r"[^\W_]+['’]s? ([a-z]+)")  # a relative without a name: "Reed's sister"
_OF_SOMETHING = frozenset(
    (
        "at",
        "co",
        "county",
        "district",
        "fellow",
        "for",
        "general",
        "in",
        "local",
        "of",
        "own",
        "presidential",
        "to",
        "with",
    )
)  # words in the label of a post in an organisation or with somebody ("co-author"), unlike an occupation
_LONGEST_NAME = 6  # maximum number of words of a name that is searched for in descriptions


def judged(
    statements: Sequence[Statement],
    nodes: Mapping[str, Entity | Event],
    known: KnownNames,
    ontology: Ontology,
    model: Model,
) -> list[Statement]:
    """The statements in the same order, each with its confidence and its doubts."""
    times = about(statements)
    found = []
    for statement in statements:
        ends = ends_of(statement, nodes, known, ontology)
        doubts = doubts_of(statement, ends)
        sure, enough = _sure(statement, ends, doubts, times, ontology, model)
        if not enough:
            doubts = (*doubts, Doubt.UNSURE)
        found.append(replace(statement, confidence=sure, doubts=doubts))
    return found


def about(statements: Iterable[Statement]) -> Counter[tuple[str, str]]:
    """(Id of an article, id of a subject) -> number of asserted statements about it in the article."""
    return Counter(
        (document, statement.subject)
        for statement in statements
        if statement.factuality is Factuality.ASSERTED
        for document in {each.document for each in statement.evidence}
    )


def _sure(
    statement: Statement,
    ends: tuple[End, End],
    doubts: tuple[Doubt, ...],
    times: Counter[tuple[str, str]],
    ontology: Ontology,
    model: Model,
) -> tuple[float, bool]:
    """The confidence of a statement, and whether it suffices for a plain fact.

    The confidence is that of the best sentence, and one sentence with enough confidence suffices, so that
    further sentences never make a statement worse.
    """
    found = [
        confidence.features(
            statement,
            ends,
            doubts,
            each,
            max(1, times[each.document, statement.subject]),
            complete=is_complete(statement, ends, ontology),
        )
        for each in statement.evidence
    ]
    tried = [(round(model.right(each), 4), model.needed(each)) for each in found]
    return max(sure for sure, _ in tried), any(sure >= needed for sure, needed in tried)


def is_complete(statement: Statement, ends: tuple[End, End], ontology: Ontology) -> bool:
    """Whether the relation needs no third part beside these ends: "Ana Ruiz married Tom Reed"."""
    subject, other = ends
    clear = {subject.kind, other.kind} <= {*NAMED, "definite", "office"}
    return statement.known and clear and ontology.is_complete(statement.predicate, subject.type, other.type)


def identified(nodes: Mapping[str, Entity | Event], known: KnownNames, ontology: Ontology) -> dict[str, bool]:
    """Id of each thing that can be identified without its sentence -> True for identification by a name,
    False for a description that contains a name.
    """
    # `_thing` is not called here: it would cache every node, and few nodes occur in statements.
    ends = ((id_, _known_by(node, known, ontology)) for id_, node in nodes.items())
    return {id_: end.kind in NAMED for id_, end in ends if not end.doubts}


class KnownNames:
    """The names of all named things, which are searched for in descriptions.

    It also caches how each thing can be identified (`ends`).
    """

    def __init__(self, nodes: Iterable[Entity | Event], ontology: Ontology) -> None:
        self._known, self._bodies = set[tuple[str, ...]](), set[tuple[str, ...]]()
        common = frozenset[str]().union(*(ontology.words.get(each, ()) for each in _COMMON_LISTS))
        for node in nodes:
            if not isinstance(node, Entity) or not node.named:
                continue
            spelt = {_words(name) for name in (node.label, *node.aliases) if not _is_lower(name)}
            self._known |= spelt
            if not any(ontology.is_a(node.type, each) for each in ("Person", "Position")):
                self._bodies |= {name for name in spelt if not common.issuperset(map(str.lower, name))}
        self._first = {name[0] for name in self._known if name}
        self.ends: dict[str, End] = {}  # cache of `_thing`: id of a thing -> how it is identified

    def within(self, label: str) -> bool:
        """Whether a description contains a full name of a known thing: "mayor of Lima", "Peru's army"."""
        return self._is_within(label, self._known)

    def body_within(self, label: str) -> bool:
        """Whether a description contains the proper name of an organisation or place.

        "Senior Norvex executive" does; "Home Minister", "Museum curator" and "President Reed" do not.
        """
        return self._is_within(label, self._bodies)

    def _is_within(self, label: str, known: Container[tuple[str, ...]]) -> bool:
        if _is_lower(label):
            return False
        words = _words(label)
        return any(
            words[i:j] in known
            for i, first in enumerate(words)
            if first in self._first
            for j in range(i + 1, min(i + _LONGEST_NAME, len(words)) + 1)
        )


def _is_lower(text: str) -> bool:
    """Whether a text contains no capital letter."""
    return not any(map(str.isupper, text))


def _words(text: str) -> tuple[str, ...]:
    """The words with their capitals, because "Reading" may be a town, but "reading" is not."""
    plain = text.replace("’", "'").replace("'s ", " ").removesuffix("'s")
    return tuple(word.strip(".,;:()“”\"'") for word in plain.split())


@dataclass(frozen=True, slots=True)
class End:
    """The subject or object of a statement, and how it can be identified."""

    label: str
    kind: str  # one of `kg.resolve.statements.confidence.KINDS`
    doubts: tuple[Doubt, ...] = ()
    type: str = ""  # local name of its class; "" for a literal


def ends_of(
    statement: Statement, nodes: Mapping[str, Entity | Event], known: KnownNames, ontology: Ontology
) -> tuple[End, End]:
    """The subject and the object of a statement, with how each can be identified."""
    subject = _subject(statement, nodes[statement.subject], known, ontology)
    relation = ontology.relations.get(statement.predicate)
    describes = relation is not None and "describedAs" in (relation.name, *relation.parents)
    if isinstance(statement.object, Text):
        text = _text(statement.object)
        return subject, _description(
            text.label, known, ontology
        ) if describes and text.kind == "content" else text
    other = nodes[statement.object]
    if describes and isinstance(other, Entity) and other.named:
        return subject, End(other.label, "equal")
    describes = describes or _is_occupation(other, ontology)
    return subject, _description(other.label, known, ontology) if describes else _thing(
        other, known, ontology
    )


def _is_occupation(node: Entity | Event, ontology: Ontology) -> bool:
    """Whether a position is an occupation, not a post in an organisation or with somebody.

    "Actor" and "jazz pianist" are occupations; "lawyer for Acme", "lead author" and "co-author" are not, nor
    is "drummer", whose band is missing.
    """
    words = names.words(node.label)
    if (
        node.type != "Position"
        or not words
        or not _OF_SOMETHING.isdisjoint(words)
        or _OWNED.search(node.label)
    ):
        return False
    if not ontology.words.get("ChiefModifiers", frozenset()).isdisjoint(words):
        return False
    if len(words) == 1 and words[0] in ontology.words.get("BandRoleNouns", frozenset()):
        return False
    lasting = ontology.words.get("OccupationNouns", frozenset()) - ontology.words.get(
        "StandingNouns", frozenset()
    )
    return words[-1] in lasting - ontology.words.get("AchieverNouns", frozenset())


def _subject(statement: Statement, node: Entity | Event, known: KnownNames, ontology: Ontology) -> End:
    """The end for the subject; its kind is "introduced" if a whole clause introduces a thing without a name:
    "Two shops opened in Lima".

    It has no doubts if its sentence describes one thing by names: "The quarrel between Peru and Chile began".
    """
    found = _thing(node, known, ontology)
    clauses = [each for each in statement.evidence if each.projection == WHOLE_CLAUSE]
    # for an unidentified subject, a whole clause makes a statement only if it introduces the subject
    if not clauses or not found.doubts:
        return found
    definite = any(f"the {node.label}".lower() in each.sentence.lower() for each in clauses)
    doubts = () if definite and known.within(node.label) else found.doubts
    return replace(found, kind="introduced", doubts=doubts)


def _description(label: str, known: KnownNames, ontology: Ontology) -> End:
    """The end for a description that is predicated of the subject, with the doubts about its words.

    "A pilot" is complete. There are doubts about "the capital" and "resident of the area", which lack their
    country, about "a website" and "the project company", of which there are many, and about "Reed's sister".
    """
    doubts = _pointing(label)
    if _OPEN_PERSON.search(label):
        doubts = (Doubt.POINTING,)
    words = set(names.words(label)) - _ARTICLES
    if words and ontology.words.get("VagueNouns", frozenset()).issuperset(words):
        doubts = (Doubt.UNNAMED,)
    kin = _KIN.fullmatch(label)
    if kin and kin[1] in ontology.words.get("KinshipNouns", frozenset()):
        doubts = (Doubt.UNNAMED,)
    last = _OF_WHICH.search(label)
    if last and not known.within(label) and last[1] not in ontology.words["UniqueNouns"]:
        doubts = (Doubt.UNNAMED,)
    if label.partition(" ")[0].lower() == "the" and not known.within(label):
        doubts = (Doubt.UNNAMED,)
    return End(label, "description", doubts)


def _thing(node: Entity | Event, known: KnownNames, ontology: Ontology) -> End:
    if node.id not in known.ends:
        known.ends[node.id] = replace(_known_by(node, known, ontology), type=node.type)
    return known.ends[node.id]


def _known_by(node: Entity | Event, known: KnownNames, ontology: Ontology) -> End:
    spellings = (node.label, *node.aliases)
    office = ontology.is_a(node.type, "Position")
    if isinstance(node, Entity) and (node.named or office) and _is_common(node, ontology):
        return End(node.label, "bare", (Doubt.UNNAMED,))
    if office and _WHOSE.search(node.label):
        return End(node.label, "definite", (Doubt.UNNAMED,))
    if isinstance(node, Entity) and node.named:
        return End(node.label, _kind_of_name(node, ontology))
    if isinstance(node, Event) and not node.evidence and not node.participants:
        return End(node.label, "name")  # an event with its own name
    pointing = _pointing(node.label)
    if _is_told(node, ontology):
        return End(node.label, "definite", pointing)
    if not known.within(node.label):
        return End(node.label, "bare", pointing or (Doubt.UNNAMED,))
    one_of_many = any(ontology.is_a(node.type, each) for each in ("Person", "Group")) or _is_from(
        node.label, ontology
    )
    if pointing or any(_is_definite(each, strictly=one_of_many) for each in spellings):
        return End(node.label, "definite", pointing)
    # A post with the name of its organisation counts as one thing, although several people may hold it:
    # "senior Norvex executive".
    told = office and known.body_within(node.label)
    if office and _is_from(node.label.rpartition(" of the ")[2], ontology):
        return End(node.label, "indefinite", (Doubt.UNNAMED,))  # "chair of the Indian firm"
    return End(node.label, "indefinite", () if told else (Doubt.INDEFINITE,))


def _is_told(node: Entity | Event, ontology: Ontology) -> bool:
    """Whether a clause in its label identifies an unnamed thing, and the article refers back to the thing.

    For example, "coating that repels dirt" and "bill to ban smoking in cars"; not "plan to close the mill"
    (which mill?). Not people either, because a clause about them need not identify them.
    """
    if not any(alias.partition(" ")[0].lower() in _DEFINITE for alias in node.aliases):
        return False  # no later mention such as "the coating" refers back to it
    if not _TOLD.search(node.label) or _OPEN_INSIDE.search(node.label):
        return False
    return not any(ontology.is_a(node.type, each) for each in ("Person", "Group", "Place"))


def _kind_of_name(entity: Entity, ontology: Ontology) -> str:
    if ontology.is_a(entity.type, "Position"):
        return "office"
    if entity.type == "Thing":
        return "name of unknown class"
    person = ontology.is_a(entity.type, "Person")
    return "surname" if person and " " not in entity.label.strip() else "name"


def _is_common(entity: Entity, ontology: Ontology) -> bool:
    """Whether a name consists only of common nouns, so that it does not identify one thing.

    For example, "Cabinet", "Supreme Court" and "First Lady" without their country; parts of organisations
    ("Research Unit"); offices without their organisation ("Crown Prince", "director of Digital Governance");
    single words for buildings and indices ("Museum"). Not a person's name of one word, which may be a surname
    ("Baker"), nor names of parties, companies and bands.
    """
    spellings = (entity.label, *entity.aliases)
    office = ontology.is_a(entity.type, "Position")
    if office:
        if _is_of_subject(entity.label, ontology):
            return True
        spellings = (entity.label.rpartition(" of ")[2],)  # the name of the organisation must be common
    if all(_is_part_of_body(each, ontology) or _is_one_word(each, entity, ontology) for each in spellings):
        return True
    person = ontology.is_a(entity.type, "Person")
    body = entity.type == "Organization" or ontology.is_a(entity.type, "GovernmentBody")
    if not (person or body or office):
        return False
    heads = [ontology.words.get(name, frozenset()) for name in _COMMON_HEADS]
    known = [*heads, ontology.words.get("CommonNameModifiers", frozenset())]
    for spelling in spellings:
        words = names.words(spelling)
        common = bool(words) and any(words[-1] in some for some in heads)
        common = common and all(any(word in some for some in known) for word in words)
        if not common or (person and len(words) == 1):
            return False
    return True


def _is_of_subject(office: str, ontology: Ontology) -> bool:
    """Whether the label of an office names its field, but no organisation or country.

    For example, "director of Digital Governance", but not "director of Trade of Peru".
    """
    _, of, subject = office.partition(" of ")
    lists = ("SubjectWords", "PortfolioWords", "CommonNameModifiers")
    known = frozenset(("of", "and", "the", "for")).union(*(ontology.words.get(each, ()) for each in lists))
    return bool(of) and known.issuperset(names.words(subject))


def _is_part_of_body(spelling: str, ontology: Ontology) -> bool:
    """Whether a name is of a part of an unnamed organisation.

    For example, "Local Projects Department" and "Research Unit", but not "Homeland Department of Peru".
    """
    parts, words = ontology.words.get("BodyPartNouns", frozenset()), names.words(spelling)
    areas = any(word in by_name() or word in by_adjective() for word in _words(spelling))
    return bool(words) and words[-1] in parts and not areas


def _is_one_word(spelling: str, entity: Entity, ontology: Ontology) -> bool:
    """Whether the name is a single word for a building or an index: "Museum", "Index"."""
    heads = ontology.words.get("FacilityWords", frozenset()) | ontology.words.get("IndexWords", frozenset())
    person = ontology.is_a(entity.type, "Person") or ontology.is_a(entity.type, "CreativeWork")
    return not person and " " not in spelling and spelling.lower() in heads


def _is_from(label: str, ontology: Ontology) -> bool:
    """Whether a description only tells the country of a company, as of one of many: "Indian firm"."""
    first, *rest = label.split()
    return first in by_adjective() and bool(rest) and ontology.words["CompanyNouns"].issuperset(rest)


def _is_definite(spelling: str, *, strictly: bool) -> bool:
    """Whether a description that contains a name is definite.

    "The mayor of Lima", "Peru's foreign ministry" and "the Lima police" are definite; "a fall at Reed's home"
    and "some questions about Reed's plan" are not. `strictly`: a description with "the" must also contain
    "of". This is for people, groups and companies: "the Peruvian artist" is one of many.
    """
    owned = _OWNED.search(spelling)
    if owned and not _OWNER_INSIDE.search(spelling[: owned.start()]):
        return True
    return spelling.partition(" ")[0].lower() in _DEFINITE and (not strictly or " of " in spelling)


def _pointing(label: str) -> tuple[Doubt, ...]:
    return (Doubt.POINTING,) if label.partition(" ")[0].lower() in _POINTING else ()


def _text(text: Text) -> End:
    """The end for a literal, without doubts: extraction already decides whether words are complete
    (`Doubt.FRAGMENT`).
    """
    if text.datatype != "string":
        return End(text.value, "value")
    if text.value[:1].isdigit() or text.value[:2].strip("$€£¥").isdigit():
        return End(text.value, "value")
    return End(text.value, "content")


def doubts_of(statement: Statement, ends: tuple[End, End]) -> tuple[Doubt, ...]:
    """Why the statement is not a plain fact, apart from its confidence; in the order of `Doubt`."""
    found = {doubt for end in ends for doubt in end.doubts} | set(_lost(statement))
    if statement.factuality is not Factuality.ASSERTED:
        found.add(Doubt.NOT_ASSERTED)
    if _is_circular(*ends):
        found.add(Doubt.CIRCULAR)
    if _counts_nothing(statement):
        found.add(Doubt.CUT)
    if all(each.open and each.projection == WHOLE_CLAUSE for each in statement.evidence):
        found.add(Doubt.POINTING)
    return tuple(doubt for doubt in Doubt if doubt in found)


def _counts_nothing(statement: Statement) -> bool:
    """Whether the object of an action is a bare number, without its unit: "Reed took 2"."""
    alone = isinstance(statement.object, Text) and _NUMBER.fullmatch(statement.object.value)
    return bool(alone) and all(each.projection == "direct" for each in statement.evidence)


def _lost(statement: Statement) -> tuple[Doubt, ...]:
    """What the statement omits from the sentence that it covers best."""
    return min((each.lost for each in statement.evidence), key=len)


def _is_circular(subject: End, other: End) -> bool:
    """Whether one end contains the other: "elections in Lima" took place in "Lima"."""
    if subject.kind in NAMED or other.kind in ("content", "value"):
        return False
    return _contains(subject.label, other.label) or _contains(other.label, subject.label)


def _contains(label: str, part: str) -> bool:
    """Whether the words of a label contain those of another in sequence."""
    whole, words = names.words(label), names.words(part)
    return any(whole[i : i + len(words)] == words for i in range(len(whole) - len(words) + 1))
