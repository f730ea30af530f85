"""**My copy**: what is said with the files; and where files could not be sent."""

from bot.views.block_kit import kit
from bot.views.block_kit.kit import Message

COMMENT = (
    "Here is your copy: all that is kept about you and that you may have, as a page to read and as "
    "data. The rest is counted in it. You get this because you asked for it."
)


WHAT = "your copy"


def build_lost(what: str) -> Message:
    """Slack did not say whether the files arrived."""
    return kit.message(
        f"Slack did not say whether {what} arrived. Look for it here; if it is not there in a "
        "minute, ask for it again."
    )


def build_not_sent(what: str) -> Message:
    """Slack did not take the files."""
    return kit.message(
        f"Slack did not take {what} just now. Nothing is lost; ask for it again in a while."
    )


def build_not_allowed() -> Message:
    """Slack does not let the app send files."""
    return kit.message(
        "Slack does not let Windshield send files here yet. Whoever set Windshield up can mend "
        "that, by installing it again or asking the workspace's owners. Nothing is lost."
    )
