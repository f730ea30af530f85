"""**Export**: what of the binder leaves Slack, how far it is, and what came of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.binder.export import ExportRequest, Format, Paper, What
from bot.domain.binder.exporting import (
    Export,
    ExportFault,
    ExportState,
    Taken,
    span_of,
)
from bot.domain.results.mirror import period_words
from bot.domain.results.results import Period
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.erasure import A_FORMER_REP, FORMER
from bot.domain.workspaces.people import zone_named
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import ExportAction, Form, Metadata
from bot.views.block_kit.kit import Message, View

LABELS = {
    (Format.PDF, What.BINDER): "PDF, to print and put in a ring binder",
    (Format.PDF, What.PACK): "Transition pack, to print",
    (Format.PDF, What.PERIOD): "This period on one page, to print",
    (Format.CSV, What.BINDER): "CSV, tables for Excel, in a zip",
    (Format.MARKDOWN, What.BINDER): "Markdown, to read and to edit",
    (Format.JSON, What.BINDER): "JSON, complete, for other programs",
    (Format.CALENDAR, What.BINDER): "Calendar, what is planned",
}
"""What each is for; the order is that of the form."""

CALLED = {
    What.BINDER: ("Your binder", "binder"),
    What.PACK: ("Your transition pack", "pack"),
    What.PERIOD: ("Your page", "period"),
}
"""What it is to who asked for it, and what its file is called."""

WRITTEN_DOWN = {What.PACK.value: "transition pack", What.PERIOD.value: "a period on one page"}
OTHER_PERIODS = "The page of another period is printed from `/mirror period`."

PAPERS = (("A4", Paper.A4), ("Letter", Paper.LETTER))
NOTES_ROOM = 1500
"""Characters of what is said of a file beside it."""

PRIVATE = "private"
PRIVATE_HINT = (
    "What you wrote for yourself alone, and what reps told you between the two of you. Whoever has "
    "the file can read it."
)


def build_form(
    team: Team,
    reps: Sequence[Membership],
    years: Sequence[int],
    formats: Collection[Format],
    taken: tuple[Sequence[Taken], int],
    now: datetime,
    metadata: Metadata,
) -> View:
    """What to take: all of it, unless somebody says less."""
    kinds = [(label, _value(*kind)) for kind, label in LABELS.items() if kind[0] in formats]
    blocks: list[Block] = [
        kit.section("Your binder as a file. It comes into your messages here."),
        kit.field("format", "As", kit.choice(kinds, kinds[0][1]), hint=_other_periods(formats)),
    ]
    if reps:
        named = [(one.rep.name, one.rep.slack_id) for one in reps]
        chosen = kit.choices(named, (), "All reps")
        blocks.append(kit.field("reps", "Which reps", chosen, optional=True))
    spans = [(str(year), str(year)) for year in years[: kit.MOST_OPTIONS]]
    blocks += [
        kit.field(
            "since", "From the year", kit.choice(spans, placeholder="The first"), optional=True
        ),
        kit.field("until", "To the year", kit.choice(spans, placeholder="This one"), optional=True),
        *_paper(formats),
        kit.field(
            "private",
            "My private notes",
            kit.tick("Put mine in too", PRIVATE),
            optional=True,
            hint=PRIVATE_HINT,
        ),
        *_taken_line(team, taken, now),
    ]
    return kit.modal("Export", Form.EXPORT, blocks, metadata, submit="Export")


def parse_form(state: Mapping[str, Any]) -> ExportRequest:
    """What was chosen; of the page of a period nothing else counts, since it is about nobody, and
    nothing private is in a pack. Raises ValueError for what no form offers."""
    fields = Fields(state)
    kinds = {_value(*kind): kind for kind in LABELS}
    chosen = fields.chosen("format") or Format.JSON
    if chosen not in kinds:
        raise ValueError(f"no form offers {chosen}")
    kind, what = kinds[chosen]
    paper = Paper(fields.chosen("paper") or Paper.A4)
    if what is What.PERIOD:
        return ExportRequest(kind, what=what, paper=paper)
    years = [fields.chosen(name) for name in ("since", "until")]
    since, until = span_of(*(int(year) if year else None for year in years))
    return ExportRequest(
        format=kind,
        reps=frozenset(fields.checked("reps")),
        since=since,
        until=until,
        with_private_notes=what is What.BINDER and PRIVATE in fields.checked("private"),
        what=what,
        paper=paper,
    )


def build_asked(export: Export) -> View:
    """Once it is asked for, in place of the form."""
    blocks = [
        kit.section(f"{_thing(export)} is being put together. It comes into your messages here."),
        kit.context(what_of(export)),
        kit.context("You can go on with everything else meanwhile."),
    ]
    return kit.modal("Export", Form.READ_ONLY, blocks, close="Close")


def build_under_way(export: Export, team: Team, now: datetime) -> View:
    """In place of the form, while another is on its way."""
    when = _when(export.asked_at, team, now)
    blocks = [
        kit.section(f"One at a time: you asked for this one {when}.\n{what_of(export)}"),
        kit.section(f"{_how_far(export)} You can wait for it, or stop it and take another."),
    ]
    if export.state is not ExportState.HANDED:
        blocks.append(_stop(export))
    return kit.modal("Export", Form.READ_ONLY, blocks, close="Wait for it")


def build_message(export: Export) -> Message:
    """The one message about it, as it stands: first how far it is, then what came of it."""
    if export.state is ExportState.FAILED:
        fault = export.fault or ExportFault.NOT_MADE
        words = _faults(export)[fault]
    else:
        words = {
            ExportState.WAITING: f"{_thing(export)} is being put together …",
            ExportState.MAKING: f"{_thing(export)} is being put together … {_how_far(export)}",
            ExportState.HANDED: f"{_thing(export)} is on its way to you here.",
            ExportState.DONE: f"{_thing(export)} is here, as a file.",
            ExportState.STOPPED: "Stopped: no file was made, and nothing was changed.",
        }[export.state]
    blocks = [kit.section(words.strip()), kit.context(what_of(export))]
    if export.state in (ExportState.WAITING, ExportState.MAKING):
        blocks.append(_stop(export))
    return kit.message("About your export", blocks)


def comment(export: Export, notes: Sequence[str] = ()) -> str:
    """What is said with the file itself, and what there is to know of it: a preview shows it, so
    that it says nothing of what is private."""
    what = ", ".join(_parts(export))
    why = "You get it because you asked for it."
    if not export.request.is_of_period:
        why += " Keep it where only you can open it."
    known = kit.fitting(map(kit.escape, notes), NOTES_ROOM, "… and more of that kind.")
    return "\n".join([f"{_thing(export)}: {what}. {why}", *known])


def file_name(export: Export, now: datetime) -> str:
    """What the file is called: by the day on which it was made."""
    day = local_date(now, zone_named(export.manager.zone))
    return f"{CALLED[export.request.what][1]}-{day.isoformat()}.{export.request.format.suffix}"


def what_of(export: Export) -> str:
    """What was asked for, in a line."""
    private = ["with your private notes"] if export.request.with_private_notes else []
    return ", ".join([*_parts(export), *private])


def _thing(export: Export) -> str:
    return CALLED[export.request.what][0]


def _parts(export: Export) -> list[str]:
    request = export.request
    if request.is_of_period and request.since and request.until:
        return [period_words(Period(request.since, request.until)), "on one page"]
    count = len(request.reps)
    whom = "all reps" if not count else ("1 rep" if count == 1 else f"{count} reps")
    return [_kind(request.format, request.what), whom, _span(request.since, request.until)]


def build_taken(
    team: Team, reps: Sequence[Membership], taken: Sequence[Taken], count: int, now: datetime
) -> View:
    """**See**: what was taken so far, the latest first."""
    names = {one.rep.slack_id: one.rep.name for one in reps}
    lines = [
        f"*{_when(one.at, team, now)}* · {kit.escape(_named(one.what, names))}"
        + (" · whoever runs Windshield" if one.by_operator else " · you")
        for one in taken
    ]
    blocks = kit.lines(lines) or [kit.section("Nothing was taken so far.")]
    if count > len(taken):
        blocks.append(kit.context(f"{count - len(taken)} earlier ones are not shown."))
    blocks.append(kit.context("Each export is written down: who took it, of what, and when."))
    return kit.modal("Taken so far", Form.READ_ONLY, blocks, close="Back")


def build_nothing_to_stop() -> Message:
    """It was over before it was stopped."""
    return kit.message("That is over already, so there was nothing to stop.")


def _named(what: str, names: Mapping[str, str]) -> str:
    """What was written down of an export, with reps by their names."""
    kinds = {kind.value: _kind(kind) for kind in Format} | WRITTEN_DOWN
    return ", ".join(
        A_FORMER_REP if part.startswith(FORMER) else {**kinds, **names}.get(part, part)
        for part in what.split(", ")
    )


def _paper(formats: Collection[Format]) -> list[Block]:
    """What to print on, where anything is printed."""
    if Format.PDF not in formats:
        return []
    papers = kit.choice([(name, paper.value) for name, paper in PAPERS], Paper.A4)
    return [kit.field("paper", "Paper", papers, hint="For a PDF.")]


def _taken_line(team: Team, taken: tuple[Sequence[Taken], int], now: datetime) -> list[Block]:
    latest, count = taken
    if not count:
        return []
    see = kit.button("See", ExportAction.TAKEN, spoken="See what was taken so far")
    return [kit.section(f"Taken so far: {count}, last {_when(latest[0].at, team, now)}.", see)]


def _stop(export: Export) -> Block:
    return kit.actions([kit.button("Stop it", ExportAction.STOP, Metadata(subject=export.id))])


def _how_far(export: Export) -> str:
    if export.state is ExportState.HANDED:
        return "It is on its way to you."
    if export.of and export.state is ExportState.MAKING:
        return f"{min(export.written, export.of)} of {export.of} parts are there."
    return ""


def _faults(export: Export) -> Mapping[ExportFault, str]:
    again = "*Export* on Home tries it once more."
    by_hand = (
        f"Whoever runs Windshield can make the file with `windshield export --manager "
        f"{export.manager.slack_id} --format {export.request.format.value}{_of_less(export)}`"
        + (", but without private notes." if export.request.with_private_notes else ".")
    )
    return {
        ExportFault.NOT_MADE: f"The file could not be made. Nothing is lost. {again}",
        ExportFault.TOOK_LONG: (
            f"It took too long, so I stopped. Fewer reps or years may do. {by_hand}"
        ),
        ExportFault.NOT_INSTALLED: (
            "What makes that form is not installed where Windshield runs. The others are there; "
            "*Export* on Home makes one."
        ),
        ExportFault.NO_ROOM: (
            "There is no room for the file where Windshield runs. Whoever runs it can make some; "
            f"then *Export* on Home does it. {by_hand}"
        ),
        ExportFault.TOO_LARGE: (
            f"The file is larger than Slack takes here. Fewer reps or years may do. {by_hand}"
        ),
        ExportFault.NOT_ALLOWED: (
            f"Slack does not let Windshield send files in this workspace. {by_hand}"
        ),
        ExportFault.STORAGE_FULL: (
            f"The workspace's room for files in Slack is used up, so it took none. {by_hand}"
        ),
        ExportFault.NOT_TAKEN: f"Slack did not take the file. Nothing is lost. {again} {by_hand}",
        ExportFault.IN_DOUBT: (
            "Slack did not say whether the file arrived. Look for it here; where it is not, "
            "*Export* on Home makes another."
        ),
        ExportFault.NOT_YOURS: ("The team passed to somebody else meanwhile, so no file was made."),
        ExportFault.NOBODY: (
            "Nobody is left of the reps you chose, so there was nothing to put into a file."
        ),
    }


def _of_less(export: Export) -> str:
    request = export.request
    words = f" --what {request.what}" if request.what is not What.BINDER else ""
    return f"{words} --since {request.since}" if request.is_of_period else words


def _when(at: datetime, team: Team, now: datetime) -> str:
    return kit.moment_words(at, team.manager_zone, team.today(now))


def _span(since: date | None, until: date | None) -> str:
    if since is None and until is None:
        return "all years"
    if since is None and until is not None:
        return f"until {until.year}"
    if until is None and since is not None:
        return f"since {since.year}"
    assert since is not None
    assert until is not None
    same = since.year == until.year
    return str(since.year) if same else f"{since.year} to {until.year}"


def _kind(kind: Format, what: What = What.BINDER) -> str:
    """What it is called in short."""
    return LABELS[kind, what].partition(",")[0]


def _value(kind: Format, what: What) -> str:
    return kind.value if what is What.BINDER else f"{kind}-{what}"


def _other_periods(formats: Collection[Format]) -> str | None:
    return OTHER_PERIODS if Format.PDF in formats else None
