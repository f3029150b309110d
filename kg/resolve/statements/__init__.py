"""Makes statements of claims, and determines their confidence and whether they are plain facts."""
