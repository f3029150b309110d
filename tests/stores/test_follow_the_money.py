"""FollowTheMoney's own package finds no errors in the output of `kg export --format ftm`.

pytest -m stores
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg import ontology
from kg.model import Knowledge
from kg.rdf.names import BASE
from kg.write.formats import Wanted, formats
from tests.sample import knowledge
from tests.write.meetings import meetings
from tests.write.synthetic import invented

pytestmark = pytest.mark.stores


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize(
    "known", [knowledge(), meetings(), invented(60, 300)], ids=["sample", "meetings", "large"]
)
def test_every_entity_conforms_to_its_schema(known: Knowledge, everything: bool) -> None:
    followthemoney = pytest.importorskip("followthemoney", reason="pip install followthemoney")
    (data,) = formats()["ftm"].make(Wanted(known, ontology.load(), BASE, everything=everything))
    rows: dict[str, dict[str, Any]] = {row["id"]: row for row in map(json.loads, data.splitlines())}
    assert len(rows) == len(data.splitlines())
    for row in rows.values():
        schema = followthemoney.model.get(row["schema"])
        assert set(row["properties"]) <= set(schema.properties), row
        assert all(name in row["properties"] for name in schema.required), row
        schema.validate(row)
        proxy = followthemoney.EntityProxy.from_dict(row, cleaned=False)
        for name, values in row["properties"].items():
            assert len(proxy.get(name)) == len(values), (row["schema"], name, values, proxy.get(name))
            wanted = schema.get(name).range
            for value in values if wanted else ():
                assert followthemoney.model.get(rows[value]["schema"]).is_a(wanted), (row, name)
