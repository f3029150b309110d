"""`python -m kg` runs the command `kg`."""

import sys

try:
    from kg.cli import main
except KeyboardInterrupt:  # Ctrl-C during the import; the exit code is that of any other Ctrl-C
    sys.exit(130)

if __name__ == "__main__":  # not in kg's reading processes, which import this module, too
    main()
