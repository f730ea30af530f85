"""A session or field day as its rep reads it: a letter, topic by topic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.field_days import FieldDayNotes, Practice
from bot.domain.promises import Promise
from bot.domain.sessions.sessions import Session, TopicNotes


@dataclass(frozen=True)
class Paragraph:
    """What a letter says under one `heading`: words that `stand` (a plan, a note), what is `new`
    since, next steps that are no promise (`loose`, one a line), and the `steps` of both sides."""

    heading: str
    stands: str = ""
    new: str = ""
    loose: str = ""
    steps: tuple[Promise, ...] = ()
    no_plan_now: bool = False

    @property
    def says_more(self) -> bool:
        """Whether it says anything besides how things stand."""
        return bool(self.new or self.loose or self.steps)

    @property
    def is_empty(self) -> bool:
        return not self.stands and not self.says_more and not self.no_plan_now


@dataclass(frozen=True)
class Letter:
    """All that there is to read. `unchanged` are plans by their topics' titles that the rep has
    read before, word for word, and of which nothing else was said."""

    paragraphs: tuple[Paragraph, ...] = ()
    unchanged: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.paragraphs and not self.unchanged


def letter_of_session(
    session: Session, promised: Iterable[Promise], read_before: Mapping[str, TopicNotes]
) -> Letter:
    """What a rep may read of a session. `read_before` are the plans, by the topic's key, as the
    rep last read them: of a session that was shared with them before this one."""
    left = list(promised)
    paragraphs: list[Paragraph] = []
    unchanged: list[tuple[str, str]] = []
    for topic, said in session.spoken():
        steps = tuple(one for one in left if one.topic_key == topic.key)
        left = [one for one in left if one not in steps]
        plan = said.whole_plan
        before = read_before.get(topic.key, TopicNotes()).whole_plan
        spoken = Paragraph(
            topic.title,
            stands=plan,
            new=said.changed,
            loose=_loose(said.next_step, steps),
            steps=steps,
            no_plan_now=bool(before) and not plan,
        )
        if plan and plan == before and not spoken.says_more:
            unchanged.append((topic.title, plan))
        elif not spoken.is_empty:
            paragraphs.append(spoken)
    if session.notes.shared_note:
        paragraphs.append(Paragraph("Note for both of you", stands=session.notes.shared_note))
    if left:
        paragraphs.append(Paragraph("Also", steps=tuple(left)))
    return Letter(tuple(paragraphs), tuple(unchanged))


def _loose(next_step: str, steps: Iterable[Promise]) -> str:
    taken = {line for one in steps for line in (one.what, *one.what.splitlines())}
    if next_step in taken:
        return ""
    return "\n".join(line for line in next_step.splitlines() if line and line not in taken)


PRACTICE_READ = {
    Practice.SHOWN: "Your manager showed it.",
    Practice.TOGETHER: "You did it together.",
    Practice.ALONE: "You did it alone.",
}
"""Who did what the focus is about, as the rep reads it."""


def letter_of_field_day(notes: FieldDayNotes, promised: Iterable[Promise]) -> Letter:
    """What a rep may read of a field day: strength, focus, and the actions of both."""
    done = PRACTICE_READ[notes.practice] if notes.focus and notes.practice else ""
    paragraphs = (
        Paragraph("One strength", stands=notes.strength),
        Paragraph("One focus", stands="\n".join(filter(None, (notes.focus, done)))),
        Paragraph("Actions", steps=tuple(promised)),
    )
    return Letter(tuple(one for one in paragraphs if not one.is_empty))
