import pytest

from kg.read.furniture import caption, is_sentence, reason, tail


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Share Print", "label"),
        ("Views: 1,204", "label"),
        ("5 min read", "label"),
        ("Loading...", "label"),
        ("Posted 3 hours ago", "age"),
        ("A+", "no words"),
        ("-----", "no words"),
        ("Ссылка скопирована", "other script"),
        ("www.paper.example @thepaper", "link"),
        ("© 2026 The Lima Paper", "copyright"),
        (
            "Copyright 2026. All rights reserved. No part of this page may be used in any other place.",
            "copyright",
        ),
        ("Additional reporting by AP and Jo Doe", "reporting"),
        ("(Reporting by Jo Doe; editing by Ann Poe)", "reporting"),
        ("The post Mayor opens bridge appeared first on The Paper.", "reprint"),
        ("Photo: Jo Doe / AFP", "credit"),
        ("Image credit: City of Lima", "credit"),
        ("Home > World > Americas", "strip"),
        ("The Paper | 3 March 2024", "strip"),
        ("Tags: Lima, bridges", "index"),
        ("Any use of materials is allowed only with a link", "notice"),
        ("Subscribe to The Paper's Evening Digest", "call"),
        ("Get the Paper app", "call"),
        ("JoinRead a summary of this article", "call"),
        ("Did you enjoy it? Share this story with your friends!", "call"),
        ("A daily choice of our best stories to brighten your evening.", "call"),
        ("By clicking sign up, I agree to receive offers from The Paper.", "call"),
        ("This story was first published in The Other Paper.", "call"),
    ],
)
def test_furniture_is_recognised_by_its_line(line: str, rule: str) -> None:
    assert reason(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "Mayor opens bridge",
        "TWO DAYS OF TALKS",
        "The mayor of Lima wants to share power with the council.",
        "“Sign up for our newsletter,” the mayor told a crowd.",
        "Readers can subscribe to the paper for 4 soles a month.",
        "The company changed its privacy policy after the vote.",
        "Watch makers in Lima lost a third of their sales.",
        "Jo Doe is the Lima bureau chief for The Paper.",
        "Ann Poe contributed reporting from Cusco.",
        "Source: a river that nobody owns, a film about the Andes, opens on Friday.",
        "Photos of the bridge show long queues, he said.",
        "Councils met in 657 , 669 , 846 , 850 , 852 , 853 , 862 , 980 , 986 and 996 .",
        "Group F — Peru 1 – 0 Chile",
        "Mayor quits | The Paper",
    ],
)
def test_sentences_of_articles_are_kept(line: str) -> None:
    assert reason(line) == ""


def test_a_paragraph_is_never_furniture_for_a_phrase_in_it() -> None:
    assert reason("He said follow us and " + "we walked on for many hours " * 10 + "to the river.") == ""


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("The port opened. Subscribe to our newsletter.", "The port opened. "),
        ("The port opened. The mayor was there.", "The port opened. The mayor was there."),
    ],
)
def test_a_call_to_action_at_the_end_of_a_paragraph_is_removed(line: str, kept: str) -> None:
    assert line[: tail(line)] == kept


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("A crowd waits in Lima on Monday. (Photo by Jo Doe)", "A crowd waits in Lima on Monday."),
        ("A crowd waits in Lima [Jo Doe/Reuters]", "A crowd waits in Lima"),
        ("A crowd waits in Lima on Monday. Photo: Jo Doe / AFP", "A crowd waits in Lima on Monday."),
        ("Ana Ruiz Image: U.S. Senate.", "Ana Ruiz"),
        ("Ruiz with a helmet in Lima.Image: Jo Doe.", "Ruiz with a helmet in Lima."),
    ],
)
def test_the_credit_of_a_caption_is_found(line: str, kept: str) -> None:
    assert line[: caption(line)] == kept


@pytest.mark.parametrize(
    "line",
    [
        "The union (and/or its lawyers) won.",
        "He met the head of the bank (World Bank).",
        "The mayor saw one problem: the image of Lima.",
        "Ruiz published the Image: A History of Lima. It sold well.",
    ],
)
def test_other_brackets_and_colons_are_not_credits(line: str) -> None:
    assert caption(line) == -1


def test_a_sentence_is_recognised_by_its_end() -> None:
    assert is_sentence("The mayor left early.")
    assert is_sentence('"It is over. We lost the long game here." - Tom Reed')
    assert not is_sentence("Mayor opens bridge")
    assert not is_sentence("WHAT ARE YOU LOOKING FOR?")
