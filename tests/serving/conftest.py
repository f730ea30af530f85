from pathlib import Path

import pytest

from slack_sandbox import Sandbox


@pytest.fixture
def slack(ticking_slack: Sandbox) -> Sandbox:
    return ticking_slack


@pytest.fixture
def file_url(migrated_file: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of the test's own."""
    path = tmp_path / "windshield.db"
    path.write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{path}"
