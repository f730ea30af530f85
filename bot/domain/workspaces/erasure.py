"""When a person is erased: what becomes of every word and of every reference to a person.

Source: `windshield person erase` of the product's description. What is about somebody or by them
goes. What the team wrote of its customers, of others and of itself stays; where it names the
person's row, that row says no more than `A_FORMER_REP`. That contacts happened stays, with kind and
day, so that clocks and counts are what they were.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

A_FORMER_REP = "a former rep"
A_FORMER_MANAGER = "a former manager"

AN_ERASURE = "person erase"
"""What a record calls it."""

FORMER = "FORMER"
"""What the id begins with that stands in place of the Slack id of somebody erased: Slack's own
begin with U or W."""


class Fate(StrEnum):
    """What becomes of a column, in rows that are about the person or by them."""

    GOES = "goes"
    """The row goes, all of it."""
    EMPTIED = "emptied"
    """The row stays for its day; what stands there is emptied."""
    LET_GO = "let go"
    """The reference is taken out of what stays."""
    FORMER = "former"
    """The reference stays, and reads as a former rep."""
    STAYS = "stays"
    """It is about nobody, or about somebody else: where it names the person it is listed."""
    KEPT = "kept"
    """The Slack id alone, so that nothing of the person comes back."""


class Kind(StrEnum):
    """What is looked for, in the order in which it goes; the words are what a dry run counts."""

    PRIVATE = "private notes and files"
    SAVE_IT_PLANS = "save-it plans"
    PROMISES = "promises, what was raised, lines made of it"
    APPOINTMENTS = "sessions and field days planned, what was prepared"
    CONTACTS = "contacts: their words go, kind and day stay"
    ITEMS = "agenda items"
    TEAM_PROMISES = "team promises"
    SWAPS = "swaps and pairs"
    SLOTS = "rows of weekly lists"
    ANSWERS = "answers to issues"
    RESULTS = "results"
    PLANS = "plans"
    FOCUSES = "standing focuses"
    NOTES = "plain messages kept as notes"
    TIME_OFF = "days off"
    DRAFTS = "half-filled forms"
    HANDOVERS = "handovers of theirs, or of them alone"
    QUESTIONS = "questions about the place on a team"
    DIRECTORS = "who is shown how a team goes"
    FIRST_LINES = "lines at set-up"
    SUBMISSIONS = "forms sent"
    CALENDARS = "the address of their calendar"
    PERIOD_WORDS = "what they said of periods"
    ACQUAINTANCES = "whom they know at accounts"
    SHOWN = "messages that stand: drawn as gone"
    DELIVERIES = "where messages were sent to them"
    AUDITS = "records of their exports"


COLUMNS: Mapping[str, Fate] = MappingProxyType(
    {
        "workspace.slack_id": Fate.STAYS,
        "workspace.name": Fate.STAYS,
        "audit.actor": Fate.EMPTIED,
        "audit.action": Fate.STAYS,
        # Of an erasure it is the Slack id: which are to be done again after a copy was put back. In
        # any other record their id is replaced.
        "audit.subject": Fate.KEPT,
        "erased.slack_id": Fate.KEPT,
        "erased.person_id": Fate.FORMER,
        # Until all of it is done: what others' words are looked through for.
        "erased.names": Fate.EMPTIED,
        "person.slack_id": Fate.EMPTIED,
        "person.name": Fate.EMPTIED,
        "person.zone": Fate.EMPTIED,
        "person.dm_channel": Fate.EMPTIED,
        "person.aliases": Fate.EMPTIED,
        "person.name_key": Fate.EMPTIED,
        "note.author_id": Fate.GOES,
        "note.text": Fate.GOES,
        "note.message": Fate.GOES,
        "note.files": Fate.GOES,
        "posted_message.subject": Fate.EMPTIED,
        "posted_message.channel": Fate.GOES,
        "posted_message.ts": Fate.GOES,
        "posted_message.reader_id": Fate.GOES,
        # Of a team that was joined with another; of one that goes on it is handed over first.
        "team.manager_id": Fate.FORMER,
        "team.channel": Fate.STAYS,
        "team.zone": Fate.STAYS,
        "team.country": Fate.STAYS,
        "team.meeting_days": Fate.STAYS,
        "team.meeting_place": Fate.STAYS,
        "team.sections": Fate.STAYS,
        "account.name": Fate.STAYS,
        "appointment.rep_id": Fate.GOES,
        "appointment.notes": Fate.GOES,
        "calendar_address.person_id": Fate.GOES,
        "period_words.author_id": Fate.GOES,
        "period_words.words": Fate.GOES,
        "calendar_address.digest": Fate.GOES,
        "delivery.subject": Fate.STAYS,
        "delivery.reader_id": Fate.FORMER,
        "delivery.channel": Fate.EMPTIED,
        "delivery.ts": Fate.EMPTIED,
        "delivery.fault": Fate.STAYS,
        "director.director_id": Fate.GOES,
        "director.shared_by_id": Fate.GOES,
        "interaction.rep_id": Fate.FORMER,
        "interaction.author_id": Fate.FORMER,
        "interaction.about": Fate.EMPTIED,
        "interaction.private_note": Fate.EMPTIED,
        "interaction.files": Fate.EMPTIED,
        "issue_of_the_day.text": Fate.STAYS,
        "meeting.place": Fate.STAYS,
        "meeting.sections": Fate.STAYS,
        "meeting.leader_id": Fate.FORMER,
        "membership.rep_id": Fate.FORMER,
        "membership.first_line": Fate.EMPTIED,
        "membership_question.rep_id": Fate.GOES,
        "metric.key": Fate.STAYS,
        "metric.name": Fate.STAYS,
        "metric.unit": Fate.STAYS,
        "ramp_step.what": Fate.STAYS,
        "standing_focus.rep_id": Fate.GOES,
        "standing_focus.author_id": Fate.FORMER,
        "standing_focus.text": Fate.GOES,
        "standing_focus.otherwise": Fate.GOES,
        "submission.form": Fate.GOES,
        "submission.step": Fate.GOES,
        "submission.author_id": Fate.GOES,
        "submission.made": Fate.GOES,
        # Also of forms that others sent to a team that the person was on.
        "submission.said": Fate.EMPTIED,
        "time_off.person_id": Fate.GOES,
        "time_off.stand_in_id": Fate.FORMER,
        # What is on at a customer, and when, is the team's.
        "account_date_source.written": Fate.STAYS,
        "account_date_source.author_id": Fate.FORMER,
        "account_date.what": Fate.STAYS,
        "account_spelling.key": Fate.STAYS,
        "account_spelling.name": Fate.STAYS,
        # Where they led a team: whom they know at customers is the team's, "a former manager" then.
        "acquaintance.person_id": Fate.GOES,
        "acquaintance.key": Fate.GOES,
        "acquaintance.name": Fate.GOES,
        "agenda_item.rep_id": Fate.GOES,
        "agenda_item.author_id": Fate.GOES,
        "agenda_item.heard_by_id": Fate.LET_GO,
        "agenda_item.text": Fate.GOES,
        "agenda_item.link": Fate.GOES,
        "agenda_item.section": Fate.GOES,
        "agenda_item.outcome": Fate.GOES,
        "agenda_item.fine_for": Fate.LET_GO,
        "agenda_item.named": Fate.LET_GO,
        "agenda_item.outcome_fine_for": Fate.LET_GO,
        "agenda_item.outcome_named": Fate.LET_GO,
        "draft.form": Fate.STAYS,
        "draft.step": Fate.GOES,
        # Nothing but that the form is closed, or what comes late would be kept after all.
        "draft.author_id": Fate.FORMER,
        "draft.rep_id": Fate.GOES,
        "draft.state": Fate.GOES,
        "draft.typed_in": Fate.GOES,
        "field_day.rep_view": Fate.EMPTIED,
        "field_day.strength": Fate.EMPTIED,
        "field_day.focus": Fate.EMPTIED,
        "field_day.market": Fate.EMPTIED,
        "issue_answer.rep_id": Fate.GOES,
        "issue_answer.text": Fate.GOES,
        "market_note.author_id": Fate.FORMER,
        "market_note.rep_id": Fate.FORMER,
        "market_note.account": Fate.STAYS,
        "market_note.text": Fate.STAYS,
        "market_tag.name": Fate.STAYS,
        "preparation.key": Fate.GOES,
        "preparation.text": Fate.GOES,
        "handover.rep_id": Fate.GOES,
        "handover.from_id": Fate.FORMER,
        "handover.to_id": Fate.FORMER,
        "handover.words": Fate.GOES,
        # A number that nobody reads as a name; what it is of is made of what is left then.
        "export.author_id": Fate.FORMER,
        "export.reps": Fate.STAYS,
        "export.format": Fate.STAYS,
        "export.paper": Fate.STAYS,
        "export.what": Fate.STAYS,
        "export.file_id": Fate.EMPTIED,
        # Where what went along with them is now: that it happened stays.
        "move.rep_id": Fate.FORMER,
        "promise.rep_id": Fate.GOES,
        "promise.what": Fate.GOES,
        "promise.closing_words": Fate.GOES,
        "promise.handed_to_id": Fate.FORMER,
        "promise.noted_by_id": Fate.FORMER,
        # The rep's own, told to a manager who is a former one now.
        "promise.told_to_id": Fate.FORMER,
        "promise.sealed_what": Fate.GOES,
        "promise.sealed_closing_words": Fate.GOES,
        "promise.topic_key": Fate.GOES,
        "result.rep_id": Fate.GOES,
        "save_it_plan.rep_id": Fate.GOES,
        "save_it_plan.leading": Fate.GOES,
        "save_it_plan.helper": Fate.GOES,
        "save_it_plan.helped": Fate.GOES,
        "session.results": Fate.EMPTIED,
        "session.shared_note": Fate.EMPTIED,
        "sharing.rep_id": Fate.GOES,
        "sharing.rep_words": Fate.GOES,
        "sharing.objection": Fate.GOES,
        "slot.rep_id": Fate.GOES,
        "slot.about": Fate.GOES,
        "slot.text": Fate.GOES,
        "slot.source": Fate.GOES,
        "slot.not_this_week": Fate.GOES,
        "slot.next_time": Fate.GOES,
        "swap.holder_id": Fate.GOES,
        "swap.asked_id": Fate.GOES,
        # A manager who asks for a pair: the question is the team's.
        "swap.asked_by_id": Fate.FORMER,
        "swap.form": Fate.GOES,
        "swap.other_id": Fate.GOES,
        "swap.skill": Fate.GOES,
        "topic.key": Fate.STAYS,
        "topic.title": Fate.STAYS,
        "topic.prompt": Fate.STAYS,
        "transition.leaves_id": Fate.FORMER,
        "transition.takes_over_id": Fate.FORMER,
        "visit.account": Fate.GOES,
        "visit.people": Fate.GOES,
        "visit.outcome": Fate.GOES,
        "visit.role": Fate.GOES,
        "visit.next_step": Fate.GOES,
        "cleared.text": Fate.GOES,
        "cleared.fine_for": Fate.LET_GO,
        "market_tag_spelling.key": Fate.STAYS,
        "market_tag_spelling.name": Fate.STAYS,
        "plan.rep_id": Fate.GOES,
        "plan.author_id": Fate.FORMER,
        "plan.key": Fate.GOES,
        "plan.text": Fate.GOES,
        "plan.activity": Fate.GOES,
        "plan.progress": Fate.GOES,
        "plan.otherwise": Fate.GOES,
        "reading.target": Fate.GOES,
        "reading.actual": Fate.GOES,
        "save_it_answer.counted": Fate.GOES,
        "session_topic.plan": Fate.GOES,
        "session_topic.changed": Fate.GOES,
        "session_topic.next_step": Fate.GOES,
        "session_topic.activity": Fate.GOES,
        "team_promise.owner_id": Fate.GOES,
        "team_promise.what": Fate.GOES,
        "team_promise.fine_for": Fate.LET_GO,
        "team_promise.named": Fate.LET_GO,
    }
)
"""Every column that holds words or names a person: a test holds it against the metadata, and
another against what is left in the database afterwards."""


def former_id(person_id: int) -> str:
    """What stands in place of their Slack id."""
    return f"{FORMER}{person_id}"
