"""Makes events from the happenings of all articles, and finds out which of them are one."""
