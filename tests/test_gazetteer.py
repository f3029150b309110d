"""The tables of countries and regions are complete and unambiguous."""

from collections import Counter

from kg.gazetteer import by_adjective, by_name, countries, regions


def test_the_sovereign_states_are_complete() -> None:
    alpha2 = [country for country in countries() if len(country.code) == 2]
    assert len(alpha2) > 195
    assert {"US", "GB", "PE", "TW", "XK", "PS", "HK", "GL"} <= {country.code for country in alpha2}


def test_codes_and_names_are_unique() -> None:
    assert max(Counter(country.code for country in countries()).values()) == 1
    names = Counter(name for area in (*countries(), *regions()) for name in {area.name, *area.aliases})
    assert [name for name, count in names.items() if count > 1] == []


def test_no_cell_has_stray_spaces() -> None:
    for area in (*countries(), *regions()):
        for word in (area.name, *area.aliases, *area.adjectives, *area.demonyms):
            assert word == word.strip() != ""


def test_short_forms_and_adjectives_are_mapped_to_the_country() -> None:
    assert {by_name()[name].name for name in ("US", "U.S.", "America", "United States")} == {"United States"}
    assert {by_name()[name].name for name in ("UK", "Britain")} == {"United Kingdom"}
    assert by_adjective()["South Korean"].name == "South Korea"
    assert by_adjective()["British"].name == "United Kingdom"
    assert by_adjective()["European"].name == "Europe"


def test_an_adjective_of_two_countries_is_mapped_to_neither() -> None:
    assert "Dominican" not in by_adjective()
