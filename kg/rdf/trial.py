"""Parses RDF from standard input within limits, and keeps nothing of it.

    python -m kg.rdf.trial ttl BYTES SECONDS

Exit code 0: it can be parsed, or is told to be wrong, within so many bytes of memory and seconds of the
processor. Any other end is that of a file that is too much.
"""

from __future__ import annotations

import sys
from collections import deque
from contextlib import suppress

from pyoxigraph import RdfFormat, parse


def main(extension: str, memory: int, seconds: int) -> None:
    data = sys.stdin.buffer.read()
    _bound(memory, seconds)
    form = RdfFormat.from_extension(extension)
    assert form
    with suppress(SyntaxError, ValueError, MemoryError):  # who parses it next gets them too
        deque(parse(data, form, base_iri="urn:x:/"), maxlen=0)


def _bound(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: time alone is bounded, by who started us
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # macOS does not know the limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
