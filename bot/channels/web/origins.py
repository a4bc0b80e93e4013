"""Which web pages may talk to this door."""

from __future__ import annotations

from bot.settings import Settings, origin_of


def allowed(origin: str | None, host: str, settings: Settings) -> bool:
    """Whether a request with this Origin header, sent to this Host, may be served.

    None (no browser, or a plain same-origin GET) may: the token decides. The page's own origin always may.
    """
    if origin is None:
        return True
    read = origin_of(origin)
    if read is None:
        return False
    own = {origin_of(f"{scheme}://{host}") for scheme in ("http", "https")}
    if settings.public_url:
        own.add(origin_of(settings.public_url))
    return read in own or read in settings.origins


def cors_headers(origin: str | None) -> dict[str, str]:
    """The headers for an origin that may be served. Never with credentials: the token is in a header of its own."""
    if origin is None:
        return {"Vary": "Origin"}
    return {"Vary": "Origin", "Access-Control-Allow-Origin": origin}


def preflight_headers() -> dict[str, str]:
    return {
        "Access-Control-Allow-Methods": "GET, POST, DELETE",
        "Access-Control-Allow-Headers": "authorization, content-type",
        "Access-Control-Max-Age": "600",
    }
