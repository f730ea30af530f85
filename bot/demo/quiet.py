"""The product's own log, out of the way of what the demo prints."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def only_errors() -> Iterator[None]:
    """Let the product's log say nothing but errors; afterwards it says again what it said before,
    so that whoever goes on in this process hears it."""
    log = logging.getLogger("windshield")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)
