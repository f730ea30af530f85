"""Market notes over time: backdating, passing on, retention; several managers; what it costs."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.accounts.market import MarketNote, MarketPage, Merging, NoteEntry, Picked
from bot.domain.accounts.visits import Visit
from bot.domain.contacts.touches import TouchEntry
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.domain.todo.reasons import IssueEntry
from bot.domain.workspaces.refusals import BadField, ForManagers, Gone
from bot.services import field_days
from bot.services.accounts import accounts, market, market_tags
from bot.services.contacts import touches
from bot.services.todo import issues
from storage.contacts import interactions
from storage.models import Team as TeamRow
from tests.services.monday import DANA, KIM, MON, RAJ, SAM, Office, at
from tests.services.rides import sent
from tests.storage.own_rows import update_own
from tests.storage.world import statements

NOW = at(MON)


def rides(office: Office, heard: str, day: date, *visits: str, rep: str = SAM) -> int:
    """A field day of that day; its contact."""
    notes = FieldDayNotes(tuple(Visit(one) for one in visits), market=heard)
    form = f"{rep} {day} {heard} {visits}"
    logged = office.asks(field_days.log_step, DANA, sent(FieldDayEntry(rep, day, notes), form), NOW)
    return logged.logged.touch.id


def page(office: Office, now: datetime = NOW) -> MarketPage:
    return office.asks(market.page, DANA, now)


def all_notes(office: Office, now: datetime = NOW) -> list[MarketNote]:
    found = {note.id: note for tag in page(office, now).tags for note in tag.notes}
    return [found[key] for key in sorted(found)]


def proposed(office: Office, now: datetime = NOW) -> list[str]:
    return [one.tag.name for one in page(office, now).spreads]


def test_what_is_heard_follows_the_day_and_the_rep_of_its_contact(office: Office) -> None:
    office.team(DANA, SAM, RAJ)
    days = [MON - timedelta(days=n) for n in (20, 10, 0)]
    made = [rides(office, "60 days #terms", day, f"Firm {day}") for day in days]
    assert proposed(office) == ["terms"]
    # Backdated so that no thirty days hold all three, the third customer is none any more.
    entry = office.asks(field_days.get, DANA, made[0], NOW).entry(MON)
    earlier = replace(entry, day=MON - timedelta(days=40), rep=RAJ)
    office.asks(field_days.change, DANA, made[0], earlier, "a change", NOW)
    first = all_notes(office)[0]
    assert (first.heard_on, first.rep.slack_id) == (MON - timedelta(days=40), RAJ)
    assert proposed(office) == []
    office.asks(field_days.change, DANA, made[0], entry, "another", NOW)
    assert proposed(office) == ["terms"]
    office.asks(touches.take_back, DANA, made[2], NOW)
    assert proposed(office) == []
    office.asks(touches.put_back, DANA, made[2], NOW)
    assert proposed(office) == ["terms"]


def test_accounts_and_tags_that_become_one_are_counted_as_one(office: Office) -> None:
    office.team(DANA, SAM)
    for tag, name in (("terms", "Acme"), ("terms", "Hooli"), ("net-days", "Globex")):
        rides(office, f"60 days #{tag}", MON, name)
    assert proposed(office) == []
    known = {one.name: one.id for one in office.asks(accounts.of_team, DANA, 0, NOW).accounts}
    tags = {view.tag.name: view.tag.id for view in page(office).tags if view.tag}
    for _ in range(2):
        office.asks(market_tags.merge, DANA, tags["net-days"], tags["terms"], "", NOW)
    assert proposed(office) == ["terms"]
    office.asks(accounts.merge, DANA, known["Hooli"], known["Acme"], NOW)
    assert proposed(office) == []
    acme = office.asks(accounts.page, DANA, known["Acme"], NOW).account
    hooli = next(one for one in acme.spellings if one.name == "Hooli")
    office.asks(accounts.split, DANA, known["Acme"], hooli.id, NOW)
    assert proposed(office) == ["terms"]
    office.asks(market_tags.put_aside, DANA, tags["terms"], NOW)
    assert proposed(office) == []


def test_what_is_old_outlives_its_contact_and_what_is_deleted_goes(office: Office) -> None:
    office.team(DANA, SAM)
    kept = rides(office, "60 days #terms", MON, "Acme")
    gone = rides(office, "a new plant #plant", MON, "Hooli")
    office.asks(touches.take_back, DANA, gone, NOW)
    with office.database.writing(office.workspace_id) as tx:
        interactions.remove(tx, [kept, gone])
    (note,) = all_notes(office)
    assert (note.text, note.account, note.contact, note.rep.slack_id) == (
        *("60 days", "Acme", None),
        SAM,
    )
    assert [tag.name for tag in office.asks(market.choice, DANA)] == ["terms"]
    found = office.asks(accounts.find, DANA, "Hooli", NOW)
    assert (found.page, found.others) == (None, ())


def test_a_tag_that_was_mistyped_is_no_tag_any_more(office: Office) -> None:
    office.team(DANA, SAM)
    made = rides(office, "60 days #trems", MON, "Acme")
    entry = office.asks(field_days.get, DANA, made, NOW).entry(MON)
    better = replace(entry, notes=replace(entry.notes, market="60 days #terms"))
    logged = office.asks(field_days.change, DANA, made, better, "a change", NOW)
    assert logged.kept.taken == ()
    assert [tag.name for tag in office.asks(market.choice, DANA)] == ["terms"]


def test_nobody_else_reads_or_changes_it(office: Office) -> None:
    office.team(DANA, SAM)
    office.team(KIM, RAJ)
    made = rides(office, "60 days #terms", MON, "Acme")
    (note,) = all_notes(office)
    tag = note.tags[0].id
    with pytest.raises(ForManagers):
        office.asks(market.page, SAM, NOW)
    assert office.asks(market.page, KIM, NOW).tags == ()
    for ask, *about in (
        (market_tags.tag, tag),
        (market.note, note.id),
        (market.retag, note.id, Picked()),
        (market_tags.rename, tag, "price"),
        (market_tags.split, tag, 1),
        (market_tags.put_aside, tag),
        (market.words_for_team, tag),
    ):
        with pytest.raises(Gone):
            office.asks(ask, KIM, *about, NOW)
    with pytest.raises(Gone):
        office.asks(market.touch_note, DANA, made)


@pytest.mark.parametrize("tag", ["Sam Stone", "sam", "#Stone".strip("#"), "Dana", "Kim Park"])
def test_a_name_is_no_tag(office: Office, tag: str) -> None:
    office.team(DANA, SAM)
    office.meets(KIM)
    entry = TouchEntry(SAM, None, MON, "")
    touch = office.asks(touches.log_form, DANA, entry, "a form", NOW).touch.id
    said = NoteEntry("60 days", "Acme", Picked(new=(tag,)))
    with pytest.raises(BadField, match="tag of a person"):
        office.asks(market.save_touch_note, DANA, touch, said, NOW)
    assert page(office).tags == ()


@pytest.mark.both
def test_what_is_sent_at_once_is_kept_once(office: Office) -> None:
    office.team(DANA, SAM)
    entry = TouchEntry(SAM, None, MON, "")
    touch = office.asks(touches.log_form, DANA, entry, "a form", NOW).touch.id
    said = NoteEntry("60 days", "Acme", Picked(new=("terms",)))
    with ThreadPoolExecutor(4) as pool:
        done = [
            pool.submit(office.asks, market.save_touch_note, DANA, touch, said, NOW)
            for _ in range(4)
        ]
    assert [one.exception() for one in done] == [None] * 4
    assert [(note.text, len(note.tags)) for note in all_notes(office)] == [("60 days", 1)]


def tags(office: Office) -> dict[str, int]:
    return {one.name: one.id for one in office.asks(market.choice, DANA)}


def test_a_close_tag_is_one_of_its_own_until_somebody_says(office: Office) -> None:
    office.team(DANA, SAM)
    for name, tag in (("Acme", "terms"), ("Hooli", "terms"), ("Globex", "term")):
        rides(office, f"60 days #{tag}", MON, name)
    assert proposed(office) == []
    (asked,) = page(office).questions
    assert (asked.tag.name, asked.meant.name) == ("term", "terms")
    done = office.asks(market_tags.merge, DANA, asked.tag.id, asked.meant.id, "", NOW)
    assert [one.tag.name for one in done.spreads] == ["terms"]
    assert page(office).questions == ()
    # Two again, as they were, and not asked about any more.
    was = Merging(asked.tag.id, "term", tuple(one.id for one in asked.tag.spellings))
    into, other = office.asks(market_tags.part, DANA, done.into.id, was, NOW)
    assert (into.name, other.name, other.id) == ("terms", "term", asked.tag.id)
    assert (proposed(office), page(office).questions) == ([], ())
    with pytest.raises(Gone):
        office.asks(market_tags.part, DANA, done.into.id, was, NOW)
    # Also where what was left of it is gone since.
    office.asks(market_tags.merge, DANA, other.id, into.id, "", NOW)
    rides(office, "a plant #plant", MON, "Wayne")
    made = rides(office, "fairs #fairs", MON, "Wayne", rep=SAM)
    office.asks(touches.take_back, DANA, made, NOW)
    again = office.asks(market_tags.part, DANA, into.id, was, NOW)[1]
    assert again.name == "term"
    assert [len(view.notes) for view in page(office).tags if view.tag == again] == [1]


def test_tags_of_a_note_are_set_back_also_where_they_were_gone(office: Office) -> None:
    office.team(DANA, SAM)
    rides(office, "60 days #terms", MON, "Acme")
    rides(office, "a plant #plant #acme-plant", MON, "Hooli")
    note = all_notes(office)[1]
    had = [(tag.spelling_id, tag.name) for tag in note.tags]
    done = office.asks(market.retag, DANA, note.id, Picked((tags(office)["terms"],)), NOW)
    assert [tag.name for tag in done.note.tags] == ["terms"]
    assert office.asks(market.set_back, DANA, note.id, had, NOW).tags == note.tags
    office.asks(market.retag, DANA, note.id, Picked((tags(office)["terms"],)), NOW)
    made = rides(office, "90 days #terms", MON, "Globex")
    entry = office.asks(field_days.get, DANA, made, NOW).entry(MON)
    bare = replace(entry, notes=replace(entry.notes, market="90 days"))
    office.asks(field_days.change, DANA, made, bare, "a change", NOW)
    assert set(tags(office)) == {"terms"}
    back = office.asks(market.set_back, DANA, note.id, had, NOW)
    assert [tag.name for tag in back.tags] == ["plant", "acme-plant"]


def test_what_stands_in_a_box_is_not_read_anew_for_tags_that_came_since(office: Office) -> None:
    office.team(DANA, SAM)
    made = rides(office, "60 days #payment terms", MON, "Acme")
    rides(office, "90 days #payment-terms", MON, "Hooli")
    entry = office.asks(field_days.get, DANA, made, NOW).entry(MON)
    longer = replace(entry, notes=replace(entry.notes, market="fairs\n60 days #payment terms"))
    office.asks(field_days.change, DANA, made, longer, "a change", NOW)
    (note,) = (one for one in all_notes(office) if one.text.startswith("60"))
    assert ([tag.name for tag in note.tags], note.text) == (["payment"], "60 days payment terms")


def test_the_issue_of_a_tag_settles_it_as_an_issue_alone(office: Office) -> None:
    office.team(DANA, SAM)
    office.team(KIM, RAJ)
    for name in ("Acme", "Hooli", "Globex"):
        rides(office, "60 days #terms", MON, name)
    entry = IssueEntry("terms: 60 days", MON, MON + timedelta(days=4))
    tag = tags(office)["terms"]
    # Another team's tag is none of theirs, and no reason to lose what was typed.
    assert office.asks(issues.set_of_tag, KIM, entry, tag, "a form", NOW)[1] == ""
    (before,) = page(office).spreads
    assert before.tag.issue_until(MON) is None
    made, name = office.asks(issues.set_of_tag, DANA, entry, tag, "a form", NOW)
    assert (made.text, name) == ("terms: 60 days", "terms")
    (spread,) = page(office).spreads
    assert spread.tag.issue_until(MON) == MON + timedelta(days=4)
    # Ended before it was seen by anybody, it was none.
    office.asks(issues.end, DANA, made.id, NOW)
    (spread,) = page(office).spreads
    assert spread.tag.issue_until(MON) is None


def test_a_later_manager_keeps_tags_with_all_their_spellings(office: Office) -> None:
    team = office.team(DANA, SAM)
    office.meets(KIM)
    rides(office, "60 days #terms", MON, "Acme")
    office.asks(market_tags.rename, DANA, tags(office)["terms"], "payment terms", NOW)
    with office.database.writing(office.workspace_id) as tx:
        update_own(tx, TeamRow, TeamRow.id == team, manager_id=office.person(KIM).id)
    (view,) = office.asks(market.page, KIM, NOW).tags
    assert view.tag is not None
    assert [one.name for one in view.tag.spellings] == ["terms", "payment terms"]
    found = office.asks(market.search, KIM, "TERMS acme", NOW)[1]
    assert [one.text for one in found] == ["60 days"]


def test_the_page_costs_the_same_statements_whatever_was_heard(office: Office) -> None:
    office.team(DANA, SAM)
    for n in range(3):
        rides(office, "60 days #terms", MON - timedelta(days=n), f"Firm {n}")
    with statements(office.database) as few:
        assert proposed(office) == ["terms"]
    for n in range(3, 25):
        rides(office, f"60 days #terms\nfairs #fair{n}x", MON - timedelta(days=n), f"Firm {n}")
    with statements(office.database) as many:
        assert proposed(office) == ["terms"]
    assert len(many) == len(few)
