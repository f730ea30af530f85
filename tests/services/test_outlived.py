"""What is for its author alone stays so once what it came from is gone, be it because it is old,
before the team or the rep passes to another manager or after."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

import pytest

from bot.domain.accounts.dates import SaidDate
from bot.domain.accounts.visits import Visit, VisitDetails, VisitHeard
from bot.domain.binder.export import ExportRequest
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.domain.promises import Owner
from bot.domain.team.teams import Team
from bot.domain.todo.reasons import Reason, ReasonKind
from bot.domain.workspaces.people import Actor, Person, Profile
from bot.domain.workspaces.refusals import NotYours
from bot.exchange.json_export import to_json
from bot.services import field_days as field_day_services
from bot.services.binder.export import export_team
from bot.services.binder.pack import gather_team_pack
from bot.services.binder.pass_on import pass_team
from bot.services.contacts import touches
from bot.services.sessions import sessions as session_services
from bot.services.team import people as people_services
from storage import field_days, promises, todo
from storage.accounts import accounts, dates
from storage.contacts import interactions
from storage.database.transaction import Transaction
from storage.models import Base, TodoList
from storage.sessions import plans, sessions, sharing
from storage.team import people, teams
from tests.services.counting import PATIENCE
from tests.services.history import NOW
from tests.services.test_moving import (
    DAY,
    OBJECTED,
    TODAY,
    UNREAD,
    Two,
    add_contact,
    add_promise,
    two,
)

__all__ = ["two"]

MET = "Mo Wren"
READ = "words that its rep has read"
UNSHOWN = "a step that its rep was never shown"
KIM = "U0KIM"
WEEKS = count()


def says(tx: Transaction, two: Two, words: str, *, shared: bool) -> list[int]:
    """A session and a field day in all of whose words that is, with a date at an account, quoted by
    rows of lists of weeks before; their ids."""
    session = add_contact(tx, two, InteractionKind.SESSION, TODAY - DAY)
    ride = add_contact(tx, two, InteractionKind.FIELD_DAY, TODAY - DAY)
    tables, own = Base.metadata.tables, {"workspace_id": two.workspace_id}
    known = two.hanging_on("session", two.dana)[0]["topic_set_id"]
    topic = two.rows("topic", topic_set_id=known)[-1 if shared else 0]
    held = {"topic_set_id": known, "results": words, "shared_note": words}
    tx.connection.execute(tables["session"].insert(), [own | held | {"interaction_id": session}])
    said = {"plan": words, "changed": words, "next_step": words, "topic_id": topic["id"]}
    tx.connection.execute(
        tables["session_topic"].insert(), [own | said | {"interaction_id": session}]
    )
    seen = {"strength": words, "focus": words, "rep_view": words, "market": ""}
    tx.connection.execute(tables["field_day"].insert(), [own | seen | {"interaction_id": ride}])
    account = accounts.ensure(tx, two.dana.id, ["Acme"])["Acme"]
    visit = {"account_id": account, "account": "Acme", "people": MET, "place": 0}
    tx.connection.execute(
        tables["visit"].insert(),
        [own | visit | {"interaction_id": ride, "outcome": words, "next_step": words}],
    )
    on_day = dates.add(tx, two.dana.id, SaidDate(account, "Acme", words, TODAY + 40 * DAY))
    dates.say(tx, on_day, "Acme", TODAY, session)
    if shared:
        for one in (session, ride):
            sharing.share(tx, one, two.sam.id, NOW)
            sharing.change(tx, one, objection=OBJECTED, objection_beside=False)
    step = UNSHOWN if not shared else READ
    add_promise(tx, two, step, with_sharing=True, interaction_id=session)
    for kind, about in (
        (ReasonKind.PLAN, f"plan:{session}:{topic['key']}"),
        (ReasonKind.FOCUS, f"focus:{ride}"),
        (ReasonKind.ACCOUNT_DATE, f"account_date:{on_day}:{TODAY}:14"),
    ):
        quotes(tx, two, words, kind, about)
    plans.follow(tx, [(two.dana.id, two.sam.id)])
    return [session, ride]


def quotes(tx: Transaction, two: Two, words: str, kind: ReasonKind, about: str) -> None:
    """A row of a list of a week before quotes what that is about."""
    monday = date(2024, 1, 1) + next(WEEKS) * timedelta(weeks=1)
    made = tx.insert(TodoList, team_id=two.dana.id, monday=monday, made_at=NOW)
    todo.add_slots(tx, [(made, two.sam.id, monday, Reason(kind, about, words, ""))])


def whispers(tx: Transaction, two: Two) -> int:
    """Something is said between the two of them, and quoted; its id."""
    told = {"told_to_id": two.dana.manager.id, "raised_on": TODAY}
    made = add_promise(tx, two, UNREAD, owner=Owner.MANAGER, **told)
    quotes(tx, two, UNREAD, ReasonKind.RAISED, f"promise:{made}")
    quotes(tx, two, UNREAD, ReasonKind.PROMISE_KEPT, f"kept:{made}")
    return made


def passes_on(two: Two, to: Person, giver: Team) -> Team:
    with two.database.writing(two.workspace_id, patience=PATIENCE) as tx:
        team = teams.get_many(tx, [giver.id])[0]
        return pass_team(tx, team, to, NOW, introduced=True)


def read_by(two: Two, manager: str) -> str:
    """All that whoever manages a team may read of it, in one text."""
    record = export_team(two.database, two.workspace_id, manager, ExportRequest(), NOW)
    with two.database.reading(two.workspace_id, patience=PATIENCE) as tx:
        team = teams.of_manager(tx, manager)
        assert team is not None
        slots = [one.reason.text for one in todo.all_slots(tx, team.id)]
        on_days = [one.what for one in dates.of_team(tx, team.id)]
        pack = gather_team_pack(tx, team, NOW)
        seen = [
            str(field_days.visits_to(tx, one.id, 9)) for one in accounts.of_teams(tx, [team.id])
        ]
        found = [
            text
            for member in teams.members(tx, team.id)
            for one in (sessions.texts, field_days.texts)
            for _, text in one(tx, team.id, member.rep.id)
        ]
    document = "".join(to_json(record, NOW))
    return "\n".join([document, str(pack), *slots, *on_days, *seen, *found])


@pytest.mark.parametrize("to", ["the team", "the rep"])
@pytest.mark.parametrize("goes", ["before", "after", "never"])
def test_what_is_for_its_author_alone_outlives_what_it_came_from_for_them_alone(
    two: Two, goes: str, to: str
) -> None:
    people_services.save(two.database, two.workspace_id, [Profile(KIM, "Kim Park", None)], NOW)
    with two.database.writing(two.workspace_id, patience=PATIENCE) as tx:
        kim = people.get(tx, KIM)
        assert kim is not None
        held = [*says(tx, two, READ, shared=True), *says(tx, two, UNREAD, shared=False)]
        whispered = whispers(tx, two)

    def go() -> None:
        with two.database.writing(two.workspace_id, patience=PATIENCE) as tx:
            interactions.remove(tx, held)
            promises.remove(tx, [whispered])

    def of_rep() -> list[str]:
        with two.database.reading(two.workspace_id) as tx:
            return [one.what for one in dates.of_rep(tx, two.dana.id, two.sam.id)]

    if goes == "before":
        go()
    hers = read_by(two, "U0DANA")
    assert UNREAD in hers
    assert UNREAD not in of_rep()
    if to == "the team":
        passes_on(two, kim, two.dana)
    else:
        two.moves(two.dana, two.raj)
    if goes == "after":
        go()
    later = KIM if to == "the team" else "U0RAJ"
    reads = read_by(two, later)
    assert UNREAD not in reads
    assert OBJECTED not in reads
    assert READ in reads
    if goes == "never":
        # Who was met is the team's.
        assert MET in reads
    if goes == "never" and to == "the team":
        assert [reads.count(one) for one in (READ, MET)] == [hers.count(one) for one in (READ, MET)]
    # What was noted as promised is the team's; a rep takes along what they were shown.
    assert (UNSHOWN in reads) is (to == "the team")
    assert UNREAD not in of_rep()
    if goes == "before" and to == "the team":
        # Back with who wrote it, what outlived its session is theirs to read again.
        passes_on(two, two.dana.manager, two.dana)
        with two.database.reading(two.workspace_id) as tx:
            assert UNREAD in [one.what for one in dates.of_team(tx, two.dana.id)]


def test_what_a_later_manager_does_not_read_they_cannot_write_over_either(two: Two) -> None:
    people_services.save(two.database, two.workspace_id, [Profile(KIM, "Kim Park", None)], NOW)
    with two.database.writing(two.workspace_id, patience=PATIENCE) as tx:
        kim = people.get(tx, KIM)
        assert kim is not None
        session, ride = says(tx, two, UNREAD, shared=False)
    tables = ("session", "session_topic", "field_day", "visit")
    kept = {name: two.rows(name) for name in tables}
    passes_on(two, kim, two.dana)
    asked, entry = (
        (two.database, Actor(two.workspace_id, KIM)),
        FieldDayEntry(two.sam.slack_id, TODAY, FieldDayNotes((Visit("Acme"),), strength="mine")),
    )
    ways: list[Callable[[], object]] = [
        lambda: field_day_services.get(*asked, ride, NOW),
        lambda: field_day_services.change(*asked, ride, entry, "a form", NOW),
        lambda: field_day_services.detail(*asked, ride, 0, VisitDetails(), VisitHeard(""), NOW),
        lambda: session_services.reopen(*asked, session, "a form", NOW),
        lambda: touches.take_back(*asked, session, NOW),
        lambda: touches.take_back(*asked, ride, NOW),
    ]
    for way in ways:
        with pytest.raises(NotYours) as refused:
            way()
        assert refused.value.owner == two.dana.manager.name
    assert {name: two.rows(name) for name in tables} == kept
