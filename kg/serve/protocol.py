"""The query operation of the SPARQL 1.1 Protocol: reads the query from an HTTP request.

https://www.w3.org/TR/sparql11-protocol/, section 2.1. Requests are refused here before their query runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from urllib.parse import parse_qs

from pyoxigraph import NamedNode

from kg.serve.asked import Question, RefusedError
from kg.serve.negotiation import ROWS, TRIPLES, Offer, named, own

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MOST_FIELDS = 1000


def by_get(address: str, accept: str = "") -> Question | None:
    """The SPARQL query in the query string of an address; None if there is none."""
    fields = _fields(address)
    if "query" in fields:
        return _question(fields, accept)
    _refuse_update(fields)
    return None


def by_post(address: str, content_type: str, body: bytes, accept: str = "") -> Question:
    """The query in the body of a POST, which is a form or the query itself. Raises RefusedError."""
    kind = _kind(content_type)
    fields = _fields(address)
    if kind == FORM:
        form = _fields(_text(body))
        _refuse_update(form)
        if "query" not in form:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "the form has no query field")
        return _question(_joined(fields, form), accept)
    if kind == QUERY:
        if "query" in fields:
            raise RefusedError(
                HTTPStatus.BAD_REQUEST, "there are two queries: one in the address, one in the body"
            )
        return _question({**fields, "query": [_text(body)]}, accept)
    if kind == UPDATE:
        _refuse_update({"update": [""]})
    what = f"{kind[:200]} is not supported" if kind else "the request has no Content-Type"
    raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"{what}; Content-Type has to be {QUERY} or {FORM}")


def wanted_format(values: Sequence[str], offers: Sequence[Offer]) -> str:
    """The format requested in an address, "" for none. Raises RefusedError for an unknown one."""
    wanted = values[0].lower() if values else ""
    if wanted and not named(offers, wanted):
        known = ", ".join(offer.name for offer in own(offers))
        raise RefusedError(HTTPStatus.NOT_ACCEPTABLE, f"there is no format {wanted[:200]}; there are {known}")
    return wanted


def _kind(content_type: str) -> str:
    """The media type in a Content-Type header. Raises RefusedError if its charset is not UTF-8."""
    kind, *parameters = (part.strip() for part in content_type.lower().split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8", "us-ascii"):
            raise RefusedError(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"a query has to be in UTF-8, not in {value.strip()}"
            )
    return kind


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"the body is not UTF-8 (byte {error.start})") from error


def _fields(encoded: str) -> dict[str, list[str]]:
    try:
        return parse_qs(encoded, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the percent-encoded text is not UTF-8") from error
    except ValueError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"more than {_MOST_FIELDS} fields") from error


def _joined(one: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: [*one.get(name, ()), *other.get(name, ())] for name in (*one, *other)}


def _question(fields: Mapping[str, Sequence[str]], accept: str) -> Question:
    _refuse_update(fields)
    queries = fields["query"]
    if len(queries) > 1:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"there are {len(queries)} queries; only one is allowed")
    if not queries[0].strip():
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the query is empty")
    formats = [value for name in ("format", "output") for value in fields.get(name, ())]
    return Question(
        queries[0],
        accept,
        wanted_format(formats, (*ROWS, *TRIPLES)),
        _graphs(fields.get("default-graph-uri", ())),
        _graphs(fields.get("named-graph-uri", ())),
    )


def _graphs(iris: Sequence[str]) -> tuple[str, ...]:
    for iri in iris:
        try:
            NamedNode(iri)
        except ValueError as error:
            raise RefusedError(HTTPStatus.BAD_REQUEST, f"{iri!r} is not the IRI of a graph") from error
    return tuple(iris)


def _refuse_update(fields: Mapping[str, Sequence[str]]) -> None:
    if "update" in fields:
        raise RefusedError(HTTPStatus.FORBIDDEN, "the graph is read-only: there are no updates")
