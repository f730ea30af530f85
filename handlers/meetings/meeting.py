"""Team meetings: the series, one meeting moved or dropped, how it went, who leads one skill."""

from collections.abc import Callable
from functools import partial

from bot.domain.meetings.agenda import Agenda
from bot.domain.meetings.meetings import Dropped, Said
from bot.domain.workspaces.refusals import Gone
from bot.parts import Parts
from bot.screens.home import publish
from bot.services.meetings import agenda_view, meetings, series
from bot.views.block_kit.ids import Form, MeetingAction
from bot.views.meetings import meeting as views
from bot.views.meetings.agenda import build_desk
from bot.views.meetings.draft import build_draft
from bot.views.team.setup import city
from handlers.request import Visit, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    for action, work in PRESSED.items():
        app.action(action.value)(on(work))
    app.view(Form.SERIES.value)(on(save_series))
    app.view(Form.SECTION.value)(on(save_section))
    app.view(Form.MEETING_MOVE.value)(on(move))
    app.view(Form.SWAP.value)(on(swap))


def follow_menu(visit: Visit) -> None:
    """The ⋯ menu of a meeting."""
    step = visit.pressed.step
    work = MENU.get(MeetingAction(step)) if step else None
    if work is None:
        raise Gone
    work(visit)


def open_series(visit: Visit) -> None:
    """**Team meeting**: all that goes for every one."""
    team = series.sections(visit.parts.database, visit.actor)
    visit.show(views.build_series_form(team.settings, city(team.meeting_zone_name)))


def save_series(visit: Visit) -> None:
    """Saved before the form closes; the meetings to come follow."""
    entry = views.parse_series_form(visit.state)
    series.change_series(visit.parts.database, visit.actor, entry, visit.now)
    visit.accept()
    publish(visit.parts, visit.actor, visit.now)


def open_sections(visit: Visit) -> None:
    """**Sections**."""
    visit.show(views.build_sections(series.sections(visit.parts.database, visit.actor)))


def open_new_section(visit: Visit) -> None:
    """**Add a section**."""
    visit.show(views.build_section_form(None, visit.view.get("id")))


def follow_section_menu(visit: Visit) -> None:
    """**Change**, **Earlier**, **Later**, **Remove**."""
    database, actor, key = visit.parts.database, visit.actor, visit.pressed.text or ""
    match visit.pressed.step:
        case MeetingAction.SECTION_EDIT:
            known = series.sections(database, actor).settings.meeting.sections
            section = next((one for one in known if one.key == key), None)
            if section is None:
                raise Gone
            visit.show(views.build_section_form(section, visit.view.get("id")))
            return
        case MeetingAction.SECTION_UP:
            team = series.move_section(database, actor, key, -1, visit.now)
        case MeetingAction.SECTION_DOWN:
            team = series.move_section(database, actor, key, 1, visit.now)
        case MeetingAction.SECTION_REMOVE:
            team = series.remove_section(database, actor, key, visit.now)
        case _:
            raise Gone
    visit.turn_into(views.build_sections(team))


def save_section(visit: Visit) -> None:
    """Saved before the form closes; the list below shows it."""
    entry, metadata = views.parse_section_form(visit.state), visit.metadata
    key = metadata.text or ""
    team = series.save_section(visit.parts.database, visit.actor, key, entry, visit.now)
    visit.accept()
    if metadata.under:
        visit.draw_beneath(views.build_sections(team))


def open_move(visit: Visit) -> None:
    """**Move the meeting**."""
    subject = visit.pressed.subject or 0
    found = meetings.one(visit.parts.database, visit.actor, subject, visit.now)
    visit.show(views.build_move_form(found))


def move(visit: Visit) -> None:
    """Saved before the form closes; what shows the meeting follows."""
    day, at = views.parse_move_form(visit.state)
    subject = visit.metadata.subject or 0
    moved = meetings.move(visit.parts.database, visit.actor, subject, day, at, visit.now)
    visit.answer(views.build_moved(moved))


def _drop(how: Dropped) -> Callable[[Visit], None]:
    def drop(visit: Visit) -> None:
        subject = visit.pressed.subject or 0
        _show(visit, meetings.drop(visit.parts.database, visit.actor, subject, how, visit.now))

    return drop


def hold_after_all(visit: Visit) -> None:
    """**Hold it after all**."""
    subject = visit.pressed.subject or 0
    _show(visit, meetings.hold_after_all(visit.parts.database, visit.actor, subject, visit.now))


def _say(said: Said) -> Callable[[Visit], None]:
    def say(visit: Visit) -> None:
        subject = visit.pressed.subject or 0
        _show(visit, meetings.say(visit.parts.database, visit.actor, subject, said, visit.now))

    return say


def _show(visit: Visit, changed: Agenda) -> None:
    """The draft that was pressed shows it; so does the agenda that is open."""
    meeting = changed.meeting.id
    desk = agenda_view.desk_of(visit.parts.database, visit.actor, meeting, visit.now)
    if visit.in_modal and visit.view.get("callback_id") == Form.AGENDA:
        team = changed.team.id
        following = agenda_view.next_desk(visit.parts.database, visit.actor, team, visit.now)
        visit.turn_into(build_desk(following))
    else:
        visit.redraw(build_draft(desk))
    publish(visit.parts, visit.actor, visit.now)


def appeared(visit: Visit) -> None:
    """**Yes**: the agenda appeared."""
    _decide(visit, yes=True)


def post_again(visit: Visit) -> None:
    """**No, post it**, **Post it**."""
    _decide(visit, yes=False)


def _decide(visit: Visit, *, yes: bool) -> None:
    subject = visit.pressed.subject or 0
    found = meetings.appeared(visit.parts.database, visit.actor, subject, yes, visit.now)
    visit.redraw(views.build_decided(found, yes=yes))


def open_swap(visit: Visit) -> None:
    """**Swap**, or **One skill: someone else**."""
    subject = visit.pressed.subject or 0
    found = meetings.to_swap(visit.parts.database, visit.actor, subject, visit.now)
    visit.show(views.build_swap_form(found, visit.actor.slack_id))


def swap(visit: Visit) -> None:
    """Saved before the form becomes the answer; who leads now is told."""
    rep, subject = views.parse_swap_form(visit.state), visit.metadata.subject or 0
    swapped = meetings.swap(visit.parts.database, visit.actor, subject, rep, visit.now)
    visit.answer(views.build_swapped(swapped))


MENU: dict[MeetingAction, Callable[[Visit], None]] = {
    MeetingAction.MOVE: open_move,
    MeetingAction.SKIP: _drop(Dropped.SKIPPED),
    MeetingAction.CANCEL: _drop(Dropped.CANCELLED),
    MeetingAction.SWAP: open_swap,
    MeetingAction.SERIES: open_series,
}
PRESSED: dict[MeetingAction, Callable[[Visit], None]] = {
    MeetingAction.MENU: follow_menu,
    MeetingAction.SERIES: open_series,
    MeetingAction.SECTIONS: open_sections,
    MeetingAction.ADD_SECTION: open_new_section,
    MeetingAction.SECTION_MENU: follow_section_menu,
    MeetingAction.AFTER_ALL: hold_after_all,
    MeetingAction.HELD: _say(Said.HELD),
    MeetingAction.MOVED: _say(Said.MOVED),
    MeetingAction.DID_NOT_HAPPEN: _say(Said.NOT_HELD),
    MeetingAction.APPEARED: appeared,
    MeetingAction.POST_AGAIN: post_again,
    MeetingAction.SWAP: open_swap,
}
