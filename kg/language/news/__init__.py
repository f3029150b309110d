"""kg's own parser of news: tags, trees, sentences, names and classes of nouns from one small network.

    pieces     words -> word pieces, the input of the network
    windows    a document -> windows (stretches of text that the network reads at once), and these in batches
    scorer     the network, run by ONNX Runtime; its files are in `model/`
    votes      the scores, with those of a second parse
    trees      scores of arcs -> a tree
    spans      scores of names -> entities
    component  all of this, as a component of a spaCy pipeline

The words of different documents are never combined, so the result depends on the article alone.
"""
