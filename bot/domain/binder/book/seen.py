"""What the chapters of a whole team say of its reps, kept while the parts of a binder go by: the
newest week, the newest period of each metric, what helped, and all that was heard of the market."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.domain.binder.record import TeamRecord
from bot.domain.results.results import Result
from bot.domain.todo.kinds import contact_of
from bot.domain.todo.lists import Slot, SlotState


class Seen:
    """`record` is that of the team, with so much of the parts that were added."""

    def __init__(self, team: TeamRecord) -> None:
        self.record = team

    def add(self, part: TeamRecord) -> None:
        """Keep of a part what is said of the whole team."""
        kept = self.record
        slots = _newest_week((*kept.slots, *part.slots))
        quoted = {contact_of(slot.reason) for slot, _ in slots}
        shared = {one: said for one, said in part.shared.items() if one in quoted}
        self.record = replace(
            kept,
            members=(*kept.members, *part.members),
            slots=slots,
            shared={**kept.shared, **shared},
            market_notes=(*kept.market_notes, *part.market_notes),
            results=_newest_periods((*kept.results, *part.results)),
            save_it_plans=(
                *kept.save_it_plans,
                *(one for one in part.save_it_plans if one.helped),
            ),
        )


def _newest_week(slots: Iterable[tuple[Slot, SlotState]]) -> tuple[tuple[Slot, SlotState], ...]:
    every = tuple(slots)
    newest = max((slot.monday for slot, _ in every), default=date.min)
    return tuple(one for one in every if one[0].monday == newest)


def _newest_periods(results: Iterable[Result]) -> tuple[Result, ...]:
    every = tuple(results)
    newest: dict[str, date] = {}
    for one in every:
        newest[one.metric.name] = max(newest.get(one.metric.name, date.min), one.period.start)
    return tuple(one for one in every if one.period.start == newest[one.metric.name])
