"""A file on its way in: exactly one, bounded, and whatever it is called."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from actions.reading.documents import MAX_BYTES
from bot.channels.web import uploads
from bot.channels.web.uploads import Upload, UploadError, received_file, upload_in

EDGE = b"xyz"
FORM = "multipart/form-data; boundary=xyz"


def part(content: bytes, name: bytes = b"letter.pdf", field: bytes = b"file") -> bytes:
    head = b'--xyz\r\nContent-Disposition: form-data; name="' + field + b'"; filename="' + name + b'"\r\n'
    return head + b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n"


def field(value: bytes, name: bytes = b"note") -> bytes:
    return b'--xyz\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + value + b"\r\n"


END = b"--xyz--\r\n"


class Stream:
    """A body that comes in pieces, as Sanic hands it over."""

    def __init__(self, pieces: list[bytes], wait: float = 0.0) -> None:
        self.request_max_size = 300_000
        self.allowed: list[int] = []
        self._pieces = pieces
        self._wait = wait

    async def read(self) -> bytes | None:
        await asyncio.sleep(self._wait)
        self.allowed.append(self.request_max_size)
        return self._pieces.pop(0) if self._pieces else None


def request(pieces: list[bytes], wait: float = 0.0, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return SimpleNamespace(headers={"content-type": FORM, **named}, stream=Stream(pieces, wait))


def refusal(pieces: list[bytes], **headers: str) -> tuple[int, str]:
    with pytest.raises(UploadError) as refused:
        asyncio.run(received_file(request(pieces, **headers)))
    assert refused.value.message
    return refused.value.status, refused.value.code


def test_a_file_comes_in_pieces_and_the_limit_is_raised_for_it_alone() -> None:
    whole = field(b"hello") + part(b"%PDF \r\n\x00\xff") + END
    given = request([whole[:50], whole[50:61], whole[61:]])
    assert asyncio.run(received_file(given)) == Upload(b"%PDF \r\n\x00\xff")
    assert min(given.stream.allowed) > MAX_BYTES
    assert given.stream.request_max_size == 300_000


@pytest.mark.parametrize(
    "name", [b"", b"a\x00b.pdf", b"../../etc/passwd", b"x" * 5_000, b"\xff\xfe", b"letter.exe", "löß.pdf".encode()]
)
def test_its_name_counts_for_nothing(name: bytes) -> None:
    assert upload_in(part(b"content", name) + END, EDGE) == Upload(b"content")


def test_any_field_name_and_an_empty_file() -> None:
    assert upload_in(part(b"content", field=b"upload") + END, EDGE) == Upload(b"content")
    assert upload_in(part(b"") + END, EDGE) == Upload(b"")


@pytest.mark.parametrize(
    ("body", "keep"),
    [
        (field(b"yes", b"keep") + part(b"a"), True),
        (part(b"a") + field(b"yes", b"keep"), True),
        (part(b"a") + field(b"no", b"keep"), False),
        (part(b"a") + field(b"yes", b"keeper"), False),
        (part(b"a") + field(b"yes"), False),
        (part(b"yes", field=b"keep"), False),
    ],
)
def test_it_is_kept_only_where_a_field_says_so(body: bytes, keep: bool) -> None:
    assert upload_in(body + END, EDGE).keep is keep


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(END, id="no part"),
        pytest.param(field(b"x") + END, id="no file"),
        pytest.param(part(b"a") + part(b"b") + END, id="two files"),
        pytest.param(part(b"a"), id="no end"),
        pytest.param(part(b"a")[:60], id="cut in its head"),
        pytest.param(b"--xyz\r\n" * 100_000 + END, id="parts without heads"),
        pytest.param(field(b"") * 1_000 + part(b"a") + END, id="very many fields"),
        pytest.param(b"--xyz\r\nContent-Disposition: " + b"x" * 50_000 + b"\r\n\r\na\r\n" + END, id="an endless head"),
        pytest.param(b"file=abc", id="another form"),
    ],
)
def test_anything_but_one_file_is_refused(body: bytes) -> None:
    assert refusal([body]) == (400, "bad_request")


@pytest.mark.parametrize(
    "kind",
    ["", "application/json", "multipart/form-data", "multipart/form-data; boundary=", f"{FORM}{'x' * 80}",
     "multipart/mixed; boundary=xyz", 'multipart/form-data; boundary="a\r\nb"'],
)  # fmt: skip
def test_another_kind_of_body_is_refused(kind: str) -> None:
    assert refusal([part(b"a") + END], content_type=kind) == (400, "bad_request")


def test_one_that_is_too_long_is_refused_before_it_is_read() -> None:
    given = request([b"never read"], content_length=str(MAX_BYTES + 100_000))
    with pytest.raises(UploadError) as refused:
        asyncio.run(received_file(given))
    assert (refused.value.status, refused.value.code) == (413, "too_large")
    assert given.stream.allowed == []


def test_one_that_does_not_say_how_long_it_is_is_read_so_far_and_no_further() -> None:
    pieces = [b"x" * 1_000_000] * 100
    given = request(pieces)
    with pytest.raises(UploadError) as refused:
        asyncio.run(received_file(given))
    assert refused.value.status == 413
    assert len(given.stream.allowed) == MAX_BYTES // 1_000_000 + 1


def test_one_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "RECEIVE_SECONDS", 0.02)
    with pytest.raises(UploadError) as refused:
        asyncio.run(received_file(request([b"x"] * 1_000, wait=0.005)))
    assert (refused.value.status, refused.value.code) == (408, "too_slow")
