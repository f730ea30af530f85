"""What an earlier manager wrote in a session or field day and never shared stays with that manager:
every statement that reads such a text for whoever manages the team asks first."""

import pytest
from sqlalchemy import ClauseElement, Column, ColumnElement, Select
from sqlalchemy.sql.visitors import iterate

from storage.models import AccountDate, FieldDay, Plan, Session, SessionTopic, Visit
from storage.workspaces.readable import BY_ITS_MANAGER
from tests.storage.test_statements import constants

TEXTS = frozenset(
    {
        *(SessionTopic.__table__.c[n] for n in ("plan", "changed", "next_step", "activity")),
        *(Session.__table__.c[name] for name in ("results", "shared_note")),
        *(FieldDay.__table__.c[name] for name in ("rep_view", "strength", "focus", "practice")),
        *(Visit.__table__.c[name] for name in ("outcome", "next_step")),
        AccountDate.__table__.c.what,
        *(Plan.__table__.c[name] for name in ("text", "activity", "progress")),
    }
)

ELSE = {
    **dict.fromkeys(
        ("storage.sessions.plans.STANDING", "storage.sessions.plans.STANDING_WITH"),
        "the plans that stand, which `follow` makes of what may be read",
    ),
    "storage.sessions.plans.STANDING_OF": "likewise",
    "storage.sessions.sharing.PLANS_READ": "what was shared with the rep",
    "storage.field_days.STRENGTHS": "what was shared with the rep",
    "storage.results.balance.SESSIONS": "the manager's own, counted and not shown",
    "storage.sessions.plans.ROWS": "which of them may be read is a column",
    "storage.sessions.plans.ROWS_OF": "likewise",
    "storage.sessions.plans.KEPT_WITH": "for the rep's own copy, and an operator's: no manager's",
    **dict.fromkeys(
        (
            *("storage.sessions.sessions.EVERYTHING_SAID", "storage.sessions.sessions.SAID_WITH"),
            *("storage.sessions.sessions.SESSIONS_WITH", "storage.field_days.FIELD_DAYS_WITH"),
            "storage.field_days.VISITS_WITH",
        ),
        "for the rep's own copy, and an operator's: no manager's",
    ),
    "storage.sessions.plans.KEPT_OF": "what is kept of a session that is gone says itself who may",
    **dict.fromkeys(
        ("storage.accounts.dates.ALL", "storage.accounts.dates.THERE"),
        "what the others are made of, which nothing runs",
    ),
    "storage.accounts.dates.SHARED_OF_TEAM": "what was shared with the rep, or heard in a visit",
    "storage.accounts.dates.OF_REP": "likewise, of the one rep",
    "storage.accounts.dates.COMING_OF_REP": "likewise, of the one rep",
    "storage.accounts.dates.OF_CONTACT": "what was read in a contact, for who saves it",
    **dict.fromkeys(
        ("storage.accounts.dates.ALL_AT", "storage.accounts.dates.AT_ACCOUNTS"),
        "compared with what is said, merged and split, and not shown",
    ),
    "storage.binder.stayed.SESSIONS": "their author's own",
    "storage.binder.stayed.NOTES": "their author's own",
    "storage.binder.stayed.FIELD_DAYS": "their author's own",
    "storage.binder.stayed.VISITS": "their author's own",
}
"""Statements that do not ask, each with why."""


def read_in(statement: Select[tuple[object, ...]]) -> list[ColumnElement[object]]:
    """Those of its columns that are made of such a text."""
    return [
        column
        for column in statement.selected_columns
        if any(part in TEXTS for part in (column, *iterate(column)) if isinstance(part, Column))
    ]


def asks(statement: Select[tuple[object, ...]]) -> bool:
    """Whether it looks at who manages the team, and at what was shared, as the rule does: of what
    it reads at all, or of each such text."""
    of_columns = sum(map(times_asked, statement.selected_columns))
    return times_asked(statement) > of_columns or all(map(times_asked, read_in(statement)))


def times_asked(within: ClauseElement) -> int:
    return sum(part is BY_ITS_MANAGER for part in iterate(within))


def test_every_statement_that_reads_such_a_text_asks_who_may_read_it(
    subtests: pytest.Subtests,
) -> None:
    found = {
        name: statement
        for name, statement in constants()
        if isinstance(statement, Select) and read_in(statement)
    }
    assert len(found) > len(ELSE)
    for name, statement in found.items():
        with subtests.test(name):
            assert asks(statement) is (name not in ELSE)
