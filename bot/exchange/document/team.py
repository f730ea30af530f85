"""The team, its reps, its meetings and its weeks."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.domain.meetings.agenda import AgendaItem, MeetingRecord, TeamPromise
from bot.domain.results.results import Metric, MetricKind
from bot.domain.sessions.sharing import Sharing
from bot.domain.team.calendar import DAYS
from bot.domain.team.ramp import RampStep
from bot.domain.team.settings import Section, TeamSettings
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.lists import Slot, SlotState
from bot.domain.todo.reasons import IssueOfTheDay
from bot.domain.todo.round_up import IssueAnswer
from bot.exchange.document.values import cadences, iso, otherwise


def team_entry(team: Team) -> dict[str, Any]:
    settings = team.settings
    return {
        "manager": team.manager.slack_id,
        "name": team.manager.name,
        "time_zone": team.meeting_zone_name,
        "channel_id": settings.channel,
        "country": settings.country,
        "todo_day": DAYS[settings.todo_day],
        "todo_time": iso(settings.todo_time),
        "morning_line": settings.morning_line,
        "raised_line": settings.raised_line,
        "meeting_day": DAYS[settings.meeting_days[0]] if settings.meeting_days else None,
        "meeting_time": iso(settings.meeting_time),
        "meeting": _terms(settings),
        "period": settings.period,
        "cadences": cadences(settings.cadences),
    }


def warned_by(metrics: Iterable[Metric]) -> dict[str, Any]:
    chosen = {one.name for one in metrics if one.chosen and one.kind is MetricKind.LAGGING}
    return {"warned_by_results": bool(chosen), "warned_by_metrics": sorted(chosen)}


def step_entry(step: RampStep) -> dict[str, Any]:
    return {"day": step.day, "owner": step.owner, "what": step.what}


def _terms(settings: TeamSettings) -> dict[str, Any]:
    terms = settings.meeting
    return {
        "days": [DAYS[day] for day in settings.meeting_days],
        "every_weeks": terms.every,
        "counted_from": iso(terms.starts_on),
        "minutes": terms.minutes,
        "place": terms.place,
        "on_holiday": terms.on_holiday,
        "lead_minutes": terms.lead,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "minutes": section.minutes,
                "direction": section.direction,
            }
            for section in terms.sections
        ],
    }


def series_entry(settings: TeamSettings) -> dict[str, Any] | None:
    """When and where the team meets; None where it has no regular meeting."""
    series = settings.series
    if series is None:
        return None
    return {
        "days": [DAYS[day] for day in series.weekdays],
        "time": iso(series.at),
        "every_weeks": series.meeting.every,
        "minutes": series.meeting.minutes,
        "place": series.meeting.place,
        "channel_id": settings.channel,
    }


def rep_entries(members: Iterable[Membership]) -> Iterator[dict[str, Any]]:
    """One entry a person; who left and came back has several memberships."""
    memberships: dict[str, list[Membership]] = {}
    for member in members:
        memberships.setdefault(member.rep.slack_id, []).append(member)
    for slack_id, held in memberships.items():
        yield {
            "rep": slack_id,
            "name": held[0].rep.name,
            "time_zone": held[0].rep.zone,
            "active": held[0].rep.active,
            "places": [
                {
                    "joined_on": iso(membership.joined_on),
                    "left_on": iso(membership.left_on),
                    "first_line": membership.first_line,
                    "new_on_team": membership.new_on_team,
                    "cadences": cadences(membership.cadences),
                }
                for membership in held
            ],
        }


def meeting_entry(record: MeetingRecord) -> dict[str, Any]:
    meeting = record.meeting
    return {
        "planned_for": iso(meeting.planned_for),
        "day": iso(meeting.day),
        "at": iso(meeting.at),
        "minutes": meeting.minutes,
        "place": meeting.place,
        "dropped": meeting.dropped,
        "held": meeting.was_held if meeting.is_answered else None,
        "as_planned": meeting.kept_its_time if meeting.is_answered else None,
        "one_skill": meeting.leader.slack_id if meeting.leader else None,
        "items": [
            *(_item(item, meeting.section(item.section), done=True) for item in record.done),
            *(
                _item(
                    item,
                    meeting.section(item.section),
                    done=False if meeting.is_answered else None,
                )
                for item in record.others
            ),
        ],
        "team_promises": [team_promise_entry(promise) for promise in record.promises],
    }


def team_promise_entry(promise: TeamPromise) -> dict[str, Any]:
    return {
        "owner": promise.owner.slack_id,
        "what": promise.what,
        "due_on": iso(promise.due_on),
        "kept_on": iso(promise.kept_on),
    }


def _item(item: AgendaItem, section: Section, *, done: bool | None) -> dict[str, Any]:
    return {
        "section": section.title,
        "direction": item.direction or section.direction,
        "minutes": item.minutes,
        "text": item.text,
        "author": item.author.slack_id if item.author else None,
        "heard_by": item.heard_by.slack_id if item.heard_by else None,
        "done": done,
        "outcome": item.outcome,
    }


def slot_entry(slot: Slot, state: SlotState, shared: Sharing | None) -> dict[str, Any]:
    reason = slot.reason
    return {
        "rep": slot.rep.slack_id,
        "day": iso(slot.day),
        "state": state,
        "reason": {
            "kind": reason.kind,
            "text": reason.text,
            "source": reason.source,
            "remembered_otherwise": otherwise(shared),
        },
        "next_time": slot.next_time,
    }


def issue_entry(issue: IssueOfTheDay, answers: Iterable[IssueAnswer]) -> dict[str, Any]:
    return {
        "id": issue.id,
        "text": issue.text,
        "starts_on": iso(issue.starts_on),
        "ends_on": iso(issue.ends_on),
        "answers": [
            {
                "rep": one.rep.slack_id,
                "text": one.text,
                "noted_on": iso(one.noted_on),
                "not_so_on": iso(one.not_so_on),
            }
            for one in answers
        ],
    }


def time_off_entry(person: Mapping[str, str], off: TimeOff) -> dict[str, Any]:
    """`person` under whichever of the two they are: the manager or a rep."""
    return {**person, "starts_on": iso(off.starts_on), "ends_on": iso(off.ends_on)}
