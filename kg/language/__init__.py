"""The only package that loads spaCy: from a Document to its parse, with names, phrases and times.

`pipeline` loads the model and parses; `names` finds names and corrects the model with evidence from the
document; `phrases` finds noun phrases; `quotes` finds quotations; `time` and `tense` find and normalise time
expressions. `parsed.Parsed` is the input of the constructions of `kg.extract`.
"""
