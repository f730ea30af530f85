"""A manager's own balance, for that manager alone: how much of each component looked back."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.results.balance import Balance, MonthBalance, Part, Share, Unknown
from bot.domain.team.calendar import MONTHS
from bot.domain.workspaces.refusals import Gone
from bot.views.block_kit import charts, kit
from bot.views.block_kit.ids import Metadata, MirrorAction

BAR = 5
"""Parts of a bar in text: with more, its words do not fit beside it on a phone."""

NAMES = {
    Part.MEETING: "Team meeting",
    Part.SESSION: "Strategy session",
    Part.FIELD_DAY: "Field day",
    Part.CONTACT: "Contact",
    Part.LIST: "To-do list",
}
"""In the order of the components."""

MOVES = {
    Part.MEETING: "Numbers sent round before the meeting leave its time for what is ahead.",
    Part.SESSION: "A session that begins with the plans has the results last, and short.",
    Part.FIELD_DAY: "A focus for the next time looks ahead.",
    Part.CONTACT: "**Another reason** on the list often has a plan, or something that is coming.",
    Part.LIST: "**Another reason** on the list often has a plan, or something that is coming.",
}
"""What would move it, by where most of it is."""

UNKNOWN = {
    Unknown.MEETING: ("team meeting with nothing ticked", "team meetings with nothing ticked"),
    Unknown.SESSION: ("session with nothing written", "sessions with nothing written"),
    Unknown.CONTACT: (
        "contact about nothing, or without a reason of the list",
        "contacts about nothing, or without a reason of the list",
    ),
}

BY_MONTH = ("Month", "Looked back")

NOTHING = "Nothing is known yet. It begins with what you write down of a session, tick or log."
FINE_PRINT = (
    "Counted from what happened, never from what was only planned. Only you see it, and it is kept "
    "nowhere."
)


def build_balance(balance: Balance, today: date) -> list[Block]:
    """The latest month by component and in all, as bars and words, what is left out of it, and the
    quiet line where one is due; without the trend."""
    month = balance.shown
    blocks = [kit.header("Your balance")]
    blocks += kit.lines(_quiet(balance, marked=True))
    if month.whole.total:
        bars = [f"{_bar(share)} {words}" for share, words in _parts(month)]
        head = f"*{_head(month, today)}*"
        blocks.append(kit.section("\n".join([head, _whole(month), *bars])))
    elif not month.left_out:
        blocks.append(kit.section(NOTHING))
    if month.left_out:
        blocks.append(kit.context(_left_out(month)))
    blocks.append(kit.context(FINE_PRINT))
    return blocks


def balance_words(balance: Balance, today: date) -> list[str]:
    """The same in words, with the trend: for screen readers, and where no chart is shown."""
    month = balance.shown
    said = [*_quiet(balance, marked=False)]
    if month.whole.total:
        said += [f"{_head(month, today)}: {_whole(month)}", *(words for _, words in _parts(month))]
    elif not month.left_out:
        said.append(NOTHING)
    if month.left_out:
        said.append(_left_out(month))
    if len(balance.trend) > 1:
        said += charts.rows_in_words(BY_MONTH, _rows(balance))
    return ["Your balance.", *said, FINE_PRINT]


def balance_trend(balance: Balance) -> tuple[Sequence[str], Sequence[charts.Series]]:
    """Of every 100 minutes, how many looked back: the months of which enough is known, oldest
    first, and the one series of them."""
    known = balance.trend
    values = tuple(round(100 * (one.whole.looks_back or 0)) for one in known)
    return [_name(one.month) for one in known], [charts.Series("Looking back", values)]


def build_trend(balance: Balance) -> list[Block]:
    """The trend as a chart, with the table of it; nothing where there is but one month."""
    categories, series = balance_trend(balance)
    if len(categories) < 2:
        return []
    label = "of 100 minutes"
    return [
        charts.line("Looking back, by month", categories, series, y_label=label),
        charts.table(BY_MONTH, _rows(balance)),
    ]


def balance_line(balance: Balance, today: date) -> str:
    """The latest month in a line, "" where nothing is known."""
    month = balance.shown
    return f"Your balance, {_head(month, today)}: {_whole(month)}" if month.whole.total else ""


def quiet_line(balance: Balance) -> str:
    """That the month before looked back for more than a third, and what would move it; "" where
    there is nothing to say, or it was said the month before."""
    return "\n".join(_quiet(balance, marked=True))


def home_line(month: MonthBalance | None) -> list[Block]:
    """The same on Home, of the month that it is due of, until its manager has read it."""
    line = _line(month, marked=True)
    if month is None or not line:
        return []
    read = Metadata(day=month.month.isoformat())
    spoken = f"Got it, your balance of {_name(month.month)}"
    return [kit.section(line, kit.button("Got it", MirrorAction.BALANCE_SEEN, read, spoken=spoken))]


def parse_month(packed: str | None) -> date:
    """The month of a line, by its first day. Raises Gone for what was not made here."""
    try:
        return date.fromisoformat(packed or "")
    except ValueError as error:
        raise Gone from error


def _quiet(balance: Balance, *, marked: bool) -> list[str]:
    return list(filter(None, [_line(balance.to_say, marked=marked)]))


def _line(month: MonthBalance | None, *, marked: bool) -> str:
    most = month.most_back if month else None
    if month is None or most is None:
        return ""
    moves = MOVES[most].replace("**", "*" if marked else "")
    return (
        f"More than a third of {_name(month.month)} looked back ({_minutes(month.whole)}), most of "
        f"it under “{NAMES[most]}”. {moves}"
    )


def _rows(balance: Balance) -> list[tuple[str, str]]:
    return [(_name(one.month), _minutes(one.whole)) for one in balance.trend]


def _parts(month: MonthBalance) -> list[tuple[Share, str]]:
    """Each component of which something is known."""
    return [
        (month.parts[part], f"{name} · {_minutes(month.parts[part])}")
        for part, name in NAMES.items()
        if part in month.parts
    ]


def _whole(month: MonthBalance) -> str:
    whole = month.whole
    return f"{whole.back} of {whole.total} minutes looked back."


def _minutes(share: Share) -> str:
    return f"{share.back} of {share.total} min"


def _bar(share: Share) -> str:
    """What looked back is filled; a little shows, and all only where all did."""
    filled = round(BAR * (share.looks_back or 0))
    if share.back:
        filled = max(1, filled)
    if share.back < share.total:
        filled = min(BAR - 1, filled)
    return "■" * filled + "□" * (BAR - filled)


def _head(month: MonthBalance, today: date) -> str:
    runs = month.month == today.replace(day=1)
    return f"{_name(month.month)}{' so far' if runs else ''}"


def _name(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def _left_out(month: MonthBalance) -> str:
    """What counts neither way, since nobody can know where it looked."""
    said = [
        f"{count} {one if count == 1 else many}"
        for what, (one, many) in UNKNOWN.items()
        if (count := month.left_out.get(what, 0))
    ]
    return f"Left out, since nothing says where it looked: {'; '.join(said)}."
