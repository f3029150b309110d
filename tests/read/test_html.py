import time

import pytest

from kg.model import BlockKind, Metadata
from kg.read import main_text
from kg.read.html import arrange, scan

LONG = (
    "Ana Ruiz, the mayor of Lima, opened a bridge over the river on Tuesday, years after a ferry had sunk.",
    "It cost four million, and the council will ask for a toll of two soles from each car until 2040.",
    "Tom Reed, who sells fish at the market of the town, said that he had waited long for the bridge.",
)


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def article(*extra: str) -> str:
    paragraphs = "".join(f"<p>{text}</p>\n" for text in LONG)
    return f"<article><h1>Mayor opens bridge</h1>{paragraphs}{''.join(extra)}</article>"


def texts(source: str) -> list[str]:
    return [line.text for line, _ in arrange(source)[0].kept]


def test_the_article_is_kept_and_menus_are_removed() -> None:
    source = page(
        "<nav><ul><li>Home</li><li>World news of the day in a long line.</li></ul></nav>"
        + article("<form>Sign up now. It is free for all of you.</form>")
        + "<aside><h2>More</h2><p>Another story happened far away in Cusco.</p></aside>"
        + "<footer><p>The Paper is printed in Lima every day.</p></footer>"
        + "<script>var text = '<p>This is a script, not a text.</p>';</script>"
        + "<style>p { content: 'A style is no text, either.' }</style>"
    )
    assert texts(source) == ["Mayor opens bridge", *LONG]


def test_headings_lists_and_captions_keep_their_kind() -> None:
    figure = "<figure><img><figcaption>Ana Ruiz walks on the bridge in Lima.</figcaption></figure>"
    more = "<p>The bridge will be closed to lorries in its first month, the council of the town said.</p>"
    source = page(article(figure, "<h2>Long wait</h2>", "<ul><li>Cars cross at noon.</li></ul>", more))
    kinds = {line.text: kind for line, kind in arrange(source)[0].kept}
    assert kinds["Mayor opens bridge"] is BlockKind.TITLE
    assert kinds["Ana Ruiz walks on the bridge in Lima."] is BlockKind.CAPTION
    assert kinds["Long wait"] is BlockKind.HEADING
    assert kinds["Cars cross at noon."] is BlockKind.PARAGRAPH


def test_every_character_has_its_position() -> None:
    inner = (
        "The <b>caf&eacute;</b>&nbsp;of\n   Ann &amp; Tom<!-- not <p>this</p> --> &#8212;"
        " &lt;small&gt; <i>one</i>."
    )
    (line,) = scan(f"<p>{inner}</p>").lines
    assert line.text == "The café of Ann & Tom — <small> one."
    source = f"<p>{inner}</p>"
    found = {
        line.text[s.start : s.start + s.length]: source[s.source_start : s.source_start + s.source_length]
        for s in line.segments
    }
    assert found["é"] == "&eacute;"
    assert found["&"] == "&amp;"
    assert found["caf"] == "caf"


def test_a_line_break_separates_lines() -> None:
    assert [line.text for line in scan("<p>One.<br>Two.<br/><br/>Three.</p>").lines] == [
        "One.",
        "Two.",
        "Three.",
    ]


def test_the_name_of_the_site_in_a_main_heading_is_not_a_title() -> None:
    head = "<title>Mayor opens bridge | The Paper</title>"
    body = "".join(f"<p>{text}</p>" for text in LONG)
    for heading in ("h1", "h2"):
        source = page(
            f"<h1>The Paper</h1><article><{heading}>Mayor opens bridge</{heading}>{body}</article>", head
        )
        layout, metadata = arrange(source)
        assert [line.text for line, _ in layout.kept] == ["Mayor opens bridge", *LONG]
        assert (layout.kept[0][1], metadata.title) == (BlockKind.TITLE, "Mayor opens bridge")


def test_furniture_inside_the_article_is_removed() -> None:
    box = "<p>Subscribe to The Paper's Evening Letter</p><p>Read more: Ferry sinks off Callao</p>"
    assert texts(page(article(box, f"<p>{LONG[0][:-1]} again.</p>"))) == [
        "Mayor opens bridge",
        *LONG,
        f"{LONG[0][:-1]} again.",
    ]


def test_json_ld_and_meta_tags_give_metadata() -> None:
    head = """<title>Mayor opens bridge - The Paper</title>
<link rel="canonical" href="https://paper.example/bridge">
<meta property="og:site_name" content="The Paper &amp; Co">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "x"},
  {"@type": ["NewsArticle"], "headline": "Mayor opens bridge", "datePublished": "2026-03-05T23:30:00-05:00",
   "dateModified": "2026-03-08",
   "author": [{"@type": "Person", "name": "Jo Doe"}, {"name": "Ann Poe"}]}]}</script>"""
    assert arrange(page(article(), head))[1] == Metadata(
        "Mayor opens bridge",
        "The Paper & Co",
        "https://paper.example/bridge",
        ("Jo Doe", "Ann Poe"),
        "2026-03-05",
    )


def test_meta_tags_alone_suffice() -> None:
    head = (
        '<meta property="article:published_time" content="2026-03-05T08:00:00Z">'
        "<meta name=author content='Jo Doe'>"
    )
    stated = arrange(page(article(), head))[1]
    assert (stated.date, stated.authors) == ("2026-03-05", ("Jo Doe",))


def test_a_date_line_of_the_page_dates_it() -> None:
    source = page("<h1>Mayor opens bridge</h1><p>By Jo Doe</p><time>5 March 2026</time>" + article())
    assert arrange(source)[1].date == "2026-03-05"


@pytest.mark.parametrize("date", ["yesterday", "2026-99-99", "", "20260305"])
def test_an_invalid_date_is_ignored(date: str) -> None:
    broken = '<script type="application/ld+json">{</script>'
    head = f'<meta property="article:published_time" content="{date}">{broken}'
    assert arrange(page(article(), head))[1].date == ""


def test_a_date_in_a_sentence_is_not_guessed() -> None:
    text = "The bridge had been planned since 3 March 2011, when a law was passed by the council of Lima."
    assert arrange(page(article(f"<p>{text}</p>")))[1].date == ""


def test_a_page_inside_one_form_is_read() -> None:
    assert texts(page(f"<form>{article()}</form>")) == ["Mayor opens bridge", *LONG]


def test_deep_nesting_is_read() -> None:
    depth = 20_000
    assert texts("<div>" * depth + article() + "</div>" * depth)[1:] == list(LONG)


@pytest.mark.parametrize(
    "source",
    [
        "<" * 200_000,
        "<a" * 100_000,
        "<a b=\"'" * 50_000,
        "<!--" * 50_000,
        "<script>" * 50_000,
        "</" * 100_000,
        "&amp" * 50_000,
        "<p>a<li>" * 20_000,
        "<p>" + " " * 200_000,
        "<![CDATA[" * 50_000,
    ],
    ids=lambda source: source[:9],
)
def test_broken_markup_is_read_fast(source: str) -> None:
    start = time.process_time()
    scan(source)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("source", ["", "<", "</", "<p", "<p a='", "<!", "&", "<script>", "a < b and c > d"])
def test_any_end_of_file_is_read(source: str) -> None:
    scan(source)


def test_an_entity_bomb_stays_text() -> None:
    source = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><p>The end is &b; near.</p>'
    assert scan(source).lines[-1].text.endswith("The end is &b; near.")


def test_a_tag_of_very_many_attributes_is_read_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """lxml would take minutes; the article is the page's lines, as if no main text were found."""
    monkeypatch.setattr(main_text, "_SECONDS", 0.5)
    monkeypatch.setattr(main_text, "found", lambda _: pytest.fail("looked at in this process"))
    many = " ".join(f"a{number}" for number in range(20_000))
    for tag in (f"<p {many}>", f"<p {many.replace(' ', '=1 ')}>", f"<textarea><p {many}></textarea><p>"):
        assert texts(f"{tag}{LONG[0]}")[-1:] == [LONG[0]]


@pytest.mark.parametrize(
    ("source", "odd"),
    [
        ("<p " + " ".join(f'a{n}=">"' for n in range(400)) + ">", True),
        ("<img src='data:" + "a/b+c=" * 5000 + "'>", False),
        ("<p>" + "one word more " * 5000 + "</p>", False),
        ("<p class='a' id='b'>It rained.</p>" * 500, False),
    ],
)
def test_which_pages_are_suspicious(source: str, odd: bool) -> None:
    assert main_text.is_suspicious(source) is odd


def test_a_large_page_is_read_the_same_in_a_separate_process(monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(article(), '<title>Zoë\'s bridge</title><meta name="author" content="Jo Doe">')
    here = main_text.of(source)
    monkeypatch.setattr(main_text, "_LARGE", 10)
    assert main_text.of(source) == here
    assert (here.lines[1:], here.guessed.authors) == (LONG, ("Jo Doe",))
