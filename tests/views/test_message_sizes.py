"""Every message that can grow, at its worst: within what Slack takes, also when it is changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.accounts.accounts import Account
from bot.domain.appointments import TOPIC_LIMIT, Appointment
from bot.domain.contacts.interactions import Interaction, InteractionKind, Logged
from bot.domain.contacts.touches import ABOUT_LIMIT, Channel
from bot.domain.field_days import Focus
from bot.domain.meetings.agenda import (
    ITEM_LIMIT,
    Agenda,
    AgendaItem,
    AgendaView,
    Role,
    Suggestion,
    TeamPromise,
)
from bot.domain.meetings.meetings import (
    MOST_SECTIONS,
    PLACE_LIMIT,
    TITLE_LIMIT,
    Meeting,
    Phase,
    Record,
)
from bot.domain.meetings.naming import Namable, Question, WordsOf
from bot.domain.promises import WHAT_LIMIT, Answer, Owner, Promise
from bot.domain.sessions.letter import Letter, Paragraph
from bot.domain.sessions.preparing import SessionNote
from bot.domain.sessions.sessions import PLAN_LIMIT, PastTopic, Topic, TopicNotes
from bot.domain.sessions.sharing import WORDS_LIMIT, SharedPart, Sharing
from bot.domain.sessions.topics import MOST_TOPICS
from bot.domain.team.settings import Section, TeamSettings
from bot.domain.team.teams import Team
from bot.domain.todo.lists import ISSUE_LIMIT, IssuesView
from bot.domain.todo.reasons import IssueOfTheDay
from bot.domain.todo.round_up import EndedIssue
from bot.domain.workspaces.names import Named
from bot.domain.workspaces.people import Person
from bot.views.accounts import account
from bot.views.block_kit import kit
from bot.views.block_kit.kit import Message
from bot.views.contacts import touch
from bot.views.meetings import agenda, draft, meeting, message, notes, recap
from bot.views.sessions import preparing, sharing
from bot.views.team import introduction
from bot.views.todo import issues as issue_views
from slack_sandbox.blockkit import MessageMethod, check_message
from tests.views.weeks import MONDAY, TUESDAY, day

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
WORDS = ("&", ":fox_face:", "🦊🎉", "_*~`:a_b: <b> ")
"""What typed words are made of: they grow by escaping, and by being counted in bytes."""


class Worst:
    """A team of sixty, with as many of everything as there can be, of words of one kind."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.manager = self.someone(0)
        self.reps = tuple(self.someone(number) for number in range(1, 61))
        self.team = Team(1, self.manager, TeamSettings(channel="C1"))

    def typed(self, most: int) -> str:
        return (self.words * most)[:most]

    def someone(self, number: int) -> Person:
        name = f"{number} {self.typed(80)}"[:80]
        return Person(number, f"U{number}", name, "Europe/Berlin", True, False, None)

    def section(self, number: int) -> Section:
        return Section(f"s{number}", self.typed(TITLE_LIMIT), 15)

    def agenda(self, phase: Phase, sections: int = MOST_SECTIONS, *, named: bool = False) -> Agenda:
        done = phase is Phase.OVER
        items = tuple(self.item(number, sections, named, done) for number in range(30))
        return Agenda(
            self.team,
            self.meeting(sections),
            phase,
            NOW,
            items,
            self.reps,
            TUESDAY,
            Namable(self.reps),
            promises=tuple(self.team_promise(number) for number in range(40)),
            standing=tuple(self.team_promise(number) for number in range(40)),
        )

    def meeting(self, sections: int) -> Meeting:
        return Meeting(
            id=1,
            team_id=1,
            planned_for=MONDAY,
            planned_day=MONDAY,
            planned_at=time(9),
            day=TUESDAY,
            at=time(9),
            minutes=60,
            place=self.typed(PLACE_LIMIT),
            lead=60,
            sections=tuple(self.section(number) for number in range(sections)),
            leader=self.reps[0],
            ticked=True,
        )

    def item(self, number: int, sections: int, named: bool, done: bool) -> AgendaItem:
        about = self.reps[number % 60].name if named else ""
        return AgendaItem(
            id=number,
            team_id=1,
            rep=None,
            text=f"{about} {self.typed(ITEM_LIMIT)}"[:ITEM_LIMIT],
            added_on=MONDAY,
            came_from=None,
            author=self.reps[number % 60],
            heard_by=self.reps[number % 60],
            section=f"s{number % sections}",
            minutes=10,
            link="https://sandbox.slack.com/archives/C1/p1|a message",
            done_in=1 if done and number % 2 else None,
            outcome=self.typed(ITEM_LIMIT),
            carried=5,
        )

    def team_promise(self, number: int) -> TeamPromise:
        owner, what = self.reps[number % 60], self.typed(WHAT_LIMIT)
        return TeamPromise(number, 1, owner, what, MONDAY, day(9), None, None, 1, None)

    def desk(self, phase: Phase, *, named: bool = False) -> AgendaView:
        found = self.agenda(phase, named=named)
        source = f"From your field day with {self.reps[0].name} on Wed 25 Nov"
        thin = tuple(Suggestion(self.typed(ITEM_LIMIT), "s1", source) for _ in range(3))
        record = Record(8, 5)
        return AgendaView(self.team, Role.MANAGER, self.reps[1], found, found.items, record, thin)

    def promise(self, number: int, owner: Owner) -> Promise:
        return Promise(
            id=number,
            team_id=1,
            rep=self.reps[0],
            owner=owner,
            what=self.typed(WHAT_LIMIT),
            made_on=MONDAY,
            due_on=day(9),
            raised_on=MONDAY if number % 2 else None,
            kept_on=None,
            dropped_on=None,
            closing_words="",
            interaction_id=1,
            deleted=False,
            handed_to=None,
            answer=Answer.NOT_SO if owner is Owner.REP else None,
            shown=True,
        )

    def promises(self) -> tuple[Promise, ...]:
        return tuple(self.promise(number, owner) for owner in Owner for number in range(60))

    def contact(self) -> Interaction:
        return Interaction(
            id=1,
            kind=InteractionKind.SESSION,
            team_id=1,
            rep=self.reps[0],
            author_id=0,
            channel=Channel.IN_PERSON,
            occurred_on=MONDAY,
            occurred_at=NOW,
            recorded_at=NOW,
            about=self.typed(ABOUT_LIMIT),
            has_private_note=False,
            deleted_at=None,
        )

    def note(self) -> SessionNote:
        topics = tuple(Topic(n, f"t{n}", self.typed(60), "") for n in range(MOST_TOPICS))
        said = self.typed(PLAN_LIMIT)
        past = PastTopic(MONDAY, TopicNotes(said, said, said), said)
        return SessionNote(
            Appointment(1, 1, self.reps[0], InteractionKind.SESSION, TUESDAY, time(9), "", True),
            self.team,
            topics,
            {topic.key: past for topic in topics},
            self.promises(),
            Focus(1, 1, 1, MONDAY, self.typed(1000), said),
            (self.contact(),) * 40,
            {topic.key: self.typed(TOPIC_LIMIT) for topic in topics},
            TUESDAY,
        )

    def shared(self) -> SharedPart:
        said, plan = self.typed(WORDS_LIMIT), self.typed(PLAN_LIMIT)
        topics = tuple(
            Paragraph(self.typed(60), plan, plan, plan, self.promises()[number::MOST_TOPICS])
            for number in range(MOST_TOPICS)
        )
        unchanged = tuple((self.typed(60), plan) for _ in range(MOST_TOPICS))
        changed, seen = NOW + timedelta(hours=2), NOW + timedelta(hours=1)
        own = Sharing(1, NOW, changed, said, NOW, said, beside=True, seen_at=seen)
        return SharedPart(self.contact(), self.manager, Letter(topics, unchanged), own)


def _issues(worst: Worst) -> Message:
    issue = IssueOfTheDay(1, worst.typed(ISSUE_LIMIT), MONDAY, day(30))
    many = tuple(replace(issue, id=number) for number in range(60))
    ended = tuple(EndedIssue(one, 9, False) for one in many)
    return issue_views.build_issues(IssuesView(many, TUESDAY, ended))


def _told(worst: Worst) -> Message:
    names = [rep.name for rep in worst.reps]
    told, refused, unsure, later = (tuple(names[start::4]) for start in range(4))
    return introduction.build_sent(introduction.Sent(told, refused, unsure, later))


def _logged(worst: Worst) -> Message:
    return touch.build_confirmation(Logged(worst.contact(), worst.promises(), TUESDAY))


LINK = "https://example.slack.com/archives/D0123456789/p1796000000000000"


def _waiting(worst: Worst) -> Message:
    desk = worst.desk(Phase.AHEAD)
    assert desk.agenda is not None
    items = tuple(replace(item, approved=False) for item in desk.agenda.items)
    return draft.build_draft(replace(desk, agenda=replace(desk.agenda, items=items)))


def _what_got_done(worst: Worst) -> Message:
    ahead = worst.agenda(Phase.AHEAD)
    return recap.build_what_got_done(replace(ahead, phase=Phase.OVER, promises=()))


def _asked_about(worst: Worst) -> Message:
    about = Named(worst.manager, sure=True)
    asked = [Question(said, 1, worst.typed(ITEM_LIMIT), about) for said in WordsOf]
    return notes.build_asked(asked, Role.REP, worst.manager.name)


MESSAGES: dict[str, Callable[[Worst], Any]] = {
    "draft with what waits": _waiting,
    "what got done": _what_got_done,
    "about one person": _asked_about,
    "agenda": lambda worst: message.build_agenda(worst.agenda(Phase.AHEAD)),
    "agenda of one section": lambda worst: message.build_agenda(
        worst.agenda(Phase.AHEAD, sections=1)
    ),
    "running agenda": lambda worst: message.build_agenda(worst.agenda(Phase.RUNNING)),
    "recap": lambda worst: message.build_agenda(worst.agenda(Phase.OVER)),
    "line of the recap": lambda worst: recap.build_recap_line(worst.agenda(Phase.OVER)),
    "draft": lambda worst: draft.build_draft(worst.desk(Phase.AHEAD)),
    "draft that names people": lambda worst: draft.build_draft(worst.desk(Phase.AHEAD, named=True)),
    "draft of a meeting that is on": lambda worst: draft.build_draft(worst.desk(Phase.RUNNING)),
    "item dropped": lambda worst: agenda.build_dropped(worst.item(1, 1, False, False)),
    "meeting moved": lambda worst: meeting.build_moved(worst.agenda(Phase.AHEAD)),
    "issues": _issues,
    "note before a session": lambda worst: preparing.build_note(worst.note(), LINK),
    "note to the rep": lambda worst: preparing.build_rep_note(worst.note()),
    "shared": lambda worst: sharing.build_shared(worst.shared(), TUESDAY),
    "objection": lambda worst: sharing.build_objection(
        worst.shared(), worst.typed(WORDS_LIMIT), TUESDAY
    ),
    "introductions sent": _told,
    "logged": _logged,
    "line not understood": lambda worst: touch.build_not_understood("No.", worst.typed(3000)),
    "no day behind an account": lambda worst: account.build_undated(
        worst.typed(300), Account(1, 1, worst.typed(300), True)
    ),
    "which account": lambda worst: account.build_which(
        worst.typed(300), [Account(1, 1, worst.typed(300), True)] * 10
    ),
}
"""The builders of messages that hold words, or as many rows as there are."""


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_at_its_worst_is_one_that_slack_takes(name: str, words: str) -> None:
    shown = MESSAGES[name](Worst(words))
    assert check_message(shown, MessageMethod.UPDATE) == []
    assert kit.weight(shown["blocks"]) <= kit.MESSAGE_ROOM
