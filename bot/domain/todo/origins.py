"""Where reasons come from: what is opened to read what their sentences name."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.workspaces.people import Person


class Origin(StrEnum):
    """What a reason comes from, or is opened for it.

    Three are looked up first, and lead to another: `PROMISE` to the contact that it was made in,
    else to all `PROMISES` between the two; `TRANSITION`, of an account, to the `TRANSITIONS` of
    whoever gives it; `ACCOUNT_DATE` to the contact that it was heard in, else to the `ACCOUNT`.
    `SETTINGS` are the rep's: days off, the first day, how often, the line noted at set-up. `NOTED`
    is what was noted for next time in the row of an earlier list.
    """

    CONTACT = "contact"
    PROMISE = "promise"
    PROMISES = "promises"
    APPOINTMENT = "appointment"
    TRANSITION = "transition"
    TRANSITIONS = "transitions"
    ACCOUNT_DATE = "account_date"
    ACCOUNT = "account"
    ISSUES = "issues"
    SETTINGS = "settings"
    NOTED = "noted"
    FIGURES = "figures"
    SAVE_IT_PLAN = "save_it_plan"


@dataclass(frozen=True)
class ReasonSource:
    """What is opened for a reason about `rep`, None for nothing. `id` is that of the contact,
    promise, appointment, transition, account's date, account, slot or plan; 0 where the rep or
    `about` says which it is."""

    rep: Person
    origin: Origin | None
    about: str
    id: int = 0
