from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slack_sandbox import Sandbox
from tests.serving.process import ROOT


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A pretend Slack on the machine's own clock, which the process reads too."""
    with Sandbox(ROOT / "manifest.yml", now=datetime.now(UTC), ticking=True) as sandbox:
        yield sandbox


@pytest.fixture
def file_url(migrated_file: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of the test's own."""
    path = tmp_path / "windshield.db"
    path.write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{path}"
