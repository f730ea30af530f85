"""Two managers, a rep who moves between them, and whatever both do with what there is of that rep:
each side reads what its column of "Who sees what" allows, nothing is there twice, nothing is
lost."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.accounts.market import Picked
from bot.domain.accounts.visits import Visit
from bot.domain.contacts.touches import TouchEntry
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.domain.todo.reasons import IssueEntry
from bot.domain.workspaces.refusals import BadField, NotYours, Refusal
from bot.services import field_days, promises
from bot.services.accounts import market, market_tags
from bot.services.binder import moving
from bot.services.contacts import touches
from bot.services.sessions import sharing
from bot.services.todo import issues as todo_issues
from bot.services.todo import lists, round_up
from bot.services.todo import rows as todo_rows
from bot.services.workspaces import retention
from storage.accounts import market as stored_market
from storage.models import Base
from storage.team import people, teams
from tests.services.counting import PATIENCE
from tests.services.monday import DANA, KIM, LENA, MON, RAJ, SAM, WEEK, Office, at, reps_of
from tests.services.rides import sent

DAY = timedelta(days=1)
STEPS = 40
TYPED = ("terms", "price", "plant")
TAGS = ("terms", "payment terms", "price", "plant", "delivery")


@dataclass
class Noted:
    """A contact, and what is known of it: who noted it (`of`), in which teams it is (`there`), or
    would be if it stood (`went`), and in which its words were read."""

    id: int
    of: str
    is_ride: bool
    day: date
    says: str
    deleted: bool = False
    there: set[str] = field(default_factory=set)
    went: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)


@dataclass
class Asked:
    """An issue of the day that one of the two set (`of`), and what is noted of Sam where."""

    text: str
    of: str
    began: date
    answers: dict[str, str] = field(default_factory=dict)


class Story:
    """Sam is Dana's rep, or Kim's."""

    def __init__(self, office: Office, seed: int, *, sorts: bool = False) -> None:
        self.office, self.random, self.sorts = office, Random(seed), sorts
        self.teams = {DANA: office.team(DANA, SAM, LENA), KIM: office.team(KIM, RAJ)}
        self.sits, self.now, self.count = DANA, at(MON), 0
        self.noted: list[Noted] = []
        self.alone: dict[int, str] = {}
        self.chosen: dict[int, set[int]] = {}
        self.issues: list[Asked] = []
        self.left: dict[str, date] = {}
        self.introduce()

    def introduce(self) -> None:
        with self.office.database.writing(self.office.workspace_id) as tx:
            for team in self.teams.values():
                for member in teams.members(tx, team):
                    if not member.introduced:
                        teams.mark_introduced(tx, member.id, self.now)

    def words(self) -> str:
        self.count += 1
        return f"words {self.count}"

    def rows(self, name: str) -> list[dict[str, Any]]:
        table = Base.metadata.tables[name]
        mine = table.c.workspace_id == self.office.workspace_id
        with self.office.database.reading(self.office.workspace_id) as tx:
            found = tx.connection.execute(select(table).where(mine).order_by(table.c.id))
            return [dict(row) for row in found.mappings()]

    def step(self) -> str:
        """Something happens; what."""
        contacts: list[Callable[[], None]] = [
            *(self.touch, self.ride, self.edit, self.edit, self.delete, self.put_back),
            *(self.share, self.share, self.unshare, self.say, self.object_to, self.see),
            *(self.keep, self.keep, self.open_again, self.move),
        ]
        sorting: list[Callable[[], None]] = [
            *(self.ride, self.edit, self.edit, self.delete, self.put_back, self.share),
            *(self.tag, self.tag, self.tag, self.rename_tag, self.merge_tags, self.merge_tags),
            *(self.answer, self.answer, self.answer, self.answer, self.move, self.move),
        ]
        does = sorting if self.sorts else contacts
        one = self.random.choice(does)
        self.now += timedelta(minutes=1)
        one()
        return one.__name__

    def touch(self) -> None:
        day, says = self.now.date() - DAY, self.words()
        entry = TouchEntry(SAM, None, day, says)
        made = self.office.asks(touches.log_form, self.sits, entry, says, self.now)
        self.add(Noted(made.touch.id, self.sits, False, day, says))

    def ride(self) -> None:
        day, says = self.now.date() - DAY, self.words()
        entry = self.entry(day, says)
        made = self.office.asks(field_days.log_step, self.sits, sent(entry, says), self.now)
        self.add(Noted(made.logged.touch.id, self.sits, True, day, says))

    def entry(self, day: date, says: str) -> FieldDayEntry:
        tags = "".join(f" #{one}" for one in self.random.sample(TYPED, self.sorts))
        market = f"Acme {says}{tags}"
        notes = FieldDayNotes((Visit("Acme", "Jo Lee", says),), strength=says, market=market)
        due, rep, manager = self.now.date() + 7 * DAY, f"{says} rep", f"{says} manager"
        actions = self.random.choice([(rep, manager), ("same", manager), ("", "also the same")])
        return FieldDayEntry(SAM, day, notes, *actions, due, due)

    def add(self, one: Noted) -> None:
        one.there, one.went = {one.of}, {one.of}
        self.noted.append(one)

    def some(self, *, rides: bool = False, deleted: bool = False) -> Noted | None:
        fit = [one for one in self.noted if one.is_ride >= rides and one.deleted == deleted]
        return self.random.choice(fit) if fit else None

    def edit(self) -> None:
        one = self.some()
        if one is None:
            return
        says, day = self.words(), one.day - DAY * self.random.randrange(2)
        try:
            if one.is_ride:
                entry = self.entry(day, says)
                self.office.asks(field_days.change, one.of, one.id, entry, says, self.now)
            else:
                touch = TouchEntry(SAM, None, day, says)
                self.office.asks(touches.change, one.of, one.id, touch, says, self.now)
        except BadField:
            # It has as many tags as it can have, and a line with another.
            return
        one.says, one.day = says, day

    def delete(self) -> None:
        if one := self.some():
            self.office.asks(touches.take_back, one.of, one.id, self.now)
            one.deleted = True

    def put_back(self) -> None:
        if one := self.some(deleted=True):
            self.office.asks(touches.put_back, one.of, one.id, self.now)
            one.deleted = False
            one.there |= {self.sits} & one.went
            if one.of in one.read:
                one.read |= {self.sits} & one.went

    def share(self) -> None:
        if one := self.some(rides=True):
            self.office.asks(sharing.share, one.of, one.id, SAM, self.now)
            if one.of not in one.read:
                one.read |= {one.of, self.sits} & one.went

    def unshare(self) -> None:
        """Slack takes the message of something that is shared just now not."""
        one = self.some(rides=True)
        if one is None or one.of in one.read:
            return
        part = self.office.asks(sharing.share, one.of, one.id, SAM, self.now).part
        sharing.give_back(self.office.database, self.office.workspace_id, part)
        one.read.clear()

    def one_of(self, one: Noted) -> int:
        """That contact in one of the teams where Sam has read it."""
        own = {self.teams[who] for who in one.read}
        rows = [row for row in self.rows("interaction") if one.id in (row["id"], row["origin_id"])]
        return int(self.random.choice([row["id"] for row in rows if row["team_id"] in own]))

    def say(self) -> None:
        one = self.some(rides=True)
        if one and one.read:
            self.office.asks(sharing.add_words, SAM, self.one_of(one), self.words(), self.now)

    def object_to(self) -> None:
        one = self.some(rides=True)
        if one and one.read:
            to, words, beside = self.one_of(one), self.words(), self.random.random() < 0.5
            service = sharing.object_to
            self.office.asks(
                lambda database, actor: service(
                    database, actor, to, words, words, self.now, beside=beside
                ),
                SAM,
            )
            if not beside:
                self.alone[to] = words

    def see(self) -> None:
        one = self.some(rides=True)
        if one and one.read:
            to = self.one_of(one)
            part = self.office.asks(sharing.for_rep, SAM, to)
            assert part.sharing is not None
            self.office.asks(sharing.see, SAM, to, part.sharing.edition, self.now)

    def some_promise(self) -> tuple[str, int] | None:
        rows = self.rows("promise")
        whose = {team: who for who, team in self.teams.items()}
        if not rows:
            return None
        row = self.random.choice(rows)
        return self.random.choice([whose[row["team_id"]], SAM]), row["id"]

    def keep(self) -> None:
        self.try_with(promises.fulfil)

    def open_again(self) -> None:
        self.try_with(promises.open_again)

    def try_with(self, service: Callable[..., Any]) -> None:
        if found := self.some_promise():
            try:
                self.office.asks(service, *found, self.now)
            except Refusal:
                return

    def tag(self) -> None:
        """One of the two gives a note of theirs other tags."""
        gone = {one["id"] for one in self.rows("interaction") if one["deleted_at"] is not None}
        notes = [one for one in self.rows("market_note") if one["interaction_id"] not in gone]
        if not notes:
            return
        note = self.random.choice(notes)
        who = next(who for who, team in self.teams.items() if team == note["team_id"])
        new = self.random.sample(TAGS, self.random.randrange(3))
        picked = Picked((), tuple(new), None)
        done = self.office.asks(market.retag, who, note["id"], picked, self.now)
        if note["origin_id"] is not None:
            self.chosen[note["id"]] = {one.id for one in done.note.tags}

    def some_tags(self, many: int) -> tuple[str, list[int]] | None:
        who = self.random.choice([DANA, KIM])
        with self.office.database.reading(self.office.workspace_id) as tx:
            used = [one.id for one in stored_market.tags_of(tx, [self.teams[who]]) if one.used]
        return (who, self.random.sample(used, many)) if len(used) >= many else None

    def rename_tag(self) -> None:
        if found := self.some_tags(1):
            who, (one,) = found
            try:
                self.office.asks(market_tags.rename, who, one, self.random.choice(TAGS), self.now)
            except BadField:
                return

    def merge_tags(self) -> None:
        if found := self.some_tags(2):
            who, (one, into) = found
            self.office.asks(market_tags.merge, who, one, into, "", self.now)
            for has in self.chosen.values():
                if one in has:
                    has ^= {one}
                    has |= {into}

    def answer(self) -> None:
        """What Sam said to an issue is noted, put otherwise or taken out by one of the two."""
        if not self.issues or self.random.random() < 0.3:
            today, text = self.now.date(), self.words()
            entry = IssueEntry(text, today, today + 60 * DAY)
            self.office.asks(todo_issues.set_issue, self.sits, entry, text, self.now)
            self.issues.append(Asked(text, self.sits, today))
        one = self.random.choice(self.issues)
        rows = [row for row in self.rows("issue_of_the_day") if row["text"] == one.text]
        row = self.random.choice(rows)
        who = next(who for who, team in self.teams.items() if team == row["team_id"])
        said = "" if self.random.random() < 0.2 else self.words()
        self.office.asks(round_up.change, who, row["id"], SAM, said, self.now)
        was, other = one.answers.pop(who, ""), KIM if who == DANA else DANA
        if said:
            one.answers[who] = said
        if who == one.of and was and one.answers.get(other) == was and who in self.left:
            # Put otherwise where it was noted, and nowhere else yet.
            del one.answers[other]
            if said:
                one.answers[other] = said
        if said and self.sits == other and one.began < self.left.get(who, one.began):
            one.answers.setdefault(other, said)

    def move(self) -> None:
        self.now += DAY
        to = KIM if self.sits == DANA else DANA
        with self.office.database.writing(self.office.workspace_id, patience=PATIENCE) as tx:
            sam = people.get(tx, SAM)
            assert sam is not None
            both = {team.id: team for team in teams.get_many(tx, list(self.teams.values()))}
            source, target = both[self.teams[self.sits]], both[self.teams[to]]
            moving.move_rep(tx, sam, source, target, source.today(self.now), self.now)
        for one in self.noted:
            if self.sits in one.there and not one.deleted:
                one.there.add(to)
            if self.sits in one.went:
                one.went.add(to)
            if self.sits in one.read and to in one.there:
                one.read.add(to)
        self.left[self.sits] = self.now.date()
        for asked in self.issues:
            if self.sits in asked.answers and asked.began < self.now.date():
                asked.answers.setdefault(to, asked.answers[self.sits])
        self.sits = to
        self.introduce()

    def check(self) -> None:
        contacts, shared = self.rows("interaction"), self.rows("sharing")
        days = {row["interaction_id"]: row for row in self.rows("field_day")}
        visits = Counter(row["interaction_id"] for row in self.rows("visit"))
        notes = Counter(row["interaction_id"] for row in self.rows("market_note"))
        whose = {team: who for who, team in self.teams.items()}
        read = {row["interaction_id"]: row for row in shared}
        assert len(read) == len(shared)
        for one in self.noted:
            rows = [row for row in contacts if one.id in (row["id"], row["origin_id"])]
            assert Counter(whose[row["team_id"]] for row in rows) == Counter(one.there)
            assert all((row["deleted_at"] is not None) == one.deleted for row in rows)
            assert {row["occurred_on"] for row in rows} == {one.day}
            assert {whose[row["team_id"]] for row in rows if row["id"] in read} == one.read
            if not one.is_ride:
                assert {row["about"] for row in rows} == {one.says}
                continue
            for row in rows:
                is_own, contact = row["id"] == one.id, row["id"]
                may_read = is_own or whose[row["team_id"]] in one.read
                assert days[contact]["strength"] == (one.says if may_read else "")
                assert (visits[contact], notes[contact]) == (1, 1)
            live = [row["id"] for row in rows if row["moved_to_id"] is None]
            assert len(live) == 1
            if one.read:
                assert live[0] in read
                assert len({read[row["id"]]["rep_words"] for row in rows if row["id"] in read}) == 1
        for contact, row in read.items():
            objection = row["objection"]
            if objection is not None and not row["objection_beside"]:
                assert self.alone.get(contact) == objection
        self.check_promises(contacts)
        self.check_tags()
        self.check_answers()

    def check_tags(self) -> None:
        """A note that came along has the tags that it has where it was heard, by a spelling that
        leads there too, unless it was given others."""
        notes = {row["id"]: row for row in self.rows("market_note")}
        spelled = {row["id"]: row["tag_id"] for row in self.rows("market_tag_spelling")}
        keys: dict[int, set[str]] = {}
        for row in self.rows("market_tag_spelling"):
            keys.setdefault(row["tag_id"], set()).add(row["key"])
        rows = self.rows("market_tag")
        names, of = (
            {row["id"]: row["name"] for row in rows},
            {row["id"]: row["team_id"] for row in rows},
        )
        has: dict[int, set[int]] = {}
        for row in self.rows("market_note_tag"):
            has.setdefault(row["note_id"], set()).add(spelled[row["spelling_id"]])
        for note in notes.values():
            first = notes.get(note["origin_id"])
            if first is None:
                continue
            here, there = has.get(note["id"], set()), has.get(first["id"], set())
            if note["own_tags"]:
                assert here == self.chosen[note["id"]]
                continue
            assert all(any(keys[one] & keys[tag] for tag in there) for one in here)
            assert all(any(keys[one] & keys[tag] for tag in here) for one in there)
            leads = {
                key: tag for tag, own in keys.items() for key in own if of[tag] == note["team_id"]
            }
            assert {leads[key] for key in map(names.get, there) if key in leads} <= here

    def check_answers(self) -> None:
        whose = {team: who for who, team in self.teams.items()}
        issues = {row["id"]: row for row in self.rows("issue_of_the_day")}
        found = [
            (
                issues[row["issue_id"]]["text"],
                whose[issues[row["issue_id"]]["team_id"]],
                row["text"],
            )
            for row in self.rows("issue_answer")
        ]
        told = [(one.text, who, words) for one in self.issues for who, words in one.answers.items()]
        assert sorted(found) == sorted(told)

    def check_promises(self, contacts: list[dict[str, Any]]) -> None:
        same: dict[int, list[dict[str, Any]]] = {}
        for row in self.rows("promise"):
            same.setdefault(row["origin_id"] or row["id"], []).append(row)
        by_contact = {row["id"]: row for row in contacts}
        noted = {one.id: one for one in self.noted}
        for first, rows in same.items():
            open_rows = [row for row in rows if is_open(row)]
            live = [row for row in rows if row["moved_to_id"] is None]
            assert len(live) == 1
            assert len(open_rows) <= 1
            assert open_rows in ([], live)
            assert len({row["team_id"] for row in rows}) == len(rows)
            own = next((row for row in rows if row["id"] == first), None)
            if own is None or own["deleted_at"] is not None:
                continue
            assert live[0]["what"] == own["what"]
            one = noted[own["interaction_id"]]
            if one.read and not one.deleted and self.sits in one.went:
                assert live[0]["team_id"] == self.teams[self.sits]
                assert by_contact[live[0]["interaction_id"]]["team_id"] == live[0]["team_id"]
            if not one.read and own["agreed_on"] is None:
                assert len(rows) == 1 or own["team_id"] != self.teams[self.sits]


def is_open(row: dict[str, Any]) -> bool:
    return row["kept_on"] is None and row["dropped_on"] is None and row["deleted_at"] is None


def lives(office: Office, seed: int, *, sorts: bool) -> None:
    story = Story(office, seed, sorts=sorts)
    done = []
    for _ in range(STEPS):
        done.append(story.step())
        try:
            story.check()
        except AssertionError as flaw:
            raise AssertionError(f"seed {seed}: {done}") from flaw


@pytest.mark.parametrize("sorts", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_what_came_along_follows_through_any_lives(
    office: Office, seed: int, *, sorts: bool
) -> None:
    lives(office, seed, sorts=sorts)


# In short: the test above.
@pytest.mark.sweep
@pytest.mark.parametrize("sorts", [False, True])
@pytest.mark.parametrize("seed", range(3, 60))
def test_what_came_along_follows_through_many_lives(
    office: Office, seed: int, *, sorts: bool
) -> None:
    lives(office, seed, sorts=sorts)


@pytest.mark.slow
@pytest.mark.parametrize("sorts", [False, True])
def test_what_came_along_goes_with_what_it_was_first_once_it_is_old(
    office: Office, *, sorts: bool
) -> None:
    story = Story(office, 100, sorts=sorts)
    for _ in range(STEPS):
        story.step()
    for days in (25, 31, 36, 140):
        now = story.now + days * DAY
        retention.keep_for(office.database, office.workspace_id, 1, now)
        retention.purge(office.database, office.workspace_id, now)
        left = list(retention.portions(office.database, office.workspace_id))
        while left:
            more = retention.expire(office.database, office.workspace_id, left.pop(0), now)
            left = left if more is None else [more, *left]
        assert [len(office.week(now, who).rows) for who in (DANA, KIM)]
        there = {row["id"] for row in story.rows("interaction")}
        assert all(row["origin_id"] in {None, *there} for row in story.rows("interaction"))
    for table in ("interaction", "market_note", "market_tag", "issue_answer"):
        assert story.rows(table) == []
    # And the rep moves on as before.
    story.noted.clear()
    story.issues.clear()
    story.now += 141 * DAY
    story.move()


def test_what_came_along_is_changed_where_it_was_noted_alone(office: Office) -> None:
    story = Story(office, 0)
    story.touch()
    story.move()
    (there,) = (row["id"] for row in story.rows("interaction") if row["origin_id"] is not None)
    entry = TouchEntry(SAM, None, story.noted[0].day, "other words")
    for asked in (
        (touches.change, there, entry, "a form", story.now),
        (touches.take_back, there, story.now),
        (touches.to_change, there, story.now),
    ):
        with pytest.raises(NotYours):
            office.asks(asked[0], KIM, *asked[1:])
    story.check()


def test_a_tag_that_nothing_else_has_there_is_called_what_it_is_called_where_it_was_heard(
    office: Office,
) -> None:
    story = Story(office, 0)
    story.ride()
    (heard,) = (row["id"] for row in story.rows("market_note"))
    office.asks(market.retag, DANA, heard, Picked((), ("terms",)), story.now)
    story.move()

    def tags_of(team: str) -> dict[str, int]:
        with office.database.reading(office.workspace_id) as tx:
            return {one.name: one.id for one in stored_market.tags_of(tx, [story.teams[team]])}

    office.asks(market_tags.rename, DANA, tags_of(DANA)["terms"], "payment terms", story.now)
    assert set(tags_of(KIM)) == {"payment terms"}
    # Kim's own word for it stands, and so does the name of what she has for another note.
    office.asks(market_tags.rename, KIM, tags_of(KIM)["payment terms"], "days", story.now)
    office.asks(market_tags.rename, DANA, tags_of(DANA)["payment terms"], "credit", story.now)
    assert set(tags_of(KIM)) == {"days"}
    story.check()


def test_a_line_for_next_time_stays_with_its_list_and_leaves_no_reason_behind(
    office: Office,
) -> None:
    story = Story(office, 0)
    office.asks(todo_rows.note_next_time, DANA, office.slot(SAM, story.now), "the bike", story.now)
    next_week = story.now + WEEK

    def reasons(who: str) -> list[str]:
        if SAM not in reps_of(office.week(next_week, who)):
            return []
        ranking = office.asks(lists.why, who, SAM, next_week).ranking
        return [one.reason.text for one in ranking]

    assert any("the bike" in one for one in reasons(DANA))
    story.move()
    assert reasons(DANA) == []
    assert reasons(KIM)
    assert not any("the bike" in one for one in reasons(KIM))
    # Back with Dana, what she meant to say is hers to say.
    story.move()
    assert any("the bike" in one for one in reasons(DANA))
    assert reasons(KIM) == []
