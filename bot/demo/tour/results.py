"""Results over two quarters: brought in, a warning on the list, a save-it plan, the mirror, what
was saved, and what a director sees."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import click

from bot.context import AppContext
from bot.demo import results
from bot.demo.tour.stage import HOME, at, beat, form, shows, shows_answer, title, week_list
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Person, Sandbox

MIDDLE = date(2027, 2, 8)
"""A Monday in the middle of the first quarter."""
BEFORE = MIDDLE - timedelta(days=1)
OVER = date(2027, 4, 5)
"""A Monday after it."""
NEXT = date(2027, 5, 10)
"""A Monday in the middle of the second."""
STEPS = "call five dormant accounts by Thu\nme: ask marketing for the list of the fair by Wed"
HELPED = "two mornings a week for calls"
PASTED = "Rep\tMetric\tTarget\tActual\nMia Lo\tNew meetings\t60\t25\nMia\tVisits\t1\tmany"


def live_two_quarters(
    slack: Sandbox, app: AppContext, heart: Heartbeat, dana: Person, reps: Sequence[Person]
) -> None:
    """Somebody is behind in the first, and it is saved; the second one's warning says how."""
    slack.clock.move_to(at(MIDDLE, 7, HOME))
    last, quarter = results.quarters(MIDDLE)
    _bring_in(app, reps, MIDDLE, results.days_read((last, quarter), last.start, BEFORE))
    _paste(dana)
    rep = _warned(slack, heart, dana, reps)
    _plan(dana, rep)
    _look_into_the_mirror(dana, rep)
    _share(dana, slack.add_person("Lea Diaz", tz="Europe/London"))
    slack.clock.move_to(at(OVER, 9, HOME))
    rest = results.days_read((last, quarter), BEFORE, quarter.end)
    forms = results.recovering(reps.index(rep) % len(results.FORMS))
    _bring_in(app, reps, MIDDLE, rest, forms)
    _see_what_was_saved(dana, rep)
    slack.clock.move_to(at(NEXT, 8, HOME))
    through = NEXT - timedelta(days=1)
    _bring_in(app, reps, NEXT, results.days_read(results.quarters(NEXT), quarter.end, through))
    beat(slack, heart)
    title("The next quarter: what can still be saved")
    click.echo(week_list(dana).text)
    dana.slash("/mirror")
    dana.clicks("Save-it plan", beside=f"{rep.name} can still")
    assert HELPED in form(dana).text
    shows(dana, "A plan for it begins with what helped in the last quarter")
    form(dana).close()


def _bring_in(
    app: AppContext,
    reps: Sequence[Person],
    today: date,
    read: Sequence[date],
    forms: results.Forms = results.FORMS,
) -> None:
    """What the CRM says of those days of the quarter of `today` and the one before, as `windshield
    import results` brings it in; that goes by the clock of the machine, and the tour by its own."""
    title(f"Sales operations brings in the results of the team, as of {read[-1]:%d %b %Y}")
    (workspace_id,) = app.workspaces.values()
    ids = [rep.id for rep in reps]
    spans = results.quarters(today)
    results.bring_in(app.database, workspace_id, ids, spans, read, app.clock.now(), forms)


def _paste(dana: Person) -> None:
    dana.opens_home()
    dana.clicks("Add results")
    form(dana).fill("Rows", PASTED)
    form(dana).fill("Period from", "2027-01-01")
    form(dana).fill("Period to", "2027-03-31")
    form(dana).submit()
    shows(dana, "Or pasted: what is understood, line by line, before it is kept")
    form(dana).submit()
    form(dana).close()


def _warned(slack: Sandbox, heart: Heartbeat, dana: Person, reps: Sequence[Person]) -> Person:
    """Whom the list says can still make it."""
    slack.clock.move_to(at(MIDDLE, 8, HOME))
    beat(slack, heart)
    found = week_list(dana)
    warned = re.search(r"(\w+) can still make", found.text)
    assert warned, found.text
    title("In the middle of the quarter: what can still be saved, as an offer of help")
    click.echo(found.text)
    rep = next(one for one in reps if one.name.split()[0] == warned.group(1))
    found.picks("Save-it plan", beside=rep.name)
    return rep


def _plan(dana: Person, rep: Person) -> None:
    form(dana).fill("Two to four steps", STEPS)
    form(dana).fill("How many a week", "5")
    form(dana).fill("Of what", "calls to dormant accounts")
    form(dana).fill("Who helps", "Mia Lo")
    shows(dana, f"A save-it plan, written together with {rep.name}")
    form(dana).submit()
    shows(dana, "The plan as it stands: its steps are promises")
    form(dana).close()
    rep.opens_home()
    rep.clicks("Agreed", beside="call five dormant accounts")
    shows(rep, f"{rep.name} agrees to a step, and reads results as they are")
    week_list(dana).picks("Done", beside=rep.name)
    week_list(dana).clicks("Kept", beside=rep.name)


def _look_into_the_mirror(dana: Person, rep: Person) -> None:
    dana.slash("/mirror")
    dana.sees(f"{rep.name} can still")
    shows_answer(dana, "/mirror: ahead above behind")
    dana.clicks("See results")
    shows_answer(dana, "One metric by rep, as a chart and a table")
    dana.clicks("Over time")
    shows_answer(dana, "…and over time")
    dana.slash("/mirror balance")
    shows_answer(dana, "Dana alone: how much of Dana's own time looked back")


def _share(dana: Person, lea: Person) -> None:
    dana.slash("/mirror")
    dana.clicks("Share with one person")
    form(dana).fill("With whom", lea)
    shows(dana, "Dana sees the line that is shared, before it is")
    form(dana).submit()
    lea.slash("/mirror")
    lea.sees("Dana Moss")
    shows_answer(lea, "All that Lea, Dana's director, sees: /mirror")


def _see_what_was_saved(dana: Person, rep: Person) -> None:
    dana.slash("/mirror")
    dana.clicks("Open", beside=rep.name)
    form(dana).clicks("Close the plan")
    form(dana).fill("What helped?", HELPED)
    shows(dana, "Closing the plan asks what helped")
    form(dana).submit()
    form(dana).close()
    dana.slash("/mirror")
    dana.sees(f"what helped: “{HELPED}”")
    shows_answer(dana, "Acted in time: what was saved, and what helped")
