"""Claims become statements, with their confidence and whether they are plain facts."""
