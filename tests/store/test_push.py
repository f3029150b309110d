"""Pushing into a correct store, and into faulty ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg import ontology
from kg.ontology import KG
from kg.rdf.graph import article_quads, triples
from kg.rdf.names import BASE, RDF, RDFS, XSD
from kg.store import push, remote
from kg.store.credentials import PASSWORD, TOKEN, USER, find, plain
from kg.store.discovery import Endpoints, discover
from kg.store.http import Connection, StoreError
from kg.store.push import Arrival, PushError, Share
from kg.store.remote import Remote
from tests.sample import knowledge
from tests.store.endpoint import Asked, Endpoint, Reply, serving

WORDS = ontology.load()
PARTS = {part.value: found for part, found in triples(knowledge(), WORDS).items()}
TOTAL = sum(map(len, PARTS.values()))
ONE = push.in_one_graph(PARTS, "")
BY_ARTICLE = push.in_their_graphs(PARTS, article_quads(knowledge(), WORDS))
DECIMAL = NamedNode(XSD + "decimal")
FOREIGN = Quad(*[NamedNode(f"https://other.example/{name}") for name in "spo"])


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide the credentials of the user who runs the tests."""
    for name in (USER, PASSWORD, TOKEN):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


@pytest.fixture
def there() -> Iterator[Endpoint]:
    with serving() as endpoint:
        yield endpoint


def send(
    there: Endpoint,
    shares: list[Share] = ONE,
    *,
    replace: bool = False,
    url: str = "",
    waits: tuple[float, ...] = (0, 0, 0),
) -> list[Arrival]:
    with Connection(url or there.url, back_off=waits, sleep=lambda _: None, timeout=5) as connection:
        store = Remote(connection, discover(connection, Endpoints("")))
        return push.push(store, shares, BASE, replace=replace)


def whole(arrivals: list[Arrival]) -> bool:
    return all(each.sent == each.arrived > 0 for each in arrivals)


# -- A correct store


@pytest.mark.parametrize("path", ["/store", "/update"])
def test_all_triples_arrive_by_either_protocol(there: Endpoint, path: str) -> None:
    there.paths = frozenset({"/query", path})
    assert whole(send(there))
    assert {(q.subject, q.predicate, q.object) for q in there.store} == {
        (t.subject, t.predicate, t.object) for found in PARTS.values() for t in found
    }
    assert {one.path for one in there.written} == {path}


@pytest.mark.parametrize("url", ["", "/", "/query", "/update", "/store"])
def test_the_url_of_the_store_or_of_its_endpoint_is_accepted(there: Endpoint, url: str) -> None:
    assert whole(send(there, url=there.url + url))


@pytest.mark.parametrize("path", ["/store", "/update"])
@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("shares", [ONE, BY_ARTICLE])
def test_pushing_again_sends_nothing(there: Endpoint, path: str, replace: bool, shares: list[Share]) -> None:
    there.paths = frozenset({"/query", path})
    send(there, shares, replace=replace)
    before, requests = set(there.store), len(there.written)
    assert whole(send(there, shares, replace=replace))
    assert (set(there.store), len(there.written)) == (before, requests)


def test_each_article_can_have_its_graph(there: Endpoint) -> None:
    send(there, BY_ARTICLE)
    assert set(there.store) == set(article_quads(knowledge(), WORDS))


def test_triples_of_others_are_kept(there: Endpoint) -> None:
    there.store.add(FOREIGN)
    assert whole(send(there))
    assert (FOREIGN in there.store, len(there)) == (True, TOTAL + 1)


@pytest.mark.parametrize("path", ["/store", "/update"])
def test_replacing_removes_the_triples_of_an_earlier_build(there: Endpoint, path: str) -> None:
    there.paths = frozenset({"/query", path})
    old = Quad(NamedNode(BASE + "Old"), NamedNode(BASE + "p"), NamedNode(BASE + "Older"))
    gone = NamedNode(BASE + "article-gone.txt")
    there.store.extend([old, Quad(*old.triple, gone), Quad(*old.triple, NamedNode(BASE + "article-a.txt"))])
    assert whole(send(there, BY_ARTICLE, replace=True))
    assert set(there.store) == set(article_quads(knowledge(), WORDS))


def test_replacing_never_deletes_triples_of_others(there: Endpoint) -> None:
    there.store.add(FOREIGN)
    with pytest.raises(StoreError, match=r"default graph has triples that are not kg's.*--into"):
        send(there, replace=True)
    assert set(there.store) == {FOREIGN}


def test_replacing_removes_only_kgs_triples_about_terms_of_the_users_ontology(there: Endpoint) -> None:
    term = NamedNode("https://my.example/terms#edged")
    for predicate, thing in ((RDF + "type", KG + "Relation"), (RDFS + "subPropertyOf", KG + "relatedTo")):
        there.store.add(Quad(term, NamedNode(predicate), NamedNode(thing)))
    assert whole(send(there, replace=True))
    assert len(there) == TOTAL
    there.store.add(Quad(term, NamedNode(RDF + "type"), NamedNode(KG + "Relation")))
    there.store.add(Quad(term, NamedNode(KG + "verb"), Literal("edge")))
    with pytest.raises(StoreError, match="not kg's"):
        send(there, replace=True)


def test_replacing_removes_deleted_background(there: Endpoint) -> None:
    gone = NamedNode(BASE + "background-staff.ttl")
    there.store.add(Quad(*FOREIGN.triple, gone))
    send(there)
    assert list(there.store.named_graphs()) == [gone]
    send(there, replace=True)
    assert len(there) == TOTAL


def test_more_graphs_than_fit_in_one_answer_are_removed(
    there: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_PAGE", 2)
    for name in ("a", "b", "c", "d", "e"):
        there.store.add(Quad(*FOREIGN.triple, NamedNode(f"{BASE}article-gone-{name}")))
    send(there, BY_ARTICLE, replace=True)
    assert set(there.store) == set(article_quads(knowledge(), WORDS))


def test_triples_of_named_graphs_do_not_count_as_default_graph(there: Endpoint) -> None:
    there.union = True
    send(there, push.in_one_graph(PARTS, "https://news.example/"))
    assert whole(send(there))
    assert len(list(there.store.quads_for_pattern(None, None, None, DefaultGraph()))) == TOTAL


def test_values_that_a_store_unifies_do_not_count_as_missing(there: Endpoint) -> None:
    subject, predicate = FOREIGN.subject, FOREIGN.predicate
    one, other = (Triple(subject, predicate, Literal(each, datatype=DECIMAL)) for each in ("1.5", "1.50"))
    long = Triple(subject, predicate, Literal("word " * 1_000))
    assert send(there, [Share("background", "", (one, other, long))]) == [Arrival("background", 3, 3)]
    assert len(there) == 2


def test_large_graphs_go_in_batches(there: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    there.paths = frozenset({"/query", "/update"})
    monkeypatch.setattr(remote, "UPDATE_BATCH", 50)
    assert whole(send(there))
    assert len(there.written) > TOTAL / 50


# -- Faulty stores


def after(number: int, reply: Reply, path: str = "/store"):
    """A rule that gives this reply to all requests with triples, beginning with the n-th."""
    seen: list[Asked] = []

    def rule(asked: Asked) -> Reply | None:
        if asked.path == path and asked.body:
            seen.append(asked)
        return reply if asked in seen[number:] else None

    return rule


def test_a_busy_store_is_retried(there: Endpoint) -> None:
    replies = [Reply(503), Reply(500), Reply(429, headers={"Retry-After": "2"})]
    there.rule = lambda asked: replies.pop() if asked.path == "/store" and asked.body and replies else None
    assert whole(send(there))
    assert not replies


def test_a_store_that_is_busy_at_discovery_is_retried(there: Endpoint) -> None:
    replies = [Reply(503), Reply(502), Reply(429)]
    there.rule = lambda _: replies.pop() if replies else None
    assert whole(send(there))


def test_a_store_may_send_retry_after(there: Endpoint) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    replies, slept = (
        [Reply(503, headers={"Retry-After": each}) for each in ("soon", soon, "7")],
        list[float](),
    )
    there.rule = lambda _: replies.pop() if replies else None
    with Connection(there.url, back_off=(1, 1, 1), sleep=slept.append) as connection:
        connection.ask("GET", there.url)
    assert (slept[0], 25 < slept[1] <= 30, slept[2]) == (7, True, 1)


@pytest.mark.parametrize("row", ["", '{"n": {"value": "x"}}', "{}"])
def test_a_count_that_is_not_a_number_is_reported(there: Endpoint, row: str) -> None:
    told = f'{{"results": {{"bindings": [{row}]}}}}'
    there.rule = lambda asked: Reply(200, told) if "COUNT" in asked.body else None
    with pytest.raises(StoreError, match="did not answer a query for a number correctly"):
        send(there)


def test_the_message_of_a_store_about_an_iri_is_shown(there: Endpoint) -> None:
    plain_text = {"Content-Type": "text/plain"}
    there.rule = after(0, Reply(400, "<https://x.example/> is bad", plain_text))
    with pytest.raises(StoreError, match=r"<https://x\.example/> is bad"):
        send(there)


def test_an_interrupted_push_continues(there: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "GRAPH_BATCH", 50)
    there.rule = after(3, Reply(500, "out of memory"))
    with pytest.raises(PushError, match=r"500 .*out of memory.*Broke off after 150 of .*same command again"):
        send(there)
    there.rule, before = lambda _: None, len(there.written)
    assert whole(send(there))
    again = len(there.written) - before
    assert again < TOTAL / 50


def test_a_batch_that_is_too_large_is_split(there: Endpoint) -> None:
    there.rule = lambda asked: Reply(413) if asked.path == "/store" and len(asked.body) > 9_000 else None
    assert whole(send(there))
    assert max(len(one.body) for one in there.written[1:] if len(one.body) <= 9_000) > 1_000


def test_false_success_is_detected(there: Endpoint) -> None:
    there.rule = lambda asked: Reply(200, "<html>thanks") if asked.path == "/store" else None
    assert not any(each.arrived for each in send(there))


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(200, "<html>Welcome"), "answers no SPARQL query .*answers with text/html"),
        (Reply(404, "nothing"), "answers no SPARQL query .*404 Not Found"),
        (Reply(403, "<b>go away\x1b[31m"), "is closed to strangers .*403 Forbidden: go away"),
        (Reply(401), "asks for credentials.*KG_STORE_USER.*netrc"),
        (Reply(301, headers={"Location": "https://elsewhere.example/x"}), "redirects to https://elsewhere"),
    ],
)
def test_an_address_without_a_store_is_reported_at_once(there: Endpoint, reply: Reply, told: str) -> None:
    there.rule = lambda _: reply
    with pytest.raises(StoreError, match=told) as failed:
        send(there)
    assert "\x1b" not in str(failed.value)


def test_a_read_only_store_is_reported(there: Endpoint) -> None:
    there.paths = frozenset({"/query"})
    with pytest.raises(
        StoreError, match=r"answers queries, but accepts no triples .*--graph-store or --update"
    ):
        send(there)


def test_a_redirect_on_the_same_host_is_followed(there: Endpoint) -> None:
    moved = Reply(308, headers={"Location": "/query"})
    there.rule = lambda asked: moved if asked.path == "/old" else None
    assert whole(send(there, url=there.url + "/old"))


def test_a_closed_port_is_reported_at_once() -> None:
    with pytest.raises(StoreError, match="does not respond"):
        send(Endpoint("http://127.0.0.1:1"))


@pytest.mark.parametrize("url", ["", "localhost", "ftp://a.example", "http://", "http://[::1"])
def test_an_invalid_url_is_reported(url: str) -> None:
    with pytest.raises(StoreError, match=r"this is not (a|the) URL"):
        Connection(url)


# -- Credentials


def guarded(asked: Asked) -> Reply | None:
    """Requires user ana with password "pass word"."""
    good = asked.authorization == "Basic YW5hOnBhc3Mgd29yZA=="
    return None if good else Reply(401, f"not {asked.authorization}", {"WWW-Authenticate": 'Basic realm="x"'})


def test_credentials_come_from_the_environment(there: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    there.rule = guarded
    monkeypatch.setenv(USER, "ana")
    monkeypatch.setenv(PASSWORD, "pass word")
    assert whole(send(there))
    assert there.asked[0].authorization == ""


def test_credentials_come_from_a_netrc_file(there: Endpoint, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "netrc"
    file.write_text('machine 127.0.0.1 login ana password "pass word"\n', encoding="utf-8")
    monkeypatch.setenv("NETRC", str(file))
    there.rule = guarded
    assert whole(send(there))


def test_a_token_is_sent_unchanged(there: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "s3cret")
    there.rule = lambda asked: None if asked.authorization == "Bearer s3cret" else Reply(401)
    assert whole(send(there))


@pytest.mark.parametrize("token", ["s3\ncret", "s3crét"])
def test_a_token_invalid_in_a_header_is_not_shown(
    there: Endpoint, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv(TOKEN, token)
    with pytest.raises(StoreError, match="not allowed in a token") as failed:
        send(there)
    assert "s3" not in str(failed.value)


def test_a_token_may_come_from_a_file_that_ends_with_a_line_break(
    there: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN, "s3cret\n")
    assert whole(send(there))
    assert there.asked[0].authorization == "Bearer s3cret"


def test_an_unknown_digest_algorithm_is_reported(there: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "ana")
    wanted = {"WWW-Authenticate": 'Digest realm="x", nonce="y", algorithm=ODD, qop="auth"'}
    there.rule = lambda _: Reply(401, headers=wanted)
    with pytest.raises(StoreError, match="unsupported kind of Digest"):
        send(there)


def test_an_unusable_proxy_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "odd://127.0.0.1:1")
    with pytest.raises(StoreError, match="HTTP_PROXY"):
        Connection("http://store.example")


@pytest.mark.parametrize("target", ["http://127.0.0.1:80@{}/query", "http://{}/query"])
def test_a_redirect_to_another_host_is_not_followed(there: Endpoint, target: str) -> None:
    with serving() as stranger:
        moved = Reply(308, headers={"Location": target.format(stranger.url.removeprefix("http://"))})
        there.rule = lambda _: moved
        with pytest.raises(StoreError, match="If you trust that address"):
            send(there)
        assert stranger.asked == []


def test_no_message_contains_a_secret(there: Endpoint, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    there.rule = lambda asked: guarded(asked) or Reply(500, "password: pass word")
    url = there.url.replace("//", "//ana:pass%20word@")
    for refused in (url, url.replace("word", "w0rd")):
        with pytest.raises(StoreError) as failed:
            send(there, url=refused)
        told = str(failed.value) + caplog.text
        assert not [secret for secret in ("pass word", "pass%20word", "w0rd", "YW5h") if secret in told]


def test_a_broken_netrc_file_is_reported_without_its_words(
    there: Endpoint, tmp_path: Path, monkeypatch
) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine a.example login ana s3cret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(file))
    with pytest.raises(StoreError, match=r"netrc, line \d: is not a netrc file") as failed:
        Connection(there.url)
    assert "s3cret" not in str(failed.value)


def test_credentials_are_not_shown() -> None:
    assert "secret" not in repr(find("https://ana:secret@store.example/"))
    assert plain("https://ana:secret@store.example/x?key=secret") == "https://store.example/x"


def test_a_password_is_not_sent_to_another_host(there: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "s3cret")
    with serving() as stranger, Connection(there.url) as connection:
        connection.ask(
            "POST", stranger.url.replace("127.0.0.1", "localhost") + "/query", form={"query": "ASK {}"}
        )
        assert stranger.asked[0].authorization == ""
