"""Binders of a record that is there whole, and the other way round."""

from collections.abc import Generator
from dataclasses import replace
from typing import Any

from bot.domain.binder.record import Binder, PrivateWords, TeamRecord

OF_REPS = (
    *("members", "touches", "sessions", "shared", "field_days", "promises", "slots", "time_off"),
    *("planned_for", "market_notes", "results", "save_it_plans", "plan_steps", "plan_answers"),
    "private",
)
"""Fields that are of reps; the others are of the whole team."""


def in_parts(*records: TeamRecord) -> Binder:
    """A binder that has these for its parts."""
    record = records[0]
    manager = record.team.manager.id
    nothing: dict[str, Any] = {name: type(getattr(record, name))() for name in OF_REPS[1:-1]}
    members = tuple(member for one in records for member in one.members)
    private = PrivateWords({}, (), record.private.notes) if record.private else None
    days = {person: off for person, off in record.time_off.items() if person == manager}
    team = replace(record, **nothing | {"members": members, "time_off": days, "private": private})

    def parts() -> Generator[TeamRecord, None, None]:
        yield from records

    return Binder(team, parts(), len(records))


def whole(binder: Binder) -> TeamRecord:
    """All of a binder as one record."""
    with binder:
        return joined(binder.team, *binder.parts)


def joined(team: TeamRecord, *parts: TeamRecord) -> TeamRecord:
    """The parts of a binder as one record."""
    record = replace(team, members=())
    for part in parts:
        found: dict[str, Any] = {}
        for name in OF_REPS:
            before, more = getattr(record, name), getattr(part, name)
            if isinstance(before, PrivateWords):
                notes = {**before.contact_notes, **more.contact_notes}
                told = (*before.between_us, *more.between_us)
                found[name] = PrivateWords(notes, told, before.notes)
            elif isinstance(before, tuple):
                found[name] = (*before, *more)
            elif before is not None:
                found[name] = {**before, **more}
        record = replace(record, **found)
    return record
