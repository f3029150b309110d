"""A cache of readings, so that an article is read only once.

A reading depends only on the article's text and on the reader: kg's own code, the ontology, the language
model. The file name contains digests of both, so that equal names mean equal readings. A damaged file, or one
from another version, is ignored, and the article is read again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Document, Reading
from kg.write.archive import plain
from kg.write.storage import Storage, storage

if TYPE_CHECKING:
    from msgspec.json import Decoder

_SUFFIX = ".json.gz"


@dataclass(frozen=True, slots=True)
class ReadingCache:
    """A folder of readings, or an object store (`kg.write.storage`).

    `reader`: a digest of what reads the articles, namely kg's code, the ontology and the parser.
    """

    folder: Path | str
    reader: str

    @property
    def storage(self) -> Storage:
        return storage(self.folder)

    def get(self, document: Document) -> Reading | None:
        """The cached reading of the document; None if there is none, or if it is damaged."""
        data = self.storage.get(self._name(document))
        if data is None:
            return None
        try:
            return replace(decoded(data), document=document)
        except (OSError, EOFError, ValueError, RecursionError, zlib.error):
            return None

    def held(self) -> frozenset[str]:
        """The digests (`digest`) of all cached readings."""
        return frozenset(name.removesuffix(_SUFFIX) for name in self.storage.names())

    def put(self, reading: Reading) -> None:
        """Cache a reading; if that fails, the article will be read again."""
        bare = replace(reading, document=Document("", "", (), ()))
        data = json.dumps(plain(bare), ensure_ascii=False, separators=(",", ":")).encode()
        self.storage.put(self._name(reading.document), gzip.compress(data, compresslevel=3, mtime=0))

    def keep_only(self, documents: Iterable[Document]) -> None:
        """Delete the readings of all articles but these, and partial files of killed processes."""
        kept = {self._name(document) for document in documents}
        for name in self.storage.names():
            if _SUFFIX in name and name not in kept:
                self.storage.remove(name)

    def _name(self, document: Document) -> str:
        return f"{self.digest(document)}{_SUFFIX}"

    def digest(self, document: Document) -> str:
        """A digest of what the reading of a document depends on: the text, blocks and metadata, but not the
        document's id, nor its offsets in the file.
        """
        read = [self.reader, document.text, plain(document.blocks), plain(document.metadata)]
        return hashlib.sha256(
            json.dumps(read, ensure_ascii=False).encode("utf-8", "surrogatepass")
        ).hexdigest()


def decoded(data: bytes) -> Reading:
    """The reading in a file of the cache, without its document. Raises the errors of gzip, and ValueError."""
    return _decoder().decode(gzip.decompress(data))


@cache
def _decoder() -> Decoder[Reading]:
    from msgspec.json import Decoder

    return Decoder(Reading)
