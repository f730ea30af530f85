"""Team meetings: the series, one meeting moved or dropped, how it went, who leads one skill."""

from collections.abc import Callable
from functools import partial

from bot.context import AppContext
from bot.domain.meetings.agenda import Agenda
from bot.domain.meetings.meetings import Dropped
from bot.domain.workspaces.refusals import Gone
from bot.screens.home import publish
from bot.services.meetings import agenda_view, meetings, series, swaps
from bot.views.block_kit.ids import Form, MeetingAction
from bot.views.meetings import meeting as views
from bot.views.meetings import swaps as swap_views
from bot.views.meetings.agenda import build_agenda
from bot.views.meetings.draft import build_draft
from bot.views.meetings.recap import build_what_got_done
from bot.views.team.setup import city
from handlers.listening import listener
from handlers.meetings.agenda import open_form as open_item_form
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    for action, work in PRESSED.items():
        routes.action(action.value)(on(work))
    routes.view(Form.SERIES.value)(on(save_series))
    routes.view(Form.SECTION.value)(on(save_section))
    routes.view(Form.MEETING_MOVE.value)(on(move))
    routes.view(Form.SWAP.value)(on(swap))


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu of a meeting."""
    step = request.pressed.step
    work = MENU.get(MeetingAction(step)) if step else None
    if work is None:
        raise Gone
    work(request)


def open_series(request: SlackRequest) -> None:
    """**Team meeting**: all that goes for every one."""
    team = series.sections(request.app.database, request.actor)
    request.show(views.build_series_form(team.settings, city(team.meeting_zone_name)))


def save_series(request: SlackRequest) -> None:
    """Saved before the form closes; the meetings to come follow."""
    entry = views.parse_series_form(request.state)
    series.change_series(request.app.database, request.actor, entry, request.now)
    request.accept()
    publish(request.app, request.actor, request.now)


def open_sections(request: SlackRequest) -> None:
    """**Sections**."""
    request.show(views.build_sections(series.sections(request.app.database, request.actor)))


def open_new_section(request: SlackRequest) -> None:
    """**Add a section**: in place of the sections, with which three modals may be open."""
    request.turn_into(views.build_section_form(None, new_form()))


def follow_section_menu(request: SlackRequest) -> None:
    """**Change**, **Earlier**, **Later**, **Remove**."""
    database, actor, key = request.app.database, request.actor, request.pressed.text or ""
    match request.pressed.step:
        case MeetingAction.SECTION_EDIT:
            known = series.sections(database, actor).settings.meeting.sections
            section = next((one for one in known if one.key == key), None)
            if section is None:
                raise Gone
            request.turn_into(views.build_section_form(section, new_form()))
            return
        case MeetingAction.SECTION_UP:
            team = series.move_section(database, actor, key, -1, request.now)
        case MeetingAction.SECTION_DOWN:
            team = series.move_section(database, actor, key, 1, request.now)
        case MeetingAction.SECTION_REMOVE:
            team = series.remove_section(database, actor, key, request.now)
        case _:
            raise Gone
    request.turn_into(views.build_sections(team))


def save_section(request: SlackRequest) -> None:
    """Saved before the form becomes the sections again."""
    entry, key = views.parse_section_form(request.state), request.metadata.text or ""
    team = series.save_section(
        request.app.database, request.actor, key, entry, request.form, request.now
    )
    request.turn_into(views.build_sections(team))


def open_move(request: SlackRequest) -> None:
    """**Move the meeting**."""
    subject = request.pressed.subject or 0
    found = meetings.get(request.app.database, request.actor, subject, request.now)
    request.show(views.build_move_form(found))


def move(request: SlackRequest) -> None:
    """Saved before the form closes; what shows the meeting follows."""
    day, at = views.parse_move_form(request.state)
    subject = request.metadata.subject or 0
    moved = meetings.move(request.app.database, request.actor, subject, day, at, request.now)
    request.answer(views.build_moved(moved))


def _drop(how: Dropped) -> Callable[[SlackRequest], None]:
    def drop(request: SlackRequest) -> None:
        subject = request.pressed.subject or 0
        _show(
            request, meetings.drop(request.app.database, request.actor, subject, how, request.now)
        )

    return drop


def hold_after_all(request: SlackRequest) -> None:
    """**Hold it after all**."""
    subject = request.pressed.subject or 0
    _show(
        request,
        meetings.hold_after_all(request.app.database, request.actor, subject, request.now),
    )


def all_done(request: SlackRequest) -> None:
    """**All of it**: whatever was on the agenda is done."""
    subject = request.pressed.subject or 0
    said = meetings.all_done(request.app.database, request.actor, subject, request.now)
    _answered(request, said)


def did_not_meet(request: SlackRequest) -> None:
    """**We didn't meet**."""
    _say_whether(request, met=False)


def did_meet(request: SlackRequest) -> None:
    """**We did meet**: after all."""
    _say_whether(request, met=True)


def _say_whether(request: SlackRequest, *, met: bool) -> None:
    database, actor, subject = request.app.database, request.actor, request.pressed.subject or 0
    said = meetings.did_not_meet(database, actor, subject, request.now, after_all=met)
    _answered(request, said)


def _answered(request: SlackRequest, said: Agenda) -> None:
    request.redraw(build_what_got_done(said))
    publish(request.app, request.actor, request.now)


def _show(request: SlackRequest, changed: Agenda) -> None:
    """The draft that was pressed shows it; so does the agenda that is open."""
    meeting = changed.meeting.id
    agenda = agenda_view.view_of(request.app.database, request.actor, meeting, request.now)
    if request.in_modal and request.view.get("callback_id") == Form.AGENDA:
        team = changed.team.id
        following = agenda_view.next_view(request.app.database, request.actor, team, request.now)
        request.turn_into(build_agenda(following))
    else:
        request.redraw(build_draft(agenda))
    publish(request.app, request.actor, request.now)


def appeared(request: SlackRequest) -> None:
    """**Yes**: the agenda appeared."""
    _decide(request, yes=True)


def post_again(request: SlackRequest) -> None:
    """**No, post it**, **Post it**."""
    _decide(request, yes=False)


def _decide(request: SlackRequest, *, yes: bool) -> None:
    subject = request.pressed.subject or 0
    found = meetings.appeared(request.app.database, request.actor, subject, yes, request.now)
    request.redraw(views.build_decided(found, yes=yes))


def open_swap(request: SlackRequest) -> None:
    """**Swap**, or **One skill: someone else**."""
    subject = request.pressed.subject or 0
    found = swaps.to_ask(request.app.database, request.actor, subject, request.now)
    request.show(swap_views.build_swap_form(found, request.actor.slack_id, new_form()))


def swap(request: SlackRequest) -> None:
    """Saved before the form becomes the answer; whoever is picked is asked."""
    rep, metadata = swap_views.parse_swap_form(request.state), request.metadata
    subject, form = metadata.subject or 0, metadata.form or ""
    asked = swaps.ask(request.app.database, request.actor, subject, rep, form, request.now)
    request.answer(swap_views.build_asked(asked))


def take(request: SlackRequest) -> None:
    """**Take it**."""
    _answer(request, take=True)


def decline(request: SlackRequest) -> None:
    """**Not this time**."""
    _answer(request, take=False)


def _answer(request: SlackRequest, *, take: bool) -> None:
    subject, seen = request.pressed.subject or 0, request.pressed.text or ""
    said = swaps.answer(request.app.database, request.actor, subject, seen, request.now, take=take)
    request.redraw(swap_views.build_question(said))
    publish(request.app, request.actor, request.now)


MENU: dict[MeetingAction, Callable[[SlackRequest], None]] = {
    MeetingAction.ADD: open_item_form,
    MeetingAction.MOVE: open_move,
    MeetingAction.CANCEL: _drop(Dropped.CANCELLED),
    MeetingAction.SWAP: open_swap,
    MeetingAction.SERIES: open_series,
}
PRESSED: dict[MeetingAction, Callable[[SlackRequest], None]] = {
    MeetingAction.MENU: follow_menu,
    MeetingAction.SERIES: open_series,
    MeetingAction.SECTIONS: open_sections,
    MeetingAction.ADD_SECTION: open_new_section,
    MeetingAction.SECTION_MENU: follow_section_menu,
    MeetingAction.SKIP: _drop(Dropped.SKIPPED),
    MeetingAction.AFTER_ALL: hold_after_all,
    MeetingAction.ALL_DONE: all_done,
    MeetingAction.DID_NOT_MEET: did_not_meet,
    MeetingAction.DID_MEET: did_meet,
    MeetingAction.APPEARED: appeared,
    MeetingAction.POST_AGAIN: post_again,
    MeetingAction.TAKE: take,
    MeetingAction.DECLINE: decline,
    MeetingAction.SWAP: open_swap,
}
