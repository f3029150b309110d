"""Mentions of invented articles are resolved to the right things only."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import BlockKind, Factuality, Knowledge, MentionKind, Reading, Role, Statement, Text
from kg.ontology import Class, Ontology, RelationType
from kg.resolve import resolve
from kg.resolve.document import within
from tests.resolve.helper import Says, bare, clusters, date, reading

_PARENTS = {
    "Thing": (), "Agent": ("Thing",), "Person": ("Agent", "Thing"), "Group": ("Agent", "Thing"),
    "Organization": ("Agent", "Thing"), "Company": ("Organization", "Agent", "Thing"),
    "Place": ("Thing",), "Country": ("Place", "Agent", "Thing"), "City": ("Place", "Thing"),
    "Region": ("Place", "Thing"), "CreativeWork": ("Thing",), "Topic": ("Thing",), "Position": ("Thing",),
    "Event": ("Thing",), "Meeting": ("Event", "Thing"), "Summit": ("Meeting", "Event", "Thing"),
}  # fmt: skip


def _relation(name: str, symmetric: bool) -> RelationType:
    return RelationType(name, "", name, "", (), (), (), (), (), (), (), symmetric, False, False, "", (), ())


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    classes = {name: Class(name, "", name, "", parents, (), (), "", "") for name, parents in _PARENTS.items()}
    return Ontology(classes, {"met": _relation("met", True), "hosted": _relation("hosted", False)})


def same(one: Reading, *words: str, ontology: Ontology) -> bool:
    """Whether the mentions of one document with these words refer to one thing."""
    ids = clusters([one], ontology)[0]
    found = [
        ids[[i for i, m in enumerate(one.mentions) if m.text == text][int(nth or 1) - 1]]
        for text, _, nth in (word.partition("#") for word in words)
    ]
    return len(set(found)) == 1


def triples(knowledge: Knowledge) -> set[tuple[str, str, str]]:
    return {(bare(s.subject), s.predicate, bare(s.object) if isinstance(s.object, str) else s.object.value)
            for s in knowledge.statements}  # fmt: skip


def only(knowledge: Knowledge) -> Statement:
    assert len(knowledge.statements) == 1
    return knowledge.statements[0]


# -- Names of one document ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[Ana Ruiz:Person] came. {Ms} [Ruiz:Person f] spoke.",
        "[Ho Min Su:Person] came. {Mr} [Ho:Person m] spoke.",
        "[Ho Min-su:Person] came. [Ho Min Su:Person] spoke.",
        "[José Peña:Person] came. [Jose Pena:Person] spoke.",
        "[Ana M. Ruiz:Person] came. [Ana Ruiz:Person] spoke.",
        "[Tom Reed Jr:Person] came. [Tom Reed:Person] spoke.",
        "[the Rail Union:Organization] met. [Rail Union:Organization] spoke.",
        "[Alpine Rail Inc.:Company] grew. [Alpine Rail:Organization] fell.",
        "[Southern Rail Union:Organization] ([SRU:Organization]) met. [SRU:Organization] won.",
        "[Southern Rail Union:Organization] met. Later [SRU:Organization] won.",
        "[Education Ministry:Organization] ([EduMin:Organization]) paid.",
        "[U.S.:Country] and [United States:Country]",
        "[Peru:Country] and [Peruvian:Country rel=Peru]",
        "[Britain:Country] and [UK:Country]",
        "[South Korea:Country] and [Korea:Region]",
        "[K-Wave Days:CreativeWork] and [KWave Days:CreativeWork]",
        "{Mayor} [Ana Ruiz:Person] came. [Ruiz:Organization] spoke. [Ruiz:Organization] left.",
    ],
)
def test_spellings_of_one_thing_are_one(text: str, ontology: Ontology) -> None:
    one = reading("a.txt", text)
    assert len(set(clusters([one], ontology)[0])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[Ana Ruiz:Person] and [Carlos Ruiz:Person] came.",
        "[Tom Reed Jr:Person] and [Tom Reed III:Person] came.",
        "[Ana L. Ruiz:Person] and [Ana M. Ruiz:Person] came.",
        "{Mr} [Ruiz:Person m] and {Mrs} [Ruiz:Person f] came.",
        "[New Lima:City] has [New Lima Times:Organization].",
        "[Denise Lima:Person] left [Lima:City].",
        "[Gil Alder:Person] sued [Alder:Company].",
        "[South Sudan:Country] and [Sudan:Country]",
        "[Niger:Country] and [Nigeria:Country]",
        "[Peru:Country] and [Peruvians:Group plural rel=Peru]",
        "[Denmark:Country] and [Dane:Country rel=Denmark]",
        "[Rail Union:Organization] and [Road Union:Organization] met; [ARU:Organization] won.",
        "[Korea:Region], [North Korea:Country] and [South Korea:Country]",
        "[Sudan:Country] and [South Sudan:Country]",
        "[Korean:Region rel=Korea] and [South Korean:Country rel=South_Korea]",
    ],
)
def test_different_things_stay_separate(text: str, ontology: Ontology) -> None:
    one = reading("a.txt", text)
    ids = clusters([one], ontology)[0]
    assert len(set(ids)) == len(ids)


def test_a_shared_surname_refers_to_the_last_named_bearer(ontology: Ontology) -> None:
    one = reading("a.txt", "[Ana Ruiz:Person] came. [Carlos Ruiz:Person] left. [Ruiz:Person] spoke.")
    assert same(one, "Carlos Ruiz", "Ruiz", ontology=ontology)


def test_a_shared_surname_after_both_in_one_sentence_is_unresolved(ontology: Ontology) -> None:
    one = reading("a.txt", "[Ana Ruiz:Person] and [Carlos Ruiz:Person] came. [Ruiz:Person] spoke.")
    assert len(set(clusters([one], ontology)[0])) == 3


def test_a_surname_misread_as_a_company_is_a_person(ontology: Ontology) -> None:
    one = reading("a.txt", "[Ana Ruiz:Person] came. [Ruiz:Organization] left. [Ruiz:Organization] sat.")
    (local,) = within.locals_of(one, ontology)
    assert set(local.votes) == {"Person"}
    other = reading("a.txt", "[Ana Ruiz:Person] sued [Ruiz:Company].")
    assert [set(local.votes) for local in within.locals_of(other, ontology)] == [{"Person"}, {"Company"}]


def headed(text: str) -> Reading:
    """A reading whose first sentence is the headline."""
    one = reading("a.txt", text)
    first = replace(one.sentences[0], block=BlockKind.TITLE)
    return replace(one, sentences=(first, *one.sentences[1:]))


def test_a_shared_surname_refers_to_the_bearer_in_the_headline(ontology: Ontology) -> None:
    one = headed(
        "[Ana Ruiz:Person] wins. [Eva Diaz:Person] and [Carlos Ruiz:Person] came. [Ruiz:Person] spoke."
    )
    assert same(one, "Ana Ruiz", "Ruiz", ontology=ontology)


def test_a_surname_refers_to_the_bearer_with_whom_the_sentence_before_begins(ontology: Ontology) -> None:
    one = headed("[Ana Ruiz:Person] wins. [Carlos Ruiz:Person] is her uncle. [Ruiz:Person] spoke.")
    assert same(one, "Carlos Ruiz", "Ruiz", ontology=ontology)


def test_a_headline_with_both_bearers_decides_nothing(ontology: Ontology) -> None:
    one = headed("[Ana Ruiz:Person] meets [Carlos Ruiz:Person]. [Ruiz:Person] spoke.")
    assert len(set(clusters([one], ontology)[0])) == 3


def test_gender_and_title_choose_among_bearers(ontology: Ontology) -> None:
    one = reading(
        "a.txt",
        "{Ms} [Ana Ruiz:Person f] and {Governor} [Carlos Ruiz:Person] came. "
        "{Ms} [Ruiz:Person f] left. {Governor} [Ruiz:Person] spoke.",
    )
    assert same(one, "Ana Ruiz", "Ruiz", ontology=ontology)
    assert same(one, "Carlos Ruiz", "Ruiz#2", ontology=ontology)


def test_the_name_of_a_country_is_a_person_where_the_document_says_so(ontology: Ontology) -> None:
    person = reading("a.txt", "[Dana Jordan:Person] sang. [Jordan:Person] bowed.")
    assert same(person, "Dana Jordan", "Jordan", ontology=ontology)
    country = reading("b.txt", "[Dana Jordan:Person] flew to [Jordan:Country].")
    assert not same(country, "Dana Jordan", "Jordan", ontology=ontology)


# -- Names across documents --------------------------------------------------------------------------


def _one_claim(name: str, marked: str, subject: str, object_: str) -> Reading:
    return reading(name, marked, Says(subject, "hosted", object_))


def test_one_person_in_two_articles_is_one_node(ontology: Ontology) -> None:
    a = _one_claim("a", "[Ho Min Su:Person] hosted [Ana Ruiz:Person].", "Ho Min Su", "Ana Ruiz")
    b = _one_claim("b", "{President} [Ho Min-su:Person] hosted [Ana Ruiz:Person].", "Ho Min-su", "Ana Ruiz")
    knowledge = resolve([a, b], ontology)
    assert [bare(entity.id) for entity in knowledge.entities] == ["Ana_Ruiz", "Ho_Min_Su"]
    assert len(only(knowledge).evidence) == 2
    assert knowledge.entities[1].aliases == ("Ho Min-su", "President Ho Min-su")


def test_a_bare_surname_merges_only_with_further_evidence(ontology: Ontology) -> None:
    full = reading("a", "{President} [Ana Ruiz:Person] met [Tom Reed:Person].")
    titled = reading("b", "{President} [Ruiz:Person] spoke.")
    bare = reading("c", "[Ruiz:Person] sold cars.")
    company = reading("d", "[Ruiz:Person] met [Tom Reed:Person].")
    a, b, c, d = clusters([full, titled, bare, company], ontology)
    assert a[0] == b[0] == d[0] != c[0]


def test_the_story_is_evidence_for_a_bare_surname(ontology: Ontology) -> None:
    text = "{} left [Rail Union:Organization] in [Lima:City] over [the toll:thing.Topic]."
    one, two = reading("a", text.format("[Ana Ruiz:Person]")), reading("b", text.format("[Ruiz:Person]"))
    ids = clusters([one, two], ontology)
    assert ids[0][0] == ids[1][0]
    another = reading("c", text.format("[Tom Ruiz:Person]"))
    ids = clusters([one, two, another], ontology)
    assert ids[1][0] not in (ids[0][0], ids[2][0])


def test_rulers_with_one_name_stay_separate_and_a_bare_name_merges_with_none(ontology: Ontology) -> None:
    a = reading("a", "{King} [Otto II:Person] fell.")
    b = reading("b", "{King} [Otto III:Person] rose.")
    c = reading("c", "{King} [Otto:Person] sang. {King} [Otto II:Person] left.")
    d = reading("d", "{King} [Otto:Person] sang.")
    (second,), (third,), (otto, same_second), (bare,) = clusters([a, b, c, d], ontology)
    assert second == otto == same_second
    assert len({second, third, bare}) == 3


def test_an_acronym_merges_with_its_expansion_in_another_article(ontology: Ontology) -> None:
    a = reading("a", "[Southern Rail Union:Organization] ([SRU:Organization]) met.")
    b = reading("b", "[SRU:Organization] won.")
    c = reading("c", "[Salt River University:Organization] ([SRU:Organization]) opened.")
    assert clusters([a, b], ontology)[0][0] == clusters([a, b], ontology)[1][0]
    assert clusters([a, b, c], ontology)[0][0] != clusters([a, b, c], ontology)[1][0]


def test_a_truncated_name_merges_with_the_whole_one(ontology: Ontology) -> None:
    whole = reading("a", "[K-lar Night Stars:Organization] came.")
    cut = reading("b", "The group K-lar [Night Stars:CreativeWork] sang.")
    other = reading("c", "The [Night Stars:CreativeWork] sang.")
    a, b, _ = clusters([whole, cut, other], ontology)
    assert a == b
    assert clusters([whole, other], ontology)[0] != clusters([whole, other], ontology)[1]


def test_korea_is_the_korea_that_the_article_is_about(ontology: Ontology) -> None:
    once = "[South Korea:Country], [North Korea:Country] and [Korea:Region]."
    assert not same(reading("a", once), "South Korea", "Korea", ontology=ontology)
    often = reading("a", "[South Korea:Country]. " * 2 + once)
    assert same(often, "South Korea", "Korea", ontology=ontology)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ho Min Su", "Min-su Ho"),
        ("Yusuf Haddad", "Youssef Hadad"),
        ("Sergei Moss", "Sergey Moss"),
        ("A. Ruiz", "Ana Ruiz"),
    ],
)
def test_spelling_variants_merge_if_companions_confirm_it(one: str, other: str, ontology: Ontology) -> None:
    a = reading("a", f"[{one}:Person] met [Eva Diaz:Person].")
    b = reading("b", f"[{other}:Person] met [Eva Diaz:Person].")
    alone = reading("c", f"[{other}:Person] sold cars in [Porto:City].")
    assert clusters([a, b], ontology)[0] == clusters([a, b], ontology)[1]
    assert clusters([a, alone], ontology)[0][0] != clusters([a, alone], ontology)[1][0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mario Reed", "Maria Reed"), ("Jan Reed", "Jon Reed"), ("A. Ruiz", "Eva Ruiz"), ("Ana Ho", "Ana Su")],
)
def test_similar_names_stay_separate(one: str, other: str, ontology: Ontology) -> None:
    a = reading("a", f"[{one}:Person] met [Lea Diaz:Person].")
    b = reading("b", f"[{other}:Person] met [Lea Diaz:Person].")
    assert clusters([a, b], ontology)[0][0] != clusters([a, b], ontology)[1][0]


def test_an_initial_that_fits_two_people_refers_to_neither(ontology: Ontology) -> None:
    told = [reading(n, f"[{n}na Ruiz:Person] met [Lea Diaz:Person].") for n in ("A", "An")]
    told.append(reading("b", "[A. Ruiz:Person] met [Lea Diaz:Person]."))
    assert len({ids[0] for ids in clusters(told, ontology)}) == 3


def test_two_spellings_in_one_article_are_two_people(ontology: Ontology) -> None:
    one = reading("a", "[Yusuf Haddad:Person] and [Youssef Hadad:Person] met [Eva Diaz:Person].")
    assert len(set(clusters([one], ontology)[0])) == 3


def test_two_things_with_one_name_have_two_ids(ontology: Ontology) -> None:
    a = _one_claim("a", "[Corona:City] hosted [Ana Ruiz:Person].", "Corona", "Ana Ruiz")
    b = _one_claim("b", "[Corona:Organization] hosted [Ana Ruiz:Person].", "Corona", "Ana Ruiz")
    ids = [e.id for e in resolve([a, b], ontology).entities if e.label == "Corona"]
    assert ids == ["Corona", "Corona-place"]


def test_a_name_in_another_script_has_an_ascii_id(ontology: Ontology) -> None:
    a = _one_claim("a", "[東京:City] hosted [Łukasz Żak:Person].", "東京", "Łukasz Żak")
    assert [bare(e.id) for e in resolve([a], ontology).entities] == ["Lukasz_Zak", "x130016b2-place"]


def test_the_majority_decides_the_type(ontology: Ontology) -> None:
    a = _one_claim("a", "[Alpine Rail:Place] hosted [Ana Ruiz:Person].", "Alpine Rail", "Ana Ruiz")
    b = reading("b", "[Alpine Rail:Organization] and [Alpine Rail:Company]")
    assert {e.label: e.type for e in resolve([a, b], ontology).entities} == {
        "Alpine Rail": "Company",
        "Ana Ruiz": "Person",
    }


# -- Pronouns and roles ------------------------------------------------------------------------------


def test_he_and_she_refer_to_the_subject_that_fits(ontology: Ontology) -> None:
    one = reading(
        "a",
        "{Ms} [Ruiz:Person f] met {Mr} [Reed:Person m]. [She:PRONOUN] thanked [him:PRONOUN].",
        Says("Ruiz", "met", "Reed"),
        Says("She", "thanked", "him"),
    )
    assert same(one, "Ruiz", "She", ontology=ontology)
    assert same(one, "Reed", "him", ontology=ontology)


def test_a_pronoun_is_not_the_other_end_of_its_own_claim(ontology: Ontology) -> None:
    one = reading(
        "a", "[Ana Ruiz:Person] spoke. [Eva Diaz:Person] thanked [her:PRONOUN].",
        Says("Ana Ruiz", "spoke"), Says("Eva Diaz", "thanked", "her"),
    )  # fmt: skip
    assert same(one, "Ana Ruiz", "her", ontology=ontology)


def test_an_unresolved_pronoun_makes_no_statement(ontology: Ontology) -> None:
    one = reading("a", "[They:PRONOUN] hosted [Ana Ruiz:Person].", Says("They", "hosted", "Ana Ruiz"))
    assert resolve([one], ontology).statements == ()


def test_i_is_the_speaker(ontology: Ontology) -> None:
    one = reading(
        "a", "“[I:PRONOUN quoted] hosted [Tom Reed:Person],” [Ana Ruiz:Person] said.",
        Says("I", "hosted", "Tom Reed", factuality=Factuality.REPORTED, speaker="Ana Ruiz"),
    )  # fmt: skip
    statement = only(resolve([one], ontology))
    assert (bare(statement.subject), bare(statement.speaker)) == ("Ana_Ruiz", "Ana_Ruiz")


def test_we_met_means_the_speaker_and_the_other(ontology: Ontology) -> None:
    met = replace(ontology.relations["met"], verbs=("meet",), reciprocal=True)
    told = replace(ontology, relations={**ontology.relations, "met": met})
    one = reading(
        "a",
        "“[we:PRONOUN quoted] [meet:event.Event] [Lima:City] with [Tom Reed:Person quoted],” "
        "[Ana Ruiz:Person] said.",
        Says("we", "met in", "Lima", event="meet", speaker="Ana Ruiz", factuality=Factuality.REPORTED),
    )
    assert ("Ana_Ruiz", "met", "Tom_Reed") in triples(resolve([one], told))


def test_a_pronoun_in_an_introductory_phrase_refers_forward(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Eva Diaz:Person] left. After [her:PRONOUN] arrival, [Ana Ruiz:Person] spoke.",
        Says("Eva Diaz", "left"),
        Says("Ana Ruiz", "spoke"),
    )
    assert same(one, "Ana Ruiz", "her", ontology=ontology)


def test_nobody_calls_himself_he_in_his_own_quotation(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Tom Reed:Person] met [Eva Ortiz:Person]. “[She:PRONOUN quoted] was tired,” [Ana Ruiz:Person] said.",
        Says("Tom Reed", "met", "Eva Ortiz"),
        Says("Ana Ruiz", "said", "“She was tired,”", role=Role.CONTENT),
    )
    assert not same(one, "Ana Ruiz", "She", ontology=ontology)


def test_a_name_that_acts_and_is_called_he_is_a_person(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Ortiz:Organization] painted [a bridge:thing.Thing]. [He:PRONOUN] left [Lima:City].",
        Says("Ortiz", "painted", "a bridge"),
        Says("He", "left", "Lima"),
    )
    assert same(one, "Ortiz", "He", ontology=ontology)
    assert {e.label: e.type for e in resolve([one], ontology).entities}["Ortiz"] == "Person"


def test_he_never_refers_to_a_company(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Railco:Organization] is [a company:thing.Company]. [Railco:Organization] left. [He:PRONOUN] spoke.",
        Says("Railco", "is", "a company", role=Role.ATTRIBUTE),
        Says("Railco#2", "left"),
        Says("He", "spoke"),
    )
    assert not same(one, "Railco", "He", ontology=ontology)


def test_the_leaders_of_two_countries_are_the_two_with_titles(ontology: Ontology) -> None:
    told = replace(ontology, words={"RoleNouns": frozenset({"leader", "president"})})
    one = reading(
        "a",
        "[The leaders of Peru and Chile:thing.Person plural] met [Bo Lind:Person]. [Peru:Country] sang. "
        "{President} [Ana Ruiz:Person] and {President} [Tom Reed:Person] danced. "
        "[The leaders:thing.Person plural] left [Lima:City].",
        Says("The leaders of Peru and Chile", "met", "Bo Lind"),
        Says("The leaders", "left", "Lima"),
    )
    whole = one.mentions[0]
    inside = [
        replace(whole, start=start, end=start + 4 + len(more), text=name, kind=MentionKind.NAME,
                type="Country", head_start=start, head_end=start + len(name), lemma=name, plural=False,
                determiner="")
        for name, more, start in (("Peru", "", 15), ("Chile", "e", 24))
    ]  # fmt: skip
    whole = replace(whole, head_start=4, head_end=11, lemma="leader")
    shifted = [
        replace(
            claim,
            subject=replace(claim.subject, mention=claim.subject.mention + 2 * (claim.subject.mention > 0)),
            object=claim.object and replace(claim.object, mention=claim.object.mention + 2),
        )
        for claim in one.claims
    ]
    one = replace(one, mentions=(whole, *inside, *one.mentions[1:]), claims=tuple(shifted))
    found = triples(resolve([one], told))
    assert {("Ana_Ruiz", "met", "Bo_Lind"), ("Bo_Lind", "met", "Tom_Reed")} < found
    assert {("Ana_Ruiz", "left", "Lima"), ("Tom_Reed", "left", "Lima")} < found


def test_a_gendered_title_resolves_a_pronoun(ontology: Ontology) -> None:
    told = replace(ontology, words={"FemaleNouns": frozenset({"spokeswoman"})})
    one = reading(
        "a",
        "{spokeswoman} [Ana Ruiz:Person] met [Tom Reed:Person]. [He:PRONOUN] left.",
        Says("Ana Ruiz", "met", "Tom Reed"),
    )
    assert same(one, "Tom Reed", "He", ontology=told)


def test_a_description_refers_to_its_bearer_in_all_other_claims(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Ana Ruiz:Person] is [a pilot:thing.Person] who hosted [Tom Reed:Person]. "
        "[The pilot:thing.Person] left [Lima:City].",
        Says("Ana Ruiz", "is", "a pilot", role=Role.ATTRIBUTE),
        Says("a pilot", "hosted", "Tom Reed"),
        Says("The pilot", "left", "Lima"),
    )
    found = triples(resolve([one], ontology))
    assert {("Ana_Ruiz", "hosted", "Tom_Reed"), ("Ana_Ruiz", "left", "Lima")} < found
    assert any(subject == "Ana_Ruiz" and verb == "is" for subject, verb, _ in found)


def test_the_country_is_the_only_one_named(ontology: Ontology) -> None:
    text = "[Peru:Country] sang. {}[Ana Ruiz:Person] left [the country:thing.Place]."
    one = reading("a", text.format(""), Says("Ana Ruiz", "left", "the country"))
    assert same(one, "Peru", "the country", ontology=ontology)
    two = reading("a", text.format("[Chile:Country] danced. "), Says("Ana Ruiz", "left", "the country"))
    assert not same(two, "Peru", "the country", ontology=ontology)
    assert not same(two, "Chile", "the country", ontology=ontology)


def test_it_refers_to_the_only_agent(ontology: Ontology) -> None:
    text = "[Rail Union:Organization] closed [Lima Harbour:Facility]. [It:PRONOUN] sold [a ship:thing.Thing]."
    closed, sold = Says("Rail Union", "closed", "Lima Harbour"), Says("It", "sold", "a ship")
    assert same(reading("a", text, closed, sold), "Rail Union", "It", ontology=ontology)
    built = replace(sold, inverted=True)
    assert not same(reading("a", text, closed, built), "Rail Union", "It", ontology=ontology)
    shut = Says("Lima Harbour", "shut", "Rail Union")
    assert not same(reading("a", text, closed, shut, sold), "Rail Union", "It", ontology=ontology)


def test_two_people_in_between_leave_he_unresolved(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Tom Reed:Person] met [Bo Lind:Person]. [They:PRONOUN] spoke, then [he:PRONOUN] left.",
        Says("Tom Reed", "met", "Bo Lind"), Says("They", "spoke"), Says("he", "left"),
    )  # fmt: skip
    assert not same(one, "Tom Reed", "he", ontology=ontology)
    assert not same(one, "Bo Lind", "he", ontology=ontology)


def test_he_refers_back_to_a_person_who_was_alone(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Tom Reed:Person] danced. [Lima:City] lies low. [He:PRONOUN] sang.",
        Says("Tom Reed", "danced"), Says("He", "sang"),
    )  # fmt: skip
    assert same(one, "Tom Reed", "He", ontology=ontology)


def test_a_role_refers_to_the_only_bearer_of_the_title(ontology: Ontology) -> None:
    one = reading("a", "{President} [Ana Ruiz:Person] came. [The president:thing.Person] spoke.")
    assert same(one, "Ana Ruiz", "The president", ontology=ontology)
    two = reading(
        "a",
        "{President} [Ana Ruiz:Person] met {President} [Tom Reed:Person]. "
        "[The president:thing.Person] spoke.",
    )
    assert len(set(clusters([two], ontology)[0])) == 3


_LEADERS = "[Ana Ruiz:Person] met [Tom Reed:Person] in [Peru:Country] and [Chile:Country]. "


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("[The two leaders:thing.Group plural]", {"Ana_Ruiz", "Tom_Reed"}),
        ("[Both leaders:thing.Group plural]", {"Ana_Ruiz", "Tom_Reed"}),
        ("[The two:thing.Group plural]", {"Ana_Ruiz", "Tom_Reed"}),
        ("[Both countries:thing.Group plural]", {"Peru", "Chile"}),
        ("[The two old leaders:thing.Group plural]", set()),
        ("[Two leaders:thing.Group plural]", set()),
        ("[The three leaders:thing.Group plural]", set()),
    ],
)
def test_the_two_refers_to_the_two_just_named(words: str, expected: set[str], ontology: Ontology) -> None:
    told = replace(ontology, words={"RoleNouns": frozenset({"leader"})})
    group = words[1:].partition(":")[0]
    one = reading("a", f"{_LEADERS}{words} hosted [Eva Diaz:Person].", Says(group, "hosted", "Eva Diaz"))
    subjects = {subject for subject, _, _ in triples(resolve([one], told))}
    assert subjects == expected or (not expected and not subjects & {"Ana_Ruiz", "Peru"})


def test_the_two_after_three_people_is_unresolved(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Ana Ruiz:Person] met [Tom Reed:Person] and [Kim Doe:Person]. "
        "[The two:thing.Group plural] met [Eva Diaz:Person].",
        Says("The two", "hosted", "Eva Diaz"),
    )
    assert resolve([one], ontology).statements == ()


def test_they_refers_to_two_who_acted_together(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Ana Ruiz:Person] and [Tom Reed:Person] [sang:event.Event]. [They:PRONOUN] hosted "
        "[Eva Diaz:Person].",
        Says("Ana Ruiz", "sang", event="sang"),
        Says("Tom Reed", "sang", event="sang"),
        Says("They", "hosted", "Eva Diaz"),
    )
    same_verb = tuple(
        replace(claim, relation=replace(claim.relation, start=20, end=24)) if i < 2 else claim
        for i, claim in enumerate(one.claims)
    )
    found = triples(resolve([replace(one, claims=same_verb)], ontology))
    assert found == {("Ana_Ruiz", "hosted", "Eva_Diaz"), ("Tom_Reed", "hosted", "Eva_Diaz")}


def test_they_met_refers_to_the_only_two_people_in_the_sentence(ontology: Ontology) -> None:
    met = replace(ontology.relations["met"], reciprocal=True)
    told = replace(ontology, relations={"met": met})
    one = reading(
        "a",
        "[Ana Ruiz:Person] told [Tom Reed:Person] a joke when [they:PRONOUN] met.",
        Says("they", "met"),
    )
    assert triples(resolve([one], told)) == {("Ana_Ruiz", "met", "Tom_Reed")}
    other = reading(
        "a", "[Ana Ruiz:Person] told [Tom Reed:Person] that [they:PRONOUN] left [Lima:City].",
        Says("they", "left", "Lima"),
    )  # fmt: skip
    assert resolve([other], told).statements == ()


def test_two_who_met_met_each_other(ontology: Ontology) -> None:
    met = replace(ontology.relations["met"], reciprocal=True)
    told = replace(ontology, relations={"met": met})
    one = reading(
        "a", "[Ana Ruiz:Person] and [Tom Reed:Person]. [The two:thing.Group] met.", Says("The two", "met")
    )
    assert triples(resolve([one], told)) == {("Ana_Ruiz", "met", "Tom_Reed")}


# -- Unnamed things ----------------------------------------------------------------------------------


def test_a_definite_description_refers_to_the_only_candidate(ontology: Ontology) -> None:
    one = reading("a", "[a letter:thing.Thing] came. [the letter:thing.Thing] burnt.")
    assert same(one, "a letter", "the letter", ontology=ontology)
    two = reading("a", "[a letter:thing.Thing], [a letter:thing.Thing]; [the letter:thing.Thing]")
    assert len(set(clusters([two], ontology)[0])) == 3


def test_a_bare_definite_refers_to_the_only_thing_with_its_head(ontology: Ontology) -> None:
    one = reading("a", "[an old letter:thing.Thing] came. [the letter:thing.Thing] burnt.")
    assert same(one, "an old letter", "the letter", ontology=ontology)
    owned = reading("a", "[Ruiz:Person f] [Ruiz old office:thing.Thing of=Ruiz] [the office:thing.Thing]")
    assert same(owned, "Ruiz old office", "the office", ontology=ontology)
    two = reading("a", "[an old letter:thing.Thing], [a new letter:thing.Thing]; [the letter:thing.Thing]")
    assert len(set(clusters([two], ontology)[0])) == 3


def test_a_bare_definite_refers_to_the_name_with_that_ending(ontology: Ontology) -> None:
    one = reading("a", "[Rail Ministry:Organization] paid. [The ministry:thing.Organization] is rich.")
    assert same(one, "Rail Ministry", "The ministry", ontology=ontology)
    two = reading(
        "a", "[Rail Ministry:Organization], [Road Ministry:Organization]; [the ministry:thing.Organization]"
    )
    assert len(set(clusters([two], ontology)[0])) == 3


def test_topics_are_shared_between_articles_and_descriptions_are_not(ontology: Ontology) -> None:
    a = reading("a", "[nuclear energy:thing.Topic] and [a letter:thing.Thing]")
    b = reading("b", "[Nuclear energy:thing.Topic] and [a letter:thing.Thing]")
    (topic, letter), (same_topic, other_letter) = clusters([a, b], ontology)
    assert topic == same_topic == "nuclear_energy"
    assert letter != other_letter


def test_her_office_is_the_office_of_the_person(ontology: Ontology) -> None:
    one = reading(
        "a",
        "{Ms} [Ruiz:Person f] came. [Ruiz's office:thing.Thing of=Ruiz] opened. "
        "[her:PRONOUN] [her office:thing.Thing]",
    )
    ids = clusters([one], ontology)[0]
    assert ids[1].startswith("Ruizs_office-")


# -- Events ------------------------------------------------------------------------------------------


def test_the_label_of_an_event_names_nobody_twice(ontology: Ontology) -> None:
    elected = reading(
        "a",
        "{Mayor} [Ana Ruiz:Person f] came. [Ruiz:Person] was [elected:event.Election] "
        "[the mayor:thing.Person]. [Ruiz:Person] [blamed:event.SpeechAct] [herself:PRONOUN f].",
        Says("Ruiz", "was elected", "the mayor", "elected"),
        Says("Ruiz#2", "blamed", "herself", "blamed"),
    )
    labels = {event.label for event in resolve([elected], ontology).events}
    assert labels == {"Ana Ruiz was elected mayor", "Ana Ruiz blamed herself"}


def test_nobody_receives_himself(ontology: Ontology) -> None:
    elected = reading(
        "a",
        "[Ana Ruiz:Person f] was [elected:event.Election] [herself:PRONOUN f].",
        Says("Ana Ruiz", "was elected", "herself", "elected"),
    )
    (claim,) = elected.claims
    passive = replace(claim, subject=replace(claim.subject, role=Role.RECIPIENT))
    (event,) = resolve([replace(elected, claims=(passive,))], ontology).events
    assert [role for role, _ in event.participants] == [Role.PATIENT]


def test_a_clause_makes_an_event_with_participants_time_and_place(ontology: Ontology) -> None:
    monday = date("Monday", "2026-01-12")
    one = reading(
        "a",
        "[Ana Ruiz:Person] [hosted:event.Event] [Tom Reed:Person] in [Lima:City] on Monday.",
        Says("Ana Ruiz", "hosted", "Tom Reed", "hosted", time="Monday", place="Lima"),
        times=(monday,),
    )
    knowledge = resolve([one], ontology)
    (event,) = knowledge.events
    assert event.label == "Ana Ruiz hosted Tom Reed"
    took_part = [(role, bare(id_)) for role, id_ in event.participants]
    assert took_part == [(Role.AGENT, "Ana_Ruiz"), (Role.PATIENT, "Tom_Reed")]
    assert event.time and event.time.start == "2026-01-12"
    assert event.place == "Lima"
    assert only(knowledge).event == event.id


def test_the_summit_refers_to_the_summit_mentioned_before(ontology: Ontology) -> None:
    one = reading("a", "[a summit:event.Summit] began. [the summit:event.Summit] ended.")
    assert same(one, "a summit", "the summit", ontology=ontology)
    two = reading("a", "[a summit:event.Summit], [a summit:event.Summit], [the summit:event.Summit]")
    assert len(set(clusters([two], ontology)[0])) == 3
    other = reading("a", "[a spring summit:event.Summit], [the winter summit:event.Summit]")
    assert len(set(clusters([other], ontology)[0])) == 2


def test_a_named_event_is_one_event_in_all_articles(ontology: Ontology) -> None:
    a = _one_claim("a", "[Ana Ruiz:Person] hosted [Lima Games:Event].", "Ana Ruiz", "Lima Games")
    b = _one_claim("b", "[Ana Ruiz:Person] hosted [the Lima Games:Event].", "Ana Ruiz", "the Lima Games")
    knowledge = resolve([a, b], ontology)
    assert [(e.id, e.documents) for e in knowledge.events] == [("Lima_Games", ("a", "b"))]
    assert only(knowledge).object == "Lima_Games"


# -- Statements --------------------------------------------------------------------------------------


def test_an_inverted_relation_is_turned_round_and_a_symmetric_one_is_stored_once(ontology: Ontology) -> None:
    one = reading(
        "a", "[Tom Reed:Person] was hosted by [Ana Ruiz:Person]. [Tom Reed:Person] met [Ana Ruiz:Person].",
        Says("Tom Reed", "hosted", "Ana Ruiz", inverted=True),
        Says("Tom Reed#2", "met", "Ana Ruiz#2"), Says("Ana Ruiz#2", "met", "Tom Reed#2"),
    )  # fmt: skip
    knowledge = resolve([one], ontology)
    assert triples(knowledge) == {("Ana_Ruiz", "hosted", "Tom_Reed"), ("Ana_Ruiz", "met", "Tom_Reed")}


def test_a_sentence_is_one_witness_however_many_rules_read_it(ontology: Ontology) -> None:
    says = Says("Ana Ruiz", "hosted", "Tom Reed")
    one = reading("a", "[Ana Ruiz:Person] hosted [Tom Reed:Person].", says, says)
    alone = replace(one, claims=one.claims[:1])
    assert only(resolve([one], ontology)).confidence == only(resolve([alone], ontology)).confidence


def test_asserted_and_reported_are_two_statements(ontology: Ontology) -> None:
    one = reading(
        "a", "[Ana Ruiz:Person] hosted [Tom Reed:Person].",
        Says("Ana Ruiz", "hosted", "Tom Reed"),
        Says("Ana Ruiz", "hosted", "Tom Reed", factuality=Factuality.REPORTED, speaker="Tom Reed"),
    )  # fmt: skip
    assert len(resolve([one], ontology).statements) == 2


def test_nothing_is_related_to_itself(ontology: Ontology) -> None:
    one = reading("a", "[Ana Ruiz:Person] hosted [Ruiz:Person].", Says("Ana Ruiz", "hosted", "Ruiz"))
    assert resolve([one], ontology).statements == ()


def test_texts_lose_quotation_marks_and_date_expressions_are_resolved(ontology: Ontology) -> None:
    one = reading(
        "a", "[Ana Ruiz:Person] said “We  will sign.” on 3 May.",
        Says("Ana Ruiz", "said", "“We  will sign.”"), Says("Ana Ruiz", "chose", "3 May"),
        times=(date("3 May", "2026-05-03"),),
    )  # fmt: skip
    objects = {s.predicate: s.object for s in resolve([one], ontology).statements}
    assert objects == {"said": Text("We will sign."), "chose": Text("2026-05-03", "date")}


def test_quotations_are_about_the_named_things_that_they_mention(ontology: Ontology) -> None:
    one = reading(
        "a", "[Tom Reed:Person m] hosted [Ana Ruiz:Person f] in [Lima:City]. [Ana Ruiz:Person f] thanked "
        "[a clerk:thing.Person]. [Reed:Person] said: “[Tom Reed:Person quoted] thanks [her:PRONOUN quoted] "
        "and [a clerk:thing.Person quoted]. [Peru:Country quoted] is far.” [Cusco:City] was cold.",
        Says("Tom Reed", "hosted", "Ana Ruiz", place="Lima"), Says("Ana Ruiz", "thanked", "a clerk"),
        Says("Reed", "said", "“Tom Reed thanks her and a clerk. Peru is far.”"),
    )  # fmt: skip
    said = next(each for each in resolve([one], ontology).statements if each.predicate == "said")
    assert [bare(id_) for id_ in said.about] == ["Ana_Ruiz", "Tom_Reed"]  # nothing else mentions Peru


def test_an_office_is_in_a_body_and_at_a_place(ontology: Ontology) -> None:
    within = replace(_relation("positionIn", False), objects=("Agent",), otherwise="positionAt")
    relations = {**ontology.relations, "positionIn": within, "positionAt": _relation("positionAt", False)}
    one = reading(
        "a", "[Ana Ruiz:Person] met [the mayor:thing.Position] of [Lima:City] and [the head:thing.Position] "
        "of [Acme:Company].",
        Says("the mayor", "positionIn", "Lima"), Says("the head", "positionIn", "Acme"),
    )  # fmt: skip
    made = resolve([one], replace(ontology, relations=relations))
    assert {(s.predicate, s.label, s.object) for s in made.statements} == {
        ("positionAt", "positionAt", "Lima"),
        ("positionIn", "positionIn", "Acme"),
    }


def test_evidence_is_the_sentence(ontology: Ontology) -> None:
    one = reading(
        "a", "Rain fell.\n[Ana Ruiz:Person] hosted [Tom Reed:Person].", Says("Ana Ruiz", "hosted", "Tom Reed")
    )
    (evidence,) = only(resolve([one], ontology)).evidence
    assert (
        one.document.text[evidence.start : evidence.end] == evidence.sentence == "Ana Ruiz hosted Tom Reed."
    )


# -- Independence of order ---------------------------------------------------------------------------

_PEOPLE = [
    "[Ana Ruiz:Person]", "{Ms} [Ruiz:Person f]", "[Ana M. Ruiz:Person]", "{President} [Ruiz:Person]",
           "[Carlos Ruiz:Person]", "[Ruiz:Person]", "[Corona:City]", "[Corona:Organization]",
           "[Peru:Country]",
           "[Peruvian:Country rel=Peru]", "[SRU:Organization]", "[Southern Rail Union:Organization]",
           "[a letter:thing.Thing]", "[rail freight:thing.Topic]", "[the summit:event.Summit]"]  # fmt: skip
_sentences = st.lists(st.tuples(st.sampled_from(_PEOPLE), st.sampled_from(_PEOPLE)), min_size=1, max_size=5)


def _article(name: str, pairs: list[tuple[str, str]]) -> Reading:
    text = " ".join(f"{a} hosted {b}." for a, b in pairs)
    bare = reading(name, text)
    ends = [(i, i + 1) for i in range(0, len(bare.mentions), 2)]
    seen: dict[str, int] = {}
    labels = []
    for mention in bare.mentions:
        seen[mention.text] = seen.get(mention.text, 0) + 1
        labels.append(f"{mention.text}#{seen[mention.text]}")
    return reading(name, text, *(Says(labels[a], "hosted", labels[b]) for a, b in ends))


@settings(max_examples=60, deadline=None)
@given(st.lists(_sentences, min_size=1, max_size=5), st.randoms())
def test_the_order_of_readings_changes_nothing(
    ontology: Ontology, texts: list[list[tuple[str, str]]], random: Random
) -> None:
    readings = [_article(f"{i}.txt", pairs) for i, pairs in enumerate(texts)]
    shuffled = readings[:]
    random.shuffle(shuffled)
    knowledge = resolve(readings, ontology)
    assert resolve(shuffled, ontology) == knowledge
    ids = [node.id for node in (*knowledge.entities, *knowledge.events)]
    assert len(ids) == len(set(ids))
    assert all(s.subject in ids and s.object in ids for s in knowledge.statements)
