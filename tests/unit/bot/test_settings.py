"""A variable that cannot be used stops the start, in one line that names it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.settings import SettingError, origin_of, settings_from


def test_without_variables_everything_has_a_default() -> None:
    settings = settings_from({})
    assert (settings.host, settings.port, settings.retention_days) == ("127.0.0.1", 5005, 30)
    assert settings.database_url.startswith("sqlite:///")
    assert settings.origins == ()
    assert settings.limits
    assert settings_from({"OVERTURN_PORT": "", "OVERTURN_TODAY": " "}) == settings


def test_what_is_given_is_read() -> None:
    settings = settings_from(
        {
            "OVERTURN_PORT": "8080",
            "OVERTURN_HOST": "0.0.0.0",
            "OVERTURN_DATABASE_URL": "postgresql://u:p@db/overturn",
            "OVERTURN_ALLOWED_ORIGINS": "https://Clinic.example, http://localhost:8000/",
            "OVERTURN_PUBLIC_URL": "https://appeals.example/",
            "OVERTURN_RETENTION_DAYS": "90",
            "OVERTURN_TODAY": "2026-11-21",
            "OVERTURN_RATE_LIMITS": "off",
        }
    )
    assert settings.port == 8080
    assert settings.origins == ("https://clinic.example", "http://localhost:8000")
    assert settings.public_url == "https://appeals.example"
    assert settings.today == date(2026, 11, 21)
    assert not settings.limits


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OVERTURN_PORT", "0"),
        ("OVERTURN_PORT", "65536"),
        ("OVERTURN_PORT", "http"),
        ("OVERTURN_PORT", "50 05"),
        ("OVERTURN_PORT", "٥٠٠٥"),
        ("OVERTURN_HOST", "http://x/"),
        ("OVERTURN_DATABASE_URL", "mysql://x"),
        ("OVERTURN_DATABASE_URL", "var/overturn.db"),
        ("OVERTURN_REDIS_URL", "localhost:6379"),
        ("OVERTURN_PUBLIC_URL", "appeals.example"),
        ("OVERTURN_ALLOWED_ORIGINS", "*"),
        ("OVERTURN_ALLOWED_ORIGINS", "https://clinic.example/path"),
        ("OVERTURN_ALLOWED_ORIGINS", "https://ok.example,clinic"),
        ("OVERTURN_RETENTION_DAYS", "0"),
        ("OVERTURN_RETENTION_DAYS", "-1"),
        ("OVERTURN_TODAY", "21.11.2026"),
        ("OVERTURN_TODAY", "2026-13-01"),
        ("OVERTURN_RATE_LIMITS", "maybe"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        settings_from({name: value})
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://a.example/path?x", "https://a.example"),
        ("HTTPS://A.example:443", "https://a.example"),
        ("http://[::1]:5005", "http://[::1]:5005"),
        ("ftp://a.example", None),
        ("null", None),
        ("https://", None),
        ("https://user@a.example", None),
        ("https://a.example:port", None),
    ],
)
def test_an_address_has_one_origin(address: str, origin: str | None) -> None:
    assert origin_of(address) == origin
