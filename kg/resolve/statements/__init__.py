"""Makes statements from claims, and determines their confidence and whether they are plain facts."""
