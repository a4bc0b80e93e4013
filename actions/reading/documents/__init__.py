"""Documents: from the bytes of a file to its text. PDF, DOCX, PNG, JPEG and plain text; the kind is found in the bytes.

`read_document` opens a file in a process of its own, which is bounded and dies alone; awaiting it holds nobody up.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from actions.reading.documents.faults import MAX_BYTES, MAX_CHARACTERS, DocumentError
from actions.reading.documents.kinds import FileKind, decoded, kind_of

__all__ = ["MAX_BYTES", "DocumentError", "DocumentText", "FileKind", "kind_of", "read_document"]

SECONDS = 60.0
"""The longest that one document may take."""
_ROOT = Path(__file__).resolve().parents[3]
_LONGEST_ANSWER = 8 * MAX_CHARACTERS
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SYSTEMROOT")


@dataclass(frozen=True)
class DocumentText:
    """What stands in a file.

    `picture`: all or some of it was read from a picture, so that every value needs a person's check. `unread`: pages
    (from 1) that are pictures and could not be read here, because Tesseract is not installed.
    """

    kind: FileKind
    text: str
    pages: int | None = None
    picture: bool = False
    unread: tuple[int, ...] = ()


async def read_document(data: bytes, seconds: float = SECONDS) -> DocumentText:
    """The text of a file, from its bytes. Raises DocumentError, whatever the file is or does."""
    if len(data) > MAX_BYTES:
        raise DocumentError("too_large")
    kind = kind_of(data)
    found = DocumentText("text", decoded(data) or "") if kind == "text" else await _in_a_process(kind, data, seconds)
    if len(found.text) > MAX_CHARACTERS:
        raise DocumentError("too_long")
    if not found.text.strip():
        raise DocumentError("no_text")
    return found


async def _in_a_process(kind: FileKind, data: bytes, seconds: float) -> DocumentText:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-s", "-m", "actions.reading.documents.worker", kind),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd="/",
        env=_environment(),
        start_new_session=True,  # so that what it starts ends with it
    )
    try:
        answer = await asyncio.wait_for(_ask(process, data), seconds)
    except asyncio.TimeoutError:
        raise DocumentError("too_slow") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    return _answered(kind, answer)


def _environment() -> dict[str, str]:
    """No key, no address of the database: the process that opens a stranger's file is told nothing."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_THREAD_LIMIT": "1",
    }


async def _ask(process: asyncio.subprocess.Process, data: bytes) -> bytes:
    assert process.stdin is not None and process.stdout is not None
    # One that has died already takes nothing more: uvloop says so by a RuntimeError.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError, RuntimeError):
        process.stdin.write(data)
        await process.stdin.drain()
        process.stdin.close()
    answer = b""
    while len(answer) <= _LONGEST_ANSWER:
        piece = await process.stdout.read(65_536)
        if not piece:
            break
        answer += piece
    return answer


def _answered(kind: FileKind, answer: bytes) -> DocumentText:
    try:
        found = json.loads(answer)
        if "error" in found:
            raise DocumentError(str(found["error"]), str(found["kind"]))
        return DocumentText(
            kind, str(found["text"]), found["pages"], bool(found["picture"]), tuple(map(int, found["unread"]))
        )
    except (ValueError, KeyError, TypeError):
        # The process crashed, or was ended for using too much.
        raise DocumentError("broken") from None
