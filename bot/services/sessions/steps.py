"""The next steps of a session: read line by line, each a promise of whoever takes it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import count

from bot.domain.contacts.interactions import Interaction
from bot.domain.promises import Promise
from bot.domain.sessions.sessions import (
    MOST_A_WEEK,
    PastTopic,
    SessionDraft,
    StepEntry,
    TopicNotes,
    steps_by_topic,
)
from bot.domain.sessions.steps import (
    Sides,
    Step,
    check_steps,
    held_steps,
    matched,
    parse_steps,
)
from bot.domain.team.teams import Team
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.domain.workspaces.submissions import Made
from storage import promises
from storage.database.transaction import Transaction
from storage.workspaces import submissions

PLACE = "#"
"""Between a topic and the number of a step: no key of a topic has it."""


def steps_of_topics(
    team: Team, draft: SessionDraft, made: Mapping[str, Mapping[str, Promise]], today: date
) -> dict[str, tuple[Step, ...]]:
    """The steps of every topic, by its key."""
    return {
        topic.key: steps_typed(team, draft, topic.key, made.get(topic.key, {}).values(), today)
        for topic in draft.topics
    }


def steps_typed(
    team: Team, draft: SessionDraft, key: str, made: Iterable[Promise], today: date
) -> tuple[Step, ...]:
    """The steps that were typed for a topic. What its form `made` of them before is known."""
    said = draft.notes.topics.get(key, TopicNotes())
    sides = Sides(team.manager.name, draft.rep.name)
    return parse_steps(said.next_step, sides, today, {promise.what for promise in made})


def steps_held(said: TopicNotes, made: Mapping[str, Promise]) -> tuple[Step, ...]:
    """What stands of the steps of a topic: the lines that were kept, as `made` says them now."""
    standing = [promise for promise in made.values() if not promise.deleted]
    return held_steps(said.next_step, standing)


def check_step(
    tx: Transaction, team: Team, sent: StepEntry, draft: SessionDraft, today: date
) -> None:
    """A step's steps and its number make sense. Raises BadField."""
    if not isinstance(sent.said, TopicNotes):
        return
    if not 0 <= sent.said.a_week <= MOST_A_WEEK:
        raise BadField("a_week", FieldError.SENSELESS_NUMBER)
    made = steps_promised(tx, team, draft.made_by).get(sent.step, {}).values()
    steps = steps_typed(team, draft.saying(sent.step, sent.said), sent.step, made, today)
    check_steps(steps, made, today)


def became(
    tx: Transaction, last: Mapping[tuple[int, int], Mapping[str, PastTopic]]
) -> dict[tuple[int, int], dict[str, tuple[Promise, ...]]]:
    """What became of the steps of each topic, as `steps_by_topic` says, for the reps of teams with
    what was said `last`, by team and rep."""
    since = {
        pair: min(past.held_on for past in topics.values())
        for pair, topics in last.items()
        if topics
    }
    promised: dict[tuple[int, int], list[Promise]] = {}
    for promise in promises.steps_with(tx, since) if since else ():
        promised.setdefault((promise.team_id, promise.rep.id), []).append(promise)
    return {pair: steps_by_topic(promised.get(pair, ()), topics) for pair, topics in last.items()}


def save_promises(
    tx: Transaction,
    team: Team,
    contact: Interaction,
    draft: SessionDraft,
    made: Mapping[str, Mapping[str, Promise]],
    stood: Mapping[str, str],
    steps: Mapping[str, Sequence[Step]],
    usual_due: date,
    now: datetime,
) -> None:
    """Each next step is a promise of whoever takes it; one that is not said any more is taken out
    (`promises.take_out`), and stands again where it is said again. `made` are those that its form
    became before, by topic; `stood` what each topic said of its steps before this."""
    today = team.today(now)
    for topic in draft.topics:
        before, said = made.get(topic.key, {}), steps[topic.key]
        stood_before = {fold(what) for what in stood.get(topic.key, "").splitlines()}
        found = matched(said, list(before.values()))
        stays = {promise.id for promise in found if promise is not None}
        for promise in before.values():
            if promise.id not in stays:
                promises.take_out(tx, promise, today, now)
        free = (name for name in _names_of_steps(topic.key) if name not in before)
        for step, same in zip(said, found, strict=True):
            if same is not None:
                if same.is_dropped and fold(step.what) not in stood_before:
                    promises.take_up_again(tx, same.id)
                promises.reword(
                    tx,
                    same,
                    what=step.what,
                    owner=step.owner,
                    due_on=step.due_on or same.due_on,
                    deleted_at=None,
                )
                continue
            added = promises.add(
                tx,
                team_id=team.id,
                rep_id=contact.rep.id,
                owner=step.owner,
                what=step.what,
                made_on=contact.occurred_on,
                due_on=step.due_on or usual_due,
                interaction_id=contact.id,
                with_sharing=True,
                topic_key=topic.key,
            )
            key = (draft.made_by, Made.PROMISE, team.manager.id, team.id, next(free))
            submissions.keep(tx, submissions.claim(tx, *key), added)


def _names_of_steps(topic: str) -> Iterator[str]:
    """What the steps of a topic are kept under, in their form: the first by the topic alone."""
    return (f"{topic}{PLACE}{n}" if n else topic for n in count())


def steps_promised(tx: Transaction, team: Team, form: str) -> dict[str, dict[str, Promise]]:
    """The promises that the next steps of a session became, by topic and by the name that each is
    kept under, in the order they were made; deleted ones too, which the same step would bring
    back."""
    steps = submissions.steps_of(tx, form, Made.PROMISE, team.manager.id, team.id)
    found = promises.get_many(tx, [sent.one for sent in steps.values()])
    made: dict[str, dict[str, Promise]] = {}
    for name, sent in sorted(steps.items(), key=lambda one: one[1].one):
        if sent.one in found:
            made.setdefault(name.partition(PLACE)[0], {})[name] = found[sent.one]
    return made
