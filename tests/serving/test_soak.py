"""Presses go on while Slack cuts the bot's socket again and again: `make bench ARGS=socket`, but
short."""

import pytest

from tests.bench.socket import WAYS, soak, stage

pytestmark = pytest.mark.slow


def test_no_press_that_was_taken_is_lost() -> None:
    with stage() as here:
        found = soak(here, seconds=8, every=0.5)
    assert found.lost == []
    assert found.taken > 50
    assert found.cuts >= len(WAYS) // 2
    # Whoever pressed while the line was dead waits for three seconds before they press again.
    assert max(found.deaf) < 10
    assert found.cpu < 0.8
