"""Periods that were in question: what was tried, and those that were saved."""

from collections import Counter

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.results.mirror import MirrorFront, period_words
from bot.domain.results.warnings import Ending, Warned
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.results.figures import amount_words

SAVED_SHOWN = 6
TRIED_SHOWN = 4


def tried_lines(view: MirrorFront) -> list[str]:
    """What was tried for periods that run, or ended otherwise; where nobody wrote anything down it
    says nothing."""
    if not view.tried:
        return []
    lines = [_of_tried(rep, warned) for rep, warned in view.tried[:TRIED_SHOWN]]
    more = len(view.tried) - TRIED_SHOWN
    return ["*What was tried*", *lines, *([f"And {more} more."] if more > 0 else [])]


def _of_tried(rep: Person, warned: Warned) -> str:
    said = _of_saved(rep, warned)
    if warned.ending is not Ending.NOT_MADE:
        return said
    latest, metric = warned.result.latest, warned.result.metric
    ended = f"{amount_words(latest.actual, metric)} of {amount_words(latest.target, metric)}"
    return f"{said} · {kit.escape(ended)} in the end"


def saved_lines(view: MirrorFront) -> list[str]:
    """The periods that were in question and were made, and what was tried for them."""
    if not view.saved:
        return []
    lines = [_of_saved(rep, warned) for rep, warned in view.saved[:SAVED_SHOWN]]
    more = len(view.saved) - SAVED_SHOWN
    return ["*Acted in time*", *lines, *([f"And {more} more."] if more > 0 else [])]


def _of_saved(rep: Person, warned: Warned) -> str:
    result = warned.result
    said = f"{rep.name} · {result.metric.name}, {period_words(result.period)}"
    if warned.was_tried:
        said += f" · {_counted(warned)} about it"
    if warned.helped:
        said += f" · what helped: “{warned.helped}”"
    return kit.escape(said)


def _counted(warned: Warned) -> str:
    """2 contacts, 1 field day, 3 promises."""
    kinds = Counter(one.kind for one in warned.tried)
    counts = [
        (kinds[InteractionKind.TOUCH], "contact"),
        (kinds[InteractionKind.SESSION], "session"),
        (kinds[InteractionKind.FIELD_DAY], "field day"),
        (len(warned.promised), "promise"),
    ]
    return ", ".join(f"{count} {of}{'s' if count > 1 else ''}" for count, of in counts if count)
