"""kg's own parser of news: tags, trees, sentences, names and classes of nouns from one small network.

    pieces     words -> the pieces that the network knows
    windows    a document -> windows, and these in batches
    scorer     the network, run by ONNX Runtime; its files are in `model/`
    trees      scores of arcs -> a tree
    spans      scores of names -> entities
    component  all of it as a component of a spaCy pipeline

The words of one document never meet those of another, so that what is read depends on the article alone.
"""
