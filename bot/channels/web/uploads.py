"""Receiving a file: multipart/form-data with one file, bounded before anything of it is read."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Any

from actions.reading.documents import MAX_BYTES, DocumentError

RECEIVE_SECONDS = 50.0
_AROUND = 16_000
"""Bytes for the part's own headers, and a few small fields beside it."""
_MOST_PARTS = 8
_BOUNDARY = re.compile(r'multipart/form-data *;[^"]*?boundary="?([0-9A-Za-z\'()+_,./:=?-]{1,70})"? *', re.I)
_KEEP = re.compile(rb"content-disposition:[^\r\n]*;\s*name=\"?keep\"?\s*(?:;|\r|$)", re.I)
_NAMED = re.compile(rb"content-disposition:[^\r\n]*;\s*filename\*?=", re.I)


class UploadError(Exception):
    """A file that is not taken: the HTTP status, the code of the contract and a plain sentence for the person."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True)
class Upload:
    """A file as it came; `keep`: the person asks that it is kept, and not only its words."""

    data: bytes
    keep: bool = False


async def received_file(request: Any) -> Upload:
    """The one file of a streamed request, read only as far as it may be long. Raises UploadError.

    The file's name is not looked at: what it is, its bytes say.
    """
    boundary = _boundary(request.headers.get("content-type", ""))
    most = MAX_BYTES + _AROUND
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise _too_large()
    stream = request.stream
    before, stream.request_max_size = stream.request_max_size, most
    try:
        body = await asyncio.wait_for(_body(stream, most), RECEIVE_SECONDS)
    except asyncio.TimeoutError:
        raise UploadError(408, "too_slow", "The file took too long to arrive. Please try again.") from None
    finally:
        stream.request_max_size = before
    return upload_in(body, boundary)


async def _body(stream: Any, most: int) -> bytes:
    body = bytearray()
    while piece := await stream.read():
        body += piece
        if len(body) > most:
            raise _too_large()
    return bytes(body)


def _too_large() -> UploadError:
    return UploadError(413, "too_large", DocumentError("too_large").message)


def _boundary(content_type: str) -> bytes:
    found = _BOUNDARY.fullmatch(content_type.strip())
    if found is None:
        raise _bad()
    return found.group(1).encode("ascii")


def _bad() -> UploadError:
    return UploadError(400, "bad_request", "Please send exactly one file, as multipart/form-data.")


def upload_in(body: bytes, boundary: bytes) -> Upload:
    """The one part that is a file, and whether a field `keep` says "yes". Raises UploadError for no file or several."""
    mark = b"\r\n--" + boundary
    body = b"\r\n" + body
    at = body.find(mark)
    files: list[tuple[int, int]] = []
    keep = False
    for _ in range(_MOST_PARTS):
        if at < 0 or body.startswith(b"--", at + len(mark)):
            break
        head_end = body.find(b"\r\n\r\n", at + len(mark), at + len(mark) + _AROUND)
        end = body.find(mark, head_end + 2) if head_end >= 0 else -1
        if end < 0:
            raise _bad()
        if _NAMED.search(body, at + len(mark), head_end):
            files.append((head_end + 4, end))
        elif _KEEP.search(body, at + len(mark), head_end):
            keep = body[head_end + 4 : end] == b"yes"
        at = end
    if at < 0 or not body.startswith(b"--", at + len(mark)) or len(files) != 1:
        raise _bad()
    start, end = files[0]
    return Upload(body[start:end], keep)
