"""OVERTURN_KEY: what it may be, and what is derived from it."""

from __future__ import annotations

import base64

import pytest

from actions.cases import BadKey, CasesError, new_key
from actions.cases.keys import cipher, signing_key, signing_keys, split_keys


def test_a_new_key_closes_and_opens() -> None:
    key = new_key()
    assert cipher(key).decrypt(cipher(key).encrypt(b"words")) == b"words"


def test_the_first_key_closes_and_every_key_opens() -> None:
    old, new = new_key(), new_key()
    closed_with_old = cipher(old).encrypt(b"words")
    both = cipher(f" {new} , {old} ")
    assert both.decrypt(closed_with_old) == b"words"
    assert cipher(new).decrypt(both.encrypt(b"words")) == b"words"


SHORT = base64.urlsafe_b64encode(b"x" * 16).decode()


@pytest.mark.parametrize("bad", ["", " , ", "hunter2secret", "ключ" * 11, "\ud800", SHORT, new_key() + "," + SHORT])
def test_a_bad_key_is_refused_without_being_repeated(bad: str) -> None:
    with pytest.raises(BadKey) as refused:
        split_keys(bad)
    assert "OVERTURN_KEY" in str(refused.value)
    for part in filter(None, (p.strip() for p in bad.split(","))):
        assert part not in str(refused.value)
    assert isinstance(refused.value, CasesError) and not isinstance(refused.value, ValueError)


def test_a_bad_second_key_is_named_by_its_position() -> None:
    with pytest.raises(BadKey, match="key 2 has 16 bytes"):
        split_keys(f"{new_key()},{SHORT}")


def test_signing_keys_differ_by_purpose_and_are_never_the_key_itself() -> None:
    key = new_key()
    made = signing_key(key, "session")
    assert len(made) == 32
    assert made == signing_key(key, "session")
    assert made not in (signing_key(key, "upload"), signing_key(new_key(), "session"), split_keys(key)[0])


def test_while_the_key_is_being_changed_the_old_signature_still_holds() -> None:
    old, new = new_key(), new_key()
    assert signing_keys(f"{new},{old}", "session") == (signing_key(new, "session"), signing_key(old, "session"))
