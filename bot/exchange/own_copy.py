"""A rep's copy of what is kept about them: as JSON, and as a page to read (Markdown)."""

import json
from collections.abc import Iterator
from datetime import date, datetime

from bot.domain.binder.own_copy import Entry, OwnCopy, OwnTeam
from bot.domain.binder.person_copy import PersonCopy
from bot.domain.workspaces.retention import months_words
from bot.domain.workspaces.who_sees import WHO_SEES, Thing

FORMAT = "windshield-copy/1"
PERSON_FORMAT = "windshield-person/1"

WORDS = {row.thing: row.words for row in WHO_SEES}


def to_json(copy: OwnCopy, at: datetime) -> str:
    """The copy as a JSON document; dates in ISO 8601."""
    document = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "kept_for_months": copy.kept_months,
        "person": {"id": copy.person.slack_id, "name": copy.person.name},
        "teams": [
            {
                "manager": team.manager,
                "shown": {thing.value: list(team.shown[thing]) for thing in team.shown},
                "not_shown": {thing.value: count for thing, count in team.counted.items()},
            }
            for team in copy.teams
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_iso) + "\n"


def person_to_json(copy: PersonCopy, at: datetime) -> str:
    """The copy that an operator hands over, as a JSON document; dates in ISO 8601."""
    person = copy.person
    document = {
        "format": PERSON_FORMAT,
        "made_at": at.isoformat(),
        "kept_for_months": copy.kept_months,
        "person": {
            "id": person.slack_id,
            "name": person.name,
            "other_names": list(person.aliases),
            "time_zone": person.zone,
            "active": person.active,
            "conversation": person.dm_channel,
        },
        "leads_a_team": copy.leads,
        "not_shown": dict(copy.own),
        "teams": [
            {
                "manager": team.manager,
                "shown": {thing.value: list(team.shown[thing]) for thing in team.shown},
                "not_shown": {thing.value: count for thing, count in team.counted.items()},
            }
            for team in copy.teams
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_iso) + "\n"


def to_page(copy: OwnCopy, at: datetime) -> str:
    """The copy as a page: each kind of thing under its words, one entry a line."""
    lines = [f"# What is kept about {copy.person.name}", "", f"As of {at:%Y-%m-%d %H:%M} UTC."]
    lines += ["", _how_long(copy.kept_months)]
    for team in copy.teams:
        lines += ["", f"## On {team.manager}'s team", *_team(team)]
    return "\n".join(lines) + "\n"


def _how_long(months: int | None) -> str:
    if months is None:
        return "It is kept until somebody deletes it."
    return (
        f"It is kept for {months_words(months)}. What still stands stays: plans, the focus, open "
        "promises, who knows whom."
    )


def _team(team: OwnTeam) -> Iterator[str]:
    for thing, entries in team.shown.items():
        yield from ("", f"### {_heading(thing)}", "")
        for entry in entries:
            yield f"- {_line(entry)}"
    if team.counted:
        yield from ("", "### Counted, and not shown to you", "")
        for thing, count in team.counted.items():
            yield f"- {count}: {WORDS[thing]}"


def _heading(thing: Thing) -> str:
    words = WORDS[thing]
    return words[0].upper() + words[1:]


def _line(entry: Entry) -> str:
    """Names and values; what is empty is left out, and words keep to their line."""
    said = []
    for name, value in entry.items():
        if value is None or value == "":
            continue
        shown = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        said.append(f"{name.replace('_', ' ')}: {' '.join(shown.split())}")
    return " · ".join(said)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a copy")
