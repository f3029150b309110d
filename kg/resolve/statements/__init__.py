"""Claims become statements; which of them are plain facts, and how sure each is."""
