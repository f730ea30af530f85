"""What a request has come to: what is saved, and whether the person could be shown it.

The database and the way out to Slack write it down as they go, so that no handler has to say it,
and none can forget to: once a change is saved, nobody is told to try again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Outcome:
    """Of one request, from its listener's first line to its last."""

    saved: bool = False
    """The change that was asked for last is in the database for good."""
    shown: bool = False
    """Something was shown to the person who asked, in answer."""
    unseen: bool = False
    """Something that was to be shown is not, as far as anybody knows."""

    @property
    def is_untold(self) -> bool:
        """Whether a change was saved of which the person saw nothing."""
        return self.saved and self.unseen and not self.shown


_current: ContextVar[Outcome | None] = ContextVar("outcome", default=None)


@contextmanager
def recording() -> Iterator[Outcome]:
    """Meanwhile, what this thread saves and shows is written down in the outcome given."""
    outcome = Outcome()
    token = _current.set(outcome)
    try:
        yield outcome
    finally:
        _current.reset(token)


@contextmanager
def saving() -> Iterator[None]:
    """A change that was asked for: saved when the block ends well."""
    outcome = _current.get()
    if outcome is None:
        yield
        return
    outcome.saved = False
    yield
    outcome.saved = True


def shown() -> None:
    """The person who asked sees an answer."""
    outcome = _current.get()
    if outcome is not None:
        outcome.shown = True


def unseen() -> None:
    """Something that the person was to see could not be shown, or nobody knows whether it was."""
    outcome = _current.get()
    if outcome is not None:
        outcome.unseen = True
