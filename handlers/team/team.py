"""`/team`, the steps of setting up, settings of the team and of a rep, introductions."""

from functools import partial

from bot.domain.contacts.typed_text import PERSON_MENTION
from bot.domain.workspaces.refusals import Oneself
from bot.parts import Parts
from bot.screens.home import publish
from bot.screens.team import introductions
from bot.screens.team import setup as screens
from bot.screens.team.people import get_to_know
from bot.services.team import setup
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, TeamAction
from bot.views.block_kit.kit import View
from bot.views.promises.left_open import build_left_open
from bot.views.team import introduction, rep_settings, settings
from bot.views.team import setup as steps
from handlers.request import Visit, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.command("/team")(on(command))
    app.action(TeamAction.REPS.value)(on(open_reps))
    app.action(TeamAction.MEETING.value)(on(open_meeting))
    app.action(TeamAction.MONDAY.value)(on(open_monday))
    app.action(TeamAction.SETTINGS.value)(on(open_settings))
    app.action(TeamAction.MORE.value)(on(show_more))
    app.action(TeamAction.INTRODUCE.value)(on(open_introduction))
    app.action(TeamAction.LEFT_OPEN.value)(on(open_left_open))
    app.action(TeamAction.REP_SETTINGS.value)(on(open_rep_settings))
    app.action(TeamAction.ADD_TIME_OFF.value)(on(open_time_off))
    app.action(TeamAction.REMOVE_TIME_OFF.value)(on(remove_time_off))
    app.view(Form.TEAM_REPS.value)(on(save_reps))
    app.view(Form.TEAM_LINES.value)(on(save_lines))
    app.view(Form.TEAM_MEETING.value)(on(save_meeting))
    app.view(Form.TEAM_MONDAY.value)(on(save_monday))
    app.view(Form.TEAM_INTRODUCTION.value)(on(send_introductions))
    app.view(Form.TEAM_SETTINGS.value)(on(save_settings))
    app.view(Form.REP_SETTINGS.value)(on(save_rep))
    app.view(Form.TIME_OFF.value)(on(save_time_off))


def command(visit: Visit) -> None:
    """`/team`: help, someone to add, or the team itself."""
    typed = visit.text.strip()
    person = PERSON_MENTION.fullmatch(typed)
    if person:
        _about(visit, person["id"])
    elif typed.lower() == "help":
        visit.answer(kit.message(steps.USAGE))
    elif typed:
        visit.answer(steps.build_not_understood())
    else:
        visit.show(screens.start(visit.parts, visit.actor, visit.now))


def _about(visit: Visit, rep: str) -> None:
    """`/team @rep`: the way to add someone, who is the first of a team that is still to be made."""
    if rep == visit.actor.slack_id:
        raise Oneself
    facts = setup.facts(visit.parts.database, visit.actor, visit.now)
    if facts is None:
        visit.show(screens.start(visit.parts, visit.actor, visit.now, [rep]))
        return
    there = next((m.rep for m in facts.active if m.rep.slack_id == rep), None)
    if there:
        visit.answer(steps.build_already_there(there))
        return
    get_to_know(visit.parts, visit.actor.workspace_id, [rep])
    person = setup.check_can_be_rep(visit.parts.database, visit.actor, rep, visit.now)
    visit.answer(steps.build_offer_to_add(person))


def open_reps(visit: Visit) -> None:
    visit.show(screens.reps_step(visit.parts, visit.actor, visit.now))


def open_meeting(visit: Visit) -> None:
    visit.show(screens.meeting_step(visit.parts, visit.actor, visit.now))


def open_monday(visit: Visit) -> None:
    visit.show(screens.monday_step(visit.parts, visit.actor, visit.now))


def open_settings(visit: Visit) -> None:
    visit.show(screens.settings(visit.parts, visit.actor, visit.now))


def open_introduction(visit: Visit) -> None:
    """**See and send**, **Try again**: the message first."""
    facts = setup.own_facts(visit.parts.database, visit.actor, visit.now)
    nobody = introduction.build_nobody_waits()
    visit.show(introduction.build_preview(facts) if facts.to_introduce else nobody)


def open_left_open(visit: Visit) -> None:
    visit.show(screens.left_open_view(visit.parts, visit.actor, visit.now))


def open_rep_settings(visit: Visit) -> None:
    rep = visit.pressed.rep or ""
    visit.show(screens.rep_settings_view(visit.parts, visit.actor, rep, visit.now))


def save_reps(visit: Visit) -> None:
    """The reps are saved before the form turns into what follows."""
    reps = steps.parse_reps(visit.state)
    changed = screens.save_reps(visit.parts, visit.actor, reps, visit.now)
    _go_on(visit, screens.after_reps(changed, visit.metadata.step == steps.WIZARD))


def save_lines(visit: Visit) -> None:
    """The lines are saved before the form turns into what follows."""
    lines = steps.parse_lines(visit.state)
    facts = setup.set_first_lines(visit.parts.database, visit.actor, lines, visit.now)
    _go_on(visit, screens.after_lines(visit.parts, visit.actor, facts, visit.metadata.step))


def save_meeting(visit: Visit) -> None:
    """The meeting is saved before the form turns into what follows."""
    changes = steps.parse_meeting(visit.state)
    facts = setup.change_settings(visit.parts.database, visit.actor, changes, visit.now)
    in_steps = visit.metadata.step == steps.WIZARD
    _go_on(visit, steps.build_monday_step(facts.team, screens.WIZARD) if in_steps else None)


def save_monday(visit: Visit) -> None:
    """The Monday time is saved before the form turns into what follows."""
    changes = steps.parse_monday(visit.state)
    in_steps = visit.metadata.step == steps.WIZARD
    facts = setup.change_settings(
        visit.parts.database, visit.actor, changes, visit.now, begin=in_steps
    )
    _go_on(visit, screens.after_monday(facts) if in_steps else None)


def send_introductions(visit: Visit) -> None:
    """**Send introductions**: sent after the form was answered, each once."""
    facts = setup.own_facts(visit.parts.database, visit.actor, visit.now)
    if not facts.to_introduce:
        visit.turn_into(introduction.build_nobody_waits())
        return
    visit.turn_into(introduction.build_sending(facts))
    introductions.send(visit.parts, visit.actor, facts, visit.view["id"], visit.now)
    publish(visit.parts, visit.actor, visit.now)


def show_more(visit: Visit) -> None:
    """**More**: the same form with days in place of words, and all that is typed in it."""
    facts = setup.own_facts(visit.parts.database, visit.actor, visit.now)
    form = settings.read_team_form(visit.state, facts.team.settings)
    visit.turn_into(screens.more(form, facts))


def save_settings(visit: Visit) -> None:
    """The whole form is saved, or nothing of it."""
    before = setup.own_facts(visit.parts.database, visit.actor, visit.now)
    form = settings.parse_team_form(visit.state, before.team.settings)
    changed = screens.save_team(visit.parts, visit.actor, form, visit.now)
    _go_on(visit, screens.after_reps(changed, in_steps=False))


def save_rep(visit: Visit) -> None:
    """The rep's place is saved; when it is over, what is still open comes up."""
    rep = visit.metadata.rep or ""
    before = setup.rep_facts(visit.parts.database, visit.actor, rep, visit.now)
    form = rep_settings.read_rep_form(visit.state, rep_settings.form_of(before))
    changed = setup.change_rep(
        visit.parts.database,
        visit.actor,
        rep,
        joined_on=form.joined_on,
        left_on=form.left_on,
        cadences=form.cadences,
        first_line=form.first_line,
        now=visit.now,
    )
    left_open = changed.left_open
    _go_on(visit, build_left_open(left_open, changed.facts.today) if left_open else None)


def open_time_off(visit: Visit) -> None:
    """**Add time off**: a form of its own on top of the rep's."""
    rep = visit.pressed.rep or ""
    facts = setup.rep_facts(visit.parts.database, visit.actor, rep, visit.now)
    metadata = Metadata(rep=rep, day=facts.today.isoformat(), under=visit.view.get("id"))
    visit.show(rep_settings.build_time_off_form(facts.membership.rep.name, metadata))


def save_time_off(visit: Visit) -> None:
    """Days away are saved, then shown on the rep's form, where what is typed stays."""
    rep = visit.metadata.rep or ""
    starts_on, ends_on = rep_settings.parse_time_off(visit.state)
    facts = setup.add_time_off(
        visit.parts.database, visit.actor, rep, starts_on, ends_on, visit.now
    )
    visit.accept()
    if visit.metadata.under:
        visit.draw_beneath(screens.rep_form(facts))


def remove_time_off(visit: Visit) -> None:
    """**Remove**: at once, and the form keeps what is typed in it."""
    rep, subject = visit.pressed.rep or "", visit.pressed.subject or 0
    facts = setup.remove_time_off(visit.parts.database, visit.actor, rep, subject, visit.now)
    form = rep_settings.read_rep_form(visit.state, rep_settings.form_of(facts))
    visit.turn_into(rep_settings.build_rep_form(facts, form))


def _go_on(visit: Visit, view: View | None) -> None:
    """What was said is saved: show what follows, or close the form, and draw Home anew."""
    if view:
        visit.turn_into(view)
    else:
        visit.accept()
    publish(visit.parts, visit.actor, visit.now)
