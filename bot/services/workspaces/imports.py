"""What all imports of files share."""

PATIENCE = 60.0
"""Seconds a transaction may go on for: nobody's Slack is waiting for a file."""


class TeamsChangedError(Exception):
    """Someone else changed teams of the file while it was read. Nothing was written."""
