"""The process that holds the graph in memory, and forks a worker off itself whenever one is wanted.

    python -m kg.serve.zygote SETTINGS

The copy is made in milliseconds and shares the memory of the graph. A query cannot be interrupted, and
one that nests or concatenates beyond measure takes the process with it: so each runs in a worker, which
is killed and replaced. It needs fork, which Windows has not.

The server speaks to it over a socket (standard input), one request and one reply at a time: `b"F"` with
one end of a socket pair and a file forks a worker that answers on the one and writes what is long into the
other, and is replied to with its process id, or the negative error number where no more processes can be;
`b"K"` and a process id kills that worker, and is replied to with how it ended. When the server is gone,
so are all workers. On a worker's socket a message is its length, a head in JSON, and a body.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from pyoxigraph import RdfFormat, Store

from kg.serve.asked import Limits, Question, RefusedError, Room
from kg.serve.engine import Engine, too_much_memory
from kg.store.oxigraph import names

FORK, KILL = b"F", b"K"
NUMBER = struct.Struct("!q")
LENGTHS = struct.Struct("!II")  # of the head and the body
_SPARE = 2  # seconds of processor time beyond the limit, after which the kernel steps in


def main(settings: dict[str, Any]) -> None:
    """Load the files, say how many triples there are, and fork until the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=sys.stdin.fileno())
    store = load(Path(file) for file in settings["files"])
    limits = Limits(**settings["limits"])
    engine = Engine(store, names(store).prefixes, limits, settings["services"])
    control.sendall(NUMBER.pack(len(store)))
    workers: set[int] = set()
    try:
        while True:
            request, handles, _, _ = socket.recv_fds(control, 1 + NUMBER.size, 2)
            if not request:
                return
            if request[:1] == FORK:
                reply = _fork(engine, control, *handles)
                if reply > 0:
                    workers.add(reply)
            else:
                (worker,) = NUMBER.unpack(request[1:])
                workers.discard(worker)
                reply = _end(worker)
            control.sendall(NUMBER.pack(reply))
    finally:
        for worker in workers:
            _end(worker)


def load(files: Iterable[Path]) -> Store:
    """All triples and quads of N-Triples and N-Quads files."""
    store = Store()
    for file in files:
        store.load(path=file, format=RdfFormat.N_QUADS)  # of which N-Triples are a part
    return store


def _fork(engine: Engine, control: socket.socket, handle: int, file: int) -> int:
    """The process id of a new worker, or the negative number of the error."""
    try:
        worker = os.fork()
    except OSError as error:
        worker = -(error.errno or 1)
    if worker == 0:
        _be_worker(engine, control, handle, file)
    os.close(handle)
    os.close(file)
    return worker


def _end(worker: int) -> int:
    """The signal that a worker died of: its own, if it had, else ours."""
    os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


# ---------------------------------------------------------------------------------------------
# In a worker


def _be_worker(engine: Engine, control: socket.socket, handle: int, file: int) -> None:
    """Answer questions until there are no more; never returns."""
    try:
        control.close()
        os.dup2(os.open(os.devnull, os.O_RDWR), 2)  # a dying engine has much to say
        ours = socket.socket(fileno=handle)
        _bound_memory(engine.limits.memory)
        _bound_file(engine.limits.answer)
        long = os.fdopen(file, "wb", buffering=0)
        with ours.makefile("rb") as questions, ours.makefile("wb") as answers:
            while message := receive(questions):
                _bound_time(engine.limits.seconds)
                _answer(engine, message[0], long, answers)
    finally:
        os._exit(0)


def _answer(engine: Engine, asked: dict[str, Any], file: IO[bytes], answers: IO[bytes]) -> None:
    """Send an answer of which the body goes along, or lies in the file: then `file` is how long it is."""
    room = Room(asked.pop("memory"), asked.pop("file"))
    try:
        file.seek(0)
        file.truncate()  # an answer that was given up may lie there
        told = engine.answer(Question(**asked), room, file)
        long = told.size if told.spilled else 0
        head = {"status": HTTPStatus.OK, "media_type": told.media_type, "triples": told.triples, "file": long}
        send(answers, head, told.body)
    except RefusedError as refused:
        send(answers, {"status": refused.status, "message": refused.message, "again": refused.again})
    except Exception:  # whatever the engine throws; the next question finds a new worker
        broken = too_much_memory(engine.limits)
        send(answers, {"status": broken.status, "message": broken.message, "again": 0})


def _bound_memory(most: int) -> None:
    """Let the process have so many bytes beyond what it has."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # macOS knows neither the file nor the limit
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        total = pages * resource.getpagesize() + most
        resource.setrlimit(resource.RLIMIT_AS, (total, total))


def _bound_file(most: int) -> None:
    """No file of it grows beyond that, whatever goes wrong."""
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _bound_time(seconds: float) -> None:
    """The kernel ends what the server should have ended: it may have died."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + _SPARE
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


# ---------------------------------------------------------------------------------------------
# Messages


def unpacked(head: bytes) -> dict[str, Any]:
    return dict(json.loads(head))


def packed(head: dict[str, Any], body: bytes = b"") -> bytes:
    encoded = json.dumps(head).encode()
    return LENGTHS.pack(len(encoded), len(body)) + encoded + body


def send(file: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    file.write(packed(head, body))
    file.flush()


def receive(file: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """None at the end."""
    lengths = file.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    return unpacked(file.read(head)), file.read(body)


def settings(files: Sequence[Path], limits: Limits, services: bool) -> str:
    """What `main` is started with."""
    return json.dumps(
        {"files": [str(each) for each in files], "limits": asdict(limits), "services": services}
    )


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
