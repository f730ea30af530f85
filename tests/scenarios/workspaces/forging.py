"""A payload as somebody else would send it, and with the ids of others in it.

What goes out to Slack with a screen comes back as it was, unless somebody changes it on the way.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sandbox.journal import Json

PERSON = re.compile(r"^[UW][A-Z0-9]{6,}$")
PLACE = re.compile(r"^C[A-Z0-9]{6,}$")
FORM = re.compile(r"^[0-9a-f]{16}")

PACKED = ("value", "private_metadata")
CHOSEN = ("selected_user", "selected_users", "selected_channel", "selected_conversation")
PLACES_IN_A_LIST = frozenset({"page", "home", "day"})


@dataclass(frozen=True)
class Ids:
    """What is put in place of what a payload carries; None leaves it. `row` is a row's id, `person`
    a Slack id, `form` the id of an opened form, `place` a channel's."""

    row: int | None = None
    person: str | None = None
    form: str | None = None
    place: str | None = None


def of_sender(body: Json, person: Json) -> Json:
    """The same, from that person (a `user` of Slack's payloads): their own trigger, and none of the
    words in what they press, which they have not seen."""
    changed = copy.deepcopy(body)
    if "command" in changed:
        changed |= {"user_id": person["id"], "user_name": person["name"]}
    elif "event" in changed:
        changed["event"]["user"] = person["id"]
    else:
        changed["user"] = person
    return changed


def resolve_addresses(body: Json, ids: Ids) -> Json | None:
    """The payload with those ids in place of its own; None where it carries none of them."""
    changed = copy.deepcopy(body)
    parts: list[Any] = [changed.get("actions"), changed.get("view", {}).get("state")]
    for part in parts:
        _replace(part, ids)
    view = changed.get("view")
    if view is not None:
        view["private_metadata"] = _packed(view.get("private_metadata", ""), ids)
    if "command" in changed and ids.person is not None:
        changed["text"] = re.sub(r"<@[UW][A-Z0-9]+", f"<@{ids.person}", changed["text"])
    return None if changed == body else changed


def without_words(body: Json, words: Mapping[str, object]) -> Json:
    """The same without those words in it: whatever is answered with them comes from elsewhere."""
    text = json.dumps(body, ensure_ascii=False)
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "plain")
    found: Json = json.loads(text)
    return found


def _replace(part: Any, ids: Ids) -> None:
    """In what was pressed, chosen and typed, at any depth."""
    if isinstance(part, list):
        for one in part:
            _replace(one, ids)
        return
    if not isinstance(part, dict):
        return
    for name, value in part.items():
        if name in CHOSEN:
            part[name] = _each(value, lambda one: _plain(one, ids))
        elif name in PACKED and isinstance(value, str):
            part[name] = _packed(value, ids)
        else:
            _replace(value, ids)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    return [change(one) for one in value] if isinstance(value, list) else change(value)


def _packed(value: str, ids: Ids) -> str:
    try:
        held = json.loads(value)
    except ValueError:
        return str(_plain(value, ids))
    if isinstance(held, dict):
        kept = {
            name: one if name in PLACES_IN_A_LIST else _each(one, lambda each: _plain(each, ids))
            for name, one in held.items()
        }
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    if isinstance(held, int) and not isinstance(held, bool):
        return str(_plain(held, ids))
    return value


def _plain(value: Any, ids: Ids) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if ids.row is None else ids.row
    if not isinstance(value, str):
        return value
    if ids.person is not None and PERSON.match(value):
        return ids.person
    if ids.place is not None and PLACE.match(value):
        return ids.place
    if ids.form is not None and FORM.match(value):
        return ids.form + value[16:] if len(ids.form) == 16 else ids.form
    return value


def ids_to_try(
    rows: tuple[int, ...], people: tuple[str, ...], forms: tuple[str, ...], places: tuple[str, ...]
) -> Iterator[Ids]:
    """Each by itself, and the first of each together."""
    yield from (Ids(row=row) for row in rows)
    yield from (Ids(person=person) for person in people)
    yield from (Ids(form=form) for form in forms)
    yield from (Ids(place=place) for place in places)
    yield Ids(rows[0], people[0], forms[0], places[0])
    yield Ids(row=rows[0], person=people[0])
    yield Ids(row=rows[0], form=forms[0])
