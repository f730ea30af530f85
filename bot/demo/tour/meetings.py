"""A team meeting from its first item to the recap."""

from datetime import date, timedelta

import click

from bot.demo.tour.stage import HOME, at, beat, form, shows, title
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Person, Sandbox

MEETING_DAY = date(2026, 12, 7)


def meet(slack: Sandbox, heart: Heartbeat, dana: Person, reps: list[Person], channel: str) -> None:
    raj, lena = reps[2], reps[1]
    raj.slash("/agenda win: two renewals came in early")
    shows(raj, "Raj adds a win to the agenda of the next team meeting")
    dana.slash("/agenda why is Lena so slow with quotes")
    shows(dana, "An item that names a teammate is asked about, and never reaches the channel")
    dana.clicks("Move to their session")
    # Monday's lists took all the edits that Slack allows for a minute.
    slack.clock.advance(timedelta(minutes=2))
    beat(slack, heart)
    draft = next(one for one in reversed(dana.dm) if "Your team meeting" in one.text)
    title("The draft: what is on it, what waits, how much looks back")
    click.echo(draft.text)
    draft.clicks("Let in")
    for hour, words in ((8, "An hour before, in the channel"), (9, "At nine: the same message")):
        slack.clock.move_to(at(MEETING_DAY, hour, HOME))
        beat(slack, heart)
        title(words)
        click.echo(raj.channel_messages(channel)[-1].text)
    raj.clicks("Take notes")
    form(raj).clicks("Done", beside="two renewals")
    form(raj).clicks("Outcome or promise")
    form(raj).fill("Team promise", "a list of who asks for sixty days")
    form(raj).fill("Who takes it", lena)
    form(raj).fill("By", (MEETING_DAY + timedelta(days=4)).isoformat())
    form(raj).submit()
    shows(raj, "Raj takes notes")
    form(raj).close()
    slack.clock.move_to(at(MEETING_DAY, 10, HOME))
    beat(slack, heart)
    title("Afterwards it is the recap, and one line in its thread says so")
    for message in raj.channel_messages(channel)[-2:]:
        click.echo(message.text)
    lena.opens_home()
    lena.sees("You promised the team")
    lena.clicks("Kept")
