"""Sequences whose items are on disk: one record per document, of which only those in use are in memory.

Resolving iterates over all documents several times, and data that is needed for only one document at a time
is most of the memory it takes. A `DiskList` is a temporary file without a name, which disappears with its
last user, and a table of offsets; reading an item gives an equal one, so results do not depend on where the
items are.
"""

from __future__ import annotations

import copyreg
import pickle
import tempfile
from abc import abstractmethod
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from io import BytesIO
from operator import attrgetter
from typing import IO, TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from kg.model import Document, Reading

if TYPE_CHECKING:
    from msgspec.msgpack import Decoder, Encoder

T = TypeVar("T")

_NONE = -1  # offset of an empty place
_LENGTH = 8  # bytes before each item: its length
_BARE = Document("", "", (), ())


class OnDisk(Sequence[T], Generic[T]):
    """A sequence whose items are read when they are asked for; a slice reads none."""

    @abstractmethod
    def item(self, number: int) -> T:
        """The item of this number."""

    @abstractmethod
    def only(self, numbers: Sequence[int]) -> Sequence[T]:
        """The items of these numbers, in this order; they are not copied."""

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...
    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        return self.only(range(len(self))[number]) if isinstance(number, slice) else self.item(number)


class DiskList(OnDisk[T]):
    """Items on disk. `items[i] = item` replaces an item, or fills one of the `size` empty places."""

    def __init__(self, items: Iterable[T] = (), *, size: int = 0) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="kg-")  # noqa: SIM115 - open as long as the list
        self._at = array("q", [_NONE]) * size
        for item in items:
            self.append(item)

    def append(self, item: T) -> None:
        self._at.append(_NONE)
        self[len(self._at) - 1] = item

    def only(self, numbers: Sequence[int]) -> Self:
        found = self.__class__.__new__(self.__class__)
        found._file, found._at = self._file, array("q", (self._at[number] for number in numbers))
        return found

    def __setitem__(self, number: int, item: T) -> None:
        try:
            data = self._dumped(item)
            self._at[number] = self._file.seek(0, 2)
            self._file.write(len(data).to_bytes(_LENGTH, "little"))
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            error.filename = tempfile.gettempdir()  # the folder of the full disk: the file itself has no name
            raise

    def item(self, number: int) -> T:
        self._file.seek(self._at[number])
        return self._loaded(self._file.read(int.from_bytes(self._file.read(_LENGTH), "little")))

    def __len__(self) -> int:
        return len(self._at)

    def _dumped(self, item: T) -> bytes:
        into = BytesIO()
        _Pickler(into, protocol=pickle.HIGHEST_PROTOCOL).dump(item)
        return into.getvalue()

    def _loaded(self, data: bytes) -> T:
        item: T = pickle.loads(data)
        return item


class _Pickler(pickle.Pickler):
    """Writes dataclasses as their fields, in order: half the size of the usual way, and twice as fast."""

    def reducer_override(self, given: Any) -> Any:
        kind = type(given)
        if kind in copyreg.dispatch_table or not is_dataclass(kind):
            return NotImplemented
        return kind, _fields_of(kind)(given)


@cache
def _fields_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    names = [each.name for each in fields(kind)]
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda given: (get(given),)


class _BareReadings(DiskList[Reading]):
    """Readings as MessagePack, typed: read in a quarter of the time of a pickle, and they are read most."""

    def _dumped(self, item: Reading) -> bytes:
        return _coding()[0].encode(item)

    def _loaded(self, data: bytes) -> Reading:
        return _coding()[1].decode(data)


@cache
def _coding() -> tuple[Encoder, Decoder[Reading]]:
    from msgspec.msgpack import Decoder, Encoder

    return Encoder(), Decoder(Reading)


class Readings(OnDisk[Reading]):
    """Readings on disk; their documents stay in memory, for they are part of what comes out."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = list(documents)
        self._rest = _BareReadings(size=len(self.documents))

    def only(self, numbers: Sequence[int]) -> Readings:
        found = Readings([])
        found.documents = [self.documents[number] for number in numbers]
        found._rest = self._rest.only(numbers)
        return found

    def __setitem__(self, number: int, reading: Reading) -> None:
        self.documents[number] = reading.document
        self._rest[number] = replace(reading, document=_BARE)

    def item(self, number: int) -> Reading:
        return replace(self._rest[number], document=self.documents[number])

    def __len__(self) -> int:
        return len(self.documents)


def documents(readings: Sequence[Reading]) -> list[Document]:
    """The document of each reading, without reading the rest from disk."""
    return readings.documents if isinstance(readings, Readings) else [each.document for each in readings]


def ordered(readings: Sequence[Reading], numbers: Sequence[int]) -> Sequence[Reading]:
    """The readings of these numbers, in this order, wherever they are."""
    return readings.only(numbers) if isinstance(readings, Readings) else [readings[i] for i in numbers]


def room(documents: Sequence[Document], *, on_disk: bool) -> Readings | list[Reading]:
    """Empty places for the readings of documents, to be filled."""
    return Readings(documents) if on_disk else [Reading(document) for document in documents]


def copied(readings: Sequence[Reading]) -> Readings | list[Reading]:
    """A copy of the readings, some of which will be replaced."""
    return readings.only(range(len(readings))) if isinstance(readings, Readings) else list(readings)


def as_are(readings: Sequence[Reading], items: Iterable[T] = ()) -> DiskList[T] | list[T]:
    """Something of each document: in memory where the readings are, on disk where they are."""
    return DiskList(items) if isinstance(readings, Readings) else list(items)


def iterated(items: Callable[[], Iterator[T]], readings: Sequence[Reading]) -> Iterable[T]:
    """The result of a function for each document: computed again in each iteration if the readings are on
    disk."""
    return _Again(items) if isinstance(readings, Readings) else list(items())


class _Again(Iterable[T]):
    def __init__(self, items: Callable[[], Iterator[T]]) -> None:
        self._items = items

    def __iter__(self) -> Iterator[T]:
        return self._items()
