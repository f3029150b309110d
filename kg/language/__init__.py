"""The only place that loads spaCy: from a Document to its parse, with names, phrases and times.

`pipeline` loads the model and parses; `names` finds names and repairs the model's mistakes by the
document's own evidence; `phrases` finds noun phrases; `quotes` finds quotations; `time` and `tense`
find and normalise time expressions. `parsed.Parsed` is what the constructions of `kg.extract` read.
"""
