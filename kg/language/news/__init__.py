"""kg's own parser of news: tags, trees, sentences, names and classes of nouns from one small network.

    pieces     words -> the pieces that the network knows
    windows    a document -> windows, and these in batches
    scorer     the network, run by ONNX Runtime; its files are in `model/`
    trees      scores of arcs -> a tree
    spans      scores of names -> entities
    component  all of this as a component of a spaCy pipeline

The words of different documents are never combined, so the result depends on the article alone.
"""
