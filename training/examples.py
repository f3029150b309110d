"""Makes training examples of gold sentences: word pieces, and the targets of each token.

    python3 -m training.examples --gum GUM --ewt EWT --pud PUD --names FOLDER --news FILE -o FOLDER

writes FOLDER/train.jsonl.gz and FOLDER/test.jsonl.gz, with one paragraph per line. Each token has a head, a
label, a tag, the admissible name tags, and, if it is a noun, the class of what it denotes. What a source does
not annotate is omitted, and adds nothing to the loss. For a source that annotates only people, places and
organisations, all finer name tags are admissible ("partial labels", after Tsuboi et al. 2008).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training import treebanks
from training.treebanks import Gold

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.language.lists import Lists

KINDS = ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW")
NAMES = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))
NOUNS = (
    "-",
    "person",
    "place",
    "organization",
    "object",
    "event",
    "time",
    "substance",
    "animal",
    "plant",
    "abstract",
)
PLACES = ("GPE", "LOC", "FAC")

# Kind of entity in GUM -> the OntoNotes labels that names of such entities can have.
_OF_GUM = {
    "person": ("PERSON", "NORP"),
    "place": PLACES,
    "organization": ("ORG", "GPE"),
    "object": ("PRODUCT", "WORK_OF_ART", "FAC", "LAW"),
    "abstract": ("WORK_OF_ART", "LAW", "PRODUCT", "NORP"),
    "event": ("EVENT",),
}
# Genres of GUM whose texts are in the public domain or under CC BY or CC BY-SA. News is the test set.
GENRES = ("academic", "bio", "court", "interview", "textbook", "vlog", "voyage")
# Web sites from which GUM has speeches of public bodies, or speeches under a free licence.
_FREE_SPEECHES = (
    "congress.gov",
    "whitehouse.gov",
    "speaker.gov",
    "presidency.ucsb.edu",
    "creativecommons.org",
    "sayit.pdis",
    "parliament.nz",
)


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence with their annotations; None if the source does not annotate them."""

    words: list[str]
    heads: list[int] | None = None  # index of the head in the sentence; for the root, its own index
    labels: list[str] | None = None  # "" if unknown
    tags: list[str] | None = None
    names: list[list[int]] | None = None  # admissible indices of NAMES; all of them if unknown
    nouns: list[int] | None = None  # index into NOUNS; IGNORE if unknown


@dataclass(slots=True)
class Paragraph:
    """Consecutive sentences, and the source that they are from."""

    source: str
    document: str
    sentences: list[Sentence] = field(default_factory=list)


EVERY = list(range(len(NAMES)))  # all name tags are admissible


def admissible(kinds: Iterable[str], mark: str) -> list[int]:
    """Indices of NAMES for a token that begins ("B") or continues ("I") a name of one of these kinds."""
    return [NAMES.index(f"{mark}-{kind}") for kind in kinds]


OUTSIDE = [0]  # only "O" is admissible: the token is in no name
# A word that a source does not mark may still be in a name of a kind that this source does not annotate.
NO_CORE = [0, *admissible([k for k in KINDS if k not in ("PERSON", "ORG", *PLACES)], "B")]
NO_CORE += admissible([k for k in KINDS if k not in ("PERSON", "ORG", *PLACES)], "I")


def sentence_of(
    nlp: Language, words: Lists, gold: Gold, named: dict[str, list[tuple[int, str]]]
) -> Sentence | None:
    """A treebank's sentence in kg's tokens; None if there are no tokens, or if the tree cannot be
    transferred.
    """
    from kg.language.pipeline import prepare

    doc = prepare(nlp, gold.text, words)
    tokens = [token for token in doc if not token.is_space]
    spans = [(token.idx, token.idx + len(token)) for token in tokens]
    carried = treebanks.on_tokens(gold, spans) if spans else None
    if carried is None or not treebanks.is_tree(carried[0]):
        return None
    heads, labels, tags, owner = carried
    made = Sentence([token.text for token in tokens], heads, labels, tags)
    if gold.entities is not None:
        made.nouns = _nouns(gold, owner)
        made.names = _names(gold, owner)
    elif len(labels_of := named.get(gold.text, [])) == len(gold.words):
        add_names_of_ewt(made, owner, [label for _, label in labels_of])
    return made


def _nouns(gold: Gold, owner: Sequence[int]) -> list[int]:
    kind_of: dict[int, str] = {}
    for entity in sorted(gold.entities or (), key=lambda e: e.start - e.end):
        inside = range(entity.start, entity.end)
        tops = [w for w in inside if gold.words[w].head not in inside]
        if len(tops) == 1:
            kind_of[_last_of_name(gold, tops[0])] = entity.kind
    seen: set[int] = set()
    found = []
    for word in owner:
        known = word not in seen
        seen.add(word)
        found.append(NOUNS.index(kind_of.get(word, "-")) if known else treebanks.IGNORE)
    return found


def _last_of_name(gold: Gold, word: int) -> int:
    """The last word of the name whose first word is `word`. (The head of a name is its first word in UD, its
    last word in spaCy's scheme.)
    """
    parts = [i for i, w in enumerate(gold.words) if w.head == word and w.label.split(":")[0] == "flat"]
    return max([word, *parts])


def _names(gold: Gold, owner: Sequence[int]) -> list[list[int]]:
    words = gold.words
    marks: dict[int, list[int]] = {}
    for start, end, kind in _named(gold):
        kinds = _OF_GUM.get(kind)
        for word in range(start, end):
            marks[word] = admissible(kinds, "B" if word == start else "I") if kinds else EVERY
    found, before = [], -1
    for at, word in enumerate(owner):
        if word in marks:
            mark = marks[word]
            if word == before and any(i % 2 for i in mark):  # a further token of a word continues its name
                mark = [i + 1 if i % 2 else i for i in mark]
            found.append(mark)
        elif words[word].tag in ("NNP", "NNPS"):
            found.append(EVERY)
        elif words[word].upos == "ADJ" and words[word].form[:1].isupper() and at:
            found.append([0, *admissible(["NORP"], "B")])
        else:
            found.append(OUTSIDE)
        before = word
    return found


def _named(gold: Gold) -> Iterator[tuple[int, int, str]]:
    """The outermost names of a sentence, without titles and articles, as (start, end, kind). A name is an
    entity whose core consists of proper nouns.
    """
    words, taken = gold.words, set[int]()
    for entity in sorted(gold.entities or (), key=lambda e: (e.start - e.end, e.start)):
        core = [w for w in entity.core if w < len(words)]
        core = [w for w in core if not _in_title(words, w, core)]
        while core and (words[core[0]].upos in ("DET", "PUNCT") or words[core[0]].upos == "ADP"):
            core = core[1:]
        if not core or core != list(range(core[0], core[-1] + 1)) or taken & set(core):
            continue
        tags = {words[w].tag for w in core}
        if not tags & _PROPER or not tags <= _PROPER | _WITHIN_NAMES:
            continue
        taken |= set(core)
        yield core[0], core[-1] + 1, entity.kind


_PROPER = frozenset({"NNP", "NNPS"})
# Tags of other words that a name can contain ("Bank of Lima", "Apollo 11").
_WITHIN_NAMES = frozenset({"CD", "IN", "CC", "POS", "DT", "HYPH"})


def _in_title(words: Sequence[Any], word: int, core: Sequence[int]) -> bool:
    """Whether the word is, or depends on, a title: "Administrator" in "NASA Administrator Ana Ruiz"."""
    for _ in range(len(core)):
        if words[word].label in ("nmod:desc",):
            return True
        word = words[word].head
        if word not in core:
            return False
    return False


def paragraphs(
    nlp: Language, words: Lists, source: str, golds: Iterable[Gold], named: dict[str, list[tuple[int, str]]]
) -> Iterator[Paragraph]:
    """The paragraphs of a treebank. `named`: text of a sentence -> the number and the name label of each of
    its words.
    """
    number = 0

    def key(gold: Gold) -> tuple[str, int]:
        nonlocal number
        number += gold.opens_paragraph
        return gold.document, number

    for (document, _), group in groupby(golds, key):
        made = [sentence for gold in group if (sentence := sentence_of(nlp, words, gold, named)) is not None]
        if made:
            yield Paragraph(source, document, made)


def with_finer_names(paragraph: Paragraph, nlp: Language) -> None:
    """Lets spaCy's model choose among the name tags that a treebank's kind of entity admits, such as GPE, LOC
    and FAC for a "place".
    """
    from spacy.tokens import Doc

    for sentence in paragraph.sentences:
        if sentence.names is None:
            continue
        doc = Doc(nlp.vocab, words=sentence.words)
        for pipe in (part for name, part in nlp.pipeline if name in ("tok2vec", "ner")):
            doc = pipe(doc)
        for entity in doc.ents:
            if entity.label_ not in KINDS:
                continue
            span = range(entity.start, entity.end)
            if sentence.words[entity.start].lower() == "the":
                span = range(entity.start + 1, entity.end)
            exact = [NAMES.index(f"{'B' if i == span.start else 'I'}-{entity.label_}") for i in span]
            fits = all(label in sentence.names[i] for label, i in zip(exact, span, strict=True))
            after = sentence.names[span.stop] if span.stop < len(sentence.words) else OUTSIDE
            continues = after != EVERY and any(i and i % 2 == 0 for i in after)
            if fits and not continues:
                for label, i in zip(exact, span, strict=True):
                    sentence.names[i] = [label]


def wikigold(path: Path) -> Iterator[Paragraph]:
    """Paragraphs of WikiGold (Balasuriya et al. 2009): Wikipedia with names of people, places, organisations
    and others.
    """
    kinds = {"PER": ("PERSON",), "LOC": PLACES, "ORG": ("ORG",)}
    others = tuple(k for k in KINDS if k not in ("PERSON", "ORG", "GPE", "LOC"))
    yield from _iob(path, "wikigold", {**kinds, "MISC": others}, OUTSIDE)


def _iob(
    path: Path, source: str, kinds: dict[str, tuple[str, ...]], outside: list[int]
) -> Iterator[Paragraph]:
    words: list[str] = []
    names: list[list[int]] = []
    before = "O"
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line.strip():
            if words and words != ["-DOCSTART-"]:
                yield Paragraph(source, path.stem, [Sentence(words, names=names)])
            words, names, before = [], [], "O"
            continue
        word, label = line.split()[0], line.split()[-1]
        words.append(word)
        if label == "O":
            names.append(outside)
        else:
            same = before != "O" and before.split("-")[1] == label.split("-")[1]
            begins = label.startswith("B-") or not same
            names.append(admissible(kinds[label.split("-")[1]], "B" if begins else "I"))
        before = label


def names_of_ewt(path: Path) -> dict[str, list[tuple[int, str]]]:
    """The names in EWT according to Universal NER (Mayhew et al. 2024): text of a sentence -> the number and
    the name label of each of its words.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    text, rows = "", []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# text ="):
            text = line[8:].strip()
        elif line and not line.startswith("#"):
            rows.append((int(line.split("\t")[0]), line.split("\t")[2]))
        elif not line and rows:
            found[text], rows = rows, []
    return found


def add_names_of_ewt(sentence: Sentence, owner: Sequence[int], labels: Sequence[str]) -> None:
    """Set the admissible name tags of a sentence. `owner`: the word that each token represents; `labels`:
    Universal NER's label of each word.
    """
    kinds = {"PER": ("PERSON",), "LOC": PLACES, "ORG": ("ORG",)}
    sentence.names = []
    before = -1
    for word in owner:
        label = labels[word]
        if label == "O" or label.split("-")[1] not in kinds:
            sentence.names.append(NO_CORE)
        else:
            mark = "B" if label[0] == "B" and word != before else "I"
            sentence.names.append(admissible(kinds[label.split("-")[1]], mark))
        before = word


def write(paragraphs_: Iterable[Paragraph], path: Path) -> dict[str, int]:
    """Write one paragraph per line; return the number of tokens from each source."""
    counts: dict[str, int] = {}
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for paragraph in paragraphs_:
            rows = [
                {
                    key: getattr(sentence, key)
                    for key in ("words", "heads", "labels", "tags", "names", "nouns")
                    if getattr(sentence, key) is not None
                }
                for sentence in paragraph.sentences
            ]
            file.write(
                json.dumps({"source": paragraph.source, "document": paragraph.document, "sentences": rows})
            )
            file.write("\n")
            size = sum(len(sentence.words) for sentence in paragraph.sentences)
            counts[paragraph.source] = counts.get(paragraph.source, 0) + size
    return counts


_OF_KG = {
    "Person": ("PERSON",),
    "Organization": ("ORG",),
    "Place": PLACES,
    "Group": ("NORP", "ORG"),
    "Product": ("PRODUCT",),
    "CreativeWork": ("WORK_OF_ART",),
    "Event": ("EVENT",),
    "Law": ("LAW",),
}


def unlabelled_news(rows: Iterable[dict[str, str]]) -> Iterator[Paragraph]:
    """Paragraphs of news without manual annotation: with sentences and names as kg reads them, without trees.

    A name is annotated if the evidence in its article decides its type; otherwise all name tags are
    admissible.
    """
    from kg import ontology
    from kg.language import pipeline
    from kg.language.reader import understand
    from kg.model import MentionKind
    from kg.read import from_text

    knows = ontology.load()
    nlp = pipeline.load()
    documents = [from_text(row["url"], row["text"], row["date"]) for row in rows]
    for document, doc in zip(
        documents, pipeline.parse(nlp, [d.text for d in documents], knows.words), strict=True
    ):
        parsed = understand(doc, document, knows)
        names: dict[int, list[int]] = {}
        for mention in parsed.mentions:
            if mention.kind is not MentionKind.NAME:
                continue
            kinds = next((k for c, k in _OF_KG.items() if knows.is_a(mention.type, c)), None)
            start, end = parsed.extent(mention)
            said = {token.ent_type_ for token in doc[start:end]}
            if kinds and len(kinds) > 1 and len(said & set(kinds)) == 1:
                kinds = tuple(said & set(kinds))
            for i in range(start, end):
                names[i] = admissible(kinds, "B" if i == start else "I") if kinds else EVERY
        paragraph = Paragraph("news", document.id)
        for sentence in doc.sents:
            tokens = [token for token in sentence if not token.is_space]
            if not tokens:
                continue
            if paragraph.sentences and "\n" in doc.text[: tokens[0].idx][-3:]:
                yield paragraph
                paragraph = Paragraph("news", document.id)
            marks = [
                names.get(t.i, [0] if not t.ent_type_ or t.ent_type_ not in KINDS else EVERY) for t in tokens
            ]
            paragraph.sentences.append(Sentence([t.text for t in tokens], names=marks))
        if paragraph.sentences:
            yield paragraph


def main() -> None:
    """Write the examples of all sources."""
    import argparse
    import csv

    from kg import ontology
    from kg.language import pipeline

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gum", type=Path, required=True, help="the repository amir-zeldes/gum")
    parser.add_argument("--ewt", type=Path, required=True, help="the sources of UD_English-EWT")
    parser.add_argument("--pud", type=Path, required=True, help="the repository UD_English-PUD")
    parser.add_argument("--ewt-names", type=Path, help="the repository UNER_English-EWT")
    parser.add_argument("--wikigold", type=Path, help="wikigold.conll.txt")
    parser.add_argument("--news", type=Path, nargs="*", default=(), help="CSV files with url, date, text")
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    nlp, words = pipeline.load(), ontology.load().words

    gum = [path for genre in GENRES for path in treebanks.files(given.gum, f"dep/GUM_{genre}_*.conllu")] + [
        path
        for path in treebanks.files(given.gum, "dep/GUM_speech_*.conllu")
        if any(source in path.read_text(encoding="utf-8") for source in _FREE_SPEECHES)
    ]
    news = treebanks.files(given.gum, "dep/GUM_news_*.conllu")
    ewt = treebanks.files(given.ewt, "*/*.conllu")
    pud = treebanks.files(given.pud, "*.conllu")

    named: dict[str, list[tuple[int, str]]] = {}
    for part in ("dev", "test") if given.ewt_names else ():
        named |= names_of_ewt(given.ewt_names / f"en_ewt-ud-{part}.iob2")

    def train() -> Iterator[Paragraph]:
        for source, paths in (("gum", gum), ("ewt", ewt), ("pud", pud)):
            for paragraph in paragraphs(nlp, words, source, treebanks.sentences(paths), named):
                with_finer_names(paragraph, nlp)
                yield paragraph
        if given.wikigold:
            for paragraph in wikigold(given.wikigold):
                with_finer_names(paragraph, nlp)
                yield paragraph

    def silver() -> Iterator[Paragraph]:
        rows: list[dict[str, str]] = []
        for path in given.news:
            with path.open(encoding="utf-8", newline="") as file:
                rows += [row for row in csv.DictReader(file) if row["text"].strip()]
        yield from unlabelled_news(rows)

    print(
        "test",
        write(paragraphs(nlp, words, "test", treebanks.sentences(news), {}), given.output / "test.jsonl.gz"),
    )
    print("train", write(train(), given.output / "train.jsonl.gz"))
    if given.news:
        print("news", write(silver(), given.output / "news.jsonl.gz"))


if __name__ == "__main__":
    main()
