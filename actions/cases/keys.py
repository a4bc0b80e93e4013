"""The keys: OVERTURN_KEY closes what is stored, and keys for other purposes are derived from it.

OVERTURN_KEY holds one or more urlsafe-base64 keys of 32 bytes, comma separated. The first encrypts, all decrypt: to
change the key put the new one first, run the rotation, then drop the old one.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from actions.cases.errors import BadKey

_HOW = "OVERTURN_KEY must be one or more urlsafe-base64 keys of 32 bytes, separated by commas"


def new_key() -> str:
    """A new random key, in the form OVERTURN_KEY takes."""
    return Fernet.generate_key().decode("ascii")


def split_keys(keys: str) -> tuple[bytes, ...]:
    """The raw 32-byte keys, the encrypting one first. Raises BadKey, which names the position and never the key."""
    given = [part.strip() for part in keys.split(",") if part.strip()]
    if not given:
        raise BadKey(f"{_HOW}; it is empty")
    raw = []
    for position, part in enumerate(given, start=1):
        try:
            key = base64.b64decode(part.encode("ascii"), altchars=b"-_", validate=True)
        except (binascii.Error, UnicodeEncodeError):
            raise BadKey(f"{_HOW}; key {position} is not base64") from None
        if len(key) != 32:
            raise BadKey(f"{_HOW}; key {position} has {len(key)} bytes")
        raw.append(key)
    return tuple(raw)


def cipher(keys: str) -> MultiFernet:
    """What encrypts with the first key and decrypts with any. Raises BadKey."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in split_keys(keys)])


def signing_keys(keys: str, purpose: str) -> tuple[bytes, ...]:
    """A 32-byte key for one purpose from each key (HKDF, RFC 5869): sign with the first, accept any while rotating."""
    info = f"overturn/{purpose}".encode()
    return tuple(HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key) for key in split_keys(keys))


def signing_key(keys: str, purpose: str) -> bytes:
    """The key to sign with for one purpose, such as `session`. Raises BadKey."""
    return signing_keys(keys, purpose)[0]
