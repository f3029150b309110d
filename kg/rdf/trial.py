"""A program that parses RDF from standard input within limits, and discards the result.

    python -m kg.rdf.trial ttl BYTES SECONDS

Exit code 0: the file parses, or is found invalid, within BYTES of memory and SECONDS of processor time. Any
other exit code means that it exceeds the limits.
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
    with suppress(SyntaxError, ValueError, MemoryError):  # the parent process handles them as well
        deque(parse(data, form, base_iri="urn:x:/"), maxlen=0)


def _bound(memory: int, seconds: int) -> None:
    """Limit the memory (in bytes) and the processor time of this process."""
    try:
        import resource
    except ImportError:  # Windows: only time is limited, by the parent process
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # macOS does not support the limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
