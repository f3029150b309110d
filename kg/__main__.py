"""`python -m kg` is `kg`."""

from kg.cli import main

if __name__ == "__main__":  # processes that kg starts import this again
    main()
