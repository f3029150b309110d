"""Whether what a clause tells is so, and who says so."""
