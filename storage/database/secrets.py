"""The keys that encrypt private notes and tokens."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy.engine import URL

from storage.database.types import Cipher


class SecretKeyError(ValueError):
    """No usable key; the text says what to do."""


def cipher_for(url: URL, keys: tuple[str, ...], *, make: bool = True) -> Cipher:
    """The cipher of a database: the first key encrypts, all of them decrypt.

    Without a key, a SQLite database gets a key file beside it that only its owner can read; where
    none is to be made, a key that reads nothing.
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
    path = Path(url.database).with_suffix(".key")
    if not make and not path.exists():
        return Fernet(Fernet.generate_key())
    try:
        return Fernet(_key_file(path))
    except ValueError as error:
        raise SecretKeyError(
            f"{path} holds something that is no key. Put back the key file that belongs to this "
            "database: without it, private notes cannot be read."
        ) from error


def _key_file(path: Path) -> bytes:
    if not path.exists():
        # Written under a name of its own (mode 0600) and linked when whole: of two processes that
        # start at once, the link of one fails, and neither ever reads half a key.
        with NamedTemporaryFile(dir=path.parent, prefix=path.name) as file:
            file.write(Fernet.generate_key())
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_bytes().strip()
