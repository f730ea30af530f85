"""The keys that encrypt private notes and tokens."""

import os
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy.engine import URL

from storage.types import Cipher


class SecretKeyError(ValueError):
    """No usable key; the text says what to do."""


def cipher_for(url: URL, keys: tuple[str, ...]) -> Cipher:
    """The cipher of a database: the first key encrypts, all of them decrypt.

    Without a key, a SQLite database gets a key file beside it that only its owner can read.
    Raises SecretKeyError for a malformed key, and for a server database without one.
    """
    if keys:
        try:
            return MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise SecretKeyError(
                "WINDSHIELD_SECRET_KEY holds something that is no key. Make one with: python -c "
                '"from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
            ) from error
    if url.get_backend_name() != "sqlite":
        raise SecretKeyError(
            "WINDSHIELD_SECRET_KEY is not set. A server database needs it: private notes are "
            "encrypted with it."
        )
    if not url.database or url.database == ":memory:":
        return Fernet(Fernet.generate_key())
    return Fernet(_key_file(Path(url.database).with_suffix(".key")))


def _key_file(path: Path) -> bytes:
    try:
        # O_EXCL: of two processes that start at once, one makes the file and both read it.
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes().strip()
    with os.fdopen(made, "wb") as file:
        file.write(Fernet.generate_key())
    return path.read_bytes().strip()
