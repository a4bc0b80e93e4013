"""A token opens its own conversation, until it runs out, and nothing else does."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import jwt
import pytest

from bot.channels.web.tokens import bearer, holder_of, issue, sender_id_of

KEY, OTHER = b"k" * 32, b"o" * 32
NOW = datetime.now(timezone.utc)
SUBJECT = "ab" * 32


def claims(**changes: object) -> dict[str, object]:
    made = {"aud": "overturn-web", "sub": SUBJECT, "jti": "x", "exp": NOW + timedelta(hours=1), **changes}
    return {name: value for name, value in made.items() if value is not None}


def signed(key: bytes = KEY, **changes: object) -> str:
    return jwt.encode(claims(**changes), key, algorithm="HS256")


def test_an_issued_token_opens_its_conversation_and_says_until_when() -> None:
    issued = issue(KEY, NOW, timedelta(days=30))
    holder = holder_of(issued.token, [KEY])
    assert holder is not None
    assert holder.sender_id == issued.sender_id
    assert holder.expires == issued.expires


def test_two_tokens_never_open_the_same_conversation() -> None:
    first, second = issue(KEY, NOW, timedelta(days=1)), issue(KEY, NOW, timedelta(days=1))
    assert first.sender_id != second.sender_id
    assert first.session != second.session


def test_the_subject_cannot_be_read_from_the_conversation_id() -> None:
    assert SUBJECT not in sender_id_of(SUBJECT)
    assert sender_id_of(SUBJECT).startswith("web-")


@pytest.mark.parametrize(
    "token",
    [
        signed(OTHER),
        signed(exp=NOW - timedelta(seconds=5)),
        signed(exp=None),
        signed(aud="something-else"),
        signed(aud=None),
        signed(sub=None),
        signed(sub="../../etc"),
        signed(sub=SUBJECT.upper()),
        jwt.encode(claims(), None, algorithm="none"),
        jwt.encode(claims(), KEY, algorithm="HS512"),
        signed()[:-2],
        "a.b.c",
        "",
        None,
        {"token": signed()},
        signed() + "\n",
        "x" * 100_000,
    ],
    ids=lambda token: str(token)[-12:],
)
def test_anything_else_opens_nothing(token: object) -> None:
    assert holder_of(signed(), [KEY]) is not None, "the control must be valid"
    assert holder_of(token, [KEY]) is None


def test_a_token_of_the_key_before_still_counts_while_keys_are_changed() -> None:
    issued = issue(OTHER, NOW, timedelta(days=1))
    assert holder_of(issued.token, [KEY]) is None
    assert holder_of(issued.token, [KEY, OTHER]) is not None


@pytest.mark.parametrize("header", ["bearer {}", "Bearer  {}", "Bearer {} ", "Token {}", "{}", "Bearer {},{}", ""])
def test_a_bearer_header_is_read_strictly(header: str) -> None:
    assert bearer("Bearer " + signed()) == signed()
    assert bearer(header.replace("{}", signed())) is None
