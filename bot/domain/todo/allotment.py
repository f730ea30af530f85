"""Which reason each rep of a list has, so that no kind fills it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.domain.todo.kinds import KINDS
from bot.domain.todo.reasons import Ranked, ReasonKind

SHARE = 3
"""One kind fills at most a third of a list where other reasons stand."""

NUMBERS_SHARE = 4
"""All that is about numbers fills at most a quarter of a list, whatever else stands there."""


def most_of_a_kind(reps: int) -> int:
    """How many rows of a list of that many reps one kind may fill; one at the least."""
    return max(1, reps // SHARE)


def most_about_numbers(reps: int) -> int:
    """How many rows of a list of that many reps may be about results; one at the least, or a short
    list would never speak of any."""
    return max(1, reps // NUMBERS_SHARE)


def most_to_save(reps: int) -> int:
    """How many of those rows what can still be saved keeps, where there is so much of it: the
    larger half. Results are read early enough to act, and what goes well is worth a word too."""
    return (most_about_numbers(reps) + 1) // 2


def allot(
    rankings: Mapping[int, Sequence[Ranked]], held: Iterable[ReasonKind], reps: int
) -> dict[int, Ranked]:
    """A reason for each of those reps, most pressing first: the best there is, unless its kind
    fills too much of the list, or what is about numbers does. `held` are the kinds of its other
    rows, `reps` how many it has.

    Whoever loses least by it gives way, the later of equals; last who would have the same kind as
    last week. What is the rep's own gives way to no open question; what is about numbers does, and
    what is the same for everybody, unless something of the rep's own is left. What can still be
    saved has its part of the numbers (`most_to_save`): for that it comes before another number of
    the same rep's, and gives way last.
    """
    limit, limit_of_numbers = most_of_a_kind(reps), most_about_numbers(reps)
    places = dict.fromkeys(rankings, 0)
    filled = Counter(held)
    room = limit_of_numbers - sum(filled[kind] for kind in filled if KINDS[kind].of_numbers)
    to_save = min(most_to_save(reps), _in_time(filled) + max(0, room))
    filled.update(ranking[0].reason.kind for ranking in rankings.values())
    order = {rep: nth for nth, rep in enumerate(rankings)}

    def numbers() -> int:
        return sum(rows for kind, rows in filled.items() if KINDS[kind].of_numbers)

    def has_room(kind: ReasonKind) -> bool:
        if KINDS[kind].of_numbers and numbers() >= limit_of_numbers:
            return False
        return not _has_limit(kind) or filled[kind] < limit

    def is_too_much(kind: ReasonKind) -> bool:
        if KINDS[kind].of_numbers and numbers() > limit_of_numbers:
            return True
        return _has_limit(kind) and filled[kind] > limit

    def keeps_its_part(kind: ReasonKind) -> bool:
        return KINDS[kind].in_time and _in_time(filled) <= to_save

    for rep, place in _helped_first(rankings)[: max(0, to_save - _in_time(filled))]:
        filled[rankings[rep][0].reason.kind] -= 1
        filled[rankings[rep][place].reason.kind] += 1
        places[rep] = place

    while True:
        moves = []
        for rep, ranking in rankings.items():
            now = ranking[places[rep]]
            if is_too_much(now.reason.kind):
                other = _other(ranking, places[rep], has_room)
                if other is not None:
                    to = ranking[other]
                    least = (
                        keeps_its_part(now.reason.kind),
                        not has_room(to.reason.kind),
                        to.again,
                        now.weight - to.weight,
                    )
                    moves.append((*least, -order[rep], rep, other))
        if not moves:
            return {rep: rankings[rep][place] for rep, place in places.items()}
        *_, rep, other = min(moves)
        filled[rankings[rep][places[rep]].reason.kind] -= 1
        filled[rankings[rep][other].reason.kind] += 1
        places[rep] = other


def _helped_first(rankings: Mapping[int, Sequence[Ranked]]) -> list[tuple[int, int]]:
    """The reps whose best reason is another number though something can still be saved, each with
    the place of that; who loses least by it first, the later of equals."""
    found = []
    for nth, (rep, ranking) in enumerate(rankings.items()):
        best = ranking[0]
        in_time = [not one.again and KINDS[one.reason.kind].in_time for one in ranking]
        if KINDS[best.reason.kind].of_numbers and not in_time[0] and True in in_time:
            place = in_time.index(True)
            found.append((best.weight - ranking[place].weight, -nth, rep, place))
    return [(rep, place) for *_, rep, place in sorted(found)]


def _in_time(filled: Mapping[ReasonKind, int]) -> int:
    """How many rows are about what can still be saved."""
    return sum(rows for kind, rows in filled.items() if KINDS[kind].in_time)


def _has_limit(kind: ReasonKind) -> bool:
    """What comes until it is closed has none; nor have questions, which are for whoever has
    nothing else."""
    return KINDS[kind].takes_turns and not KINDS[kind].always


def _other(
    ranking: Sequence[Ranked], place: int, has_room: Callable[[ReasonKind], bool]
) -> int | None:
    """The place of the reason to give way to: one whose kind has room; None where there is none.
    Of what gives way to a question too, first whatever is the rep's own."""
    after = range(place + 1, len(ranking))
    kinds = [KINDS[ranked.reason.kind] for ranked in ranking]
    may_ask = kinds[place].of_everyone or kinds[place].of_numbers
    for other in after:
        if may_ask and kinds[other].always:
            break
        if not kinds[other].always and has_room(ranking[other].reason.kind):
            return other
    if not may_ask:
        return None
    # Whoever has something else beside what is the rep's own gives way to it in turn.
    own = (n for n in after if not (kinds[n].of_everyone or kinds[n].of_numbers))
    return next(own, None)
