"""What the Monday list makes of results: help while the month can still be saved, and a word of
thanks; for the manager alone, and never a number where others read."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.results.results import Metric, MetricKind, Period, Reading, metric_key
from slack_sandbox import Person
from storage.contacts import interactions
from storage.results import metrics, results
from storage.team import people, teams
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import meeting_world
from tests.scenarios.todo.monday import at, list_of

MEETINGS = Metric("new meetings", MetricKind.LEADING)
DECEMBER = Period(date(2026, 12, 1), date(2026, 12, 31))
FRIDAY, MONDAY = date(2026, 12, 11), date(2026, 12, 14)


def reads(
    world: World,
    manager: Person,
    target: int,
    actual: Mapping[Person, int],
    as_of: date,
    metric: Metric = MEETINGS,
) -> None:
    """What was there of each rep's new meetings in December by that day."""
    with world.database.writing(world.workspace_id) as tx:
        team = teams.of_manager(tx, manager.id)
        assert team is not None
        metrics.save(tx, {team.id: [metric]})
        counted = metrics.ids_of(tx, [team.id])[team.id, metric_key(metric.name)]
        reps = {}
        for rep in actual:
            found = people.get(tx, rep.id)
            assert found is not None
            reps[found.id] = actual[rep]
        spans = [results.Span(team.id, rep, counted, DECEMBER) for rep in reps]
        results.add_spans(tx, spans)
        kept = results.spans(tx, [team.id], DECEMBER.start, DECEMBER.end)
        new = [
            (one.id or 0, Reading(Decimal(target), Decimal(reps[one.rep_id]), as_of))
            for one in kept
            if one.rep_id in reps
        ]
        results.save_readings(tx, new)


def abouts(world: World, manager: Person) -> list[str]:
    """What the contacts of that manager's team were about."""
    with world.database.reading(world.workspace_id) as tx:
        team = teams.of_manager(tx, manager.id)
        assert team is not None
        return [one.about for one in interactions.contacts(tx, [team.id], FRIDAY, date.max)]


def test_help_is_offered_while_december_can_still_be_made(world: World) -> None:
    team = meeting_world(world)
    dana, raj = team.dana, team.raj
    # 9 of 23 working days are over: the plan has 18 of 46.
    reads(world, dana, 46, {raj: 15}, FRIDAY)
    at(world, MONDAY, 8)
    shown = list_of(dana)
    said = "Raj can still make December's new meetings at two and a half a day."
    assert f"{said} What could you take off Raj's plate?" in shown.text
    assert "of 46" not in shown.text
    # What a lock screen and a list of conversations show says nothing of a rep.
    assert shown.raw["text"] == "Your week, 14–18 Dec"
    assert "Raj" not in json.dumps(shown.raw["blocks"][0])
    at(world, MONDAY + timedelta(days=1), 8)
    assert f"{said} What could you take off Raj's plate?\nFigures as of Fri 11 Dec" in (
        list_of(dana).text
    )
    dana.slash("/binder @Raj Rao")
    dana.picks("Why this reason?")
    assert "15 of 46 until Thu 31 Dec; by that day the plan has 18.0, 31 left over 14 working" in (
        modal(dana).text
    )
    modal(dana).close()
    list_of(dana).clicks("Done", beside="Raj Rao")
    assert "✓ Raj Rao · today" in list_of(dana).text
    for who in (raj, team.lena, team.tom):
        assert "December" not in who.screen()
        assert not any("meetings at" in one.text for one in who.dm)
    assert "what would help just now" in abouts(world, dana)
    dana.slash("/mirror")
    assert "Acted in time" not in dana.ephemerals[-1].text
    reads(world, dana, 46, {raj: 46}, DECEMBER.end)
    at(world, date(2027, 1, 4), 9)
    dana.slash("/mirror")
    seen = dana.ephemerals[-1].text
    assert seen.index("Looking back") < seen.index("Acted in time")
    assert "Raj Rao · new meetings, Dec 2026 · 1 contact about it" in seen


def test_who_is_ahead_may_be_thanked_without_a_figure(world: World) -> None:
    team = meeting_world(world)
    dana, raj = team.dana, team.raj
    raj.opens_home()
    raj.picks("Welcome", beside="Thanks in")
    reads(world, dana, 46, {raj: 22}, FRIDAY)
    at(world, MONDAY, 8)
    assert "Raj is ahead with December's new meetings. Say you noticed." in list_of(dana).text
    list_of(dana).picks("Thank in the channel", beside="Raj Rao")
    form = modal(dana)
    assert form.value("Your words") == "Thank you, Raj Rao, for the good work of late."
    form.fill("Your words", "Thank you, Raj, for 22 new meetings")
    form.submit()
    assert form.errors == {
        "Your words": "No numbers in front of the team, please. Say it in words."
    }
    form.fill("Your words", "Thank you, Raj Rao, for the good work of late.")
    form.submit()
    (posted,) = (one for one in team.posted if "Thank you" in one)
    assert posted.endswith("Thank you, Raj Rao, for the good work of late.")


def test_what_cannot_be_made_any_more_makes_a_good_start_of_the_next(world: World) -> None:
    team = meeting_world(world)
    reads(world, team.dana, 46, {team.raj: 3}, FRIDAY)
    at(world, MONDAY, 8)
    said = "Plan the first two weeks of January's new meetings together with Raj."
    assert said in list_of(team.dana).text
    for blame in ("behind", "missed", "target", "3 of"):
        assert blame not in list_of(team.dana).text


FIELD = "Early warnings from these too"


def chooses(manager: Person, *names: str) -> None:
    manager.slash("/team")
    modal(manager).fill(FIELD, list(names) or None)
    modal(manager).submit()


def test_results_warn_once_the_manager_chooses_them_in_settings(world: World) -> None:
    team = meeting_world(world)
    dana = team.dana
    dana.slash("/team")
    # There is nothing to choose while the team counts nothing of the kind.
    assert FIELD not in modal(dana).text
    modal(dana).close()
    reads(world, dana, 46, {team.raj: 15}, FRIDAY, Metric("deals won"))
    reads(world, dana, 46, {team.lena: 15}, FRIDAY, Metric("contracts"))
    at(world, MONDAY, 8)
    for name in ("deals won", "contracts"):
        assert name not in list_of(dana).text
    dana.slash("/team")
    assert modal(dana).value(FIELD) == []
    modal(dana).clicks("More")
    modal(dana).fill(FIELD, ["deals won"])
    modal(dana).submit_twice()
    assert dana.home is not None
    at(world, MONDAY + timedelta(days=7), 8)
    assert "Raj can still make December's deals won at" in list_of(dana).text
    assert "contracts" not in list_of(dana).text

    # One that comes later does not warn by itself; what is taken off again warns no more.
    reads(world, dana, 46, {team.raj: 15}, FRIDAY, Metric("renewals"))
    dana.slash("/team")
    assert modal(dana).value(FIELD) == ["deals won"]
    modal(dana).submit()
    dana.slash("/mirror")
    assert "Raj Rao can still make December's deals won" in dana.ephemerals[-1].text
    assert "can still make December's renewals" not in dana.ephemerals[-1].text
    chooses(dana)
    dana.slash("/mirror")
    assert "can still make" not in dana.ephemerals[-1].text


def test_what_is_not_counted_as_a_result_any_more_is_left_out(world: World) -> None:
    team = meeting_world(world)
    dana = team.dana
    reads(world, dana, 46, {team.raj: 15}, FRIDAY, Metric("deals won"))
    reads(world, dana, 46, {team.raj: 46}, FRIDAY, Metric("contracts"))
    chooses(dana, "deals won")
    dana.slash("/team")
    modal(dana).fill(FIELD, ["deals won", "contracts"])
    # Meanwhile a file says that deals won are what people do.
    reads(world, dana, 46, {team.raj: 15}, FRIDAY, Metric("deals won", MetricKind.LEADING))
    modal(dana).submit()
    dana.slash("/team")
    assert modal(dana).value(FIELD) == ["contracts"]
    modal(dana).close()
    team.raj.slash("/team")
    assert FIELD not in team.raj.screen()
