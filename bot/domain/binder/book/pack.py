"""The transition pack on paper: a chapter a rep, and one of what is the team's."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from bot.domain.accounts.dates import AccountDate
from bot.domain.binder.book.model import (
    Block,
    Book,
    Chapter,
    Columns,
    Group,
    Item,
    Items,
    Lines,
    Part,
    Section,
    Table,
    Words,
)
from bot.domain.binder.book.words import Wording, joined, said
from bot.domain.binder.export import ExportRequest
from bot.domain.binder.pack import PackAccount, RepPack, TeamPack
from bot.domain.binder.record import TeamRecord
from bot.domain.promises import Owner, Promise
from bot.domain.team.calendar import dates_words
from bot.domain.workspaces.people import Person

TITLE = "Transition pack"
NOTHING = "Nothing was shared that a later manager would begin with."


def pack_of(record: TeamRecord, request: ExportRequest, at: datetime) -> Book:
    """What whoever takes over begins with: of what a later manager may read, and no more."""
    manager = record.team.manager
    pack = record.pack or TeamPack(record.team, record.team.today(at), ())
    wording = Wording(pack.today)
    chapters = [
        _of_rep(one, manager, wording)
        for one in pack.reps
        if not request.reps or one.rep.slack_id in request.reps
    ]
    of_team = tuple(_sections_of_team(pack, wording))
    if not request.reps and (of_team or not chapters):
        sections = of_team or (Section("", (Words(NOTHING), Lines("Notes"))),)
        chapters.append(Chapter("The team", TITLE, sections, tab="Team"))
    return Book(
        title=manager.name,
        subtitle=TITLE,
        facts=tuple,
        closing="",
        parts=(Part(TITLE, "Pack", "", tuple(chapters)),),
        at_most=len(chapters),
        is_bound=False,
    )


def _of_rep(pack: RepPack, manager: Person, wording: Wording) -> Chapter:
    left = f"left on {wording.day(pack.left_on)}" if pack.left_on else ""
    sections = [
        Section("Introductions to make", tuple(_introductions(pack, wording))),
        Section("Open promises", tuple(_promises(pack.promises, manager, pack.rep, wording))),
        Section("Coming up", tuple(_dates(pack.dates, wording))),
        Section("Plans as they were shared", tuple(_plans(pack, wording))),
        Section("Accounts", tuple(_accounts(pack.accounts))),
    ]
    shown = [one for one in sections if one.blocks]
    shown = shown or [Section("", (Words(NOTHING), Lines("Notes")))]
    return Chapter(pack.rep.name, joined([TITLE, left]), tuple(shown), tab=pack.rep.name)


def _introductions(pack: RepPack, wording: Wording) -> Iterator[Block]:
    rows = tuple(
        (
            one.account,
            ", ".join(one.people),
            one.to.name if one.to else "",
            wording.day(one.day) if one.day else "",
        )
        for one in pack.introductions
    )
    if rows:
        yield Table(("Account", "Known there", "To", "From"), rows, (5, 7, 4, 3))


def _promises(
    promises: Iterable[Promise], manager: Person, rep: Person, wording: Wording
) -> Iterator[Block]:
    lists = []
    for owner, heading in (
        (Owner.MANAGER, f"{manager.first_name} to {rep.first_name}"),
        (Owner.REP, f"{rep.first_name} to {manager.first_name}"),
    ):
        own = [one for one in promises if one.owner is owner]
        own.sort(key=lambda one: (one.due_on or date.max, one.id))
        if own:
            items = (Item(one.what, wording.by(one.due_on)) for one in own)
            lists.append(Items(heading, tuple(items)))
    if lists:
        yield Columns(tuple(lists))


def _dates(dates: Sequence[AccountDate], wording: Wording) -> Iterator[Block]:
    rows = tuple((wording.day(one.day), one.account, one.what) for one in dates)
    if rows:
        yield Table(("Day", "Account", "What"), rows, (3, 5, 8))


def _plans(pack: RepPack, wording: Wording) -> Iterator[Block]:
    for plan in pack.plans:
        beside = f"agreed on {wording.day(plan.agreed_on)}"
        otherwise = (f"How {pack.rep.first_name} remembers it", plan.otherwise)
        yield Group(plan.title, beside, said(("", plan.text), otherwise))


def _accounts(accounts: Sequence[PackAccount]) -> Iterator[Block]:
    rows = tuple(
        (
            joined([one.name, "key account" if one.is_key else ""]),
            ", ".join(one.people),
            ", ".join(person.name for person in one.others),
        )
        for one in accounts
    )
    if rows:
        yield Table(("Account", "Known there", "Others of ours who were there"), rows, (5, 6, 6))


def _sections_of_team(pack: TeamPack, wording: Wording) -> Iterator[Section]:
    promised = tuple(
        Item(f"{one.owner.name}: {one.what}", wording.by(one.due_on)) for one in pack.promises
    )
    blocks: tuple[tuple[str, tuple[Block, ...]], ...] = (
        ("Promised to the team", (Items("Open", promised),) if promised else ()),
        ("Coming up", tuple(_dates(pack.dates, wording))),
        (
            "Issues of the day",
            tuple(
                Group(one.text, dates_words(one.starts_on, one.ends_on), ()) for one in pack.issues
            ),
        ),
        ("Other accounts", tuple(_accounts(pack.accounts))),
    )
    for title, found in blocks:
        if found:
            yield Section(title, found)
