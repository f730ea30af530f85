"""Files that the commands write: whole, and for their owner alone."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from bot.cli.edge import CommandError

NAME = 50
"""Characters of a file's name that the file it is first written to has too."""


def write_file(path: Path, content: Callable[[BinaryIO], object]) -> None:
    """Write the file whole or not at all; only its owner may read it."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise CommandError(f"{path} is there and is not a file.")
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent} to write to.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:NAME]}.", dir=target.parent)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            content(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except OSError as error:
        os.unlink(name)
        raise OSError(error.errno, error.strerror, str(path)) from error
    except BaseException:
        os.unlink(name)
        raise
