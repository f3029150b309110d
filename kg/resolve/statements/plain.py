"""Which statements are plain facts, the confidence of each, and the doubts about the others.

    Ana Ruiz hosted Tom Reed                    plain
    the foreign ministry of Peru hosted Reed    plain: the description contains a name, and is unique
    police arrested Reed                        UNNAMED: which police?
    officials of the Senate met Reed            INDEFINITE
    his father was a pilot                      POINTING
    the talks in Lima took place in Lima        CIRCULAR

Omissions are detected in the sentence (`kg.extract.whole`); a statement is complete if one of its sentences
is. Excludes descriptions that another article makes clear.
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
_COMMON_HEADS = (
    "OrganizationWords",
    "GovernmentBodyWords",
    "OrganizationNouns",
    "RoleNouns",
    "CommonNameHeads",
)
_COMMON_LISTS = (*_COMMON_HEADS, "CommonNameModifiers", "SubjectWords", "PortfolioWords", "FacilityWords")
_OF_WHICH = re.compile(
    r" (?:of|in|from|at|for|to|with|on|by) (?:the|this|that) (?:[a-z-]+ ){0,2}"
    r"(?!year|month|week|match|day|decade|century)([a-z]+)$"
)
_WHOSE = re.compile(r"\b(?:the|its|his|her|their) [a-z]+['’]s? ")  # "finance director of the town's museum"
_OWNED = re.compile(r"['’]s |s['’] ")  # "Peru's foreign ministry", "Tom Reeds' office"
_OWNER_INSIDE = re.compile(
    rf"^(?:another|{'|'.join(sorted(in_full.QUANTIFYING))})\b| (?:about|at|by|from|in|into|on|to|with) ",
    re.IGNORECASE,
)
_TOLD = re.compile(r" (?:that|which|whose|to) (?:[^\W\d_][\w'’-]* ){2,}[\w'’-]+$")
_OPEN_INSIDE = re.compile(
    r"\b(?:the|this|these|those|his|her|its|their|such|so|it|they|he|she|them|him|there|here)\b",
    re.IGNORECASE,
)
_KIN = re.compile(r"[^\W_]+['’]s? ([a-z]+)")  # "Reed's sister"
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
)  # words of an occupation in a body, or beside somebody
_LONGEST_NAME = 6  # words of a name that is searched in a description


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
        sure, enough = _sure(statement, ends, doubts, times, model)
        if not enough:
            doubts = (*doubts, Doubt.UNSURE)
        found.append(replace(statement, confidence=sure, doubts=doubts))
    return found


def about(statements: Iterable[Statement]) -> Counter[tuple[str, str]]:
    """The number of asserted statements, by article and subject."""
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
    model: Model,
) -> tuple[float, bool]:
    """The confidence, and whether it suffices for a plain fact: further sentences never lower it."""
    found = [
        confidence.features(statement, ends, doubts, each, max(1, times[each.document, statement.subject]))
        for each in statement.evidence
    ]
    tried = [(round(model.right(each), 4), model.needed(each)) for each in found]
    return max(sure for sure, _ in tried), any(sure >= needed for sure, needed in tried)


def identified(nodes: Mapping[str, Entity | Event], known: KnownNames, ontology: Ontology) -> dict[str, bool]:
    """Ids of things that can be identified without the sentence, and whether by a name or by a description
    with one.
    """
    ends = {id_: _thing(node, known, ontology) for id_, node in nodes.items()}
    return {id_: end.kind in NAMED for id_, end in ends.items() if not end.doubts}


class KnownNames:
    """The names of all named things, to be found in descriptions; and how each thing is known."""

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
        self.ends: dict[str, End] = {}  # by id, as far as asked for

    def within(self, label: str) -> bool:
        """Whether the description contains the name as a whole: "mayor of Lima", "Peru's army"."""
        return self._is_within(label, self._known)

    def body_within(self, label: str) -> bool:
        """Whether it contains the proper name of a body or place: "senior Norvex executive"; not "Home
        Minister", "Museum curator", "President Reed".
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
    """Whether it has no capital."""
    return not any(map(str.isupper, text))


def _words(text: str) -> tuple[str, ...]:
    """The words in their case: "Reading" is a town, "reading" is not."""
    plain = text.replace("’", "'").replace("'s ", " ").removesuffix("'s")
    return tuple(word.strip(".,;:()“”\"'") for word in plain.split())


@dataclass(frozen=True, slots=True)
class End:
    """An end of a statement, and how it can be identified."""

    label: str
    kind: str  # one of `kg.resolve.statements.confidence.KINDS`
    doubts: tuple[Doubt, ...] = ()
    type: str = ""  # local name of its class; "" for a literal


def ends_of(
    statement: Statement, nodes: Mapping[str, Entity | Event], known: KnownNames, ontology: Ontology
) -> tuple[End, End]:
    """Subject and object."""
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
    """Whether the description is an occupation without an organisation: "actor", "jazz pianist"; not "lawyer
    for Acme", "lead author", "co-author".
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
    lasting = ontology.words.get("OccupationNouns", frozenset()) - ontology.words.get(
        "StandingNouns", frozenset()
    )
    return words[-1] in lasting - ontology.words.get("AchieverNouns", frozenset())


def _subject(statement: Statement, node: Entity | Event, known: KnownNames, ontology: Ontology) -> End:
    """The subject as an end; in a whole clause it may be newly introduced."""
    found = _thing(node, known, ontology)
    whole = any(each.projection == WHOLE_CLAUSE for each in statement.evidence)
    if whole and found.doubts:  # such a statement exists only for an introduced subject
        return replace(found, kind="introduced", doubts=())
    return found


def _description(label: str, known: KnownNames, ontology: Ontology) -> End:
    """The end for a description of somebody.

    Complete: "a pilot". Not "the capital", "resident of the area" without their country, nor "a website",
    "the project company", of which there are many, nor "Reed's sister".
    """
    doubts = _pointing(label)
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
    one_of_many = any(ontology.is_a(node.type, each) for each in ("Person", "Group"))
    if pointing or any(_is_definite(each, strictly=one_of_many) for each in spellings):
        return End(node.label, "definite", pointing)
    # "senior Norvex executive" may be one of many, but whoever holds the post is one
    told = office and known.body_within(node.label)
    return End(node.label, "indefinite", () if told else (Doubt.INDEFINITE,))


def _is_told(node: Entity | Event, ontology: Ontology) -> bool:
    """Whether a clause identifies the thing, and the article refers back to it: "coating that repels dirt",
    "bill to ban smoking in cars".

    Not "plan to close the mill": which mill? Nor people: a clause about them need not identify them.
    """
    if not any(alias.partition(" ")[0].lower() in _DEFINITE for alias in node.aliases):
        return False  # nothing takes it up
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
    """Whether the name consists of common nouns only: "Cabinet", "Supreme Court", "First Lady", without their
    country.

    Likewise parts of bodies ("Research Unit"), offices without their body ("Crown Prince", "director of
    Digital Governance"), and one word for a building or an index ("Museum"). Excludes one word for a person,
    which may be a surname ("Baker"); parties, companies and bands.
    """
    spellings = (entity.label, *entity.aliases)
    office = ontology.is_a(entity.type, "Position")
    if office:
        if _is_of_subject(entity.label, ontology):
            return True
        spellings = (entity.label.rpartition(" of ")[2],)  # the organisation of the office
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
    """Whether the office has a subject but no body: "director of Digital Governance"; not "director of Trade
    of Peru".
    """
    _, of, subject = office.partition(" of ")
    lists = ("SubjectWords", "PortfolioWords", "CommonNameModifiers")
    known = frozenset(("of", "and", "the", "for")).union(*(ontology.words.get(each, ()) for each in lists))
    return bool(of) and known.issuperset(names.words(subject))


def _is_part_of_body(spelling: str, ontology: Ontology) -> bool:
    """Whether the name is a part of an unnamed body: "Local Projects Department", "head of Research Unit";
    not "Homeland Department of Peru".
    """
    parts, words = ontology.words.get("BodyPartNouns", frozenset()), names.words(spelling)
    areas = any(word in by_name() or word in by_adjective() for word in _words(spelling))
    return bool(words) and words[-1] in parts and not areas


def _is_one_word(spelling: str, entity: Entity, ontology: Ontology) -> bool:
    """Whether the name is a single word for a building or an index: "Museum", "Index"."""
    heads = ontology.words.get("FacilityWords", frozenset()) | ontology.words.get("IndexWords", frozenset())
    person = ontology.is_a(entity.type, "Person") or ontology.is_a(entity.type, "CreativeWork")
    return not person and " " not in spelling and spelling.lower() in heads


def _is_definite(spelling: str, *, strictly: bool) -> bool:
    """Whether the description with a name is definite: "the mayor of Lima", "Peru's foreign ministry", "the
    Lima police"; `strictly`: not "the Lima police".

    People are not unique: "the Peruvian artist" is one of many. Nor is "a fall at Reed's home", "some
    questions about Reed's plan".
    """
    owned = _OWNED.search(spelling)
    if owned and not _OWNER_INSIDE.search(spelling[: owned.start()]):
        return True
    return spelling.partition(" ")[0].lower() in _DEFINITE and (not strictly or " of " in spelling)


def _pointing(label: str) -> tuple[Doubt, ...]:
    return (Doubt.POINTING,) if label.partition(" ")[0].lower() in _POINTING else ()


def _text(text: Text) -> End:
    """The end for a literal; whether it is complete is decided in the sentence (`Doubt.FRAGMENT`)."""
    if text.datatype != "string":
        return End(text.value, "value")
    if text.value[:1].isdigit() or text.value[:2].strip("$€£¥").isdigit():
        return End(text.value, "value")
    return End(text.value, "content")


def doubts_of(statement: Statement, ends: tuple[End, End]) -> tuple[Doubt, ...]:
    """Why the statement is not a plain fact, apart from its confidence, in the order of `Doubt`."""
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
    """The omissions of the most complete sentence of a statement."""
    return min((each.lost for each in statement.evidence), key=len)


def _is_circular(subject: End, other: End) -> bool:
    """Whether one end contains the other: "elections in Lima" took place in "Lima"."""
    if subject.kind in NAMED or other.kind in ("content", "value"):
        return False
    return _holds(subject.label, other.label) or _holds(other.label, subject.label)


def _holds(label: str, part: str) -> bool:
    whole, words = names.words(label), names.words(part)
    return any(whole[i : i + len(words)] == words for i in range(len(whole) - len(words) + 1))
