"""Sequences with one item per document, which are kept on disk and loaded only when they are needed.

Resolving iterates over all documents several times. Most of the data is needed for only one document at a
time, and would otherwise fill the memory. A `DiskList` is a table of offsets and a temporary file without a
name, which the system deletes when the last process that has it open ends. An item that is read equals the
one that was written, so results do not depend on whether items are on disk or in memory.
"""

from __future__ import annotations

import hashlib
import tempfile
from abc import abstractmethod
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO, Any, Generic, Self, TypeVar, overload

from kg.memo import decoder, encoder
from kg.model import Document, Reading, TimeExpression

T = TypeVar("T")

_NONE = -1  # the offset in the table for an item that has not been written
_LENGTH = 8  # size in bytes of the number that precedes each item in the file and gives its length
_BARE = Document("", "", (), ())  # a placeholder where there is no reading yet


class OnDisk(Sequence[T], Generic[T]):
    """A sequence whose items are read from disk when they are accessed. Slicing reads no items."""

    @abstractmethod
    def item(self, number: int) -> T:
        """The item with this number."""

    @abstractmethod
    def only(self, numbers: Sequence[int]) -> Sequence[T]:
        """A view of the items with these numbers, in this order, without a copy."""

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...
    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        return self.only(range(len(self))[number]) if isinstance(number, slice) else self.item(number)


class DiskList(OnDisk[T]):
    """Items of one type on disk.

    A new list has `size` places for items that are written later, in any order: `items[i] = item` writes or
    replaces one.
    """

    def __init__(self, kind: Any, items: Iterable[T] = (), *, size: int = 0) -> None:
        self._kind = kind
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="kg-")  # noqa: SIM115 - open as long as the list
        self._at = array("q", [_NONE]) * size
        for item in items:
            self.append(item)

    def append(self, item: T) -> None:
        self._at.append(_NONE)
        self[len(self._at) - 1] = item

    def only(self, numbers: Sequence[int]) -> Self:
        found = self.__class__.__new__(self.__class__)
        found._kind, found._file = self._kind, self._file
        found._at = array("q", (self._at[number] for number in numbers))
        return found

    def __setitem__(self, number: int, item: T) -> None:
        try:
            data = encoder().encode(item)
            self._at[number] = self._file.seek(0, 2)
            self._file.write(len(data).to_bytes(_LENGTH, "little"))
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            error.filename = tempfile.gettempdir()  # for the message about a full disk: the file has no name
            raise

    def item(self, number: int) -> T:
        self._file.seek(self._at[number])
        data = self._file.read(int.from_bytes(self._file.read(_LENGTH), "little"))
        item: T = decoder(self._kind).decode(data)
        return item

    def has(self, number: int) -> bool:
        """Whether the item with this number has been written."""
        return self._at[number] != _NONE

    def __len__(self) -> int:
        return len(self._at)


class Readings(OnDisk[Reading]):
    """Readings by number, each in a temporary file, in memory, or in the cache for the next build.

    Their documents stay in memory, because they are part of the result.
    """

    def __init__(
        self, documents: Sequence[Document], *, on_disk: bool = True, load: Load | None = None
    ) -> None:
        """`load`: returns the cached reading of a document, used for readings that are not set here."""
        self.documents = list(documents)
        self.keys = [""] * len(self.documents)  # for each reading, a digest of what it depends on, if known
        self.on_disk = on_disk
        self._load = load
        # number in this view -> index in the following lists, which all views of these readings share
        self._at = list(range(len(self.documents)))
        self._given = tuple(self.documents)
        self._rest: DiskList[Reading] = DiskList(Reading, size=len(self.documents) if on_disk else 0)
        self._here: dict[int, Reading] = {}
        self._times: dict[int, tuple[TimeExpression, ...]] = {}  # times resolved with dates of other articles
        self._last = _NONE, Reading(_BARE)  # the last reading that was accessed, with its number

    def only(self, numbers: Sequence[int]) -> Readings:
        found = self.__class__.__new__(self.__class__)
        found.__dict__ |= self.__dict__
        found.documents = [self.documents[number] for number in numbers]
        found.keys = [self.keys[number] for number in numbers]
        found._at = [self._at[number] for number in numbers]
        found._last = _NONE, Reading(_BARE)
        found._times = {new: self._times[old] for new, old in enumerate(numbers) if old in self._times}
        return found

    def __setitem__(self, number: int, reading: Reading) -> None:
        self.documents[number], self._last = reading.document, (_NONE, Reading(_BARE))
        if self.on_disk:
            self._rest[self._at[number]] = replace(reading, document=_BARE)
        else:
            self._here[self._at[number]] = reading

    def keep(self, number: int, key: str) -> None:
        """Record that a reading is cached. `key`: a digest of what the reading depends on, except the id of
        its document.
        """
        document = self.documents[number]
        about = encoder().encode([key, document.id, document.segments])
        self.keys[number] = hashlib.sha256(about).hexdigest()

    def date(self, number: int, document: Document, times: tuple[TimeExpression, ...]) -> None:
        """Replace the document and the times of a reading in this view; other views keep theirs."""
        self.documents[number], self._times[number] = document, times
        self._last = _NONE, Reading(_BARE)
        if key := self.keys[number]:
            about = encoder().encode([key, document.dated_by, times])
            self.keys[number] = hashlib.sha256(about).hexdigest()

    def item(self, number: int) -> Reading:
        if number != self._last[0]:
            self._last = number, self._dated(number)
        return self._last[1]

    def _dated(self, number: int) -> Reading:
        found, document = self._found(self._at[number]), self.documents[number]
        if number in self._times:
            return replace(found, document=document, times=self._times[number])
        return found if found.document is document else replace(found, document=document)

    def _found(self, at: int) -> Reading:
        if self.on_disk and self._rest.has(at):
            return self._rest[at]
        if at in self._here:
            return self._here[at]
        assert self._load, "each reading is here or kept"
        found = self._load(self._given[at])
        if self.on_disk:
            self._rest[at] = replace(found, document=_BARE)
        else:
            self._here[at] = found
        return found

    def __len__(self) -> int:
        return len(self.documents)


Load = Callable[[Document], Reading]


def keys(readings: Sequence[Reading]) -> Sequence[str]:
    """For each reading, a digest of what it depends on; "" if unknown."""
    return readings.keys if isinstance(readings, Readings) else [""] * len(readings)


def documents(readings: Sequence[Reading]) -> list[Document]:
    """The document of each reading, without loading the rest."""
    return readings.documents if isinstance(readings, Readings) else [each.document for each in readings]


def ordered(readings: Sequence[Reading], numbers: Sequence[int]) -> Sequence[Reading]:
    """The readings with these numbers, in this order; those on disk stay there."""
    return readings.only(numbers) if isinstance(readings, Readings) else [readings[i] for i in numbers]


def dated(
    readings: Sequence[Reading], times: Mapping[int, tuple[Document, tuple[TimeExpression, ...]]]
) -> Sequence[Reading]:
    """The same readings, some with another document and other times. `times`: number of such a reading ->
    its new document and times.
    """
    if isinstance(readings, Readings):
        view = readings.only(range(len(readings)))
        for number, (document, other) in times.items():
            view.date(number, document, other)
        return view
    found = list(readings)
    for number, (document, other) in times.items():
        found[number] = replace(found[number], document=document, times=other)
    return found


def are_on_disk(readings: Sequence[Reading]) -> bool:
    """Whether the readings, and the data derived from them, should be on disk rather than in memory."""
    return isinstance(readings, Readings) and readings.on_disk


def as_are(readings: Sequence[Reading], kind: Any, items: Iterable[T] = ()) -> DiskList[T] | list[T]:
    """A list of data derived from each document: on disk if the readings are, otherwise in memory."""
    return DiskList(kind, items) if are_on_disk(readings) else list(items)


def iterated(items: Callable[[], Iterator[T]], readings: Sequence[Reading]) -> Iterable[T]:
    """The items that `items()` yields, as an iterable that can be used repeatedly: if the readings are on
    disk, the items are computed anew each time, otherwise only once.
    """
    return _Again(items) if are_on_disk(readings) else list(items())


class _Again(Iterable[T]):
    def __init__(self, items: Callable[[], Iterator[T]]) -> None:
        self._items = items

    def __iter__(self) -> Iterator[T]:
        return self._items()
