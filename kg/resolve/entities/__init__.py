"""The named and unnamed things of all articles."""
