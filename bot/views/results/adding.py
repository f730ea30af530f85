"""**Add results**: the form to paste rows into, what was understood of them, and what was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.results.adding import Added, AddingFacts
from bot.domain.results.mirror import period_words
from bot.domain.results.results import Metric, Period, metric_key
from bot.domain.results.rows import ResultRow
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields, fill_in
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.block_kit.kit import Message, View
from bot.views.results.figures import FigureLine, amount_words, under_heads
from bot.views.results.taking_back import in_the_way

TITLE = "Add results"
BOXES = ("rows", "more_rows", "last_rows")
BOX_LABELS = ("Rows", "More rows", "And more rows")
SHOWN_ROOM = 9_000
"""Characters of what was understood; more is longer than anybody reads."""

HINT = (
    "Copied from a spreadsheet, with headings, or in the order rep, metric, target, actual. A box "
    "holds 3,000 characters: go on in the next."
)


@dataclass(frozen=True)
class Asked:
    """A question that a column leaves open, by the name of its field."""

    name: str
    sentence: str


CHOICES: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "decimal": ("Decimals are written", (("1,355.90", "."), ("1.355,90", ","))),
    "dates": ("Days are written", (("day/month/year", "dmy"), ("month/day/year", "mdy"))),
    "percent": ("0.5 is", (("50 %", "share"), ("0.5 %", "percent"))),
}
"""By field of a question: its label, and what may be answered."""


@dataclass(frozen=True)
class Pasted:
    """What the form says. `seen` names exactly this, so that what is kept is what was shown."""

    text: str
    metric: str
    start: date | None
    end: date | None
    as_of: date | None
    decimal: str | None
    dates: str | None
    percent: str | None


def build_form(facts: AddingFacts, metadata: Metadata, *, above: Sequence[Block] = ()) -> View:
    """The form as it opens, with the period that is likely meant, and today."""
    return _form(facts, metadata, above, (), "Show me")


def _form(
    facts: AddingFacts,
    metadata: Metadata,
    above: Sequence[Block],
    asked: Sequence[Asked],
    submit: str,
) -> View:
    boxes = [
        kit.field(
            name,
            label,
            kit.text_input(multiline=True),
            optional=at > 0,
            hint=HINT if at == 0 else None,
        )
        for at, (name, label) in enumerate(zip(BOXES, BOX_LABELS, strict=True))
    ]
    known = ", ".join(metric.name for metric in facts.metrics)
    hint = (
        f"For rows that do not say it. You have {known}."
        if known
        else "For rows that do not say it."
    )
    beside = [
        kit.field(
            "metric", "Metric", kit.text_input(limit=60), optional=True, hint=kit.shorten(hint, 150)
        ),
        kit.field("start", "Period from", kit.date_input(facts.period.start), optional=True),
        kit.field("end", "Period to", kit.date_input(facts.period.end), optional=True),
        kit.field("as_of", "As of", kit.date_input(facts.today), optional=True),
    ]
    questions = [
        kit.field(one.name, CHOICES[one.name][0], kit.choice(CHOICES[one.name][1])) for one in asked
    ]
    stands = kit.actions([kit.button("What stands", MirrorAction.STANDING)])
    return kit.modal(
        TITLE,
        Form.RESULTS,
        [*above, *questions, *boxes, *beside, stands],
        metadata,
        submit=submit,
    )


def parse_form(state: Mapping[str, Any]) -> Pasted:
    """What the form says; a line of one box does not go on in the next."""
    fields = Fields(state)
    return Pasted(
        text="\n".join(text for name in BOXES if (text := fields.text(name)).strip()),
        metric=fields.text("metric").strip(),
        start=fields.day("start"),
        end=fields.day("end"),
        as_of=fields.day("as_of"),
        decimal=fields.chosen("decimal"),
        dates=fields.chosen("dates"),
        percent=fields.chosen("percent"),
    )


def build_asked(
    facts: AddingFacts,
    state: Mapping[str, Any],
    metadata: Metadata,
    asked: Sequence[Asked],
) -> View:
    """The form with all that is typed in it, and what has to be said first."""
    sentences = [kit.escape(one.sentence) for one in asked]
    above = [kit.section("Nothing is kept yet: some of it can be read in two ways.")]
    above += kit.lines(kit.fitting(sentences, 2_000, "And more."))
    once = {one.name: one for one in asked}
    return _filled(_form(facts, metadata, above, list(once.values()), "Show me"), state)


def build_preview(
    facts: AddingFacts,
    state: Mapping[str, Any],
    metadata: Metadata,
    found: Added,
    said: Sequence[str],
) -> View:
    """What was understood, line by line, above the form with all that is typed in it."""
    above: list[Block] = []
    if found.good:
        count = _rows(len(found.good))
        above.append(
            kit.section(f"*{count} understood.* Nothing is kept until you press *Keep it*.")
        )
        lines = [kit.escape(line) for line in _row_lines(facts, found.good, found.changes)]
        above += kit.lines(kit.fitting(lines, SHOWN_ROOM, "And more."))
    else:
        above.append(kit.section("*No line was understood.* Your words are still here."))
    if found.rejected:
        one = len(found.rejected) == 1
        head = f"*{_rows(len(found.rejected))} {'is' if one else 'are'} left out:*"
        reasons = [kit.escape(f"Line {one.line}: {one.reason}") for one in found.rejected]
        above += kit.lines([head, *kit.fitting(reasons, SHOWN_ROOM, "And more.")])
        above += in_the_way(found.in_the_way)
    for before, after in found.changes:
        text = f"{before.name} was {_metric_words(before)}. With this it is {_metric_words(after)}"
        above.append(kit.section(kit.escape(f"{text}, and what is kept of it too.")))
    if said:
        above.append(kit.context(kit.shorten(kit.escape(" ".join(said)), 1_900)))
    answered = [Asked(name, "") for name in CHOICES if Fields(state).chosen(name)]
    submit = "Keep it" if found.good else "Show me"
    return _filled(_form(facts, metadata, above, answered, submit), state)


def build_kept(found: Added) -> Message:
    """What was kept."""
    changed = found.new + found.replaced
    if not changed:
        return kit.message("All of it was there already.")
    parts = [f"{_rows(changed)} kept"]
    if found.replaced:
        parts.append(f"{found.replaced} of them in place of what was there")
    text = f"{', '.join(parts)}. To correct one, paste it again."
    return kit.message(text, [kit.section(text), kit.context("`/mirror` shows how they stand.")])


def _filled(view: View, state: Mapping[str, Any]) -> View:
    return fill_in(view, Fields(state).typed())


def _metric_words(metric: Metric) -> str:
    unit = f", in {metric.unit}" if metric.unit else ""
    return f"{metric.kind}, {metric.better} is better{unit}"


def _row_lines(
    facts: AddingFacts, rows: Sequence[ResultRow], changes: Sequence[tuple[Metric, Metric]]
) -> list[str]:
    names = {rep.slack_id: rep.name for rep in facts.reps}
    known = {metric_key(metric.name): metric for metric in facts.metrics}
    known |= {metric_key(after.name): after for _, after in changes}
    lines = []
    for row in rows:
        metric = known.get(metric_key(row.metric), Metric(row.metric, unit=row.unit or ""))
        who = names.get(row.rep_id, row.rep_id)
        period = period_words(Period(row.period_start, row.period_end))
        target, actual = (amount_words(one, metric) for one in (row.target, row.actual))
        figures, day = f"{actual} of {target}", kit.date_words(row.as_of, facts.today)
        lines.append(
            FigureLine(
                f"{metric.name}, {period}, as of {day}",
                f"{who}: {figures}",
                f"{who} · {metric.name}, {period}: {figures}, as of {day}",
            )
        )
    return under_heads(lines)


def _rows(count: int) -> str:
    return f"{count} {'row' if count == 1 else 'rows'}"
