"""Converts trees of Universal Dependencies to the scheme of spaCy's English models (ClearNLP, OntoNotes).

The rules of kg expect spaCy's scheme, but treebanks are published in UD; so their trees are converted once,
before training. `to_spacy` applies `STEPS`, in order, to a tree that is in UD before the first step and in
spaCy's scheme after the last. Each step converts one construction, with an example in its docstring. Words
that no other step changes keep their head, and get their new label in the step before the last (`labels`). In
the examples, "`X` nsubj of `Y`" means that X is attached to Y with the label nsubj. "The model" is
en_core_web_md.

Three choices differ from a mere conversion:

- Main clauses side by side ("The sun was hot; the sea was cold"): spaCy's model makes the first a `ccomp` of
  the last. Here the later one is a `conj` of the earlier, without a `cc`: kg reads such clauses as separate
  facts with the same speaker. `parataxis` would be wrong: kg takes a speech verb with that label ("The
  council met; the mayor said ...") as the source of the clause above it.
- A speech verb within the quoted words stays `parataxis`, as in spaCy's model; after the quoted words, it is
  their head.
- Relations of chat and speech that spaCy does not have (orphan, reparandum, list ...) are `dep`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a UD tree; the head is an index into the sentence, -1 for the root."""

    form: str
    lemma: str
    upos: str
    tag: str
    head: int
    label: str


def to_spacy(sentence: Sequence[Word]) -> list[tuple[int, str]]:
    """The index of the head, and spaCy's label, of each word; the root is its own head.

    >>> rain = Word("Rain", "rain", "NOUN", "NN", 1, "nsubj")
    >>> to_spacy([rain, Word("fell", "fall", "VERB", "VBD", -1, "root")])
    [(1, 'nsubj'), (1, 'ROOT')]
    """
    tree = Tree(sentence)
    for step in STEPS:
        step(tree)
    return [(at if head < 0 else head, tree.labels[at]) for at, head in enumerate(tree.heads)]


class Tree:
    """A tree that the steps change in place."""

    def __init__(self, sentence: Sequence[Word]) -> None:
        self.words = sentence
        self.lemmas = [word.lemma.lower() for word in sentence]
        self.lower = [word.form.lower() for word in sentence]
        self.tags = [word.tag for word in sentence]
        self.upos = [word.upos for word in sentence]
        self.heads = [word.head for word in sentence]
        self.labels = [word.label for word in sentence]

    def __len__(self) -> int:
        return len(self.words)

    def children(self, at: int, *labels: str) -> list[int]:
        return [
            c for c, head in enumerate(self.heads) if head == at and (not labels or self.labels[c] in labels)
        ]

    def base(self, at: int) -> str:
        """The label without its subtype."""
        return self.labels[at].partition(":")[0]

    def above(self, at: int) -> list[int]:
        """The word itself and its ancestors, up to the root."""
        found = [at]
        while self.heads[found[-1]] >= 0:
            found.append(self.heads[found[-1]])
        return found

    def subtree(self, at: int) -> list[int]:
        found = [at]
        for word in found:
            found += self.children(word)
        return sorted(found)

    def hang(self, at: int, head: int, label: str | None = None) -> None:
        """Attach a word to a head with a label (None: keep its label), unless this would close a cycle."""
        if head < 0 or at not in self.above(head):
            self.heads[at] = head
            if label is not None:
                self.labels[at] = label

    def replace(self, old: int, new: int, label: str, movers: Sequence[int] = ()) -> None:
        """Put `new`, a descendant of `old`, in the place of `old`, and attach `old` and the `movers` to
        `new`.
        """
        self.heads[new], self.labels[new] = self.heads[old], self.labels[old]
        self.heads[old], self.labels[old] = new, label
        for mover in movers:
            if mover != new:
                self.heads[mover] = new


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTHS = _words(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec."
)
_CURRENCIES = _words("$ € £ ¥ us$ a$ c$ # usd eur gbp")
_CLAUSAL = ("nsubj", "csubj", "aux", "cop", "expl")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_WH = ("WP", "WDT", "WRB", "WP$")

# Verbs of saying and thinking that may follow quoted words: '"It rains", she said'.
_SAYING = _words(
    "say tell add ask reply answer explain note think believe write claim state announce argue warn admit "
    "insist report suggest recall remark observe declare conclude continue shout cry whisper exclaim "
    "wonder joke quip comment respond agree confirm stress reveal predict complain acknowledge concede "
    "caution recount mutter murmur laugh sigh scream yell call demand inquire retort quote tweet post"
)
# Verbs after which the model labels the object as subject of the infinitive or gerund: "want him to leave",
# "saw him leave". After other verbs (ask, tell, order, force, enable, require ...) it stays their object.
_CLAUSE_TAKERS = _words(
    "want expect allow let make help see hear watch feel need like would have get cause find wish prefer "
    "hate love notice know consider believe prove mean imagine suppose observe assume remember deem "
    "declare"
)
# Verbs after which the model labels the object as subject of a small clause: "made him happy" (`him` nsubj of
# `happy`). After all other verbs the object stays the verb's object: "called it a triumph", "kept him happy".
_SMALL_CLAUSE_TAKERS = _words("make find declare hold consider prove deem want render")
# Verbs after which "to" marks a recipient, labelled dative; after "send" only if the recipient is a
# person ("sent a letter to Rome" has a destination).
_GIVERS = _words("give offer sell show lend pay hand grant award send")
# Subordinators that stay `mark` before a participle: "while walking", "although tired".
_SUBORDINATORS = _words(
    "while if although though whether unless because that once whilst where when lest whereas whenever"
)
# Words that are labelled quantmod before a number ("over 20"); other words are advmod ("about 20").
_QUANTIFYING = _words("over under some up above below another between")
# Nouns that do not denote an agent after "by": "built by night".
_TIMES = _words("time year month week day night morning noon midnight end hand means way mail email")
# Prepositions after an adjective that are attached to the copula, not to the adjective: "was happy at home".
_OF_TIME = _words(
    "at during since until till after before because by throughout across due prior according beyond past"
)
# Adverbs between copula and predicate that are attached to the copula: "is also rich".
_OF_CLAUSE = _words(
    "not n't never also still now always often already probably usually currently generally perhaps once "
    "again therefore thus actually certainly clearly then sometimes however finally indeed simply here "
    "there today too ever only long all likely apparently frequently traditionally typically obviously "
    "hence instead later maybe mostly mainly normally originally possibly primarily recently no rather "
    "merely basically literally soon later yet n’t nt either essentially initially formerly presumably"
)


def _is_clause(tree: Tree, at: int) -> bool:
    return tree.upos[at] in ("VERB", "AUX") or any(tree.base(c) in _CLAUSAL for c in tree.children(at))


# --- Names, titles, dates, amounts -----------------------------------------------------------------------


def names(tree: Tree) -> None:
    """The last word of a name is its head: "Mary Jane Stone" -> `Mary` and `Jane` compound of `Stone`."""
    for first in range(len(tree)):
        parts = tree.children(first, "flat", "flat:name", "flat:foreign")
        if not parts:
            continue
        last = parts[-1]
        for part in parts:
            tree.labels[part] = "compound"
        if tree.upos[first] not in ("PROPN", "NOUN", "X", "ADJ", "DET") or tree.upos[last] == "NUM":
            for part in parts:
                tree.labels[part] = "nummod" if tree.upos[part] == "NUM" else "dep"
            continue
        tree.replace(first, last, "compound", tree.children(first))


def titles(tree: Tree) -> None:
    """A title before a name is its compound: "special envoy Ann Lee" -> `envoy` compound of `Lee`, `special`
    amod of `envoy`.
    """
    for at in range(len(tree)):
        if tree.labels[at] != "nmod:desc":
            continue
        tree.labels[at] = "compound" if at < tree.heads[at] else "appos"


def dates(tree: Tree) -> None:
    """The month is the head of a date: "April 13, 2011", "13 April 2011" -> `13` and `2011` nummod of
    `April`.
    """
    for day in range(len(tree)):
        if tree.upos[day] != "NUM" and tree.tags[day] not in ("CD", "JJ"):
            continue
        months = [
            c
            for c in tree.children(day, "compound", "nmod:unmarked", "nmod", "flat")
            if tree.lower[c] in _MONTHS
        ]
        if len(months) == 1 and not tree.children(months[0], "case"):
            tree.replace(day, months[0], "nummod", tree.children(day))
            for other in tree.children(months[0], "nmod:unmarked", "nmod:npmod"):
                if tree.tags[other] == "CD":
                    tree.labels[other] = "nummod"
    for month in range(len(tree)):
        if tree.lower[month] in _MONTHS or tree.upos[month] == "PROPN":
            for year in tree.children(month, "nmod:unmarked", "nmod:npmod", "nmod:tmod", "flat", "dep"):
                if tree.tags[year] == "CD" and not tree.children(year, "case"):
                    tree.labels[year] = "nummod"


def amounts(tree: Tree) -> None:
    """The number is the head of an amount of money: "$ 5" -> `$` nmod of `5`; "$ 100 million" -> `$` and
    `100` attached to `million`.
    """
    for at in range(len(tree)):
        if tree.lower[at] not in _CURRENCIES and tree.tags[at] != "$":
            continue
        numbers = [c for c in tree.children(at, "nummod") if c > at]
        if not numbers:
            continue
        number = numbers[0]
        above = tree.labels[at]
        parts = tree.children(number, "compound", "nummod")
        tree.replace(at, number, "quantmod" if parts or above == "compound" else "nmod", tree.children(at))
        if tree.labels[number] == "compound":
            tree.labels[number] = "nmod"
    for at in range(len(tree)):
        if tree.labels[at] == "nummod" and tree.upos[tree.heads[at]] == "NUM" and at < tree.heads[at]:
            tree.labels[at] = "compound"


def about_numbers(tree: Tree) -> None:
    """Words that qualify a number are attached to the number: "more than 200" -> `more` amod of `200`, `than`
    quantmod of `200`.
    """
    for number in range(len(tree)):
        if tree.upos[number] != "NUM" or tree.labels[number] not in ("nummod", "compound", "nmod"):
            continue
        for child in tree.children(number, "advmod", "case", "cc", "nmod", "obl", "amod"):
            if child > number:
                continue
            tail = tree.children(child, "fixed")
            if [tree.lower[t] for t in (child, *tail)] in (["at", "least"], ["at", "most"]):
                tree.hang(tail[0], number, "advmod")
                tree.hang(child, tail[0], "advmod")
            elif tail and tree.lower[tail[-1]] == "than":
                tree.hang(tail[-1], number, "quantmod")
                tree.labels[child] = "amod"
            elif tree.labels[child] == "advmod":
                tree.labels[child] = "quantmod" if tree.lower[child] in _QUANTIFYING else "advmod"
                for word in tail:
                    tree.hang(word, number, "quantmod")
        than = tree.children(number, "case")
        if than and tree.lower[than[0]] in ("to", "–", "-"):
            tree.labels[than[0]] = "quantmod"


# --- Clauses ---------------------------------------------------------------------------------------------


def free_relatives(tree: Tree) -> None:
    """The clause is the head of a free relative: "What he said was wrong" -> `said` csubj, `What` dobj of
    `said`.
    """
    for wh in range(len(tree)):
        clauses = [c for c in tree.children(wh, "acl:relcl", "advcl:relcl", "acl") if c > wh]
        if not tree.tags[wh].startswith("W") or not clauses or tree.upos[wh] == "NOUN":
            continue
        clause = clauses[0]
        outer = tree.labels[wh]
        copula = tree.children(wh, "cop")
        if copula:  # the free relative is a predicate: "That is what keeps us here"
            tree.replace(wh, copula[-1], "obl", [c for c in tree.children(wh) if c != clause])
            outer = "ccomp"
        place = _gap(tree, wh, clause)
        inside = set(tree.subtree(clause))
        tree.replace(
            wh,
            clause,
            place,
            [c for c in tree.children(wh, "case", "punct", "cc", "mark") if c not in inside],
        )
        if copula:
            tree.labels[clause] = "ccomp"
        renamed = {"nsubj": "csubj", "nsubj:pass": "csubj:pass", "obj": "ccomp", "obl": "advcl"}
        tree.labels[clause] = renamed.get(outer, "advcl" if outer == "advmod" else outer)
        if outer == "advmod" and tree.heads[clause] >= 0 and tree.lemmas[tree.heads[clause]] in _KNOWING:
            tree.labels[clause] = "ccomp"


_KNOWING = _words("know see understand announce say tell ask decide wonder remember learn be explain show")


def _gap(tree: Tree, wh: int, clause: int) -> str:
    """The UD label of the wh-word of a free relative within its clause, such as "obj" in "what he said"."""
    if tree.tags[wh] == "WRB":
        return "advmod"
    if tree.tags[wh] == "WP$":
        return "nmod:poss"
    if not any(tree.base(c) in ("nsubj", "csubj") for c in tree.children(clause)):
        passive = tree.children(clause, "aux:pass")
        return "nsubj:pass" if passive else "nsubj"
    return "obj"


def outer_copula(tree: Tree) -> None:
    """A clause that is a predicate is attached to the copula: "The problem is that he left" -> `left` ccomp
    of `is`.
    """
    for predicate in range(len(tree)):
        copulas = tree.children(predicate, "cop")
        outer = [c for c in tree.children(predicate) if tree.labels[c].endswith(":outer")]
        if not copulas or not (outer or (len(copulas) > 1)):
            continue
        copula = copulas[0]
        movers = [
            c
            for c in tree.children(predicate)
            if c in outer
            or tree.base(c) in ("conj", "cc", "parataxis")
            or (
                c < copula and tree.base(c) in ("aux", "advmod", "punct", "mark", "obl", "advcl", "discourse")
            )
        ]
        last = [c for c in tree.children(predicate, "punct") if c == len(tree) - 1]
        marked = [c for c in tree.children(predicate, "mark") if c > copula]
        subject = [
            c for c in tree.children(predicate, "nsubj", "nsubj:pass") if c not in outer and c > copula
        ]
        bare = not subject and (not marked or all(tree.tags[m] == "TO" for m in marked))
        tree.replace(predicate, copula, "xcomp" if bare else "ccomp", movers + last)
        for child in outer:
            tree.labels[child] = tree.labels[child].removesuffix(":outer")
        tree.labels[copula] = tree.labels[copula]


def copulas(tree: Tree) -> None:
    """The copula is the head of its clause: "The sun was hot" -> `was` ROOT, `sun` nsubj of `was`, `hot`
    acomp of `was`.
    """
    for predicate in range(len(tree)):
        found = tree.children(predicate, "cop")
        if not found:
            continue
        copula = found[-1]
        movers = [
            c for c in tree.children(predicate) if c != copula and _is_of_copula(tree, c, predicate, copula)
        ]
        tree.replace(predicate, copula, _predicate_label(tree, predicate), movers)
        for extra in found[:-1]:
            tree.hang(extra, copula, "dep")


def _predicate_label(tree: Tree, predicate: int) -> str:
    if tree.children(predicate, "case"):
        return "obl"
    upos = tree.upos[predicate]
    if upos in ("VERB", "AUX"):
        infinitive = any(tree.tags[c] == "TO" for c in tree.children(predicate, "mark"))
        subject = tree.children(predicate, "nsubj", "nsubj:pass")
        if tree.tags[predicate] in ("VBN", "VBG") and not infinitive:
            return "acomp" if tree.tags[predicate] == "VBN" else "xcomp"
        return "xcomp" if infinitive or not subject else "ccomp"
    if upos == "ADJ":
        return "attr" if tree.children(predicate, "det") else "acomp"  # "is the last" is an attr
    if upos in ("ADV", "SCONJ") or tree.tags[predicate] in ("WRB", "RB"):
        return "advmod"
    return "attr"


def _is_of_copula(tree: Tree, child: int, predicate: int, copula: int) -> bool:
    """Whether a dependent of the predicate belongs to the whole clause, and so to the copula."""
    base = tree.base(child)
    adjective = tree.upos[predicate] in ("ADJ", "ADV", "VERB")
    if base in ("nsubj", "csubj", "expl", "aux", "vocative", "discourse", "dislocated", "parataxis"):
        return True
    if base == "mark":
        return child < copula or tree.upos[predicate] != "VERB"
    if base == "punct":
        inner = min(predicate, copula) < child < max(predicate, copula)
        return not inner
    if base == "cc":
        return child < min(predicate, copula)
    if base == "conj":
        own = any(tree.base(c) in ("nsubj", "cop", "aux", "expl") for c in tree.children(child))
        return own or tree.tags[child] in _FINITE
    if base == "advmod":
        if not copula < child < predicate:
            close = child == predicate - 1 or tree.lower[child] in ("enough", "as")
            return not close or tree.lower[child] in _OF_CLAUSE
        return tree.lower[child] in _OF_CLAUSE or not adjective
    if tree.labels[child] in ("obl:unmarked", "obl:tmod", "obl:npmod"):
        return not copula < child < predicate
    if base == "obl":
        return not (adjective and child > predicate and _is_complement(tree, child))
    if base == "advcl":
        if tree.labels[child] == "advcl:relcl":
            return True
        marks = [tree.lower[m] for m in tree.children(child, "mark")]
        return not (
            adjective and child > predicate and (not marks or marks[0] in ("to", "than", "as", "that"))
        )
    return base in ("iobj", "obj") and not adjective and tree.upos[predicate] != "ADJ"


def _is_complement(tree: Tree, noun: int) -> bool:
    """Whether a prepositional phrase after an adjective belongs to the adjective, not to the clause."""
    cases = tree.children(noun, "case")
    return bool(cases) and tree.lower[cases[0]] not in (
        "during",
        "since",
        "until",
        "after",
        "before",
        "because",
        "by",
    )


def existentials(tree: Tree) -> None:
    """The noun of an existential clause is a predicate: "There were two men" -> `There` expl, `men` attr of
    `were`.
    """
    for at in range(len(tree)):
        if tree.labels[at] == "expl" and tree.tags[at] == "EX":
            verb = tree.heads[at]
            if verb >= 0 and tree.lemmas[verb] == "be":
                for subject in tree.children(verb, "nsubj"):
                    tree.labels[subject] = "attr"


def expletives(tree: Tree) -> None:
    """An anticipatory "it" is the subject, and the clause is a complement: "It is clear that he lied" -> `It`
    nsubj of `is`, `lied` ccomp of `is`.
    """
    for at in range(len(tree)):
        verb = tree.heads[at]
        if tree.labels[at] != "expl" or tree.tags[at] == "EX" or verb < 0:
            continue
        passive = tree.children(verb, "aux:pass")
        subjects = [c for c in tree.children(verb) if tree.base(c) in ("nsubj", "csubj")]
        tree.labels[at] = (
            ("nsubj:pass" if passive else "nsubj") if at < verb or tree.upos[verb] == "AUX" else "obj"
        )
        for subject in subjects:
            if tree.base(subject) == "csubj" or _is_clause(tree, subject):
                tree.labels[subject] = "xcomp" if _is_infinitive(tree, subject) else "ccomp"
    for at in range(len(tree)):  # in some trees the treebank labels "it" as an ordinary subject
        if tree.labels[at] != "csubj" or not at > tree.heads[at] >= 0:
            continue
        if any(tree.lower[c] == "it" for c in tree.children(tree.heads[at], "nsubj", "nsubj:pass")):
            tree.labels[at] = "xcomp" if _is_infinitive(tree, at) else "ccomp"


def _is_infinitive(tree: Tree, at: int) -> bool:
    """Whether a clause is an infinitive or gerund without its own subject."""
    marks = [tree.tags[c] for c in tree.children(at, "mark", "aux")]
    subject = any(tree.base(c) == "nsubj" for c in tree.children(at))
    return not subject and ("TO" in marks or tree.tags[at] == "VBG")


def speech(tree: Tree) -> None:
    """A speech verb after the quoted words is their head: '"I am tired", she said' -> `said` ROOT, `am` ccomp
    of `said`.
    """
    for verb in range(len(tree)):
        quoted = tree.heads[verb]
        if tree.labels[verb] != "parataxis" or quoted < 0 or tree.lemmas[verb] not in _SAYING:
            continue
        own = [tree.base(c) for c in tree.children(verb)]
        if "nsubj" not in own or "obj" in own or "ccomp" in own or "xcomp" in own:
            continue
        inside = tree.subtree(verb)
        start, end = inside[0], inside[-1]
        while start > 0 and start in inside and tree.upos[start] == "PUNCT":
            start += 1
        rest = [w for w in tree.subtree(quoted) if w not in inside]
        later = [w for w in rest if w > end and tree.upos[w] != "PUNCT"]
        before = [w for w in range(max(0, start - 2), start) if tree.upos[w] == "PUNCT"]
        before += [w for w in inside if w < verb and tree.upos[w] == "PUNCT"]
        marked = any(tree.lower[w] in (",", '"', "”", "''", "’", "'", "?", "!") for w in before)
        if later or quoted > verb or not marked:
            continue
        moved = [c for c in tree.children(quoted, "punct") if c > end or c in before]
        tree.replace(quoted, verb, "ccomp", moved)


def side_by_side(tree: Tree) -> None:
    """A second main clause is a conjunct: "The sun shone; the birds sang" -> `sang` conj of `shone`.

    There is no `cc`.
    """
    for later in range(len(tree)):
        earlier = tree.heads[later]
        if tree.labels[later] != "parataxis" or not 0 <= earlier < later:
            continue
        if _is_main_clause(tree, later) and _is_main_clause(tree, earlier) and not _is_set_in(tree, later):
            tree.labels[later] = "conj"


def _is_main_clause(tree: Tree, at: int) -> bool:
    finite = tree.tags[at] in _FINITE or any(
        tree.tags[c] in _FINITE for c in tree.children(at, "aux", "aux:pass")
    )
    return finite and _has_subject(tree, at) and not tree.children(at, "mark")


def _is_set_in(tree: Tree, clause: int) -> bool:
    """Whether a clause is in brackets, inside another clause, or only a comment such as "I think"."""
    words = tree.subtree(clause)
    start, end = words[0], words[-1]
    around = tree.lower[max(0, start - 1) : start + 1]
    rest = [w for w in tree.subtree(tree.heads[clause]) if w > end and tree.upos[w] != "PUNCT"]
    content = tree.children(clause, "obj", "ccomp", "xcomp", "obl", "attr", "acomp")
    bare = tree.lemmas[clause] in _SAYING | {"know", "mean", "guess", "see", "hope", "seem"} and not content
    return bool(rest) or bare or "(" in around or "[" in around


def complements(tree: Tree) -> None:
    """Predicative complements of verbs: "became a teacher" -> `teacher` attr of `became`; "seemed calm" ->
    `calm` acomp of `seemed`; "called it a triumph" -> `triumph` oprd of `called`.
    """
    for at in range(len(tree)):
        verb = tree.heads[at]
        if tree.labels[at] == "obj" and verb >= 0 and tree.lemmas[verb] in ("become", "remain"):
            tree.labels[at] = "attr"
        if tree.labels[at] != "xcomp" or verb < 0:
            continue
        if tree.children(at, "case", "cop", "mark") or tree.upos[at] in ("VERB", "AUX"):
            continue
        objects = tree.children(verb, "obj")
        passive = tree.children(verb, "aux:pass") or (
            tree.tags[verb] == "VBN" and not tree.children(verb, "aux")
        )
        if tree.upos[at] in ("NOUN", "PROPN", "PRON", "NUM", "DET", "SYM"):
            tree.labels[at] = "oprd" if objects or passive else "attr"
            _small_clause(tree, at, verb, objects)
        elif tree.upos[at] == "ADJ":
            tree.labels[at] = "oprd" if objects or passive else "acomp"
            _small_clause(tree, at, verb, objects)
        elif tree.upos[at] == "ADV":
            tree.labels[at] = "advmod"


def _small_clause(tree: Tree, quality: int, verb: int, objects: Sequence[int]) -> None:
    """Attach an object and its predicate (`quality`): "made him happy" -> `him` nsubj of `happy`, `happy`
    ccomp of `made`. Nothing is changed after verbs other than `_SMALL_CLAUSE_TAKERS`.
    """
    if len(objects) == 1 and objects[0] < quality and tree.lemmas[verb] in _SMALL_CLAUSE_TAKERS:
        tree.labels[quality] = "ccomp"
        tree.hang(objects[0], quality, "nsubj")


def objects_as_subjects(tree: Tree) -> None:
    """The object of "want", "let", "see" becomes the subject of the clause: "saw him leave" -> `him` nsubj of
    `leave`.
    """
    for at in range(len(tree)):
        verb = tree.heads[at]
        if tree.labels[at] != "xcomp" or verb < 0 or tree.lemmas[verb] not in _CLAUSE_TAKERS:
            continue
        if tree.tags[at] not in ("VB", "VBG", "VBN") and tree.upos[at] != "AUX":
            continue
        objects = [c for c in tree.children(verb, "obj", "iobj") if verb < c < at]
        if len(objects) != 1 or tree.children(verb, "aux:pass"):
            continue
        passive = tree.children(at, "aux:pass") or tree.tags[at] == "VBN"
        tree.labels[at] = "ccomp"
        tree.hang(objects[0], at, "nsubj:pass" if passive else "nsubj")


# --- Prepositions ----------------------------------------------------------------------------------------


def comparisons(tree: Tree) -> None:
    """The last word of a fixed conjunction is its head: in "as well as", the first `as` is advmod of `well`,
    `well` is advmod of the second `as`, and the second `as` is labelled cc.
    """
    for at in range(len(tree)):
        parts = [at, *tree.children(at, "fixed")]
        words = " ".join(tree.lower[p] for p in parts)
        if words in ("as well as", "rather than") and tree.labels[at] in ("cc", "case", "mark"):
            last = parts[-1]
            tree.replace(at, last, "advmod")
            if len(parts) == 3:
                tree.hang(parts[1], last, "advmod")
                tree.hang(at, parts[1], "advmod")
        elif (
            words in ("as well", "of course", "that is", "kind of", "sort of", "at least") and len(parts) == 2
        ):
            tree.replace(at, parts[1], "advmod", tree.children(at))
        elif words in ("so that", "as if", "as though", "in that", "such that", "even though"):
            for part in parts[1:]:
                tree.hang(part, tree.heads[at], "mark")
        elif words == "in order" and tree.labels[at] == "mark":  # "in order to win" -> `win` acl of `order`
            clause = tree.heads[at]
            tree.replace(clause, at, "acl")
            tree.labels[at] = "prep" if tree.labels[at] == "advcl" else tree.labels[at]
            tree.hang(parts[1], at, "pobj")
            tree.hang(clause, parts[1], "acl")
        elif words in ("each other", "one another"):
            tree.replace(at, parts[1], "det", tree.children(at))


_SET_PHRASES = frozenset(
    ("at least", "at most", "at best", "at worst", "at all", "at first", "at last", "at once", "after all")
)


def set_phrases(tree: Tree) -> None:
    """Two words that form an adverb: in "at least", `at` is advmod of `least`, and `least` is advmod of the
    word that it modifies.
    """
    for noun in range(len(tree)):
        adverb = tree.base(noun) in ("obl", "nmod", "advmod", "discourse") and tree.children(noun) == [
            noun - 1
        ]
        if not adverb or tree.labels[noun - 1] != "case":
            continue
        if f"{tree.lower[noun - 1]} {tree.lower[noun]}" in _SET_PHRASES:
            tree.labels[noun] = tree.labels[noun - 1] = "advmod"


def circumstances(tree: Tree) -> None:
    """A noun with its predicate after "with": "with hands in the pockets" -> `hands` pobj of `with`, `in`
    prep of `hands`.
    """
    for predicate in range(len(tree)):
        marks = [c for c in tree.children(predicate, "mark") if tree.lower[c] in ("with", "without")]
        subjects = tree.children(predicate, "nsubj")
        if len(marks) != 1 or len(subjects) != 1 or not tree.children(predicate, "case"):
            continue
        mark, subject = marks[0], subjects[0]
        if not mark < subject < predicate or tree.heads[predicate] < 0:
            continue
        tree.replace(predicate, mark, "obl", [c for c in tree.children(predicate) if c < mark])
        if tree.base(mark) in ("advcl", "acl", "obl", "nmod"):
            tree.labels[mark] = "prep"
        tree.hang(subject, mark, "pobj")
        tree.hang(predicate, subject, "nmod")


def prepositions(tree: Tree) -> None:
    """The preposition is the head of its noun: "in the garden" -> `in` prep, `garden` pobj of `in`."""
    for noun in _top_down(tree):
        cases = [
            c
            for c in tree.children(noun, "case")
            if tree.tags[c] != "POS" and tree.lower[c] not in ("'s", "’s")
        ]
        if not cases:
            continue
        before = [c for c in cases if c < noun]
        chain = before or cases
        first, last = chain[0], chain[-1]
        label = _phrase_label(tree, noun, first)
        movers = [
            c
            for c in tree.children(noun)
            if c < first
            and tree.base(c)
            in ("cc", "punct", "advmod", "obl", "mark", "discourse", "nmod", "advcl", "parataxis")
            and tree.labels[c] != "nmod:poss"
        ]
        movers += [c for c in tree.children(noun, "punct") if c == len(tree) - 1]
        movers += [c for c in tree.children(noun, "conj") if tree.children(c, "case") and c > first]
        tree.heads[first], tree.labels[first] = tree.heads[noun], label
        for mover in movers:
            tree.heads[mover] = first
        for upper, lower in pairwise(chain):
            tree.heads[lower], tree.labels[lower] = upper, "prep"
        tail = _fixed_tail(tree, last)
        tree.heads[noun] = tail
        tree.labels[noun] = "pcomp" if _is_clause(tree, noun) or tree.upos[noun] == "ADV" else "pobj"


def _top_down(tree: Tree) -> list[int]:
    order = [at for at, head in enumerate(tree.heads) if head < 0]
    for at in order:
        order += tree.children(at)
    return order


def _phrase_label(tree: Tree, noun: int, preposition: int) -> str:
    """The label of a preposition, from the former label of its noun."""
    label = tree.labels[noun]
    if label in ("root", "conj", "parataxis", "appos", "ccomp", "list", "dep"):
        return label
    if label == "obl:agent" or (label == "obl" and _is_agent(tree, noun, preposition)):
        return "agent"
    verb = tree.heads[noun]
    if label == "obl" and verb >= 0 and tree.upos[verb] == "VERB":
        to = tree.lower[preposition] == "to" and tree.lemmas[verb] in _GIVERS
        sent = tree.lemmas[verb] == "send" and tree.upos[noun] == "PROPN"
        if to and not sent and tree.children(verb, "obj", "nsubj:pass"):
            return "dative"
    return "prep"


def _is_agent(tree: Tree, noun: int, preposition: int) -> bool:
    """Whether "by" marks the agent, if the treebank does not say so: "built by workers", not "by 5 %"."""
    verb = tree.heads[noun]
    passive = (verb >= 0 and tree.tags[verb] == "VBN" and not tree.children(verb, "obj", "aux")) or (
        verb >= 0 and bool(tree.children(verb, "aux:pass"))
    )
    counted = tree.tags[noun] == "CD" or bool(tree.children(noun, "nummod")) or tree.lower[noun] in _TIMES
    return tree.lower[preposition] == "by" and passive and noun > verb and not counted


def _fixed_tail(tree: Tree, first: int) -> int:
    """Convert a preposition of several words ("because of"), and return the word of it to which the noun is
    attached.
    """
    rest = tree.children(first, "fixed")
    words = " ".join(tree.lower[w] for w in (first, *rest))
    if not rest:
        return first
    second = rest[0]
    if words in ("because of", "due to"):
        tree.labels[second] = "pcomp"
        return first
    if words in ("such as", "instead of", "rather than", "as well as", "kind of", "sort of"):
        last = rest[-1]
        tree.heads[last], tree.labels[last] = tree.heads[first], tree.labels[first]
        tree.heads[first] = last
        tree.labels[first] = "amod" if words == "such as" else "advmod"
        for other in [c for c in tree.children(first) if c != last]:
            tree.heads[other] = last
        for other in rest[:-1]:
            tree.heads[other], tree.labels[other] = last, "advmod"
        return last
    head = first
    for word in rest:
        tree.heads[word], tree.labels[word] = head, "prep"
        head = word
    return head


def gerunds(tree: Tree) -> None:
    """A preposition before a gerund: "by selling them" -> `by` prep, `selling` pcomp of `by`."""
    for clause in range(len(tree)):
        marks = [c for c in tree.children(clause, "mark") if c < clause and tree.tags[c] in ("IN", "RP")]
        if not marks or tree.labels[clause] == "root":
            continue
        mark = marks[0]
        if tree.lower[mark] in _SUBORDINATORS:
            continue
        wh = any(tree.tags[w] in _WH for w in range(mark + 1, min(mark + 3, len(tree))))
        wh = wh or tree.lower[mark + 1] == "whether"
        gerund = tree.tags[clause] == "VBG" and not any(
            tree.tags[c] in _FINITE for c in tree.children(clause, "aux", "aux:pass")
        )
        gerund = gerund or tree.lower[mark] in ("with", "without")
        gerund = gerund or any(tree.tags[c] == "VBG" for c in tree.children(clause, "aux", "aux:pass"))
        if not (gerund or (wh and tree.lower[mark] not in ("as", "than", "for"))):
            continue
        label = (
            tree.labels[clause] if tree.labels[clause] in ("conj", "parataxis", "appos", "dep") else "prep"
        )
        movers = [c for c in tree.children(clause) if c < mark and tree.base(c) in ("cc", "punct", "advmod")]
        movers += [
            c
            for c in tree.children(clause, "conj")
            if any(m for m in tree.children(c, "mark") if tree.tags[m] == "IN")
        ]
        tree.heads[mark], tree.labels[mark] = tree.heads[clause], label
        for mover in movers:
            tree.heads[mover] = mark
        tail = _fixed_tail(tree, mark)
        tree.heads[clause], tree.labels[clause] = tail, "pcomp"


def receivers(tree: Tree) -> None:
    """A recipient is the direct object if there is no other: "told him that he won" -> `him` dobj of
    `told`.
    """
    for at in range(len(tree)):
        if (
            tree.labels[at] == "iobj"
            and tree.heads[at] >= 0
            and not tree.children(tree.heads[at], "obj", "dobj")
        ):
            tree.labels[at] = "obj"


def infinitives_of_nouns(tree: Tree) -> None:
    """An infinitive after "time", "way", "the first" and similar words is labelled relcl: "the first to come"
    -> `come` relcl of `first`.
    """
    for at in range(len(tree)):
        noun = tree.heads[at]
        if (
            tree.labels[at] != "acl"
            or noun < 0
            or not any(tree.tags[c] == "TO" for c in tree.children(at, "mark"))
        ):
            continue
        ranks = [tree.lower[c] for c in (noun, *tree.children(noun, "amod"))]
        if tree.lemmas[noun] in ("time", "place", "way", "thing", "reason") or {
            "first",
            "last",
            "only",
        } & set(ranks):
            tree.labels[at] = "relcl"


def stranded(tree: Tree) -> None:
    """A stranded preposition is labelled prep: "the house I lived in" -> `in` prep of `lived`."""
    for at in range(len(tree)):
        if (
            tree.tags[at] == "IN"
            and (at + 1 == len(tree) or f"{tree.lower[at]} {tree.lower[at + 1]}" not in _SET_PHRASES)
            and tree.labels[at] in ("obl", "nmod", "advmod", "obj")
            and tree.upos[at] == "ADP"
        ):
            tree.labels[at] = "prep"


# --- Coordination and labels -----------------------------------------------------------------------------


def coordinations(tree: Tree) -> None:
    """Each conjunct is attached to the previous one: "dogs, cats and birds" -> `cats` conj of `dogs`, `birds`
    conj of `cats`, `and` cc of `cats`.
    """
    for first in range(len(tree)):
        conjuncts = tree.children(first, "conj")
        previous = first
        for conjunct in conjuncts:
            if conjunct < first:
                continue
            if previous != first:
                tree.hang(conjunct, _peer(tree, conjunct, [c for c in (first, *conjuncts) if c < conjunct]))
                previous = tree.heads[conjunct]
            for child in tree.children(conjunct):
                joins = tree.labels[child] == "cc" or (
                    tree.upos[child] == "PUNCT" and tree.labels[child] == "punct"
                )
                if joins and child < conjunct and child > previous and _before_all(tree, child, conjunct):
                    tree.hang(child, previous)
            previous = conjunct


def _peer(tree: Tree, conjunct: int, before: Sequence[int]) -> int:
    """The head of a conjunct: the conjunct before it; for a clause with a subject, the last one before it
    that is also a clause with a subject.
    """
    if _has_subject(tree, conjunct):
        return next((c for c in reversed(before) if _has_subject(tree, c)), before[-1])
    return before[-1]


def _has_subject(tree: Tree, at: int) -> bool:
    return any(tree.base(c) in ("nsubj", "csubj", "expl") for c in tree.children(at))


def _before_all(tree: Tree, child: int, conjunct: int) -> bool:
    """Whether a comma or conjunction precedes everything else in the conjunct."""
    others = [w for w in tree.subtree(conjunct) if tree.labels[w] not in ("cc", "punct") and w != child]
    if tree.labels[child] == "cc":
        return True
    return bool(others) and child < min(others) and tree.lower[child] in (",", ";", "-", "–", "—", "/", "&")


def _is_part_of_name(tree: Tree, adjective: int, noun: int) -> bool:
    """Whether an adjective is part of a name: "United States", "Holy Roman Emperor"; not "Former" at the
    start, nor "French" before a title.
    """
    if tree.tags[adjective] in ("NNP", "NNPS"):
        return True
    capital = adjective > 0 and tree.words[adjective].form[:1].isupper()
    people = (
        tree.lower[adjective].endswith(("an", "ish", "ese", "ch", "ic")) and tree.labels[noun] == "compound"
    )
    return capital and tree.tags[noun] in ("NNP", "NNPS") and not people


def noun_phrases(tree: Tree) -> None:
    """Parts of names and compounds: "United States" -> `United` compound of `States`; "sun-dried" -> `sun`
    npadvmod of `dried`.
    """
    for at in range(len(tree)):
        head = tree.heads[at]
        if head < 0:
            continue
        if tree.labels[at] == "amod" and _is_part_of_name(tree, at, head):
            tree.labels[at] = "compound"
        elif tree.labels[at] in ("nmod:unmarked", "nmod:npmod") and at > head:
            # "Ohio" in "the town of Elm, Ohio"; "himself" in "the boy himself"
            if tree.upos[at] in ("PROPN", "PRON"):
                tree.labels[at] = "appos"
        elif tree.labels[at] == "compound" and tree.tags[at].startswith("NN") and at < head:
            if tree.tags[head] in ("JJ", "VBN", "VBG") and tree.upos[head] in ("ADJ", "VERB"):
                tree.labels[at] = "npadvmod"
        elif tree.labels[at] == "compound" and tree.tags[at] == "CD" and tree.tags[head] in ("NN", "NNS"):
            tree.labels[at] = "nummod"


_PLAIN = {
    "nsubj:pass": "nsubjpass",
    "csubj:pass": "csubjpass",
    "aux:pass": "auxpass",
    "obj": "dobj",
    "iobj": "dative",
    "nmod:poss": "poss",
    "det:predet": "predet",
    "det:poss": "poss",
    "cc:preconj": "preconj",
    "compound:prt": "prt",
    "acl:relcl": "relcl",
    "discourse": "intj",
    "nummod": "nummod",
    "flat": "compound",
    "clf": "dep",
    "cop": "dep",
    "fixed": "dep",
    "root": "ROOT",
    "obl:agent": "agent",
    "vocative": "npadvmod",
    "appos": "appos",
    "nmod": "nmod",
    "obl": "npadvmod",
    "nmod:unmarked": "npadvmod",
}
_SPACY = _words(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj "
    "csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd "
    "parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp"
)


def labels(tree: Tree) -> None:
    """Converts the labels that no other step has converted: obj becomes dobj, nsubj:pass becomes nsubjpass,
    "not" is labelled neg, and "to" is labelled aux.
    """
    for at in range(len(tree)):
        tree.labels[at] = _label(tree, at)


def _label(tree: Tree, at: int) -> str:
    label = tree.labels[at]
    if label == "mark" and tree.tags[at] == "TO":
        return "aux"
    if label == "mark" and tree.tags[at] == "WRB":
        return "advmod"
    if label == "advmod" and tree.lower[at] in ("not", "n't", "never", "n’t", "nt", "no"):
        return "neg"
    if label == "discourse" and tree.upos[at] == "ADV":
        return "advmod"
    if label == "case" and tree.tags[at] != "POS" and tree.lower[at] not in ("'s", "’s"):
        return "prep"
    label = _PLAIN.get(label, label)
    if label not in _SPACY:
        base = label.partition(":")[0]
        label = _PLAIN.get(base, base)
    return label if label in _SPACY else "dep"


def one_root(tree: Tree) -> None:
    """Ensures that the root, and no other word, is labelled ROOT."""
    for at, head in enumerate(tree.heads):
        if head < 0:
            tree.labels[at] = "ROOT"
        elif tree.labels[at] == "ROOT":
            tree.labels[at] = "dep"


STEPS: tuple[Callable[[Tree], None], ...] = (
    names,
    titles,
    dates,
    amounts,
    about_numbers,
    comparisons,
    free_relatives,
    outer_copula,
    copulas,
    existentials,
    expletives,
    speech,
    side_by_side,
    complements,
    objects_as_subjects,
    set_phrases,
    circumstances,
    prepositions,
    gerunds,
    stranded,
    receivers,
    infinitives_of_nouns,
    coordinations,
    noun_phrases,
    labels,
    one_root,
)
