"""The first day: a team set up, and its first list."""

from bot.demo.tour.stage import beat, form, shows
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Person, Sandbox


def set_up(dana: Person, reps: list[Person], channel: str) -> None:
    dana.opens_home()
    shows(dana, "Dana opens Windshield for the first time")
    dana.clicks("Add your reps")
    form(dana).fill("Reps", reps)
    shows(dana, "Dana presses it and picks the reps")
    form(dana).submit()
    form(dana).fill("Sam Stone", "the Acme renewal")
    form(dana).fill("Lena Fox", "I promised a second demo laptop")
    shows(dana, "A line for each, if there is one")
    form(dana).submit()
    form(dana).fill("Team channel", channel)
    form(dana).fill("Meeting day", "Monday")
    form(dana).fill("Meeting time", "09:00")
    form(dana).submit()
    shows(dana, "The to-do list comes on Monday at eight unless Dana says otherwise")
    form(dana).submit()
    shows(dana, "What each rep will read, before it is sent")
    form(dana).submit()
    reps[0].sees("Dana Moss")
    shows(reps[0], "Sam is told once what is kept, and who sees it")


def see_first_list(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    beat(slack, heart)
    dana.sees("Your week, 23–27 Nov")
    shows(dana, "Set up on a Monday morning, the rest of the week's list comes at once")
