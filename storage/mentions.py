"""Where words that somebody else wrote name a person: found for whoever decides, never changed."""

from collections.abc import Mapping

from sqlalchemy import Select, bindparam, func, not_, select

from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.erasure import OWN
from storage.models import Base

AT_ONCE = 2_000
"""Rows that are looked through in one statement."""

OF_OTHERS = (
    "account.name",
    "account_date.what",
    "account_date_source.written",
    "acquaintance.name",
    "agenda_item.outcome",
    "agenda_item.text",
    "appointment.notes",
    "cleared.text",
    "field_day.focus",
    "field_day.market",
    "field_day.rep_view",
    "field_day.strength",
    "handover.words",
    "interaction.about",
    "issue_answer.text",
    "issue_of_the_day.text",
    "market_note.account",
    "market_note.text",
    "market_tag.name",
    "meeting.place",
    "membership.first_line",
    "period_words.words",
    "plan.activity",
    "plan.progress",
    "plan.text",
    "preparation.text",
    "promise.closing_words",
    "promise.what",
    "ramp_step.what",
    "save_it_plan.helped",
    "save_it_plan.helper",
    "save_it_plan.leading",
    "session.results",
    "session.shared_note",
    "session_topic.activity",
    "session_topic.changed",
    "session_topic.next_step",
    "session_topic.plan",
    "sharing.rep_words",
    "slot.next_time",
    "slot.not_this_week",
    "slot.source",
    "slot.text",
    "standing_focus.text",
    "swap.skill",
    "team.meeting_place",
    "team_promise.what",
    "topic.prompt",
    "topic.title",
    "visit.next_step",
    "visit.outcome",
    "visit.people",
    "visit.role",
)
"""Columns of words that people typed and that are not encrypted: those no operator reads."""


def _statement(place: str) -> Select[*tuple[object, ...]]:
    table_name, column_name = place.split(".")
    table = Base.metadata.tables[table_name]
    found = select(table.c.id, table.c[column_name].label("words")).where(
        table.c.workspace_id == WORKSPACE,
        table.c.id > bindparam("after"),
        table.c[column_name] != "",
    )
    if table_name in OWN:
        found = found.where(not_(func.coalesce(OWN[table_name], False)))
    return found.order_by(table.c.id).limit(bindparam("limit"))


STATEMENTS: Mapping[str, Select[*tuple[object, ...]]] = {
    place: _statement(place) for place in OF_OTHERS
}


def words_of_others(tx: Transaction, place: str, person_id: int, after: int) -> dict[int, str]:
    """What stands in that column in rows that are neither about the person nor by them, by id, from
    `after` on: at most `AT_ONCE` rows."""
    asked = {"after": after, "limit": AT_ONCE}
    if place.split(".")[0] in OWN:
        asked["person"] = person_id
    return {row.id: row.words for row in tx.all(STATEMENTS[place], **asked)}
