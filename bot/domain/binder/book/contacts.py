"""Sessions, field days and other contacts, as entries of a day."""

from collections.abc import Iterator, Sequence

from bot.domain.accounts.visits import Led, Visit
from bot.domain.binder.book.known import Known
from bot.domain.binder.book.model import Entry, Labelled
from bot.domain.binder.book.private import private_note
from bot.domain.binder.book.words import joined, said
from bot.domain.contacts.interactions import Interaction
from bot.domain.field_days import FieldDayNotes, Practice
from bot.domain.promises import Owner, Promise
from bot.domain.sessions.sessions import Session, TopicNotes
from bot.domain.sessions.steps import Step, held_steps
from bot.domain.workspaces.people import Person


def session_entries(known: Known, held: Sequence[tuple[Interaction, Session]]) -> tuple[Entry, ...]:
    """The sessions, newest first; a plan is said where it was agreed on, and not again until it is
    another."""
    before: dict[str, str] = {}
    entries = []
    for contact, session in reversed(held):
        entries.append(_session(known, contact, session, before))
        before |= {topic.key: notes.whole_plan for topic, notes in session.spoken()}
    return tuple(reversed(entries))


def _session(known: Known, contact: Interaction, session: Session, before: dict[str, str]) -> Entry:
    made = known.promises_of_contact.get(contact.id, [])
    passages: list[Labelled] = []
    for topic, notes in session.spoken():
        plan = notes.whole_plan
        of_topic = said(
            ("", plan if plan != before.get(topic.key) else ""),
            ("New", notes.changed),
            ("Next", _steps(known, contact.rep, topic.key, notes, made)),
        )
        passages += _under(topic.title, of_topic)
    passages += said(
        ("Results", session.notes.results),
        ("Note for both", session.notes.shared_note),
    )
    return Entry(
        known.wording.day(contact.occurred_on),
        _beside(known, contact),
        (*passages, *_rep_says(known, contact), *private_note(known, contact)),
    )


def _under(title: str, passages: Sequence[Labelled]) -> Iterator[Labelled]:
    """The passages of a topic, the first of them with its title."""
    for place, one in enumerate(passages):
        yield Labelled(joined([title if place == 0 else "", one.label]), one.text)


def _steps(known: Known, rep: Person, key: str, notes: TopicNotes, made: Sequence[Promise]) -> str:
    of_topic = [one for one in made if one.topic_key == key]
    return "\n".join(_step(known, rep, step) for step in held_steps(notes.next_step, of_topic))


def _step(known: Known, rep: Person, step: Step) -> str:
    who = known.manager if step.owner is Owner.MANAGER else rep
    return f"→ {who.first_name}: {step.what}{_due(known, step)}"


def _due(known: Known, step: Step) -> str:
    return f", {known.wording.by(step.due_on)}" if step.due_on else ""


def field_day_entry(known: Known, contact: Interaction, notes: FieldDayNotes) -> Entry:
    """A field day with its visits, what was seen and agreed on."""
    rep, manager = contact.rep.first_name, known.manager.first_name
    actions = [
        one for one in known.promises_of_contact.get(contact.id, ()) if one.raised_on is None
    ]
    passages = (
        *(
            Labelled(_visit_label(visit, rep, manager), _visit_text(visit))
            for visit in notes.visits
        ),
        *said(
            (f"How {rep} saw it", notes.rep_view),
            ("One strength", notes.strength),
            ("One focus", notes.focus),
            ("Who did it", _practice(notes.practice, rep, manager) if notes.focus else ""),
            *(
                (
                    "Action",
                    _step(known, contact.rep, Step(one.what, one.owner, one.due_on)),
                )
                for one in actions
            ),
            ("Heard of the market", notes.market),
        ),
        *_rep_says(known, contact),
        *private_note(known, contact),
    )
    return Entry(known.wording.day(contact.occurred_on), _beside(known, contact), passages)


def _visit_label(visit: Visit, rep: str, manager: str) -> str:
    led = {Led.REP: f"{rep} led", Led.JOINT: "led together", Led.MANAGER: f"{manager} led"}
    return joined(
        [
            visit.account,
            "key account" if visit.is_key else "",
            led.get(visit.led_by, "") if visit.led_by else "",
        ]
    )


def _visit_text(visit: Visit) -> str:
    met = ", ".join(filter(None, (visit.people, visit.role)))
    following = f"→ {visit.next_step}" if visit.next_step else ""
    return "\n".join(filter(None, (joined([met, visit.outcome]), following)))


def _practice(practice: Practice | None, rep: str, manager: str) -> str:
    if practice is None:
        return ""
    return {
        Practice.SHOWN: f"{manager} showed it",
        Practice.TOGETHER: "together",
        Practice.ALONE: f"{rep} alone",
    }[practice]


def contact_entries(known: Known, touches: Sequence[Interaction]) -> tuple[Entry, ...]:
    """Other contacts, newest first: what it was about stands beside its channel."""
    return tuple(
        Entry(
            known.wording.day(one.occurred_on),
            "",
            (
                Labelled(one.channel.value if one.channel else "contact", _about(one)),
                *private_note(known, one),
            ),
        )
        for one in touches
    )


def _about(touch: Interaction) -> str:
    return joined([touch.about, "a file came with it" if touch.has_file else ""])


def _beside(known: Known, contact: Interaction) -> str:
    planned = known.record.planned_for.get(contact.id)
    moved = planned is not None and planned != contact.occurred_on
    return joined(
        [
            f"planned for {known.wording.day(planned)}" if moved and planned else "",
            f"with {contact.earlier}" if contact.earlier else "",
        ]
    )


def _rep_says(known: Known, contact: Interaction) -> Iterator[Labelled]:
    sharing = known.sharing(contact.id)
    name = contact.rep.first_name
    if sharing is not None:
        yield from said(
            (f"{name}’s own words", sharing.rep_words),
            (f"How {name} remembers it", known.otherwise(contact.id)),
        )
