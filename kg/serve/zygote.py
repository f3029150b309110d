"""The process that holds the graph in memory and forks workers.

    python -m kg.serve.zygote SETTINGS

A query cannot be interrupted, and excessive nesting or concatenation in it crashes its process. Therefore
each query runs in a worker, which can be killed and replaced. Workers are forks of this process: a fork takes
milliseconds and shares the memory of the graph. Windows has no fork.

The server sends requests over a socket (standard input) and waits for the reply to each:

`b"F"`, with one end of a socket pair, a file and a pipe, forks a worker, which answers on the socket, writes
long answers to the file, and has the pipe as standard error. The reply is its process id, or a negative error
number if no more processes can be started. `b"K"` and a process id kill that worker. The reply is the signal
that it died from.

When the server ends, so do the zygote and all workers. A message on a worker's socket consists of the lengths
of head and body, a head in JSON, and a body.
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
from kg.serve.engine import QueryEngine, too_much_memory
from kg.store.oxigraph import names

FORK, KILL = b"F", b"K"
NUMBER = struct.Struct("!q")
LENGTHS = struct.Struct("!II")  # the lengths of the head and the body of a message
_SPARE = 2  # the kernel kills a worker this many seconds of processor time after its limit


def main(settings: dict[str, Any]) -> None:
    """Load the files, report the number of triples, and fork workers on request until the server ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=sys.stdin.fileno())
    store = load(Path(file) for file in settings["files"])
    limits = Limits(**settings["limits"])
    engine = QueryEngine(store, names(store).prefixes, limits, settings["services"])
    control.sendall(NUMBER.pack(len(store)))
    workers: set[int] = set()
    try:
        while True:
            request, handles, _, _ = socket.recv_fds(control, 1 + NUMBER.size, 3)
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
        store.load(path=file, format=RdfFormat.N_QUADS)  # N-Triples is a subset of N-Quads
    return store


def _fork(engine: QueryEngine, control: socket.socket, handle: int, file: int, saying: int) -> int:
    """The process id of a new worker, or a negative error number if it cannot be forked."""
    try:
        worker = os.fork()
    except OSError as error:
        worker = -(error.errno or 1)
    if worker == 0:
        _be_worker(engine, control, handle, file, saying)
    for each in (handle, file, saying):
        os.close(each)
    return worker


def _end(worker: int) -> int:
    """Kill a worker. Returns the signal that it died from: an earlier one, or SIGKILL."""
    os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


# ---------------------------------------------------------------------------------------------
# In a worker


def _be_worker(engine: QueryEngine, control: socket.socket, handle: int, file: int, saying: int) -> None:
    """Answer questions until there are no more; never returns."""
    try:
        control.close()
        os.set_blocking(saying, False)  # a crashing engine may write more than the pipe holds, and would hang
        os.dup2(saying, 2)
        os.close(saying)
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


def _answer(engine: QueryEngine, asked: dict[str, Any], file: IO[bytes], answers: IO[bytes]) -> None:
    """Send a head and the answer. If the answer is in the file, send only a head; `file` in the head is the
    length of the answer.
    """
    room = Room(asked.pop("memory"), asked.pop("file"))
    try:
        file.seek(0)
        file.truncate()  # a refused answer may have left data in the file
        told = engine.answer(Question(**asked), room, file)
        long = told.size if told.spilled else 0
        head = {"status": HTTPStatus.OK, "media_type": told.media_type, "triples": told.triples, "file": long}
        send(answers, head, told.body)
    except RefusedError as refused:
        send(answers, {"status": refused.status, "message": refused.message, "again": refused.again})
    except Exception:  # any exception of the engine; the next question gets a new worker
        broken = too_much_memory(engine.limits)
        send(answers, {"status": broken.status, "message": broken.message, "again": 0})


def _bound_memory(most: int) -> None:
    """Limit the memory of the process to `most` bytes more than it has now."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # macOS has neither the file nor the limit
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        total = pages * resource.getpagesize() + most
        resource.setrlimit(resource.RLIMIT_AS, (total, total))


def _bound_file(most: int) -> None:
    """Limit the size of any file that the process writes to `most` bytes."""
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _bound_time(seconds: float) -> None:
    """Let the kernel end a query after its time limit, in case the server has died and cannot."""
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
    """The next message, its head and its body; None at the end of the file."""
    lengths = file.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    return unpacked(file.read(head)), file.read(body)


def settings(files: Sequence[Path], limits: Limits, services: bool) -> str:
    """The settings of `main` as JSON, for the command line."""
    return json.dumps(
        {"files": [str(each) for each in files], "limits": asdict(limits), "services": services}
    )


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
