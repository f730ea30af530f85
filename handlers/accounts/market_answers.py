"""Whether a tag that was typed is another one there is; and **Undo** of what became of tags."""

from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Gone
from bot.services.accounts import market, market_tags
from bot.views.accounts import market_said as said
from bot.views.accounts.market import ON_PAGE
from bot.views.accounts.market_said import Answer
from bot.views.block_kit.ids import MarketAction
from bot.views.results.pages import parse_start
from handlers.accounts.market import front, tag_page
from handlers.drawn import draw
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(MarketAction.SAME.value)(on(same))
    routes.action(MarketAction.ANOTHER.value)(on(another))
    routes.action(MarketAction.UNDO_TAGS.value)(on(undo_tags))
    routes.action(MarketAction.UNDO_RENAME.value)(on(undo_rename))
    routes.action(MarketAction.UNDO_MERGE.value)(on(undo_merge))
    routes.action(MarketAction.UNDO_SPLIT.value)(on(undo_split))
    routes.action(MarketAction.UNDO_ASIDE.value)(on(undo_aside))


def same(request: SlackRequest) -> None:
    """**Yes**: what was typed is the tag there was."""
    pressed = request.pressed
    into, on_page = _other(request), pressed.step == ON_PAGE
    done = market_tags.merge(
        request.app.database, request.actor, pressed.subject or 0, into, "", request.now
    )
    more = said.spread(done.spreads, done.today)
    words = said.merged(done.into, done.merged, pressed.text or "", more, on_page=on_page)
    _say(request, words, done.into.id)


def another(request: SlackRequest) -> None:
    """**No**: it is a tag of its own."""
    subject = request.pressed.subject or 0
    one = market_tags.tell_apart(request.app.database, request.actor, subject, request.now)
    _say(request, said.a_tag_of_its_own(one.name), one.id)


def _other(request: SlackRequest) -> int:
    """The other tag, by its id. Raises Gone where none was said."""
    found = parse_start(request.pressed.page)
    if not found:
        raise Gone
    return found


def _say(request: SlackRequest, words: Answer, tag_id: int) -> None:
    """On the page where it was asked there, else by itself, for the answer has more in it."""
    if request.pressed.step == ON_PAGE:
        draw(request, tag_page(request, tag_id, 0, words))
    else:
        request.answer(said.as_answer(words))


def undo_tags(request: SlackRequest) -> None:
    """The note has the tags again that it had."""
    had = said.parse_had(request.pressed)
    subject = request.pressed.subject or 0
    note = market.set_back(request.app.database, request.actor, subject, had, request.now)
    shown = note.tags[0].id if note.tags else None
    draw(request, tag_page(request, shown, 0, Answer(said.AS_BEFORE)))


def undo_rename(request: SlackRequest) -> None:
    """It is called as before."""
    name, was_new = said.parse_renamed(request.pressed)
    subject = request.pressed.subject or 0
    market_tags.rename_back(
        request.app.database, request.actor, subject, name, request.now, was_new=was_new
    )
    draw(request, tag_page(request, subject, 0, Answer(said.AS_BEFORE)))


def undo_merge(request: SlackRequest) -> None:
    """They are two again."""
    was, subject = said.parse_merged(request.pressed), request.pressed.subject or 0
    into, other = market_tags.part(request.app.database, request.actor, subject, was, request.now)
    words = said.two_again(into, other)
    if request.pressed.step == ON_PAGE:
        draw(request, tag_page(request, other.id, 0, words))
    else:
        request.redraw(said.as_answer(words))


def undo_split(request: SlackRequest) -> None:
    """They are one again."""
    subject, made = request.pressed.subject or 0, _other(request)
    if not subject:
        raise Gone
    market_tags.merge(request.app.database, request.actor, made, subject, "", request.now)
    draw(request, tag_page(request, subject, 0, Answer(said.AS_BEFORE)))


def undo_aside(request: SlackRequest) -> None:
    """It is proposed as before."""
    before, subject = said.parse_settled(request.pressed), request.pressed.subject or 0
    market_tags.propose_again(request.app.database, request.actor, subject, before, request.now)
    draw(request, front(request, 0))
