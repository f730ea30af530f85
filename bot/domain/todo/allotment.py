"""Which reason each rep of a list has, so that no kind fills it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.domain.todo.kinds import KINDS
from bot.domain.todo.reasons import Ranked, ReasonKind

SHARE = 3
"""One kind fills at most a third of a list where other reasons stand."""


def most_of_a_kind(reps: int) -> int:
    """How many rows of a list of that many reps one kind may fill; one at the least."""
    return max(1, reps // SHARE)


def allot(
    rankings: Mapping[int, Sequence[Ranked]], held: Iterable[ReasonKind], reps: int
) -> dict[int, Ranked]:
    """A reason for each of those reps, most pressing first: the best there is, unless its kind
    fills too much of the list. `held` are the kinds of its other rows, `reps` how many it has.

    Whoever loses least by it gives way, the later of equals; last who would have the same kind as
    last week. What is the rep's own gives way to no
    open question; what is the same for everybody does.
    """
    limit = most_of_a_kind(reps)
    places = dict.fromkeys(rankings, 0)
    filled = Counter(held)
    filled.update(ranking[0].reason.kind for ranking in rankings.values())
    order = {rep: nth for nth, rep in enumerate(rankings)}
    while True:
        moves = []
        for rep, ranking in rankings.items():
            now = ranking[places[rep]]
            if _has_limit(now.reason.kind) and filled[now.reason.kind] > limit:
                other = _other(ranking, places[rep], filled, limit)
                if other is not None:
                    loss = now.weight - ranking[other].weight
                    moves.append((ranking[other].again, loss, -order[rep], rep, other))
        if not moves:
            return {rep: rankings[rep][place] for rep, place in places.items()}
        *_, rep, other = min(moves)
        filled[rankings[rep][places[rep]].reason.kind] -= 1
        filled[rankings[rep][other].reason.kind] += 1
        places[rep] = other


def _has_limit(kind: ReasonKind) -> bool:
    """What comes until it is closed has none; nor have questions, which are for whoever has
    nothing else."""
    return KINDS[kind].takes_turns and kind is not ReasonKind.OPEN_QUESTION


def _other(
    ranking: Sequence[Ranked], place: int, filled: Mapping[ReasonKind, int], limit: int
) -> int | None:
    """The place of the next reason whose kind has room; None where there is none to give way to."""
    own = not KINDS[ranking[place].reason.kind].of_everyone
    for other in range(place + 1, len(ranking)):
        kind = ranking[other].reason.kind
        if own and kind is ReasonKind.OPEN_QUESTION:
            continue
        if not _has_limit(kind) or filled.get(kind, 0) < limit:
            return other
    return None
