"""Limits let a person through, stop a flood, and never need more memory than they were given."""

from __future__ import annotations

from bot.channels.web.limits import Allowance, Limiter, address_of

SMALL = Allowance(burst=3, per_second=1)


def limiter(most: int = 100) -> tuple[Limiter, list[float]]:
    clock = [0.0]
    return Limiter(lambda: clock[0], most), clock


def test_a_burst_is_allowed_and_then_one_a_second() -> None:
    limits, clock = limiter()
    assert [limits.allows(SMALL, "a") for _ in range(4)] == [True, True, True, False]
    clock[0] = 1.0
    assert [limits.allows(SMALL, "a") for _ in range(2)] == [True, False]


def test_refused_attempts_do_not_lengthen_the_wait() -> None:
    limits, clock = limiter()
    for _ in range(50):
        limits.allows(SMALL, "a")
    clock[0] = 1.0
    assert limits.allows(SMALL, "a")


def test_one_does_not_pay_for_another() -> None:
    limits, _ = limiter()
    for _ in range(10):
        limits.allows(SMALL, "a")
    assert limits.allows(SMALL, "b")


def test_many_keys_do_not_fill_the_memory() -> None:
    limits, _ = limiter(most=10)
    for number in range(1000):
        limits.allows(SMALL, str(number))
    assert len(limits._left) == 10


def test_limits_can_be_switched_off() -> None:
    off = Limiter(enabled=False)
    assert all(off.allows(SMALL, "a") for _ in range(100))


def test_a_forwarded_address_counts_only_behind_a_proxy_and_only_the_last() -> None:
    assert address_of("203.0.113.9", "198.51.100.1", behind_proxy=True) == "203.0.113.9"
    assert address_of("127.0.0.1", "198.51.100.1", behind_proxy=False) == "127.0.0.1"
    assert address_of("10.0.0.2", "192.0.2.7, 198.51.100.1", behind_proxy=True) == "198.51.100.1"
    assert address_of("10.0.0.2", "rubbish", behind_proxy=True) == "10.0.0.2"


def test_a_household_of_ipv6_addresses_counts_as_one() -> None:
    one = address_of("2001:db8:1:2::3", "", behind_proxy=False)
    other = address_of("2001:db8:1:2:ffff::9", "", behind_proxy=False)
    assert one == other != address_of("2001:db8:1:3::3", "", behind_proxy=False)
