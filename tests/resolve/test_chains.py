"""In one story, equal words mostly corefer; in different stories they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Argument, Frame, Function, MentionKind, Part, Reading, Role, TimeExpression
from kg.ontology import Class, Ontology, RelationType
from kg.resolve import links
from tests.resolve.helper import Says, reading

_PARENTS = {
    "Thing": (), "Person": ("Thing",), "Organization": ("Thing",), "Place": ("Thing",), "Event": ("Thing",),
    "City": ("Place", "Thing"), "SportsTeam": ("Organization", "Thing"),
}  # fmt: skip


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(
        {name: Class(name, "", name, "", parents, (), (), "", "") for name, parents in _PARENTS.items()}, {}
    )


DISMISSED = RelationType(
    "dismissed", "", "dismissed", "", (), (), ("fire", "sack"), (), (), (), (), False, False, False,
    "Appointment", (), (),
)  # fmt: skip

# Two articles with these names are on one story, because no other articles have them.
STORY = " [Alder Hall:Place] in [New Lima:City] belongs to the [Rail Union:Organization]."
OTHER = " [Cedar Farm:Place] near [Old Porto:City] belongs to the [Milk Board:Organization]."


def chain(ontology: Ontology, *readings: Reading) -> dict[tuple[str, str], str]:
    """(document, words) -> chain; for repeated words, the chain of the last occurrence."""
    return {
        (one.document.id, one.document.text[link.start : link.end]): link.chain
        for one, some in zip(readings, links(readings, ontology), strict=True)
        for link in some
    }


def happened(name: str, noun: str, kind: str = "event.Event", story: str = STORY) -> Reading:
    return reading(name, f"[{noun}:{kind}] shook the town.{story}")


@pytest.mark.parametrize(
    ("one", "other"),
    [("arrest", "apprehend"), ("acquisition", "acquire"), ("kill", "die"), ("thwart", "foil")],
)
def test_synonyms_are_one_event_in_a_story(one: str, other: str, ontology: Ontology) -> None:
    found = chain(ontology, happened("a", one), happened("b", other))
    assert found["a", one] == found["b", other]


@pytest.mark.parametrize(("one", "other"), [("arrest", "purchase"), ("take", "have")])
def test_words_of_different_kinds_are_two_events(one: str, other: str, ontology: Ontology) -> None:
    found = chain(ontology, happened("a", one), happened("b", other))
    assert found["a", one] != found["b", other]


def test_a_word_in_another_story_is_another_event(ontology: Ontology) -> None:
    found = chain(ontology, happened("a", "arrest"), happened("b", "arrest", story=OTHER))
    assert found["a", "arrest"] != found["b", "arrest"]


def test_a_noun_for_an_action_is_an_event_and_one_for_a_person_is_not(ontology: Ontology) -> None:
    one = reading("a", "[a nomination:thing.Thing] pleased [the nominee:thing.Person].")
    kinds = {one.document.text[link.start : link.end]: link.kind for link in links([one], ontology)[0]}
    assert kinds["nomination"] is MentionKind.EVENT
    assert kinds["nominee"] is MentionKind.NOMINAL


def test_a_party_is_an_event_once_something_happens_at_it(ontology: Ontology) -> None:
    def kind(text: str) -> MentionKind:
        one = reading("a", text)
        return next(link.kind for link in links([one], ontology)[0] if link.end == text.index(":") - 1)

    assert kind("[a party:thing.Thing] won. [Tom Reed:Person] sang.") is MentionKind.NOMINAL
    text = "[a party:thing.Thing] was loud. They sang at [the party:thing.Thing]."
    assert kind(text) is MentionKind.EVENT


def test_a_thing_is_marked_by_phrase_and_by_head(ontology: Ontology) -> None:
    one = reading("a", "[three old pirates:thing.Group plural] fled from {Dr} [Ana Ruiz:Person].")
    (found,) = links([one], ontology)
    words = [one.document.text[link.start : link.end] for link in found if link.type]
    assert words == ["three old pirates", "pirates", "Ana Ruiz"]
    assert found[0].chain == found[1].chain
    assert "Dr Ana Ruiz" in (one.document.text[link.start : link.end] for link in found if not link.type)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Police [pull:event.Event] over by the road.", "pull"),
        ("The car [pull:event.Event] over.", "pull over"),
        ("Gunmen [open:event.Event] fire.", "open fire"),
        ("They [go:event.Event] to work.", "go"),
    ],
)
def test_a_phrasal_verb_is_one_mention(text: str, words: str, ontology: Ontology) -> None:
    one = reading("a", text.replace("over by", "over the"))
    (link,) = links([one], ontology)[0]
    assert one.document.text[link.start : link.end] == words


def test_descriptions_with_the_same_head_corefer_in_a_story(ontology: Ontology) -> None:
    def told(name: str, words: str, story: str = STORY) -> Reading:
        return reading(name, f"[{words}:thing.Group plural] fled.{story}")

    readings = told("a", "three pirates"), told("b", "the pirates"), told("c", "the pirates", OTHER)
    found = chain(ontology, *readings)
    assert found["a", "pirates"] == found["b", "pirates"] != found["c", "pirates"]


def test_a_description_corefers_with_its_only_bearer_in_the_story(ontology: Ontology) -> None:
    named = reading(
        "a",
        f"[Ana Ruiz:Person], [a coach:thing.Person], left.{STORY}",
        Says("Ana Ruiz", "is", "a coach", role=Role.ATTRIBUTE),
    )
    bare = reading("b", f"[the coach:thing.Person] was dismissed.{STORY}")
    found = chain(ontology, named, bare)
    assert found["b", "coach"] == found["a", "Ana Ruiz"]
    second = reading(
        "c",
        f"[Tom Reed:Person], [a coach:thing.Person], came.{STORY}",
        Says("Tom Reed", "is", "a coach", role=Role.ATTRIBUTE),
    )
    found = chain(ontology, named, bare, second)
    assert len({found["a", "Ana Ruiz"], found["c", "Tom Reed"], found["b", "coach"]}) == 3


def test_a_short_name_corefers_with_the_only_fuller_name_in_the_story(ontology: Ontology) -> None:
    full = reading("a", f"[Ana Ruiz:Person] left the [Lima Bears:SportsTeam].{STORY}")
    short = reading("b", f"[Ruiz:Person] left the [Bears:SportsTeam].{STORY}")
    found = chain(ontology, full, short)
    assert found["b", "Ruiz"] == found["a", "Ana Ruiz"]
    assert found["b", "Bears"] == found["a", "Lima Bears"]
    another = reading("c", f"[Eva Ruiz:Person] stayed.{STORY}")
    found = chain(ontology, full, short, another)
    assert len({found["a", "Ana Ruiz"], found["b", "Ruiz"], found["c", "Eva Ruiz"]}) == 3


def test_a_name_after_of_is_not_a_short_form(ontology: Ontology) -> None:
    found = chain(ontology, reading("a", f"[Bay of Corona:Place] and [Corona:Place] are far apart.{STORY}"))
    assert found["a", "Bay of Corona"] != found["a", "Corona"]


def test_times_on_the_same_day_corefer_in_a_story(ontology: Ontology) -> None:
    def told(name: str, words: str, value: str = "", story: str = STORY) -> Reading:
        times = (TimeExpression(0, 0, words, "DATE", value),)
        return reading(name, f"It rained {words}.{story}", times=times)

    a, b, c = told("a", "Saturday morning"), told("b", "on Saturday"), told("c", "on Saturday", story=OTHER)
    found = chain(ontology, a, b, c)
    assert found["a", "Saturday morning"] == found["b", "on Saturday"] != found["c", "on Saturday"]
    a, b = told("a", "Saturday night", "2026-05-16TNI"), told("b", "on 16 May", "2026-05-16")
    found = chain(ontology, a, b)
    assert found["a", "Saturday night"] == found["b", "on 16 May"]


def marked(ontology: Ontology, one: Reading) -> dict[str, MentionKind]:
    return {one.document.text[link.start : link.end]: link.kind for link in links([one], ontology)[0]}


@pytest.mark.parametrize(
    ("text", "words", "not_words"),
    [
        ("They sail to [the Bay of Lima:Place].", {"the Bay of Lima", "to the Bay of Lima"}, {"sail to"}),
        ("They fish in the [Bay of Lima:Place].", {"the Bay of Lima", "in the Bay of Lima"}, set()),
        ("[Ana Ruiz:Person]'s boat sank.", {"Ana Ruiz's"}, set()),
        ("[Ana Ruiz:Person], 40, sailed.", {"Ana Ruiz, 40"}, set()),
        ("[Ana Ruiz:Person], 4000 miles away, sailed.", set(), {"Ana Ruiz, 40"}),
        ("They talked to [Ana Ruiz:Person].", {"Ana Ruiz"}, {"to Ana Ruiz"}),
        ("{judge Dr} [Ana Ruiz:Person] sailed.", {"judge Dr Ana Ruiz", "Dr Ana Ruiz"}, set()),
    ],
)
def test_extents_of_names_include_the_words_around_them(
    text: str, words: set[str], not_words: set[str], ontology: Ontology
) -> None:
    found = marked(ontology, reading("a", text))
    assert words <= found.keys()
    assert not not_words & found.keys()


def test_wider_extents_of_names_have_no_class(ontology: Ontology) -> None:
    one = reading("a", "They fish in the [Bay of Lima:Place].")
    types = {one.document.text[link.start : link.end]: link.type for link in links([one], ontology)[0]}
    assert types["Bay of Lima"] == "Place"
    assert types["the Bay of Lima"] == types["in the Bay of Lima"] == ""


def test_extents_of_times_include_prepositions(ontology: Ontology) -> None:
    text = "It rained on Friday."
    time = TimeExpression(text.index("Friday"), text.index("."), "Friday", "DATE", "")
    assert {"Friday", "on Friday"} <= marked(ontology, reading("a", text, times=(time,))).keys()


def test_a_name_that_is_held_again_is_an_event_in_its_story(ontology: Ontology) -> None:
    first = reading("a", f"She sang at the 81st [Larks:CreativeWork].{STORY}")
    second = reading("b", f"The [Lark:Organization] show was short.{STORY}")
    other = reading("c", f"The [Lark:Organization] club closed.{OTHER}")
    found = links([first, second, other], ontology)
    events = [[link.chain for link in some if link.kind is MentionKind.EVENT] for some in found]
    assert events[0] == events[1] != []
    assert events[2] == []


def test_harm_that_somebody_suffers_is_an_event(ontology: Ontology) -> None:
    ontology = replace(ontology, relations={"dismissed": DISMISSED})
    one = reading("a", "[a fired clerk:thing.Person] shot and one man is dead. The dead were two.")
    assert {words for words, kind in marked(ontology, one).items() if kind is MentionKind.EVENT} == {
        "fired", "dead",
    }  # fmt: skip
    named = reading("a", "[a red car:thing.Thing] hit [a gifted man:thing.Person].")
    assert MentionKind.EVENT not in marked(ontology, named).values()


def test_a_relative_pronoun_refers_to_its_noun(ontology: Ontology) -> None:
    found = chain(ontology, reading("a", "[the clerk:thing.Person] [who:PRONOUN] fled sang."))
    assert found["a", "who"] == found["a", "clerk"]
    found = chain(ontology, reading("a", "[the clerk:thing.Person] asked [who:PRONOUN] sang."))
    assert found["a", "who"] != found["a", "clerk"]


def frame(one: Reading, verb: str, who: str, whom: str = "") -> Frame:
    """The clause of a verb, with parts given by the words of their marks."""
    text = one.document.text

    def index(words: str) -> int:
        return next(i for i, mention in enumerate(one.mentions) if mention.text == words)

    def part(function: Function, words: str) -> Part:
        mention = one.mentions[index(words)]
        return Part(function, Argument(mention.start, mention.end, words, Role.OTHER, index(words)))

    ends = [(Function.WHO, who), (Function.WHOM, whom)]
    parts = tuple(part(function, words) for function, words in ends if words)
    start = text.index(verb)
    return Frame(start, start + len(verb), verb, verb, "", "", 0, parts, event=index(verb))


def deed(name: str, who: str, verb: str, whom: str) -> Reading:
    one = reading(name, f"[{who}] [{verb}:event.Event] [{whom}].{STORY}")
    words = [end.rpartition(":")[0] for end in (who, whom)]
    return replace(one, frames=(frame(one, verb, *words),))


WOMAN, CLERK, DRIVER = "the woman:thing.Person", "the clerk:thing.Person", "a driver:thing.Person"


def test_patients_of_the_same_event_in_a_story_corefer(ontology: Ontology) -> None:
    found = chain(ontology, deed("a", DRIVER, "kill", WOMAN), deed("b", CLERK, "kill", "Ana Ruiz:Person"))
    assert found["a", "woman"] == found["b", "Ana Ruiz"]
    assert found["a", "driver"] == found["b", "clerk"] != found["a", "woman"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((DRIVER, "kill", "Eva Moss:Person"), (CLERK, "kill", "Ana Ruiz:Person")),  # two names
        ((DRIVER, "kill", WOMAN), (CLERK, "kill", "the man:thing.Person")),
        ((DRIVER, "kill", WOMAN), (CLERK, "dismiss", "Ana Ruiz:Person")),  # two events
    ],
)
def test_agents_do_not_corefer_with_patients(
    first: tuple[str, str, str], second: tuple[str, str, str], ontology: Ontology
) -> None:
    knows = replace(ontology, words={"MaleNouns": frozenset({"man"}), "FemaleNouns": frozenset({"woman"})})
    found = chain(knows, deed("a", *first), deed("b", *second))
    ends = [one[2].rpartition(":")[0].removeprefix("the ") for one in (first, second)]
    assert found["a", ends[0]] != found["b", ends[1]]


def test_he_refers_to_the_agent_of_the_event_reported_before(ontology: Ontology) -> None:
    one = reading(
        "a", "[a clerk:thing.Person] [shoot:event.Event] [a guard:thing.Person]. [He:PRONOUN] fled."
    )
    one = replace(one, frames=(frame(one, "shoot", "a clerk", "a guard"),))
    found = chain(ontology, one)
    assert found["a", "He"] == found["a", "clerk"]
    beside = replace(one, frames=(*one.frames, frame(one, "shoot", "a clerk", "He")))
    found = chain(ontology, beside)
    assert found["a", "He"] != found["a", "clerk"]


def test_statements_of_two_speakers_are_two_events(ontology: Ontology) -> None:
    def says(name: str, who: str) -> Reading:
        one = reading(name, f"[{who}:Person] [say:event.SpeechAct] so.{STORY}")
        return replace(one, frames=(frame(one, "say", who),))

    found = chain(ontology, says("a", "Ana Ruiz"), says("b", "Ana Ruiz"), says("c", "Tom Reed"))
    assert found["a", "say"] == found["b", "say"] != found["c", "say"]
