"""What a person should look at, and what an answer decides."""
