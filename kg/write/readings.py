"""Readings kept on disk, so that an article is read once.

A reading depends on nothing but the article's text and on what reads it: kg's own code, the ontology, the
language model. Both are in the name of its file; what has the same name is the same reading. A file that
is damaged, or that another version wrote, is no reading, and the article is read again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kg.model import Document, Reading
from kg.write.archive import plain, restored

_SUFFIX = ".json.gz"


@dataclass(frozen=True, slots=True)
class Readings:
    """A folder of readings. `reader` names what reads: other code or another ontology reads otherwise."""

    folder: Path
    reader: str

    def get(self, document: Document) -> Reading | None:
        """What was read of an article of this text, or None."""
        try:
            loaded = json.loads(gzip.decompress(self._path(document).read_bytes()))
            reading = restored(loaded, Reading)
        except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError, zlib.error):
            return None
        return replace(reading, document=document) if isinstance(reading, Reading) else None

    def put(self, reading: Reading) -> None:
        """Keep a reading; where the disk does not let us, it will be made again."""
        path = self._path(reading.document)
        bare = replace(reading, document=Document("", "", (), ()))
        data = json.dumps(plain(bare), ensure_ascii=False, separators=(",", ":")).encode()
        new = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with new.open("wb") as file:
                file.write(gzip.compress(data, compresslevel=3, mtime=0))
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError:
            with suppress(OSError):
                new.unlink()

    def keep_only(self, documents: Iterable[Document]) -> None:
        """Forget the readings of all other articles, and what killed processes left half written."""
        kept = {self._path(document).name for document in documents}
        for path in sorted(self.folder.glob(f"*{_SUFFIX}*")) if self.folder.is_dir() else ():
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def _path(self, document: Document) -> Path:
        """What a document is called and where its words stand in the file have no part in its reading."""
        read = [self.reader, document.text, plain(document.blocks), plain(document.metadata)]
        digest = hashlib.sha256(json.dumps(read, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        return self.folder / f"{digest.hexdigest()}{_SUFFIX}"
