"""The happenings of all articles, and which of them are one."""
