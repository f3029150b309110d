from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.ontology import KG
from kg.rdf.graph import article_quads, triples
from kg.rdf.names import KGR, RDF
from kg.rdf.reifiers import reified
from kg.write.formats import Choice, Wanted, formats
from tests.rdf.small import ontology
from tests.sample import knowledge

PARTS = [each for part in triples(knowledge(), ontology()).values() for each in part]
REIFIES = NamedNode(RDF + "reifies")


def test_each_statement_reifies_its_triple() -> None:
    found = reified(PARTS)
    terms = {RDF + "subject", RDF + "predicate", RDF + "object"}
    assert not terms & {each.predicate.value for each in found}
    told = [each.object for each in found if each.predicate == REIFIES]
    assert len(told) == len(knowledge().statements)
    assert len(PARTS) - len(found) == 2 * len(told)
    stopped = [each for each in told if isinstance(each, Triple) and each.predicate.value.startswith(KGR)]
    assert len(stopped) == 1 and stopped[0] not in found  # a possible statement is not a triple


def test_quads_stay_in_their_graphs() -> None:
    quads = article_quads(knowledge(), ontology())
    found = reified(quads)
    assert all(isinstance(each, Quad) for each in found)
    graphs = {each.graph_name for each in found if each.predicate == REIFIES}
    assert graphs == {each.graph_name for each in quads if each.predicate.value == RDF + "subject"}


def test_every_rdf_1_2_format_round_trips() -> None:
    able = [form for form in formats().values() if Choice.REIFIERS in form.takes]
    assert {form.name for form in able} == {"turtle", "ntriples", "nquads", "trig", "rdfxml"}
    wanted = Wanted(knowledge(), ontology(), "https://kg.example/data/", reifiers=True)
    for form in able:
        (data,) = form.make(wanted)
        read = {quad.triple for quad in parse(data, RdfFormat.from_extension(form.suffix[1:]))}
        assert read == set(reified(PARTS)), form.name


def test_a_store_can_be_queried_for_denials() -> None:
    store = Store()
    store.extend(Quad(*each) for each in reified(PARTS) if isinstance(each, Triple))
    asked = "SELECT ?who { << ?who kg:signed ?what >> kg:factuality kg:Negated }"
    (row,) = store.query(asked, prefixes={"kg": KG})
    assert row["who"].value.endswith("Ana_Ruiz")
