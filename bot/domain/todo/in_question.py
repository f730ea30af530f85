"""What can still be made, and the save-it plans that stand: the ways from a warning to its plan."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.results.saving import SaveItPlan
from bot.domain.team.time_off import is_away
from bot.domain.todo.known import Known
from bot.domain.todo.sources.results import can_still, warning_about, warning_of
from bot.domain.todo.sources.saving import about_plan
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class InQuestion:
    """A result of a rep that can still be made, in words; "" for `still` where its plan alone is
    left. `about` names it, as a reason does; `plan` is the one that stands for it, if any."""

    rep: Person
    about: str
    still: str
    plan: SaveItPlan | None = None

    def is_said(self, abouts: Collection[str]) -> bool:
        """Whether a reason that is about one of those leads to the same plan."""
        return self.about in abouts or (self.plan is not None and about_plan(self.plan) in abouts)


def in_question(known: Known, rep_id: int | None = None) -> tuple[InQuestion, ...]:
    """Of the reps who are on the team today, or of one of them, by person, in the order of their
    names: what can still be made, and the plans that stand. Of who is away today the plans alone:
    what could still be made waits for them."""
    plans = {(one.rep.id, warning_of(one.period, one.metric)): one for one in known.saving}
    there = [
        member.rep
        for member in known.places.values()
        if member.is_on(known.today) and rep_id in (None, member.rep.id)
    ]
    found = []
    for rep in sorted(there, key=lambda rep: in_order(rep.name)):
        said = {}
        if not is_away(known.today, known.away.get(rep.id, ())):
            said = {
                warning_about(pace.result): still
                for pace in known.paces.get(rep.id, ())
                if (still := can_still(rep.name, pace)) is not None
            }
        own = {about: plan for (whose, about), plan in plans.items() if whose == rep.id}
        found += [
            InQuestion(rep, about, said.get(about, ""), own.get(about)) for about in {**said, **own}
        ]
    return tuple(found)
