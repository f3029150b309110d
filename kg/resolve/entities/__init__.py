"""Makes entities from the named and unnamed things of all articles."""
