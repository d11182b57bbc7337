"""Which addresses may be asked: http and https to public hosts, unless private ones are allowed."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from oskil.errors import AddressRefused, SourceError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Checked:
    """A URL that may be asked for, and the checked numeric address to connect to."""

    url: str
    scheme: str
    host: str
    port: int
    address: str


def resolve(host: str, port: int) -> list[str]:
    """All numeric addresses of a host, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]).partition("%")[0] for entry in found]


def check(url: str, *, allow_private: bool = False, resolver: Resolver = resolve) -> Checked:
    """Check one URL and every address that its host has.

    Raises AddressRefused for another scheme, for user names in the URL, and where any address is
    loopback, private, link-local, multicast, reserved or unspecified (in IPv6 also where such an
    IPv4 address is inside it); SourceError where the host has no address.
    """
    scheme, host, port = _split(url)
    numbers = _literal(host) or _resolved(host, port, url, resolver)
    for number in numbers:
        reason = private(ipaddress.ip_address(number))
        if reason and not allow_private:
            shown = host if host == number else f"{host} is {number},"
            raise AddressRefused(f"{shown} {reason}; private addresses are not asked unless allowed", url)
    return Checked(url, scheme, host, port, numbers[0])


def _split(url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused(f"not a URL: {error}", url) from error
    if scheme not in ("http", "https"):
        raise AddressRefused(f"only http and https are asked, not {scheme or 'this'}", url)
    if not host or re.search(r"[\s\x00-\x1f\\]", url):
        raise AddressRefused("not a URL with a host", url)
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("a URL with a user name or password is not asked", url)
    return scheme, host.rstrip("."), port or (443 if scheme == "https" else 80)


def _literal(host: str) -> list[str]:
    """The address that a host spells in numbers, in any form C takes ("0x7f.1", "2130706433")."""
    if ":" in host:
        try:
            return [str(ipaddress.IPv6Address(host.partition("%")[0]))]
        except ValueError:
            return []
    if re.fullmatch(r"[0-9a-fA-FxX.]+", host):
        try:
            return [socket.inet_ntoa(socket.inet_aton(host))]
        except OSError:
            return []
    return []


def _resolved(host: str, port: int, url: str, resolver: Resolver) -> Sequence[str]:
    try:
        numbers = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"the host {host} cannot be found", url) from error
    if not numbers:
        raise SourceError(f"the host {host} has no address", url)
    return numbers


def private(address: Address) -> str | None:
    """Why an address is not public, or None where it is."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and private(inner):
            return private(inner)
        if address.is_site_local:
            return "a private address"
    tests = (
        (address.is_loopback, "a loopback address"),
        (address.is_link_local, "a link-local address"),
        (address.is_multicast, "a multicast address"),
        (address.is_unspecified, "an unspecified address"),
        (address.is_private, "a private address"),
        (address.is_reserved, "a reserved address"),
        (not address.is_global, "not a public address"),
    )
    return next((reason for is_so, reason in tests if is_so), None)
