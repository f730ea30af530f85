"""Setting up a team and changing it: what a form says is saved, and what comes next."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.promises import Promise
from bot.domain.team.teams import RepsChanged, RepView, TeamView
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.exchange.countries import country_of, is_country
from bot.screens.team.people import ensure_profiles
from bot.services.results import metrics
from bot.services.team import setup
from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.kit import View
from bot.views.promises.promise import build_left_open
from bot.views.team import rep_settings
from bot.views.team import settings as team_settings
from bot.views.team import setup as steps
from bot.views.team.introduction import build_preview
from bot.views.team.memberships import asked_words, build_asked
from bot.views.team.settings import TeamForm

THEN_LEFT_OPEN = "left_open"
"""The step in the metadata of the lines' form that goes on to the promises left open."""

WIZARD = Metadata(step=steps.WIZARD)


def start(app: AppContext, actor: Actor, now: datetime, chosen: Sequence[str] = ()) -> View:
    """The steps from the first one not done, or the form of a team whose reps have been told.

    `chosen` names reps, by Slack id, for a team that is still to be made.
    """
    facts = setup.facts(app.database, actor, now)
    if facts is None:
        return steps.build_reps_step(chosen, WIZARD)
    if not facts.active or any(member.introduced for member in facts.members):
        return _team_form(app, actor, facts)
    if not any(member.first_line for member in facts.active):
        return steps.build_lines_step(facts.active, WIZARD, settings_too=True)
    if not facts.team.settings.meeting_days and facts.team.settings.channel is None:
        return _meeting_step(facts, WIZARD, settings_too=True)
    return steps.build_monday_step(facts.team, WIZARD, settings_too=True)


def settings(app: AppContext, actor: Actor, now: datetime) -> View:
    """The team's form; the first step for someone without a team."""
    facts = setup.facts(app.database, actor, now)
    return _team_form(app, actor, facts) if facts else steps.build_reps_step((), WIZARD)


def reps_step(app: AppContext, actor: Actor, now: datetime) -> View:
    """The step of the reps alone; the first of all steps for someone without a team."""
    facts = setup.facts(app.database, actor, now)
    if facts is None:
        return steps.build_reps_step((), WIZARD)
    return steps.build_reps_step(team_settings.form_of(facts).reps, Metadata())


def meeting_step(app: AppContext, actor: Actor, now: datetime) -> View:
    """The step of the meeting alone; the first of all steps for someone without a team."""
    facts = setup.facts(app.database, actor, now)
    if facts is None:
        return steps.build_reps_step((), WIZARD)
    return _meeting_step(facts, Metadata())


def monday_step(app: AppContext, actor: Actor, now: datetime) -> View:
    """The step of the Monday time alone; the first of all steps for someone without a team."""
    facts = setup.facts(app.database, actor, now)
    if facts is None:
        return steps.build_reps_step((), WIZARD)
    return steps.build_monday_step(facts.team, Metadata())


def more(app: AppContext, actor: Actor, form: TeamForm, facts: TeamView) -> View:
    """The team's form, holding what is typed in it, with days in place of words. Raises NoTeam."""
    lagging, waiting = metrics.lagging(app.database, actor), len(facts.to_introduce)
    return team_settings.build_team_form(facts.team, form, lagging, waiting=waiting, more=True)


def save_reps(app: AppContext, actor: Actor, reps: Sequence[str], now: datetime) -> RepsChanged:
    """Let these be the reps. Raises SlackSilent, and what `choose_reps` raises."""
    ensure_profiles(app, actor.workspace_id, [actor.slack_id, *reps])
    return setup.choose_reps(app.database, actor, reps, now)


def save_team(app: AppContext, actor: Actor, form: TeamForm, now: datetime) -> RepsChanged:
    """Save the team's form. Raises SlackSilent, and what `change_team` raises."""
    _check_country(form.settings.country)
    ensure_profiles(app, actor.workspace_id, form.reps)
    return setup.change_team(app.database, actor, form.reps, form.settings, now, form.warned_by)


def save_meeting(
    app: AppContext,
    actor: Actor,
    changes: Mapping[str, object],
    country: str | None,
    now: datetime,
) -> TeamView:
    """Save when and where the team meets, and its country. Raises NoTeam, and BadField where a
    value makes no sense."""
    _check_country(country)
    return setup.change_settings(app.database, actor, {**changes, "country": country}, now)


def _check_country(country: str | None) -> None:
    if country is not None and not is_country(country):
        raise BadField("country", FieldError.UNKNOWN_COUNTRY)


def _meeting_step(facts: TeamView, metadata: Metadata, *, settings_too: bool = False) -> View:
    """The step, with the country that the team's zone is of."""
    proposed = country_of(facts.team.meeting_zone_name)
    return steps.build_meeting_step(facts.team, metadata, proposed, settings_too=settings_too)


def after_reps(changed: RepsChanged, in_steps: bool) -> View | None:
    """What follows when the reps were chosen: a line for each who is new, then what those who
    left leave open; and whose managers are asked first. None where nothing does. `in_steps`: as
    one of the steps of setting up."""
    asked = asked_words(changed)
    if in_steps:
        return steps.build_lines_step(changed.facts.active, WIZARD, asked=asked)
    added = [member for member in changed.added if member.is_on(changed.facts.today)]
    if added:
        then = THEN_LEFT_OPEN if changed.left_open else None
        later = len(added) < len(changed.facts.active)
        return steps.build_lines_step(added, Metadata(step=then), asked=asked, came_later=later)
    if asked:
        return build_asked(changed)
    if changed.left_open:
        return build_left_open(changed.left_open, changed.facts.today)
    return None


def after_lines(app: AppContext, actor: Actor, facts: TeamView, step: str | None) -> View | None:
    """What follows when lines were saved in a form with that step in its metadata."""
    if step == steps.WIZARD:
        return _meeting_step(facts, WIZARD)
    if step == THEN_LEFT_OPEN:
        found = setup.left_open(app.database, actor, facts)
        return build_left_open(found, facts.today)
    return build_preview(facts) if facts.to_introduce else None


def after_monday(facts: TeamView) -> View:
    """The last of the steps."""
    return build_preview(facts) if facts.to_introduce else steps.build_set_up(facts)


def left_open_view(app: AppContext, actor: Actor, now: datetime) -> View:
    """The open promises with people who are not on the team any more."""
    facts = setup.own_facts(app.database, actor, now)
    found: Sequence[Promise] = setup.left_open(app.database, actor, facts)
    return build_left_open(found, facts.today)


def rep_settings_view(app: AppContext, actor: Actor, rep: str, now: datetime) -> View:
    """The form of a rep's place on the team, by Slack id. Raises NoTeam and NotOnTeam."""
    return rep_form(setup.rep_facts(app.database, actor, rep, now))


def rep_form(facts: RepView) -> View:
    """The form of a rep's place as it stands."""
    return rep_settings.build_rep_form(facts, rep_settings.form_of(facts))


def _team_form(app: AppContext, actor: Actor, facts: TeamView) -> View:
    lagging, waiting = metrics.lagging(app.database, actor), len(facts.to_introduce)
    form = team_settings.form_of(facts)
    return team_settings.build_team_form(facts.team, form, lagging, waiting=waiting)
