"""What is of the whole team: meetings, this week's list, accounts, the market, results."""

from collections.abc import Iterable, Iterator

from bot.domain.accounts.market import MarketNote, MarketTag, TagSpelling, TagView, page_of, tag_key
from bot.domain.accounts.transitions import Transition
from bot.domain.binder.book.known import Known
from bot.domain.binder.book.map import map_of_team
from bot.domain.binder.book.model import (
    Block,
    Chapter,
    Entries,
    Entry,
    Facts,
    Labelled,
    Section,
    Table,
)
from bot.domain.binder.book.words import amount, joined, said
from bot.domain.meetings.agenda import AgendaItem, MeetingRecord, TeamPromise
from bot.domain.results.mirror import period_words
from bot.domain.results.results import Result
from bot.domain.team.calendar import DAYS, dates_words
from bot.domain.team.settings import Series
from bot.domain.todo.lists import Slot, SlotState
from bot.domain.workspaces.names import in_order


def meetings_chapter(known: Known) -> Chapter | None:
    """When the team meets, its agenda, and the meetings there were."""
    series = known.record.team.settings.series
    met = sorted(known.record.meetings, key=lambda one: one.meeting.day, reverse=True)
    sections = []
    if series is not None:
        sections.append(Section("Same time, same channel", (_series(series),)))
    entries = tuple(_meeting(known, one) for one in met)
    elsewhere = _promised(known, known.record.promised_elsewhere)
    if elsewhere:
        passages = said(("Promised to the team", elsewhere))
        entries = (*entries, Entry("In meetings before", "", passages))
    if entries:
        sections.append(Section("Meetings", (Entries(entries),)))
    return Chapter("Team meetings", "", tuple(sections)) if sections else None


def _series(series: Series) -> Facts:
    days = ", ".join(DAYS[day] for day in series.weekdays)
    every = {1: "every week", 2: "every other week"}.get(
        series.meeting.every, f"every {series.meeting.every} weeks"
    )
    sections = "\n".join(f"{one.title}, {one.minutes} min" for one in series.meeting.sections)
    return Facts(
        said(
            (
                "When",
                f"{days}, {series.at.isoformat('minutes')}, {every}, {series.meeting.minutes} min",
            ),
            ("Where", series.meeting.place),
            ("Agenda", sections),
        )
    )


def _meeting(known: Known, record: MeetingRecord) -> Entry:
    meeting = record.meeting
    others = "Carried on" if meeting.is_answered else "On the agenda"
    passages = (
        *_done(record),
        *said((others, "\n".join(_line(item) for item in record.others))),
        *said(("Promised to the team", _promised(known, record.promises))),
        *said(("One skill", meeting.leader.name if meeting.leader else "")),
    )
    return Entry(known.wording.day(meeting.day), _how(record), passages)


def _promised(known: Known, promises: Iterable[TeamPromise]) -> str:
    return "\n".join(
        f"→ {one.owner.name}: {one.what}"
        + (f", {known.wording.by(one.due_on)}" if one.due_on else "")
        + (f" · kept {known.wording.day(one.kept_on)}" if one.kept_on else "")
        for one in promises
    )


def _how(record: MeetingRecord) -> str:
    """That it was not held, where that is known."""
    meeting = record.meeting
    is_off = meeting.dropped is not None or (meeting.is_answered and not meeting.was_held)
    return "not held" if is_off else ""


def _done(record: MeetingRecord) -> Iterator[Labelled]:
    by_section: dict[str, list[str]] = {}
    for item in record.done:
        title = record.meeting.section(item.section).title
        by_section.setdefault(title, []).append(_line(item))
    for title, lines in by_section.items():
        yield Labelled(title, "\n".join(lines))


def _line(item: AgendaItem) -> str:
    heard = f"heard by {item.heard_by.name}" if item.heard_by else ""
    return joined([item.text, heard]) + (f"\n→ {item.outcome}" if item.outcome else "")


def week_chapter(known: Known) -> Chapter | None:
    """The newest list, and the issues of the day with what was said to them."""
    sections = []
    slots = known.record.slots
    if slots:
        monday = max(slot.monday for slot, _ in slots)
        own = [(slot, state) for slot, state in slots if slot.monday == monday]
        own.sort(key=lambda one: (one[0].day is None, one[0].day, in_order(one[0].rep.name)))
        week = f"The week of {known.wording.day(monday)}"
        sections.append(Section(week, (Entries(tuple(_slot(known, *one) for one in own)),)))
    issues = sorted(known.record.issues, key=lambda one: one.starts_on, reverse=True)
    if issues:
        entries = tuple(
            Entry(
                dates_words(one.starts_on, one.ends_on),
                one.text,
                tuple(
                    Labelled(answer.rep.name, answer.text)
                    for answer in known.record.issue_answers.get(one.id, ())
                    if answer.not_so_on is None
                ),
            )
            for one in issues
        )
        sections.append(Section("Issues of the day", (Entries(entries),)))
    return Chapter("To-do list", "", tuple(sections)) if sections else None


_STATES = {
    SlotState.OPEN: "",
    SlotState.DONE: "done",
    SlotState.NOT_THIS_WEEK: "not this week",
    SlotState.AWAY: "away",
}


def _slot(known: Known, slot: Slot, state: SlotState) -> Entry:
    day = DAYS[slot.day.weekday()] if slot.day else ""
    passages = said(
        ("", slot.reason.text),
        ("", known.beside_reason(slot)),
        ("", slot.reason.source),
        ("Next time", slot.next_time),
    )
    return Entry(day, joined([slot.rep.name, _STATES[state]]), passages)


def accounts_chapter(known: Known) -> Chapter | None:
    """Dates to come, accounts that pass on, and who knows whom."""
    record = known.record
    sections = []
    coming = sorted(
        (one for dates in known.dates_of.values() for one in dates), key=lambda one: one.day
    )
    if coming:
        days = tuple((known.wording.day(one.day), one.account, one.what) for one in coming)
        dates = Table(("Day", "Account", "What"), days, (3, 5, 8))
        sections.append(Section("Dates to come", (dates,)))
    if record.transitions:
        rows = tuple(
            (
                one.account,
                one.leaves.name,
                one.takes_over.name,
                known.wording.day(one.day),
                _introduced(known, one),
            )
            for one in sorted(record.transitions, key=lambda one: one.day, reverse=True)
        )
        table = Table(("Account", "From", "To", "On", "Introduction"), rows, (5, 4, 4, 3, 4))
        sections.append(Section("Accounts that pass on", (table,)))
    if record.accounts:
        sections.append(Section("Who knows whom", (map_of_team(known, record.accounts),)))
    return Chapter("Accounts", "", tuple(sections)) if sections else None


def _introduced(known: Known, one: Transition) -> str:
    if one.introduced_on is not None:
        return f"made {known.wording.day(one.introduced_on)}"
    return "made" if one.is_made(known.record.acquaintances) else "still to make"


def market_chapter(known: Known) -> Chapter | None:
    """What was heard, by tag: lately first, then often."""
    notes = known.record.market_notes
    if not notes:
        return None
    page = page_of(_tags(notes), notes, known.today)
    return Chapter("Market", "", tuple(_tag(known, one) for one in page.tags))


def _tags(notes: Iterable[MarketNote]) -> list[MarketTag]:
    found: dict[int, MarketTag] = {}
    for note in notes:
        for tag in note.tags:
            spelling = TagSpelling(tag.spelling_id, tag_key(tag.name), tag.name)
            found.setdefault(tag.id, MarketTag(tag.id, note.team_id, tag.name, None, (spelling,)))
    return list(found.values())


def _tag(known: Known, view: TagView) -> Section:
    customers = ", ".join(name for name, _ in view.customers)
    facts = said(
        ("Customers", customers),
        ("First heard", known.wording.day(view.first.heard_on)),
        ("Heard", _heard(len(view.notes), view.lately)),
    )
    entries = tuple(
        Entry(
            known.wording.day(note.heard_on),
            joined([note.account, f"with {note.rep.name}"]),
            said(("", note.text)),
        )
        for note in view.notes
    )
    return Section(view.tag.name if view.tag else "Without a tag", (Facts(facts), Entries(entries)))


def _heard(often: int, lately: int) -> str:
    times = {1: "once", 2: "twice"}.get(often, f"{often} times")
    return f"{times}, {lately} of them in the last 30 days" if lately else times


def results_chapter(known: Known) -> Chapter | None:
    """The newest period of each metric, everybody in one table."""
    by_metric: dict[str, list[Result]] = {}
    for one in known.record.results:
        by_metric.setdefault(one.metric.name, []).append(one)
    names = {rep.slack_id: rep.name for rep, _ in known.reps}
    sections = []
    for name in sorted(by_metric, key=in_order):
        newest = max(one.period.start for one in by_metric[name])
        own = [one for one in by_metric[name] if one.period.start == newest]
        own.sort(key=lambda one: in_order(names.get(one.rep_id, one.rep_id)))
        rows = tuple(
            (
                names.get(one.rep_id, one.rep_id),
                amount(one.latest.target, one.metric),
                amount(one.latest.actual, one.metric),
                known.wording.day(one.latest.as_of),
            )
            for one in own
        )
        blocks: tuple[Block, ...] = (
            Table(
                (period_words(own[0].period), "Target", "Reached", "As of"),
                rows,
                (6, 4, 4, 4),
                numbers=(1, 2),
            ),
        )
        sections.append(Section(name, blocks))
    if steps := _helped(known):
        sections.append(Section("What helped", (steps,)))
    return Chapter("Results", "", tuple(sections)) if sections else None


def _helped(known: Known) -> Facts | None:
    rows = said(
        *(
            (one.metric, joined([one.helped, period_words(one.period)]))
            for one in known.record.save_it_plans
            if one.helped
        )
    )
    return Facts(rows) if rows else None
