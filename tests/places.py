"""Where the project keeps what tests read."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
MANIFEST = ROOT / "manifest.yml"
