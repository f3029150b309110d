"""Which articles take from others, and how many say something on their own."""
