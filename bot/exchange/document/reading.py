"""The document of a binder, which is read part by part.

What is of reps is written as entries while their part is there, and put aside; what is of the whole
team is made when it is asked for. Each entry is written down by its name, so that what a domain
value gains is not let out unnoticed, and described in docs/export.schema.json.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import count, groupby
from operator import itemgetter
from typing import Any

from bot.domain.binder.pack import TeamPack
from bot.domain.binder.record import Binder, TeamRecord
from bot.domain.results.results import Metric
from bot.domain.todo.kinds import contact_of
from bot.domain.workspaces.names import in_order
from bot.exchange.document import accounts, contacts, results, team
from bot.exchange.document.aside import Aside
from bot.exchange.document.packs import team_pack, transition_packs
from bot.exchange.document.values import iso

FORMAT = "windshield/1"

encode = json.JSONEncoder(ensure_ascii=False).encode

Progress = Callable[[int, int], object]

KEYS = (
    *("format", "exported_at", "team", "reps", "touches", "sessions", "field_days", "promises"),
    *("todo_lists", "meetings", "team_promises", "issues_of_the_day", "results", "save_it_plans"),
    *("time_off", "transitions", "accounts", "account_dates", "plans", "market_notes"),
    *("transition_packs", "team_transition_pack", "private_notes", "between_us", "notes_to_myself"),
)
"""In their order."""

SINGLE = (*KEYS[:3], "team_transition_pack")
"""Under which is no list."""

PRIVATE = KEYS[-3:]
"""Those that are there only where their author asked for them."""

OF_REPS = (
    *("reps", "touches", "sessions", "field_days", "promises", "todo_lists", "results"),
    *("save_it_plans", "time_off", "market_notes", "private_notes", "between_us"),
)
"""Lists of which each part has some."""


class Document(Mapping[str, Any]):
    """The document by its keys: under each a text, an object, or objects one after the other, as
    often as it is asked for. To be closed: what was put aside is gone then."""

    def __init__(
        self, binder: Binder, exported_at: datetime, progress: Progress = lambda _done, _of: None
    ) -> None:
        """Read the binder, part by part. `progress` is told how many are read, and of how many.
        Raises OSError where there is no room to put anything aside."""
        self._team = binder.team
        there = binder.team.private is not None
        self._keys = tuple(key for key in KEYS if there or key not in PRIVATE)
        self._at = exported_at
        self._metrics: set[Metric] = set()
        self._aside = Aside(OF_REPS)
        try:
            self._add("time_off", self._managers_days())
            read = count(1)
            for part in binder.parts:
                self._take(part)
                # Before the next is read; enumerate() would keep it.
                del part
                progress(next(read), binder.count)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._aside.close()

    def __enter__(self) -> "Document":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, key: str) -> Any:
        if key not in self._keys:
            raise KeyError(key)
        if key in OF_REPS:
            return map(json.loads, self.lines(key))
        return self._of_team(key)

    def lines(self, key: str) -> Iterator[str]:
        """The entries of one of its lists, each as JSON."""
        if key == "todo_lists":
            yield from self._weeks()
        elif key in OF_REPS:
            yield from (text for *_, text in self._aside.sorted(key))
        else:
            yield from map(encode, self[key])

    def _take(self, part: TeamRecord) -> None:
        for name, entries in _entries(part).items():
            self._add(name, entries)
        self._metrics |= {one.metric for one in part.results}

    def _add(self, name: str, entries: Iterable[tuple[str | int, str | int, Any]]) -> None:
        self._aside.add(name, ((by, then, encode(one)) for by, then, one in entries))

    def _weeks(self) -> Iterator[str]:
        """The lists, each put together of the slots of all parts."""
        for monday, slots in groupby(self._aside.sorted("todo_lists"), itemgetter(0)):
            own = ", ".join(text for *_, text in slots)
            yield f'{{"week_start": {encode(monday)}, "slots": [{own}]}}'

    def _managers_days(self) -> Iterator[tuple[str, str, Any]]:
        manager = self._team.team.manager
        for off in self._team.time_off.get(manager.id, ()):
            yield "", "", team.time_off_entry({"manager": manager.slack_id}, off)

    def _of_team(self, key: str) -> Any:
        whole, private = self._team, self._team.private
        match key:
            case "format":
                return FORMAT
            case "exported_at":
                return iso(self._at)
            case "team":
                return {
                    **team.team_entry(whole.team),
                    **team.warned_by(self._metrics),
                    "ramp": [team.step_entry(step) for step in whole.ramp],
                }
            case "meetings":
                return map(team.meeting_entry, whole.meetings)
            case "team_promises":
                return map(team.team_promise_entry, whole.promised_elsewhere)
            case "issues_of_the_day":
                said = whole.issue_answers
                return (team.issue_entry(one, said.get(one.id, ())) for one in whole.issues)
            case "transitions":
                return map(accounts.transition_entry, whole.transitions)
            case "accounts":
                return accounts.account_entries(whole)
            case "account_dates":
                return map(accounts.account_date_entry, whole.account_dates)
            case "plans":
                reps = {member.rep.id: member.rep.slack_id for member in whole.members}
                return (contacts.plan_entry(one, reps) for one in whole.plans)
            case "transition_packs":
                return iter(transition_packs(whole.pack.reps if whole.pack else ()))
            case "team_transition_pack":
                return team_pack(whole.pack or TeamPack(whole.team, self._at.date(), ()))
            case "notes_to_myself":
                return map(contacts.note_entry, private.notes if private else ())
        raise KeyError(key)


Keyed = Iterable[tuple[str | int, str | int, Any]]
"""Entries, each behind what it is sorted by among those of other reps."""


def _entries(part: TeamRecord) -> dict[str, Keyed]:
    """What a part adds to the lists."""
    logged = {one.id: one.kind.value for one in _contacts(part)}
    return {
        "reps": ((*in_order(entry["name"]), entry) for entry in team.rep_entries(part.members)),
        "touches": (
            (str(one.occurred_on), one.id, contacts.touch_entry(one)) for one in part.touches
        ),
        "sessions": (
            (
                *(str(one.occurred_on), one.id),
                {
                    **contacts.session_entry(one, session, part.planned_for.get(one.id)),
                    **contacts.shared_entry(part.shared.get(one.id)),
                },
            )
            for one, session in part.sessions
        ),
        "field_days": (
            (
                *(str(one.occurred_on), one.id),
                {
                    **contacts.field_day_entry(one, notes, part.planned_for.get(one.id)),
                    **contacts.shared_entry(part.shared.get(one.id)),
                },
            )
            for one, notes in part.field_days
        ),
        "promises": (
            (one.id, 0, contacts.promise_entry(one, logged, part.cleared.get(one.id)))
            for one in part.promises
        ),
        "todo_lists": _slots(part),
        "results": (
            (result.rep_id, "", entry)
            for result in part.results
            for entry in results.reading_entries(result)
        ),
        "save_it_plans": (
            (one.id, 0, results.save_it_plan_entry(one, part)) for one in part.save_it_plans
        ),
        "time_off": _days_off(part),
        "market_notes": (
            (str(one.heard_on), one.id, accounts.market_note_entry(one, logged))
            for one in part.market_notes
        ),
        **_private(part),
    }


def _contacts(part: TeamRecord) -> Iterator[Any]:
    yield from part.touches
    yield from (one for one, _ in part.sessions)
    yield from (one for one, _ in part.field_days)


def _slots(part: TeamRecord) -> Keyed:
    for slot, state in part.slots:
        contact = contact_of(slot.reason)
        shared = part.shared.get(contact) if contact is not None else None
        yield str(slot.monday), slot.id, team.slot_entry(slot, state, shared)


def _days_off(part: TeamRecord) -> Keyed:
    for rep in {member.rep.id: member.rep for member in part.members}.values():
        for off in part.time_off.get(rep.id, ()):
            yield *in_order(rep.name), team.time_off_entry({"rep": rep.slack_id}, off)


def _private(part: TeamRecord) -> dict[str, Keyed]:
    private = part.private
    if private is None:
        return {}
    return {
        "private_notes": (
            (one.id, 0, contacts.private_note_entry(one, private.contact_notes[one.id]))
            for one in _contacts(part)
            if one.id in private.contact_notes
        ),
        "between_us": ((one.id, 0, contacts.between_us_entry(one)) for one in private.between_us),
    }
