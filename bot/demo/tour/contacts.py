"""Contacts in one line, a form and a plain message; what was raised; the binder."""

import click

from bot.demo.tour.stage import beat, counting, form, shows, title
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Person, Sandbox


def log_touches(dana: Person, costs: dict[str, int]) -> None:
    line = "/touch @Sam Stone call yesterday about the Acme renewal, sent the price sheet"
    with counting(dana, "A touch in one line", costs):
        dana.slash(line)
    dana.sees("Logged: call with Sam Stone, yesterday")
    shows(dana, f"Dana types {line}")
    dana.clicks("Undo")
    dana.sees("Taken back")
    shows(dana, "Undo")
    dana.clicks("Put it back")
    dana.picks("Edit")
    form(dana).fill("Channel", "Video")
    shows(dana, "Put it back, then Edit")
    form(dana).submit()
    dana.sees("Logged: video call with Sam Stone")
    dana.slash("/touch @Lena Fox")
    form(dana).fill("Channel", "In person")
    form(dana).fill("About", "the Hooli pipeline, over lunch")
    shows(dana, "The form: /touch @Lena Fox")
    form(dana).submit()
    dana.sees("in person with Lena Fox")
    shows(dana, "Both are logged")


def raise_something(dana: Person, sam: Person) -> None:
    dana.clicks("They raised something", beside="Sam Stone")
    form(dana).fill("What they raised", "quotes take four days")
    form(dana).submit()
    dana.sees("quotes take four days")
    shows(dana, "Sam raised something, and Dana takes it on")
    sam.opens_home()
    sam.sees("quotes take four days")
    shows(sam, "What Sam sees on Sam's page")
    dana.opens_home()
    shows(dana, "Dana's page")
    dana.clicks("You owe · 1")
    form(dana).clicks("Kept", beside="quotes take four days")
    shows(dana, "What Dana owes, one press away: kept")
    form(dana).close()
    title("Sam is told, once, when it is closed")
    click.echo(f"(Sam Stone sees)\n{sam.dm[-1].text}")


def tell_the_team(
    slack: Sandbox, heart: Heartbeat, dana: Person, sam: Person, channel: str
) -> None:
    """What Sam raised in November is done: the team is told, once Sam says yes."""
    dana.slash("/mirror")
    dana.sees("You said, we did: 1 thing that was raised is done")
    dana.ephemerals[-1].clicks("Write it")
    form(dana).fill("In your words: quotes take four days", "quotes go out in two days now")
    shows(dana, "You said, we did: Dana writes it anew, without a name")
    form(dana).submit()
    form(dana).clicks("Ask them")
    beat(slack, heart)
    title("Sam is asked first")
    click.echo(f"(Sam Stone sees)\n{sam.dm[-1].text}")
    sam.clicks("Yes, share it")
    form(dana).close_all()
    dana.opens_home()
    dana.clicks("Write it")
    form(dana).submit()
    shows(dana, "And Dana sees the post before it is there")
    form(dana).submit()
    said = sam.channel_messages(channel)[-1].text
    assert "quotes go out in two days now" in said
    assert "Sam" not in said
    title("What the channel reads")
    click.echo(said)


def write_note(dana: Person) -> None:
    dana.says("Met Raj at Northwind; would like to lead the next demo")
    shows(dana, "A plain message, sent from a car park without signal")
    dana.clicks("Contact")
    form(dana).fill("Rep", "Raj Rao")
    form(dana).submit()
    shows(dana, "…becomes a contact")


def open_binder(dana: Person) -> None:
    dana.slash("/binder @Sam Stone")
    shows(dana, "/binder @Sam Stone")
    form(dana).picks("Open")
    shows(dana, "One entry of it")
    form(dana).close()
    form(dana).close()
