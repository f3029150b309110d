"""Makes entities of the named and unnamed things of all articles."""
