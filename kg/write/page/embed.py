"""Embeds data in the page as text without markup, and computes the hashes that admit the page's scripts.

Records are gzip-compressed JSON in base64. In this form they take a quarter of the space, cost no time until
they are used, and contain no character that could end a script element.
"""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

VIS = "templates/lib/vis-9.1.2/vis-network.min.js"  # path within the pyvis package


def packed(name: str, record: Any) -> str:
    """A script element that browsers do not run, containing `record`."""
    text = json.dumps(record, ensure_ascii=True, separators=(",", ":"))
    data = b64encode(gzip.compress(text.encode("ascii"), compresslevel=6, mtime=0)).decode("ascii")
    return f'<script type="application/gzip" id="data-{name}">{data}</script>'


def unpacked(page: str) -> dict[str, Any]:
    """Name -> record, for all embedded data, as the page's scripts see it."""
    found = re.findall(r'<script type="application/gzip" id="data-([\w-]+)">([^<]*)</script>', page)
    return {name: _unpack(data) for name, data in found}


def _unpack(data: str) -> Any:
    from base64 import b64decode

    return json.loads(gzip.decompress(b64decode(data)))


def joined(modules: Iterable[str]) -> str:
    """JavaScript modules joined into one, in this order.

    Imports, the keyword `export` and comment lines are removed.
    """
    left_out = r"^import \{[^}]*\} from .*;\n|^export |^ *//.*\n|^ */\*\*(?:[^*]|\*(?!/))*\*/\n|^\n"
    return "\n".join(re.sub(left_out, "", text, flags=re.M) for text in modules)


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """A Content-Security-Policy that admits these texts and nothing else."""
    return (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; "
        f"style-src {' '.join(map(_hash, styles))}; worker-src blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def library() -> str:
    """The code of vis-network, without the comment that refers to its source map."""
    text = (files("pyvis") / VIS).read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=.*", "", text)
