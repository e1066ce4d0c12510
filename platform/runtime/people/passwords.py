"""Passwords are kept as argon2 hashes; a wrong e-mail address costs an attacker as much as a right one."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from joinery.kernel import Issue

SHORTEST = 10
#: Longer ones are refused before hashing: argon2 would read all of it.
LONGEST = 200

#: How much a password costs; tests, which sign in some thousand times, take a cheaper one.
hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return hasher.hash(_bytes(password))


def password_matches(password: str, stored: str | None) -> bool:
    """Whether `password` is the one behind `stored`; None (nobody of that name) takes as long and fails."""
    if len(password) > LONGEST:
        return False
    try:
        hasher.verify(stored or _nobodys_hash(), _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def password_issues(password: str, path: str) -> list[Issue]:
    """What is wrong with a new password."""
    if len(password) < SHORTEST:
        return [Issue(path, "password_too_short", {"minimum": SHORTEST})]
    if len(password) > LONGEST:
        return [Issue(path, "password_too_long", {"maximum": LONGEST})]
    return []


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


@cache
def _nobodys_hash() -> str:
    return hasher.hash("nobody has this password")
