"""Which addresses of the network the product may call: those of everybody's internet, and those allowed."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Self

Address = IPv4Address | IPv6Address

#: Networks of IPv6 whose addresses end in one of IPv4 that is meant.
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")


class NoSuchHost(Exception):
    """The name of a host leads to no address."""


class InnerAddress(Exception):
    """A host has an address that is not everybody's, and was not allowed."""


def is_public(address: Address) -> bool:
    """Whether an address is one of everybody's internet, also the one that hides in another."""
    if isinstance(address, IPv6Address) and (hidden := _hidden(address)) is not None:
        return is_public(hidden)
    return address.is_global and not address.is_multicast


def _hidden(address: IPv6Address) -> IPv4Address | None:
    """The address of IPv4 that one of IPv6 stands for."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 0xFFFF):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """Hosts inside, as (name or address, port); the port None stands for all ports."""

    hosts: frozenset[tuple[str, int | None]] = frozenset()

    @classmethod
    def read(cls, text: str) -> Self:
        """The hosts of a list such as "erp.local:8443, 10.0.0.5, [fd00::1]"; raises ValueError naming one."""
        return cls(frozenset(_host(part.strip()) for part in text.split(",") if part.strip()))

    def allow(self, host: str, port: int) -> bool:
        """Whether a host may have inner addresses."""
        return bool({(host.lower(), port), (host.lower(), None)} & self.hosts)


def _host(text: str) -> tuple[str, int | None]:
    name, port = text, ""
    if text.startswith("["):
        name, closed, rest = text[1:].partition("]")
        if not closed or (rest and not rest.startswith(":")):
            raise ValueError(f"{text!r} is no host")
        port = rest[1:]
    elif text.count(":") == 1:
        name, _, port = text.partition(":")
    if not name or any(char in name for char in "/@*? "):
        raise ValueError(f"{text!r} is no host")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError(f"{text!r} has no port from 1 to 65535")
    return name.lower(), int(port) if port else None


def addresses_of(host: str, port: int, allowed: AllowedHosts) -> Sequence[str]:
    """The addresses of a host, each of which may be called.

    Raises NoSuchHost, and InnerAddress when one of them may not: a name that leads to both is not trusted.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoSuchHost(host) from error
    texts = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not texts:
        raise NoSuchHost(host)
    if not allowed.allow(host, port) and not all(_is_public_text(text) for text in texts):
        raise InnerAddress(host)
    return texts


def _is_public_text(text: str) -> bool:
    # An address with a zone ("fe80::1%eth0") belongs to one wire.
    return "%" not in text and is_public(ip_address(text))
