"""Readings kept on disk, so that an article is read once.

A reading depends on nothing but the article's text and on what reads it: kg's own code, the ontology, the
language model. Both are in the name of its file; what has the same name is the same reading. A file that
is damaged, or that another version wrote, is no reading, and the article is read again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kg.model import Document, Reading
from kg.write.archive import plain, restored
from kg.write.places import Place, place

_SUFFIX = ".json.gz"


@dataclass(frozen=True, slots=True)
class Readings:
    """A folder of readings, or what a URL names (`kg.write.places`).

    `reader` names what reads: other code or another ontology reads otherwise.
    """

    folder: Path | str
    reader: str

    @property
    def place(self) -> Place:
        return place(self.folder)

    def get(self, document: Document) -> Reading | None:
        """What was read of an article of this text, or None."""
        data = self.place.get(self._name(document))
        if data is None:
            return None
        try:
            reading = restored(json.loads(gzip.decompress(data)), Reading)
        except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError, zlib.error):
            return None
        return replace(reading, document=document) if isinstance(reading, Reading) else None

    def put(self, reading: Reading) -> None:
        """Keep a reading; where the disk does not let us, it will be made again."""
        bare = replace(reading, document=Document("", "", (), ()))
        data = json.dumps(plain(bare), ensure_ascii=False, separators=(",", ":")).encode()
        self.place.put(self._name(reading.document), gzip.compress(data, compresslevel=3, mtime=0))

    def keep_only(self, documents: Iterable[Document]) -> None:
        """Forget the readings of all other articles, and what killed processes left half written."""
        kept = {self._name(document) for document in documents}
        for name in self.place.names():
            if _SUFFIX in name and name not in kept:
                self.place.remove(name)

    def _name(self, document: Document) -> str:
        """What a document is called and where its words stand in the file have no part in its reading."""
        read = [self.reader, document.text, plain(document.blocks), plain(document.metadata)]
        digest = hashlib.sha256(json.dumps(read, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        return f"{digest.hexdigest()}{_SUFFIX}"
