"""How often one conversation or one address may ask for something, in bounded memory."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Allowance:
    """`burst` at once, then `per_second`."""

    burst: float
    per_second: float


MESSAGES_OF_SESSION = Allowance(burst=120, per_second=4)
MESSAGES_OF_ADDRESS = Allowance(burst=600, per_second=20)
SESSIONS_OF_ADDRESS = Allowance(burst=120, per_second=1)
UPLOADS_OF_SESSION = Allowance(burst=10, per_second=0.05)
UPLOADS_OF_ADDRESS = Allowance(burst=60, per_second=0.5)
CALLS_OF_ADDRESS = Allowance(burst=300, per_second=20)


class Limiter:
    """A token bucket for each key. When more than `most` keys are known, the one not seen longest is forgotten."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = 20_000, enabled: bool = True) -> None:
        self._clock = clock
        self._most = most
        self._enabled = enabled
        self._left: OrderedDict[tuple[Allowance, str], tuple[float, float]] = OrderedDict()

    def allows(self, allowance: Allowance, key: str) -> bool:
        """Whether `key` may do this once more now; if so, it has done it."""
        if not self._enabled:
            return True
        now = self._clock()
        left, since = self._left.pop((allowance, key), (allowance.burst, now))
        left = min(allowance.burst, left + (now - since) * allowance.per_second)
        self._left[(allowance, key)] = (left - 1 if left >= 1 else left, now)
        while len(self._left) > self._most:
            self._left.popitem(last=False)
        return left >= 1


def address_of(peer: str, forwarded: str, behind_proxy: bool) -> str:
    """Whose address counts: the peer's, or behind a proxy on a private network the one that proxy names last.

    An IPv6 address counts as its /64, which is what one household or attacker gets.
    """
    address = peer
    if behind_proxy and forwarded and _private(peer):
        address = forwarded.rsplit(",", 1)[-1].strip()
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return peer
    return str(ipaddress.ip_network((read, 64), strict=False)) if read.version == 6 else str(read)


def _private(peer: str) -> bool:
    try:
        read = ipaddress.ip_address(peer)
    except ValueError:
        return False
    return any(read in network for network in _NEAR)


_NEAR = tuple(
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10")
)
"""Where a proxy of ours can stand: this machine, or a private network (RFC 1918, RFC 4193)."""
