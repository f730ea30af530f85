"""Disks of a test's own: small ones, and ones that can only be read."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size: str, owner: int = 0) -> Iterator[Path]:
    """A disk of that size, mounted at a new folder; only root can, and not everywhere."""
    folder.mkdir()
    options = f"size={size},mode=0700,uid={owner}"
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True
    )
    if made.returncode != 0:
        pytest.skip("this user cannot mount a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def only_to_read(folder: Path, *files: Path) -> Iterator[Path]:
    """A folder with copies of those files, in which nobody can change anything: a mount for root,
    for whom the bits of a file mean nothing, and those bits for anyone else."""
    if os.geteuid() == 0:
        with small_disk(folder, "20m"):
            _copy(folder, *files)
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
            yield folder
        return
    folder.mkdir()
    _copy(folder, *files)
    for path in folder.iterdir():
        path.chmod(0o400)
    folder.chmod(0o500)
    try:
        yield folder
    finally:
        folder.chmod(0o700)


def _copy(folder: Path, *files: Path) -> None:
    for file in files:
        (folder / file.name).write_bytes(file.read_bytes())
