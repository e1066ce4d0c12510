"""Sealing secrets: what lies in the database and in its backups cannot be read without the key beside it."""

import base64
import hashlib
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from joinery.kernel import Misconfigured
from joinery.runtime.settings import Settings

#: The file of the key in the data folder, where the operator chose none.
KEY_FILE = "secret.key"
#: Bytes that are never used twice with one key; AES-GCM wants 12.
_NONCE = 12


class CannotOpen(Exception):
    """A value was sealed with another key, or for another place."""


class Sealer:
    """Seals texts with AES-256-GCM under a key derived from `key`; `place` is sealed along, and must be the
    same when it is opened: no value can be moved to another name.
    """

    def __init__(self, key: str) -> None:
        self._cipher = AESGCM(hashlib.sha256(b"joinery secrets\0" + key.encode()).digest())

    def seal(self, text: str, place: str) -> str:
        """The text so that only this key opens it."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._cipher.encrypt(nonce, text.encode(), place.encode())
        return base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str, place: str) -> str:
        """The text again; raises CannotOpen."""
        try:
            raw = base64.b64decode(sealed, validate=True)
            return self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], place.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise CannotOpen() from error


def sealer_of(settings: Settings) -> Sealer:
    """What seals with the operator's key, or with that of the data folder, which is made when it is missing.

    Raises Misconfigured when that cannot be read or made.
    """
    if settings.secret_key is not None:
        return Sealer(settings.secret_key)
    return Sealer(_kept_key(settings.data_dir.expanduser()))


@lru_cache(maxsize=16)
def _kept_key(folder: Path) -> str:
    """The key in a folder. Of several processes that make one at the same time the first one's counts."""
    file = folder / KEY_FILE
    try:
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _make_key(file)
        key = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise Misconfigured(reason=f"the key for secrets in {file} cannot be used: {error}") from error
    if not key:
        raise Misconfigured(reason=f"the key for secrets in {file} is empty")
    return key


def _make_key(file: Path) -> None:
    made = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    made.touch(mode=0o600, exist_ok=False)
    try:
        made.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
        # It is there as a whole or not at all, and never replaces another.
        os.link(made, file)
    except FileExistsError:
        return
    finally:
        made.unlink()
