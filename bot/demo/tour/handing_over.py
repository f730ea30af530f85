"""A rep passes to another manager: offered, looked through, taken; and what the rep reads of it."""

from datetime import date

import click

from bot.demo.tour.stage import HOME, at, beat, form, shows, title
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Person, Sandbox

DAY = date(2027, 5, 11)
WORDS = "Your customers are moving south; Marcus knows them all."
RECEIVER = "Marcus Lind"


def pass_rep_on(slack: Sandbox, heart: Heartbeat, dana: Person, rep: Person) -> None:
    slack.clock.move_to(at(DAY, 9, HOME))
    beat(slack, heart)
    marcus = slack.add_person(RECEIVER, tz=HOME)
    dana.opens_home()
    dana.picks("Settings", beside=rep.name)
    form(dana).clicks("Pass to another manager")
    form(dana).fill("To", marcus)
    form(dana).fill("A word of yours", WORDS)
    form(dana).submit()
    shows(dana, f"Dana passes {rep.name} on, and reads first what {rep.name} will")
    form(dana).submit()
    form(dana).close_all()
    beat(slack, heart)
    title("Marcus is asked")
    click.echo(f"({marcus.name} sees)\n{marcus.dm[-1].text}")
    marcus.clicks("Transition pack")
    shows(marcus, "And looks through what there is to know first")
    form(marcus).close_all()
    marcus.clicks("Take it")
    for _ in range(2):
        beat(slack, heart)
    told = [one.text for one in rep.dm if f"{marcus.name} manages you" in one.text]
    assert len(told) == 1
    title(f"{rep.name} reads it once")
    click.echo(f"({rep.name} sees)\n{told[0]}")
    marcus.slash(f"/binder @{rep.name}")
    assert f"before with {dana.name}" in form(marcus).text
    shows(marcus, "What was shared went along, and is in Marcus's binder")
    form(marcus).close_all()
