"""What reps said to an issue of the day: a line of it, the round-up, and words for the agenda."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement, CheckboxesElement, Option

from bot.domain.meetings.agenda import ITEM_LIMIT
from bot.domain.todo.reasons import IssueOfTheDay
from bot.domain.todo.round_up import (
    ANSWER_LIMIT,
    AgendaWords,
    AnswerForm,
    EndedIssue,
    IssueAnswer,
    NotedOfYou,
    RoundUp,
    fitting,
)
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, TodoAction
from bot.views.block_kit.kit import View
from bot.views.block_kit.people import parse_rep, rep_field
from bot.views.todo.rows import said_label

PAGE = 20
"""Lines of a page: a block each, and each with its button."""

ISSUE_ROOM = 400
"""Characters of an issue as Slack counts them."""

BOXES = 10
"""https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element: options of one."""

MOST_LINES = 300
"""Lines to choose from: thirty blocks of a modal's hundred."""

ENDED_SHOWN = 5

AGENDA_QUOTE = 150

LINES = "lines"
RECOGNISED = "One line alone may still be recognised, also without a name."


def quoted(issue: IssueOfTheDay) -> str:
    """The issue in its words."""
    return f"“{kit.escape_within(issue.text, ISSUE_ROOM)}”"


def ended_blocks(ended: Iterable[EndedIssue], most: int = ENDED_SHOWN) -> list[Block]:
    """Issues that are over, each with the way to its round-up; the latest few."""
    return [_ended(one) for one in list(ended)[:most]]


def _ended(one: EndedIssue) -> Block:
    words, here = quoted(one.issue), Metadata(subject=one.issue.id)
    if one.said:
        said = f"Round-up: {words} · {one.said} said something"
        spoken = f"See the round-up: {one.issue.text}"
        return kit.section(said, kit.button("See", TodoAction.ISSUE_PAGE, here, spoken=spoken))
    said = f"{words} is over. No line of what anybody said was noted."
    return kit.section(said, page_button(one.issue))


def page_button(issue: IssueOfTheDay) -> BlockElement:
    """**What was said**."""
    spoken = f"What was said: {issue.text}"
    here = Metadata(subject=issue.id)
    return kit.button("What was said", TodoAction.ISSUE_PAGE, here, spoken=spoken)


def build_round_up(facts: RoundUp, start: int = 0) -> View:
    """The page of an issue, for its manager: who said what, by name. Nobody is named of whom
    nothing is noted."""
    issue, answers = facts.issue, facts.answers
    start = start if 0 <= start < len(answers) else 0
    if facts.has_ended:
        head = f"{quoted(issue)} is over."
    else:
        head = f"{quoted(issue)}, until {kit.day_words(issue.ends_on, facts.today)}"
    blocks: list[Block] = [kit.section(head)]
    blocks += [_answer(one, facts) for one in answers[start : start + PAGE]]
    if not answers and facts.has_ended:
        blocks.append(kit.section("No line of what anybody said was noted."))
    elif not answers:
        blocks.append(
            kit.section("No line is noted yet. *Done* on it offers one of what the rep said.")
        )
    buttons: list[BlockElement] = []
    if facts.others:
        here = Metadata(subject=issue.id)
        buttons.append(kit.button("Add what a rep said", TodoAction.SAID_ADD, here))
    if facts.for_agenda:
        here = Metadata(subject=issue.id)
        buttons.append(kit.button("To the agenda", TodoAction.ISSUE_TO_TEAM, here))
    if start > 0:
        here = Metadata(page=str(max(0, start - PAGE)))
        buttons.append(kit.button("Earlier", TodoAction.ISSUE_EARLIER, here))
    if start + PAGE < len(answers):
        here = Metadata(page=str(start + PAGE))
        buttons.append(kit.button("More", TodoAction.ISSUE_MORE, here))
    if buttons:
        blocks.append(kit.actions(buttons))
    if facts.on_agenda:
        quote = kit.quote(facts.on_agenda, AGENDA_QUOTE)
        blocks.append(kit.context(f"On the agenda of your next team meeting: “{quote}”"))
    blocks.append(
        kit.context(
            "Each rep sees their own line on their Home tab, and can say *Not so*. The team reads "
            "only what you send to the agenda, without names."
        )
    )
    here = Metadata(subject=issue.id, page=str(start))
    title = "Round-up" if facts.has_ended else "Issue of the day"
    return kit.modal(title, Form.ISSUE_PAGE, blocks, here, close="Close")


def _answer(one: IssueAnswer, facts: RoundUp) -> Block:
    said = f"{kit.bold(one.rep.name)}: “{kit.escape(one.text)}”"
    if one.not_so_on is not None:
        said += f" · {kit.escape(one.rep.first_name)} says: not so"
    here = Metadata(subject=facts.issue.id, rep=one.rep.slack_id)
    spoken = f"Change what {one.rep.name} said"
    return kit.section(said, kit.button("Change", TodoAction.SAID_CHANGE, here, spoken=spoken))


def build_said_form(facts: AnswerForm, metadata: Metadata) -> View:
    """One line of what a rep said; what is noted stands in it."""
    name = facts.rep.first_name
    blocks: list[Block] = [
        _about(facts.issue),
        kit.field(
            "said",
            f"One line of what {name} said",
            _line(facts.text),
            optional=bool(facts.text),
            hint=f"You read it in the round-up, and {name} on their Home tab.",
        ),
    ]
    title = said_label(facts.rep)
    return kit.modal(title, Form.SAID, blocks, metadata, submit="Keep it")


def build_add_form(facts: RoundUp, metadata: Metadata) -> View:
    """One line of what somebody said of whom none is noted."""
    blocks: list[Block] = [
        _about(facts.issue),
        rep_field(facts.others, placeholder="Who said it?"),
        kit.field(
            "said",
            "One line of what they said",
            _line(""),
            hint="You read it in the round-up, and the rep on their Home tab.",
        ),
    ]
    return kit.modal("What a rep said", Form.SAID, blocks, metadata, submit="Keep it")


def _about(issue: IssueOfTheDay) -> Block:
    return kit.context(quoted(issue))


def _line(initial: str) -> Any:
    return kit.text_input(initial=initial, limit=ANSWER_LIMIT, placeholder="Acme will ask in March")


def parse_said_form(state: Mapping[str, Any]) -> tuple[str, str]:
    """Who said it, as chosen in the form, "" where it was opened for one rep; and the line."""
    fields = Fields(state)
    return parse_rep(fields), fields.text("said").strip()


def build_lines_form(facts: RoundUp, metadata: Metadata) -> View:
    """What was said, without names, each line a box that is ticked: as many as one item holds."""
    answers = facts.for_agenda[:MOST_LINES]
    ticked = {one.id for one in fitting(facts.issue, answers)}
    words = f"What was said to {quoted(facts.issue)}, without names. You see the item before it "
    words += "is added."
    if facts.on_agenda:
        words += f" {_is_there(facts.on_agenda)}"
    if len(answers) == 1:
        words += f" {RECOGNISED}"
    blocks: list[Block] = [kit.section(words)]
    for start in range(0, len(answers), BOXES):
        boxes = _boxes(answers[start : start + BOXES], ticked)
        label = "More lines" if start else "Which lines?"
        blocks.append(kit.field(f"{LINES}.{start}", label, boxes, optional=True))
    if len(ticked) < len(answers):
        blocks.append(kit.context("One item does not hold all of them; tick those that matter."))
    return kit.modal("To the agenda", Form.ISSUE_LINES, blocks, metadata, submit="See it")


def _boxes(answers: Sequence[IssueAnswer], ticked: set[int]) -> CheckboxesElement:
    options = [_option(one) for one in answers]
    chosen = [one for one, answer in zip(options, answers, strict=True) if answer.id in ticked]
    return CheckboxesElement(options=options, initial_options=chosen or None)


def _option(answer: IssueAnswer) -> Option:
    """A line whole: what its label does not hold stands below."""
    text, room = answer.text, kit.OPTION_LIMIT
    if len(text) <= room:
        return Option(text=kit.plain(text), value=str(answer.id))
    at = text.rfind(" ", 0, room + 1)
    first, rest = (text[:at], text[at + 1 :]) if at > 0 else (text, "")
    if not 0 < len(rest) <= room:
        first, rest = text[:room], text[room : 2 * room]
    return Option(text=kit.plain(first), value=str(answer.id), description=kit.plain(rest))


def parse_lines_form(state: Mapping[str, Any]) -> set[int]:
    """The answers whose lines are ticked, by id."""
    fields = Fields(state)
    ticked = (
        value
        for name in fields.names()
        if name.partition(".")[0] == LINES
        for value in fields.checked(name)
    )
    return {int(value) for value in ticked if value.isdecimal()}


def _is_there(words: str) -> str:
    quote = kit.quote(words, AGENDA_QUOTE)
    return f"It is on the agenda already: “{quote}”. What you send now takes its place."


def build_item_form(item: AgendaWords, metadata: Metadata, *, alone: bool) -> View:
    """The item as the team reads it, to be changed; `alone`: it is one line."""
    said = "The team reads these words at the next meeting, without a name. Change what you like."
    if alone:
        said += f" {RECOGNISED}"
    if item.before:
        said += f" {_is_there(item.before)}"
    field = kit.text_input(initial=item.text, multiline=True, limit=ITEM_LIMIT)
    blocks: list[Block] = [kit.context(said), kit.field("text", "Words", field)]
    return kit.modal(
        "To the agenda",
        Form.ISSUE_ITEM,
        blocks,
        metadata,
        submit="Change" if item.before else "Add",
    )


def parse_item_form(state: Mapping[str, Any]) -> str:
    """The words as they are to be."""
    return Fields(state).text("text").strip()


def noted_blocks(noted: Sequence[NotedOfYou], manager: str) -> list[Block]:
    """What is noted of what a rep said, on their own Home, with **Not so**."""
    return [_noted(one, manager) for one in noted]


def _noted(one: NotedOfYou, manager: str) -> Block:
    answer = one.answer
    issue = kit.escape_within(one.issue, ISSUE_ROOM)
    words = f"{kit.bold(manager)} noted what you said to “{issue}”: “{kit.escape(answer.text)}”"
    here = Metadata(subject=answer.id, text=answer.text)
    if answer.not_so_on is not None:
        words += " · you said: not so"
        spoken = f"Agreed: {answer.text}"
        return kit.section(words, kit.button("Agreed", TodoAction.SAID_SO, here, spoken=spoken))
    spoken = f"Not so: {answer.text}"
    return kit.section(words, kit.button("Not so", TodoAction.SAID_NOT_SO, here, spoken=spoken))
