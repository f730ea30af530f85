"""`/team`, the steps of setting up, settings of the team and of a rep, introductions."""

from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Oneself
from bot.domain.workspaces.words import bare, only_person
from bot.screens.home import publish
from bot.screens.team import introductions
from bot.screens.team import setup as screens
from bot.screens.team.people import ensure_profiles
from bot.services.team import ramp, setup
from bot.services.workspaces import naming
from bot.views.block_kit.ids import Form, Metadata, NamedAction, TeamAction
from bot.views.block_kit.kit import View
from bot.views.promises.promise import build_left_open
from bot.views.team import introduction, rep_settings, settings
from bot.views.team import setup as steps
from bot.views.team.ramp import build_laid, parse_who_is_new
from handlers import named
from handlers.help import answer_help
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.command("/team")(on(command))
    routes.action(NamedAction.TEAM.value)(on(named.opening(_about)))
    routes.action(TeamAction.REPS.value)(on(open_reps))
    routes.action(TeamAction.MEETING.value)(on(open_meeting))
    routes.action(TeamAction.MONDAY.value)(on(open_monday))
    routes.action(TeamAction.SETTINGS.value)(on(open_settings))
    routes.action(TeamAction.MORE.value)(on(show_more))
    routes.action(TeamAction.INTRODUCE.value)(on(open_introduction))
    routes.action(TeamAction.GO_ON.value)(on(go_on))
    routes.action(TeamAction.LEFT_OPEN.value)(on(open_left_open))
    routes.action(TeamAction.REP_SETTINGS.value)(on(open_rep_settings))
    routes.action(TeamAction.ADD_TIME_OFF.value)(on(open_time_off))
    routes.action(TeamAction.REMOVE_TIME_OFF.value)(on(remove_time_off))
    routes.view(Form.TEAM_REPS.value)(on(save_reps))
    routes.view(Form.TEAM_LINES.value)(on(save_lines))
    routes.view(Form.TEAM_MEETING.value)(on(save_meeting))
    routes.view(Form.TEAM_MONDAY.value)(on(save_monday))
    routes.view(Form.TEAM_INTRODUCTION.value)(on(send_introductions))
    routes.view(Form.TEAM_SETTINGS.value)(on(save_settings))
    routes.view(Form.REP_SETTINGS.value)(on(save_rep))
    routes.view(Form.TIME_OFF.value)(on(save_time_off))


def command(request: SlackRequest) -> None:
    """`/team`: help, someone to add, by a name typed by hand too, or the team itself."""
    typed = request.text.strip()
    person = only_person(typed)
    if person:
        _about(request, person)
    elif bare(typed) == "help":
        answer_help(request, steps.USAGE)
    elif typed:
        if not named.open_or_offer(request, NamedAction.TEAM, _about, naming.anyone_meant_by):
            request.answer(steps.build_not_understood())
    else:
        request.show(screens.start(request.app, request.actor, request.now))


def _about(request: SlackRequest, rep: str) -> None:
    """`/team @rep`: the way to add someone, who is the first of a team that is still to be made."""
    if rep == request.actor.slack_id:
        raise Oneself
    facts = setup.facts(request.app.database, request.actor, request.now)
    if facts is None:
        request.show(screens.start(request.app, request.actor, request.now, [rep]))
        return
    there = next((m.rep for m in facts.active if m.rep.slack_id == rep), None)
    if there:
        request.answer(steps.build_already_there(there))
        return
    ensure_profiles(request.app, request.actor.workspace_id, [rep])
    person = setup.check_can_be_rep(request.app.database, request.actor, rep, request.now)
    request.answer(steps.build_offer_to_add(person))


def open_reps(request: SlackRequest) -> None:
    request.show(screens.reps_step(request.app, request.actor, request.now))


def open_meeting(request: SlackRequest) -> None:
    request.show(screens.meeting_step(request.app, request.actor, request.now))


def open_monday(request: SlackRequest) -> None:
    request.show(screens.monday_step(request.app, request.actor, request.now))


def open_settings(request: SlackRequest) -> None:
    request.show(screens.settings(request.app, request.actor, request.now))


def go_on(request: SlackRequest) -> None:
    """**Go on**: the next of the steps."""
    request.show(screens.start(request.app, request.actor, request.now))


def open_introduction(request: SlackRequest) -> None:
    """**See and send**, **Try again**: the message first."""
    facts = setup.own_facts(request.app.database, request.actor, request.now)
    nobody = introduction.build_nobody_waits()
    request.show(introduction.build_preview(facts) if facts.to_introduce else nobody)


def open_left_open(request: SlackRequest) -> None:
    request.show(screens.left_open_view(request.app, request.actor, request.now))


def open_rep_settings(request: SlackRequest) -> None:
    rep = request.pressed.rep or ""
    request.show(screens.rep_settings_view(request.app, request.actor, rep, request.now))


def save_reps(request: SlackRequest) -> None:
    """The reps are saved before the form turns into what follows."""
    reps = steps.parse_reps(request.state)
    changed = screens.save_reps(request.app, request.actor, reps, request.now)
    _go_on(request, screens.after_reps(changed, request.metadata.step == steps.WIZARD))


def save_lines(request: SlackRequest) -> None:
    """The lines are saved before the form turns into what follows."""
    lines = steps.parse_lines(request.state)
    is_new = parse_who_is_new(request.state)
    facts = setup.set_first_lines(request.app.database, request.actor, lines, request.now, is_new)
    _go_on(request, screens.after_lines(request.app, request.actor, facts, request.metadata.step))


def save_meeting(request: SlackRequest) -> None:
    """The meeting is saved before the form turns into what follows."""
    changes = steps.parse_meeting_step(request.state, request.metadata)
    country = steps.parse_country(request.state)
    facts = screens.save_meeting(request.app, request.actor, changes, country, request.now)
    in_steps = request.metadata.step == steps.WIZARD
    _go_on(request, steps.build_monday_step(facts.team, screens.WIZARD) if in_steps else None)


def save_monday(request: SlackRequest) -> None:
    """The Monday time is saved before the form turns into what follows."""
    changes = steps.parse_monday(request.state)
    in_steps = request.metadata.step == steps.WIZARD
    facts = setup.change_settings(
        request.app.database, request.actor, changes, request.now, begin=in_steps
    )
    _go_on(request, screens.after_monday(facts) if in_steps else None)


def send_introductions(request: SlackRequest) -> None:
    """**Send introductions**: sent after the form was answered, each once."""
    facts = setup.own_facts(request.app.database, request.actor, request.now)
    if not facts.to_introduce:
        request.turn_into(introduction.build_nobody_waits())
        return
    request.turn_into(introduction.build_sending(facts))
    introductions.send(request.app, request.actor, facts, request.view["id"], request.now)
    publish(request.app, request.actor, request.now)


def show_more(request: SlackRequest) -> None:
    """**More**: the same form with days in place of words, and all that is typed in it."""
    facts = setup.own_facts(request.app.database, request.actor, request.now)
    form = settings.read_team_form(request.state, facts.team.settings)
    request.turn_into(screens.more(request.app, request.actor, form, facts))


def save_settings(request: SlackRequest) -> None:
    """The whole form is saved, or nothing of it."""
    before = setup.own_facts(request.app.database, request.actor, request.now)
    form = settings.parse_team_form(request.state, before.team.settings)
    changed = screens.save_team(request.app, request.actor, form, request.now)
    _go_on(request, screens.after_reps(changed, in_steps=False))


def save_rep(request: SlackRequest) -> None:
    """The rep's place is saved; when it is over, what is still open comes up."""
    rep = request.metadata.rep or ""
    before = setup.rep_facts(request.app.database, request.actor, rep, request.now)
    form = rep_settings.read_rep_form(request.state, rep_settings.form_of(before))
    changed = setup.change_rep(
        request.app.database,
        request.actor,
        rep,
        joined_on=form.joined_on,
        left_on=form.left_on,
        cadences=form.cadences,
        first_line=form.first_line,
        new_on_team=form.new_on_team,
        now=request.now,
    )
    then = None
    if changed.left_open:
        then = build_left_open(changed.left_open, changed.facts.today)
    elif form.new_on_team and not before.membership.new_on_team:
        laid = ramp.of_rep(request.app.database, request.actor, rep, request.now)
        then = build_laid(laid)
    _go_on(request, then)


def open_time_off(request: SlackRequest) -> None:
    """**Add time off**: a form of its own on top of the rep's."""
    rep = request.pressed.rep or ""
    facts = setup.rep_facts(request.app.database, request.actor, rep, request.now)
    metadata = Metadata(rep=rep, day=facts.today.isoformat(), under=request.view.get("id"))
    request.show(rep_settings.build_time_off_form(facts.membership.rep.name, metadata))


def save_time_off(request: SlackRequest) -> None:
    """Days away are saved, then shown on the rep's form, where what is typed stays."""
    rep = request.metadata.rep or ""
    starts_on, ends_on = rep_settings.parse_time_off(request.state)
    facts = setup.add_time_off(
        request.app.database, request.actor, rep, starts_on, ends_on, request.now, request.form
    )
    request.accept()
    if request.metadata.under:
        request.draw_beneath(screens.rep_form(facts))


def remove_time_off(request: SlackRequest) -> None:
    """**Remove**: at once, and the form keeps what is typed in it."""
    rep, subject = request.pressed.rep or "", request.pressed.subject or 0
    facts = setup.remove_time_off(request.app.database, request.actor, rep, subject, request.now)
    form = rep_settings.read_rep_form(request.state, rep_settings.form_of(facts))
    request.turn_into(rep_settings.build_rep_form(facts, form))


def _go_on(request: SlackRequest, view: View | None) -> None:
    """What was said is saved: show what follows, or close the form, and draw Home anew."""
    if view:
        request.turn_into(view)
    else:
        request.accept()
    publish(request.app, request.actor, request.now)
