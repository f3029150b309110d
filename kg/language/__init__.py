"""The only package that loads spaCy: from a Document to its parse, with names, noun phrases and times.

`pipeline` loads the model and parses; `names` finds names and corrects the model's names with evidence from
the document; `noun_phrases` finds noun phrases; `quotes` finds quotations; `time` and `tense` find and
normalise time expressions; `reader` combines all this into a `parsed.Parsed`, the input of `kg.extract`.
"""
