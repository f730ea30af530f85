"""How the minutes of a meeting are spent."""

from collections.abc import Iterable, Sequence

from bot.domain.meetings.agenda import Agenda, AgendaItem
from bot.domain.team.settings import Direction, Section


def minutes_of(section: Section, items: Iterable[AgendaItem]) -> int:
    """What a section takes: its own minutes, or those of its items where they are more."""
    return max(section.minutes, sum(item.minutes or 0 for item in items))


def looking_back(agenda: Agenda, items: Sequence[AgendaItem]) -> tuple[int, int]:
    """Of the minutes of an agenda with those items, how many look back, and how many there are.

    An item with minutes of its own goes by its own direction, the rest of its section by that of
    the section."""
    back = total = 0
    for section, own in agenda.by_section(items):
        minutes = minutes_of(section, own)
        total += minutes
        rest = minutes
        for item in own:
            took = item.minutes or 0
            rest -= took
            if (item.direction or section.direction) is Direction.REAR_VIEW:
                back += took
        if section.direction is Direction.REAR_VIEW:
            back += rest
    return back, total
