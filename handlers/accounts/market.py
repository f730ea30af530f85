"""`/binder market`: what was heard, by tag; its tags renamed, merged, sent where it is talked
about."""

from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Gone
from bot.screens import binder as binder_screens
from bot.services.accounts import market, market_tags
from bot.services.meetings import heard
from bot.views.accounts import market as views
from bot.views.accounts import market_forms as forms
from bot.views.accounts import market_said as said
from bot.views.accounts.market_said import Answer
from bot.views.block_kit.ids import BinderAction, Form, MarketAction, Metadata
from bot.views.meetings import agenda as agenda_views
from bot.views.results.pages import Page, parse_start
from handlers.drawn import draw, draw_behind, page_metadata
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    for action in (MarketAction.SHOW, MarketAction.EARLIER, MarketAction.BACK):
        routes.action(action.value)(on(show))
    for action in (MarketAction.TAG, MarketAction.TAG_EARLIER):
        routes.action(action.value)(on(show_tag))
    routes.action(MarketAction.TAG_MENU.value)(on(follow_tag_menu))
    routes.action(MarketAction.NOTE_MENU.value)(on(follow_note_menu))
    routes.action(MarketAction.SEARCH.value)(on(open_search))
    for action in (MarketAction.FOUND, MarketAction.FOUND_FIRST):
        routes.action(action.value)(on(turn_found))
    routes.action(MarketAction.TO_TEAM.value)(on(open_to_team))
    routes.action(MarketAction.PUT_ASIDE.value)(on(put_aside))
    routes.view(Form.MARKET_TAGS.value)(on(save_tags))
    routes.view(Form.MARKET_RENAME.value)(on(rename))
    routes.view(Form.MARKET_MERGE.value)(on(merge))
    routes.view(Form.MARKET_NOT_SAME.value)(on(split))
    routes.view(Form.MARKET_SEARCH.value)(on(search))
    routes.view(Form.MARKET_TO_TEAM.value)(on(send_to_team))


def open_page(request: SlackRequest) -> None:
    """`/binder market`: the page as it opens."""
    draw(request, front(request, 0))


def show(request: SlackRequest) -> None:
    """**Market**, **More tags**, **Earlier tags**, **Back to the market**."""
    draw(request, front(request, parse_start(request.pressed.page)))


def show_tag(request: SlackRequest) -> None:
    """**Open** of a tag, **Older notes**, **Newer notes**."""
    pressed = request.pressed
    draw(request, tag_page(request, pressed.subject, parse_start(pressed.page)))


def follow_tag_menu(request: SlackRequest) -> None:
    """The ⋯ menu of a tag."""
    subject = request.pressed.subject or 0
    tag, others = market_tags.tag(request.app.database, request.actor, subject, request.now)
    here = replace(page_metadata(request), subject=subject)
    match request.pressed.step:
        case MarketAction.RENAME:
            request.show(forms.build_rename_form(tag, here))
        case MarketAction.MERGE:
            request.show(forms.build_merge_form(tag, others, here))
        case MarketAction.NOT_SAME:
            if not tag.others:
                raise Gone
            request.show(forms.build_not_same_form(tag, here))
        case _:
            raise Gone


def follow_note_menu(request: SlackRequest) -> None:
    """The ⋯ menu of a note: its contact, or its tags."""
    pressed, app, actor, now = request.pressed, request.app, request.actor, request.now
    match pressed.step:
        case BinderAction.ENTRY:
            request.show(binder_screens.entry(app, actor, pressed.touch or 0, now))
        case MarketAction.RETAG:
            note, tags, today = market.note(app.database, actor, pressed.subject or 0, now)
            here = replace(page_metadata(request), subject=note.id)
            request.show(forms.build_tags_form(note, tags, today, here))
        case _:
            raise Gone


def save_tags(request: SlackRequest) -> None:
    """Saved before the form closes; the page of the first of its tags shows it, and what was
    taken."""
    picked, subject = forms.parse_tags_form(request.state), request.metadata.subject or 0
    done = market.retag(request.app.database, request.actor, subject, picked, request.now)
    shown = done.note.tags[0].id if done.note.tags else None
    words = said.retagged(done.before, done.note, done.kept, shown, done.today)
    draw_behind(request, tag_page(request, shown, 0, words))


def rename(request: SlackRequest) -> None:
    """**Rename**: saved before the form closes."""
    subject, name = request.metadata.subject or 0, forms.parse_name(request.state)
    done = market_tags.rename(request.app.database, request.actor, subject, name, request.now)
    words = said.renamed(done.before, done.name, is_new=done.is_new)
    draw_behind(request, tag_page(request, subject, 0, words))


def merge(request: SlackRequest) -> None:
    """**Merge**: the page behind is that of both from now on."""
    subject, (into, typed) = request.metadata.subject or 0, forms.parse_merge(request.state)
    done = market_tags.merge(request.app.database, request.actor, subject, into, typed, request.now)
    words = said.merged(
        done.into, done.merged, "", said.spread(done.spreads, done.today), on_page=True
    )
    draw_behind(request, tag_page(request, done.into.id, 0, words))


def split(request: SlackRequest) -> None:
    """**Not the same**: the page behind is without that spelling."""
    subject, spelling = request.metadata.subject or 0, forms.parse_spelling(request.state)
    one, made = market_tags.split(
        request.app.database, request.actor, subject, spelling, request.now
    )
    names = [way.name for way in one.others if way.id == spelling]
    words = said.split(one, names[0], made) if names and made else None
    draw_behind(request, tag_page(request, subject, 0, words))


def open_search(request: SlackRequest) -> None:
    """**Search**."""
    request.show(forms.build_search())


def search(request: SlackRequest) -> None:
    """What fits, in place of the form."""
    _show_found(request, forms.parse_search(request.state), 0)


def turn_found(request: SlackRequest) -> None:
    """**More** and **First** of what was found."""
    _show_found(request, request.pressed.text or "", parse_start(request.pressed.page))


def _show_found(request: SlackRequest, words: str, start: int) -> None:
    today, found = market.search(request.app.database, request.actor, words, request.now)
    request.turn_into(forms.build_found(words, found, start, today))


def open_to_team(request: SlackRequest) -> None:
    """**To the team agenda**: the words are seen first."""
    subject = request.pressed.subject or 0
    words = market.words_for_team(request.app.database, request.actor, subject, request.now)
    here = Metadata(subject=subject, form=new_form())
    request.show(agenda_views.build_to_team(words, here, form=Form.MARKET_TO_TEAM))


def send_to_team(request: SlackRequest) -> None:
    """Saved before the form closes."""
    entry, subject = agenda_views.parse_item(request.state), request.metadata.subject or 0
    heard.send_tag(request.app.database, request.actor, subject, entry, request.form, request.now)
    request.answer(agenda_views.build_kept(None, to_session=False))


def put_aside(request: SlackRequest) -> None:
    """**Put aside**: the page is without it."""
    subject = request.pressed.subject or 0
    one = market_tags.put_aside(request.app.database, request.actor, subject, request.now)
    draw(request, front(request, 0, said.put_aside(one)))


def front(request: SlackRequest, start: int, words: Answer | None = None) -> Page:
    """The page as it opens, with what was done above it."""
    found = market.page(request.app.database, request.actor, request.now)
    page = views.build_front(found, start)
    return said.above(page, words) if words else page


def tag_page(
    request: SlackRequest, tag_id: int | None, start: int, words: Answer | None = None
) -> Page:
    """The page of that tag, the front where nothing has it any more; with what was done above."""
    found = market.page(request.app.database, request.actor, request.now, tag_id)
    one = found.of(tag_id)
    page = views.build_front(found, 0) if one is None else views.build_tag(found, one, start)
    return said.above(page, words) if words else page
