"""Seeing further: an offer that spreads, an account date that comes up, what was said to an issue
of the day, and a pair that is asked."""

from datetime import date, timedelta

import click

from bot.demo.tour.stage import HOME, at, beat, form, shows, shows_answer, title
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Message, Person, Sandbox

MONDAY = date(2027, 1, 18)
"""Six weeks before the renewal that is typed the week before."""
THURSDAY, FRIDAY = MONDAY + timedelta(days=3), MONDAY + timedelta(days=4)
STRENGTH = "asks for the next step in each meeting"


def look_ahead(
    slack: Sandbox, heart: Heartbeat, dana: Person, reps: list[Person], channel: str
) -> None:
    sam, lena, raj = reps[:3]
    _hears(slack, heart, dana, MONDAY - timedelta(days=7), sam, "Acme: Jo Lee, renewal 1 March")
    shows_answer(dana, "A date that was typed in a visit is read, and said")
    _hears(slack, heart, dana, MONDAY - timedelta(days=4), raj, "Hooli: Pat Quist")
    _share(dana, raj)
    _set_issue(slack, heart, dana)
    _see_date_come_up(dana, sam)
    _note_what_was_said(dana, sam, raj)
    _hears(slack, heart, dana, THURSDAY, lena, "Globex: Ann Berg", strength=STRENGTH)
    _share(dana, lena)
    _spread_to_agenda(dana)
    _pair(slack, heart, dana, raj, lena)
    _round_up(slack, heart, dana)
    slack.clock.move_to(at(MONDAY + timedelta(days=7), 8, HOME))
    beat(slack, heart)
    agenda = raj.channel_messages(channel)[-1].text
    assert "payment-terms: heard at 3 customers" in agenda
    assert "delivery times: " in agenda
    title("Monday's agenda in the channel: no rep's name with what was heard or said")
    click.echo(agenda)


def _hears(
    slack: Sandbox,
    heart: Heartbeat,
    dana: Person,
    day: date,
    rep: Person,
    visit: str,
    *,
    strength: str = "",
) -> None:
    """A field day on which the same offer is heard."""
    slack.clock.move_to(at(day, 17, HOME))
    beat(slack, heart)
    dana.slash(f"/fieldday @{rep.name}")
    form(dana).fill("Visits", visit)
    form(dana).clicks("More")
    form(dana).fill("Heard of market and competitors", "sixty days to pay #payment-terms")
    form(dana).fill("One strength", strength)
    form(dana).submit()
    if dana.modal:
        form(dana).close()


def _share(dana: Person, rep: Person) -> None:
    dana.clicks(f"Preview as {rep.name}")
    form(dana).submit()
    form(dana).close()


def _set_issue(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    slack.clock.move_to(at(MONDAY, 7, HOME))
    dana.slash("/todo issue delivery times until friday")
    slack.clock.move_to(at(MONDAY, 8, HOME))
    beat(slack, heart)


def _see_date_come_up(dana: Person, sam: Person) -> None:
    dana.slash(f"/binder @{sam.name}")
    form(dana).picks("Why this reason?")
    assert "Acme's “renewal” is on Mon 1 Mar" in form(dana).text
    shows(dana, "Six weeks before it, the renewal is a reason to talk to whose account it is")
    form(dana).close_all()


def _note_what_was_said(dana: Person, sam: Person, raj: Person) -> None:
    for rep, words in ((sam, "two ask for Mondays"), (raj, "most are glad of it")):
        dana.slash("/todo issue")
        dana.ephemerals[-1].clicks("What was said", beside="delivery times")
        form(dana).clicks("Add what a rep said")
        form(dana).fill("Rep", rep.name)
        form(dana).fill("One line of what they said", words)
        form(dana).submit()
        form(dana).close_all()
    sam.opens_home()
    assert sam.home is not None
    said = next(line for line in sam.home.text.splitlines() if "delivery times" in line)
    title("Sam reads their own line, and can say that it is not so")
    click.echo(f"({sam.name} sees)\n{said}")


def _spread_to_agenda(dana: Person) -> None:
    dana.sees("payment-terms is heard at 3 customers")
    dana.slash("/binder market")
    shows_answer(dana, "The market: an offer went from one customer to three")
    dana.ephemerals[-1].clicks("To the team agenda")
    assert not any(name in form(dana).value("Words") for name in ("Sam", "Raj", "Lena"))
    shows(dana, "It goes to the team agenda, in words Dana has seen first")
    form(dana).submit()
    form(dana).close_all()


def _pair(slack: Sandbox, heart: Heartbeat, dana: Person, raj: Person, lena: Person) -> None:
    slack.clock.move_to(at(FRIDAY, 8, HOME))
    beat(slack, heart)
    draft = _draft(dana)
    title("The draft: what one does well, and another works on")
    click.echo(draft.text)
    draft.clicks("Pair them")
    shows(dana, "Dana reads what either is asked, before anybody is")
    form(dana).submit()
    form(dana).close_all()
    beat(slack, heart)
    title("Raj is asked first, and is not told who it would be")
    click.echo(raj.dm[-1].text)
    assert lena.name not in raj.dm[-1].text
    raj.clicks("I'd like that")
    beat(slack, heart)
    title("Then Lena is")
    click.echo(lena.dm[-1].text)
    lena.clicks("Take it")
    beat(slack, heart)


def _round_up(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    slack.clock.move_to(at(FRIDAY + timedelta(days=1), 9, HOME))
    beat(slack, heart)
    dana.opens_home()
    assert dana.home is not None
    dana.home.clicks("See", beside="Round-up")
    shows(dana, "The issue is over: who said what, for Dana alone")
    form(dana).clicks("To the agenda")
    form(dana).submit()
    assert "Sam" not in form(dana).value("Words")
    shows(dana, "And without a name for the agenda")
    form(dana).submit()
    form(dana).close_all()


def _draft(dana: Person) -> Message:
    return next(one for one in reversed(dana.dm) if "Your team meeting" in one.text)
