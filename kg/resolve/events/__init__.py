"""The events of all articles, and which of them are identical."""
