"""What lets the heartbeat come at once where somebody waits for it."""

from collections.abc import Callable


class Bell:
    """Rung where something is due now; whoever beats listens. Without anybody who does, the next
    heartbeat does it."""

    def __init__(self) -> None:
        self._heard: Callable[[], None] | None = None

    def listen(self, heard: Callable[[], None]) -> None:
        """Call `heard` whenever it rings, in the thread that rang."""
        self._heard = heard

    def ring(self) -> None:
        """Something is due now."""
        if self._heard is not None:
            self._heard()
