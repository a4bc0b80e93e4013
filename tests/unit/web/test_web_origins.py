"""A page may use the door if it is the door's own, or was named in the settings."""

from __future__ import annotations

import pytest

from bot.channels.web.origins import allowed, cors_headers
from bot.settings import settings_from

SETTINGS = settings_from(
    {"OVERTURN_ALLOWED_ORIGINS": "https://clinic.example", "OVERTURN_PUBLIC_URL": "https://appeals.example/"}
)


@pytest.mark.parametrize(
    "origin",
    [None, "http://localhost:5005", "https://localhost:5005", "https://clinic.example", "https://appeals.example"],
)
def test_own_and_named_origins_may(origin: str | None) -> None:
    assert allowed(origin, "localhost:5005", SETTINGS)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://evil.example",
        "http://clinic.example",
        "https://clinic.example.evil.example",
        "https://clinic.example:8443",
        "https://user@clinic.example",
        "http://localhost:5006",
        "javascript:alert(1)",
        "https://clinic.example:99999",
    ],
)
def test_others_may_not(origin: str) -> None:
    assert not allowed(origin, "localhost:5005", SETTINGS)


def test_credentials_are_never_allowed_across_sites() -> None:
    headers = cors_headers("https://clinic.example")
    assert headers["Access-Control-Allow-Origin"] == "https://clinic.example"
    assert "Access-Control-Allow-Credentials" not in headers
