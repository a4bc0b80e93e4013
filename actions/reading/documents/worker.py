"""The process that opens one document: `python -m actions.reading.documents.worker KIND`, bytes in, JSON out.

Whatever a file does to the libraries that open it, it does to this process alone, within these limits.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from actions.reading.documents.faults import MAX_BYTES, DocumentError

MEMORY = 1_200_000_000
"""Bytes of address space, for this process and for each that it starts."""
CPU_SECONDS = 60
_FILES = 64


def main() -> int:
    """Prints `{"text", "pages", "picture", "unread"}` or `{"error", "kind"}` (a fault). A crash prints nothing."""
    _limit()
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        found = _read(sys.argv[1], data)
    except DocumentError as error:
        found = {"error": error.fault, "kind": error.kind}
    except MemoryError:
        found = {"error": "too_large", "kind": ""}
    sys.stdout.write(json.dumps(found))
    return 0


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_FSIZE, 0),  # it writes no file
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _read(kind: str, data: bytes) -> dict[str, Any]:
    # Each library is loaded only for the file that needs it.
    if kind == "docx":
        from actions.reading.documents.word import word_text

        return {"text": word_text(data), "pages": None, "picture": False, "unread": []}
    if kind == "pdf":
        from actions.reading.documents.pdf import pdf_text

        found = pdf_text(data)
        return {"text": found.text, "pages": found.pages, "picture": found.picture, "unread": list(found.unread)}
    from actions.reading.documents.picture import opened
    from actions.reading.documents.tesseract import words_in

    return {"text": words_in(opened(data)), "pages": 1, "picture": True, "unread": []}


if __name__ == "__main__":
    sys.exit(main())
