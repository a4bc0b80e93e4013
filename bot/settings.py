"""What the environment says (see `docs/interfaces.md`), checked once, before anything starts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder: Rasa's files, `var/` and `models/` stand in it."""

_HOST = re.compile(r"[A-Za-z0-9.:-]{1,255}")


class SettingError(Exception):
    """A variable that cannot be used: the one line names it, and says what to set it to."""


@dataclass(frozen=True)
class Settings:
    """`origins` are those that may embed the widget, `public_url` where the service stands behind its proxy."""

    host: str
    port: int
    database_url: str
    key: str | None
    redis_url: str | None
    public_url: str | None
    origins: tuple[str, ...]
    retention_days: int
    today: date | None
    limits: bool


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings in these variables; an empty one counts as unset. Raises SettingError."""
    return Settings(
        host=_host(_given(environ, "OVERTURN_HOST")),
        port=_number(environ, "OVERTURN_PORT", default=5005, least=1, most=65535),
        database_url=_database(_given(environ, "OVERTURN_DATABASE_URL")),
        key=_given(environ, "OVERTURN_KEY"),
        redis_url=_redis(_given(environ, "OVERTURN_REDIS_URL")),
        public_url=_public_url(_given(environ, "OVERTURN_PUBLIC_URL")),
        origins=_origins(_given(environ, "OVERTURN_ALLOWED_ORIGINS")),
        retention_days=_number(environ, "OVERTURN_RETENTION_DAYS", default=30, least=1, most=3650),
        today=_day(_given(environ, "OVERTURN_TODAY")),
        limits=_switch(environ, "OVERTURN_RATE_LIMITS", default=True),
    )


def origin_of(address: str) -> str | None:
    """The origin (`https://host[:port]`) of a web address, its usual port left out; None if it has none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, usual) else "")


def _given(environ: Mapping[str, str], name: str) -> str | None:
    return environ.get(name, "").strip() or None


def _host(text: str | None) -> str:
    if text is None:
        return "127.0.0.1"
    if not _HOST.fullmatch(text):
        raise SettingError("OVERTURN_HOST is not an address to listen on; use for example 127.0.0.1 or 0.0.0.0")
    return text


def _number(environ: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    text = _given(environ, name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,6}", text) or not least <= int(text) <= most:
        raise SettingError(f"{name} is '{text[:20]}'; set it to a whole number from {least} to {most}")
    return int(text)


def _database(text: str | None) -> str:
    if text is None:
        return f"sqlite:///{ROOT / 'var' / 'overturn.db'}"
    if not re.match(r"(sqlite|postgresql)(\+[a-z0-9]+)?://", text):
        raise SettingError(
            "OVERTURN_DATABASE_URL is not usable; write it as sqlite:///path/to/file.db or "
            "postgresql://user:password@host/name"
        )
    return text


def _redis(text: str | None) -> str | None:
    if text is not None and not re.match(r"(redis|rediss|unix)://", text):
        raise SettingError("OVERTURN_REDIS_URL is not usable; write it as redis://host:6379/0, or leave it unset")
    return text


def _public_url(text: str | None) -> str | None:
    if text is None:
        return None
    if origin_of(text) is None:
        raise SettingError(f"OVERTURN_PUBLIC_URL is '{text[:60]}'; write it as https://host, as people reach it")
    return text.rstrip("/")


def _origins(text: str | None) -> tuple[str, ...]:
    allowed = []
    for item in (text or "").replace(",", " ").split():
        origin = origin_of(item)
        if origin is None or urlsplit(item).path not in ("", "/"):
            raise SettingError(
                f"OVERTURN_ALLOWED_ORIGINS has '{item[:60]}'; write each as https://host, with commas between"
            )
        allowed.append(origin)
    return tuple(allowed)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise SettingError(f"OVERTURN_TODAY is '{text[:20] if text else ''}'; write it as YYYY-MM-DD") from None


def _switch(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = _given(environ, name)
    if text is None:
        return default
    if text not in ("on", "off"):
        raise SettingError(f"{name} is '{text[:20]}'; set it to on or off")
    return text == "on"
