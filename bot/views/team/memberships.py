"""What is asked about whose rep somebody is, and what came of it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.team.memberships import QuestionState, QuestionView
from bot.domain.team.teams import RepsChanged
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, TeamAction
from bot.views.block_kit.kit import Message, View
from bot.views.team.setup import names_in_words


def build_question(view: QuestionView) -> Message:
    """To the manager who is to answer."""
    rep, asks = kit.escape(view.rep.name), kit.escape(view.team.manager.name)
    if view.state is QuestionState.DISPUTED:
        why = f"You get this once, because {rep} pressed *Not my manager* on the introduction."
    else:
        why = f"You get this once, because {rep} is on your team and {asks} asked."
    blocks = [*question_blocks(view), kit.context(why)]
    return kit.message(f"A question about {rep}", blocks)


def question_blocks(view: QuestionView) -> list[Block]:
    """The question and its answers, for the manager who is to answer."""
    rep, asks = kit.bold(view.rep.name), kit.bold(view.team.manager.name)
    here = Metadata(subject=view.question.id)
    if view.state is QuestionState.DISPUTED:
        words = (
            f"{rep} does not see you as their manager. Shall they leave your team? What you kept "
            "stays with you."
        )
        buttons = [
            kit.button("Take off my team", TeamAction.TAKE_OFF, here),
            kit.button("Leave as it is", TeamAction.KEEP_ON, here),
        ]
    else:
        words = (
            f"{asks} would like {rep} on a second team, beside yours. Each of you sees your own "
            f"entries, and nothing of the other's. Until you say so, {rep} is on your team alone."
        )
        buttons = [
            kit.button("Fine", TeamAction.FINE, here, style="primary"),
            kit.button("Not so", TeamAction.NOT_SO, here),
        ]
    return [kit.section(words), kit.actions(list(buttons))]


def build_standing(view: QuestionView) -> Message:
    """The message of a question as it stands, answered or not."""
    return build_question(view) if view.answerer is not None else build_answered(view)


def build_answered(view: QuestionView) -> Message:
    """In place of the question, once it is answered."""
    rep, asks = kit.bold(view.rep.name), kit.bold(view.team.manager.name)
    if view.lapsed:
        gone = f"{rep} is not on your team any more, so there is nothing to answer."
        return kit.message("Nothing to answer", [kit.section(gone)])
    words = {
        QuestionState.FINE: f"{rep} is on two teams now: yours, and {asks}'s.",
        QuestionState.NOT_SO: f"{rep} stays on your team alone. I tell {asks}.",
        QuestionState.TAKEN_OFF: f"{rep} is off your team. What you kept stays with you.",
        QuestionState.KEPT: f"{rep} stays on your team. A word between you two helps most.",
        QuestionState.OVER: f"{asks}'s team is part of another now, so there is nothing to answer.",
    }.get(view.state, "That is answered already.")
    return kit.message("Answered", [kit.section(words)])


def build_said(view: QuestionView) -> Message:
    """To the rep who pressed **Not my manager**."""
    manager = kit.bold(view.team.manager.name)
    words = {
        QuestionState.LEFT: (
            f"You are off {manager}'s team, and nothing of it is kept. {manager} is told."
        ),
        QuestionState.DISPUTED: (
            f"I ask {manager}, since there is something kept already. You hear what comes of it."
        ),
        QuestionState.KEPT: f"{manager} keeps you on the team. A word between you two helps most.",
    }.get(view.state, f"You are off {manager}'s team.")
    return kit.message("Not my manager", [kit.section(words)])


def build_told(view: QuestionView) -> Message:
    """To whoever asked, once it is answered."""
    rep, manager = kit.bold(view.rep.name), kit.bold(view.team.manager.name)
    first = kit.bold(view.first_manager.name)
    match view.state:
        case QuestionState.FINE:
            words = f"{first} is fine with it: {rep} is on your team too."
            then = "*Home* has the introduction, for you to see and send."
        case QuestionState.NOT_SO:
            words = f"{first} would rather not: {rep} stays on one team."
            then = "A word with each other settles it best."
        case QuestionState.LEFT:
            words = f"{rep} is not on your team: you are not {rep}'s manager, {rep} says."
            then = "Nothing was kept yet, so there is nothing left of it. `/team` adds others."
        case QuestionState.TAKEN_OFF:
            words = f"You are off {manager}'s team."
            then = f"You asked, and {manager} said so."
        case _:
            words = f"{manager} keeps you on the team."
            then = "You asked. A word between you two helps most."
    return kit.message("About your team", [kit.section(words), kit.context(then)])


def asked_words(changed: RepsChanged) -> str:
    """Who is not on the team: whose managers were asked, and who of them said no before; "" where
    nobody is."""
    said = [
        f"{kit.escape(manager.name)} said not so about {kit.escape(rep.name)}, and that stands "
        f"while {kit.escape(rep.name)} is on that team. A word with each other settles it best; "
        "whoever runs Windshield here can add them from a file."
        for rep, manager in changed.not_so
    ]
    return " ".join([*([_asked(changed.asked)] if changed.asked else ()), *said])


def _asked(asked: Sequence[tuple[Person, Person]]) -> str:
    managers = list(dict.fromkeys(manager.name for _, manager in asked))
    reps = [rep.name for rep, _ in asked]
    are = "is" if len(reps) == 1 else "are"
    return (
        f"{names_in_words(reps)} {are} on another team, so I asked {names_in_words(managers)}. "
        "I'll write to you what comes of it."
    )


def build_asked(changed: RepsChanged) -> View:
    """After the reps were chosen: who is not on the team until another manager says so."""
    blocks = [kit.section(asked_words(changed))]
    return kit.modal("A second team", Form.READ_ONLY, blocks, close="Close")


def home_blocks(questions: Sequence[QuestionView], manager: Person) -> list[Block]:
    """On a manager's Home: what is to be answered, and what others are still to answer."""
    blocks: list[Block] = []
    for view in questions:
        if view.answerer is not None and view.answerer.id == manager.id:
            blocks += question_blocks(view)
        else:
            first, rep = kit.bold(view.first_manager.name), kit.bold(view.rep.name)
            blocks.append(kit.context(f"I asked {first} whether {rep} may be on your team too."))
    return blocks
