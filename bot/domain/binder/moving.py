"""What becomes of everything about a rep who moves to another team.

What goes along is what a later manager may read, the column of that name in “Who sees what” of the
product's description: the rest stays with whoever wrote it. What is open goes on in one place only.
Every table of the database that names a rep, or hangs on something that does, has its entry; a test
fails until a new one has.

Where two teams are joined all reps move so, and what is the team's alone goes along too: open items
of its agenda, issues that run, open team promises, accounts that nobody knows with their dates,
which account passes to whom (`end_team` and `moving.join` of the services).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType


class Fate(StrEnum):
    """What becomes of what stands in a table."""

    GOES = "goes"
    """The team that the rep comes to has a copy of it; the earlier one keeps its own."""
    FOLLOWS = "follows"
    """It is the other team's from that day on, and nobody else's."""
    ENDS = "ends"
    """It ends with the rep's place on the earlier team."""
    STAYS = "stays"
    """It is the earlier team's, or its author's, as it was."""


@dataclass(frozen=True)
class Entry:
    """What becomes of a table, and why."""

    fate: Fate
    why: str


GOES, FOLLOWS, ENDS, STAYS = Fate

TABLES: Mapping[str, Entry] = MappingProxyType(
    {
        "interaction": Entry(
            GOES,
            "that each contact happened: day, channel, what a touch was about, that it had a file; "
            "never the private note, nor the link of a file",
        ),
        "session": Entry(GOES, "its words once the rep has read them; else that there was one"),
        "session_topic": Entry(GOES, "once the rep has read it"),
        "topic_set": Entry(GOES, "an old session keeps the topics that it was held with"),
        "topic": Entry(GOES, "an old session keeps the topics that it was held with"),
        "plan": Entry(
            GOES,
            "worked out anew from the sessions that went; of those that are gone "
            "what the rep has read",
        ),
        "sharing": Entry(
            GOES, "that the rep read it, their own words, and an objection that stands beside it"
        ),
        "field_day": Entry(
            GOES, "its words once the rep has read them; what was heard of the market in any case"
        ),
        "standing_focus": Entry(GOES, "once the rep has read it, where none stands there"),
        "visit": Entry(GOES, "which account, and who was met; what came of it once it was read"),
        "promise": Entry(
            GOES,
            "of both sides; an open one goes on there and is handed on here; not what was said "
            "between two, and not what the rep was never shown",
        ),
        "account": Entry(GOES, "those that the rep knows, or heard of something at"),
        "account_spelling": Entry(GOES, "what leads to one there leads to it as before"),
        "acquaintance": Entry(GOES, "whom the rep knows, and the earlier manager too"),
        "account_date": Entry(GOES, "what is still to come; not what only unread words say"),
        "account_date_source": Entry(GOES, "where it was said, as far as the rep has read it"),
        "market_note": Entry(GOES, "what was heard with the rep"),
        "market_tag": Entry(GOES, "those of the notes that go"),
        "market_tag_spelling": Entry(GOES, "those of the notes that go"),
        "market_note_tag": Entry(GOES, "with its note, until the note is given others there"),
        "metric": Entry(GOES, "those of the results that go, by their key"),
        "result": Entry(GOES, "under the metric of the same key, kind and unit"),
        "reading": Entry(GOES, "with its result"),
        "time_off": Entry(GOES, "what the earlier manager entered and is still to come"),
        "save_it_plan": Entry(FOLLOWS, "one that stands goes on there; of one closed, a copy"),
        "save_it_step": Entry(FOLLOWS, "with its plan: the promise as it goes on there"),
        "save_it_answer": Entry(FOLLOWS, "with its plan"),
        "appointment": Entry(
            FOLLOWS,
            "what is still to come, at the same instant; it ends where the rep has one of that "
            "kind there already",
        ),
        "preparation": Entry(FOLLOWS, "with its appointment: the rep sent it for that talk"),
        "agenda_item": Entry(
            FOLLOWS, "what waits for the next session with the rep; the team's own items stay"
        ),
        "membership": Entry(ENDS, "another begins there, with the line that the rep began with"),
        "laid_step": Entry(ENDS, "a team's ramp is its own; what is due by then goes on"),
        "transition": Entry(
            ENDS,
            "who is not on the team any more takes no account over there; what they hand over "
            "themselves goes on, as for anybody who leaves",
        ),
        "swap": Entry(ENDS, "whose turn it is follows who is on the team"),
        "slot": Entry(
            ENDS,
            "from that day on the rep is on the other team's list; weeks gone by stay, with the "
            "line under Next time: what its manager meant to say, and told nobody",
        ),
        "todo_list": Entry(STAYS, "each team has its own"),
        "issue_of_the_day": Entry(
            GOES, "one that the rep said something to, as one that is over; others stay"
        ),
        "issue_answer": Entry(
            GOES,
            "what was noted that the rep said, be it noted later, and whether they say not so",
        ),
        "cleared": Entry(STAYS, "said before that team"),
        "meeting": Entry(STAYS, "the team's; who leads one skill follows who is on the team"),
        "carried": Entry(STAYS, "an item of the team's own"),
        "team_promise": Entry(STAYS, "said before that team"),
        "ticked_promise": Entry(STAYS, "who stands in for the other manager was ticked nothing"),
        "ramp_step": Entry(STAYS, "a team's own"),
        "handover": Entry(STAYS, "by which it was offered, if it was"),
        "export": Entry(STAYS, "what that manager asked for; it is made of who is there then"),
        "move": Entry(STAYS, "that there was one, from which team to which"),
        "erased": Entry(STAYS, "that somebody was erased, who moves nowhere"),
        "membership_question": Entry(STAYS, "asked of a place on that team"),
        "note": Entry(STAYS, "its author's alone"),
        "draft": Entry(STAYS, "its author's alone; what the rep prepares hangs on the appointment"),
        "submission": Entry(STAYS, "what a form of that manager's made"),
        "period_words": Entry(STAYS, "what that manager says of a period, about nobody"),
        "director": Entry(STAYS, "whom that manager shows how it goes"),
        "team": Entry(STAYS, "it is about no rep"),
        "person": Entry(STAYS, "one for all teams"),
        "calendar_address": Entry(STAYS, "the person's own, whatever team they are on"),
        "schedule": Entry(STAYS, "what is due follows what it is about"),
        "delivery": Entry(STAYS, "what was sent was sent"),
        "posted_message": Entry(STAYS, "it is drawn for whom it was sent to"),
    }
)


@dataclass(frozen=True)
class Moved:
    """What went along with a rep, or would, counted. `promises` are those still open, `closed` the
    others; `results` are metrics in a period."""

    touches: int = 0
    sessions: int = 0
    field_days: int = 0
    promises: int = 0
    closed: int = 0
    appointments: int = 0
    for_session: int = 0
    market_notes: int = 0
    results: int = 0
    save_it_plans: int = 0

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Moved)))
