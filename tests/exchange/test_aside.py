"""Where entries of a document are put aside, there may be no room."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.exchange.document.aside import Aside

LINE = "x" * 100_000


@contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    """As where somebody has a quota."""
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))


def test_where_no_more_may_be_written_it_is_said_as_the_system_says_it() -> None:
    aside = Aside(["touches"])
    with (
        no_file_grows_beyond(100_000),
        pytest.raises(OSError, match="Input/output error"),
    ):
        aside.add("touches", (("2026-11-30", n, LINE) for n in range(200)))
    aside.close()


def test_what_is_alike_stays_as_it_came() -> None:
    aside = Aside(["touches"])
    aside.add("touches", [("b", 2, "first"), ("a", 3, "second"), ("b", 2, "third")])
    assert [text for *_, text in aside.sorted("touches")] == ["second", "first", "third"]
    aside.close()
