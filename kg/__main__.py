"""`python -m kg` is `kg`."""

import sys

try:
    from kg.cli import main
except KeyboardInterrupt:  # Ctrl-C while kg is loaded: the same exit code as later
    sys.exit(130)

if __name__ == "__main__":  # processes that kg starts import this again
    main()
