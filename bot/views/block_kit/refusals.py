"""Refusals and faults as sentences: what happened, that nothing was lost, what to do."""

from bot.domain.contacts.touches import MOST_REPS, TouchLineError, TouchLineProblem
from bot.domain.todo.line import TodoLineError, TodoLineProblem
from bot.domain.todo.lists import ISSUE_LIMIT
from bot.domain.workspaces import refusals
from bot.domain.workspaces.private import WHY
from bot.domain.workspaces.refusals import FieldError, Refusal
from bot.views.block_kit.kit import escape, shorten

FLAWS = {
    FieldError.MISSING: "Please fill this in.",
    FieldError.FUTURE_DAY: "That day is still to come. Pick today or an earlier day.",
    FieldError.PAST_DAY: "That day is over. Pick today or a later day.",
    FieldError.TOO_LONG_AGO: "That day is too long ago. Look at the year once more.",
    FieldError.BEFORE_START: "That is before the first day.",
    FieldError.OVERLAPPING: (
        "They were on your team before, until a later day. Pick that day or after."
    ),
    FieldError.PAST_DAY_UNDER_MORE: "The day under More is over. Pick a later one there.",
    FieldError.UNKNOWN_COUNTRY: "I don't know that country or region. Try DE, or DE-BY.",
    FieldError.UNKNOWN_ZONE: "I don't know that one. Try a city, such as Berlin, or Europe/Berlin.",
    FieldError.SENSELESS_CADENCE: (
        "Days from 1 to 400, please, and the latest not before the ideal: 14/21, say."
    ),
    FieldError.TOO_LONG: "That is too long. A few words are enough.",
    FieldError.NOT_A_DAY_LEFT: "That day cannot be had any more. Pick another of this week.",
    FieldError.NOT_A_STAND_IN: "Pick a colleague: not yourself, a bot, or someone who has left.",
    FieldError.ON_THE_TEAM: (
        "Pick someone outside the team: the list quotes what each rep raised and was promised."
    ),
    FieldError.TOO_MANY_VISITS: "That is more than 20 visits. Put some of them on one line.",
    FieldError.NOBODY_CHOSEN: "Choose first who it was with. All you typed is still here.",
    FieldError.NOBODY_TO_SHARE_WITH: "Choose first who is to see the line.",
    FieldError.REP_OF_THE_TEAM: (
        "Pick someone outside the team: the line is about the time you have for its reps."
    ),
    FieldError.NOTHING_SAID: "A word about the day, please: a customer, a strength, a focus.",
    FieldError.NOTHING_SAID_IN_SESSION: "A word about one of the topics, please, or about results.",
    FieldError.TOO_FAR_AHEAD: "That is more than a year ahead. Look at the year once more.",
    FieldError.TOPIC_THERE: "A topic of that title is there already.",
    FieldError.ACCOUNT_THERE: "That leads to another account. If they are one, use Same as ….",
    FieldError.TAG_THERE: "That is another tag. If they are one, use Merge.",
    FieldError.TAG_OF_A_PERSON: (
        "One of the tags is somebody's name. A tag is about the market: pick another word for it."
    ),
    FieldError.TOO_MANY_TAGS: "A market note has two tags at the most. Take one off.",
    FieldError.NOT_A_TAG: "A tag needs a letter or a number in it.",
    FieldError.TAG_TOO_LONG: "A tag is a word or two, of 40 letters at the most.",
    FieldError.TOO_MANY_TOPICS: "Twelve topics are the most. Retire one first.",
    FieldError.FULL_RAMP: "Thirty steps are the most. Remove one first.",
    FieldError.SENSELESS_DAY: "A day from 0, the first, to 180, please.",
    FieldError.SENSELESS_MINUTES: "Minutes from 1 to 120, please.",
    FieldError.NOTHING_TO_SHARE: "There is nothing to share in it yet.",
    FieldError.HELD_THAT_DAY: (
        "There is a session that day already. Pick another day, or change that one in the binder."
    ),
    FieldError.TOO_MANY_STEPS: "Ten steps are the most. Which of them matter most?",
    FieldError.STEP_TOO_LONG: "One of the lines is too long for a step. A sentence is enough.",
    FieldError.PAST_DAY_OF_STEP: "One of the days is over. Say a later one, or its year.",
    FieldError.SENSELESS_NUMBER: "A number from 1 to 999, please.",
    FieldError.SENSELESS_COUNT: (
        "One whole number from 0 to 9,999, please; or nothing, where you would rather not say."
    ),
    FieldError.TWO_TO_FOUR_STEPS: "Two to four steps, please, one a line.",
    FieldError.AFTER_PERIOD: "The period is over by then. Pick a day that can still change it.",
    FieldError.UNCLEAR_DAY: (
        "That may be more than one day. Write one, with its month by name, as in 3 Jan."
    ),
    FieldError.NOTHING_ON_DAY: "What is on that day? A word or two before it, please.",
    FieldError.NO_SUCH_DAY: "The calendar has no such day. Look at it once more.",
    FieldError.TWO_DAYS: "That date is another weekday. Which of the two do you mean?",
    FieldError.SAID_ALREADY: (
        "A line of theirs is kept already, so this one waits here. Change that one on the page."
    ),
    FieldError.NOTHING_TICKED: "Tick at least one line.",
    FieldError.TOO_MANY_LINES: "That is more than one item holds. Tick fewer; two items will do.",
    FieldError.NAMES_A_PERSON: (
        "That reads as if it named somebody. No names in front of the team, please."
    ),
    FieldError.AWAY_THAT_DAY: "They are away that day. Pick someone who is there.",
    FieldError.TOO_LATE_TO_ASK: (
        "It is too late to ask somebody: that ends at 19:00 on their working day before the "
        "meeting. A word in person may still help."
    ),
    FieldError.NAMES_SOMEBODY: ("No names in front of the team, please: say only what is shown."),
    FieldError.NUMBER: "No numbers in front of the team, please. Say it in words.",
    FieldError.NOT_A_TEAMMATE: "Pick someone on the team.",
    FieldError.SENSELESS_LENGTH: "Minutes from 1 to 240, please.",
    FieldError.SENSELESS_WEEKS: "Every week is 1; up to every 12 weeks.",
    FieldError.TOO_MANY_SECTIONS: "Ten sections are the most. Remove one first.",
    FieldError.LAST_SECTION: "A meeting needs one section. Change this one.",
    FieldError.LEADS_IT_ALREADY: "Whose team is that? Pick somebody who does not lead it already.",
    FieldError.CANNOT_LEAD: "Pick a colleague: not a bot, nor someone who has left Slack.",
    FieldError.A_REP_OF_IT: (
        "That is a rep of this very team. They leave it first: their settings have a last day."
    ),
    FieldError.OFFERED_ALREADY: (
        "That is on offer already. *Take back* on Home ends it, and then you can offer it anew."
    ),
    FieldError.HALF_A_MEETING: "A meeting needs both a day and a time, or neither.",
}

LINES = {
    TouchLineProblem.NO_REP: "Who was it with? Type `/touch @` and pick a person from the list.",
    TouchLineProblem.UNKNOWN_REP: (
        "I don't know “{word}”. Type `/touch @` and pick a person from the list."
    ),
    TouchLineProblem.FUTURE_DAY: "{word} is still to come, so nothing was logged.",
    TouchLineProblem.IMPOSSIBLE_DAY: "{word} is not a day of the calendar; nothing was logged.",
    TouchLineProblem.TOO_LONG_AGO: "{word} is too long ago, so nothing was logged.",
    TouchLineProblem.TOO_MANY_REPS: (
        f"That is more than {MOST_REPS} people at once, so nothing was logged. Two lines will do."
    ),
    TouchLineProblem.TOO_LONG_TEXT: (
        "That is more than 3,000 characters, so nothing was logged. Shorten it a little."
    ),
}

ISSUE_LINE = "Like this: `/todo issue price change until friday`."

TODO_LINES = {
    TodoLineProblem.UNKNOWN: (
        "I don't know “{word}”. Try `/todo`, `/todo next`, `/todo issue`, `/todo away` or "
        "`/todo help`."
    ),
    TodoLineProblem.NO_TEXT: f"What is the issue? {ISSUE_LINE}",
    TodoLineProblem.PAST_DAY: f"{{word}} is over, so nothing was set. {ISSUE_LINE}",
    TodoLineProblem.IMPOSSIBLE_DAY: (
        f"{{word}} is not a day of the calendar, so nothing was set. {ISSUE_LINE}"
    ),
    TodoLineProblem.TOO_LONG_TEXT: (
        f"That is more than {ISSUE_LIMIT} characters, so nothing was set. Shorten it a little. "
        f"{ISSUE_LINE}"
    ),
}


def sentence(refusal: Refusal | TouchLineError | TodoLineError) -> str:
    """What the person reads, as mrkdwn."""
    match refusal:
        case TouchLineError():
            return LINES[refusal.kind].format(word=escape(shorten(refusal.word, 60)))
        case TodoLineError():
            return TODO_LINES[refusal.kind].format(word=escape(shorten(refusal.word, 60)))
        case refusals.NotInstalled():
            return (
                "I am not set up in this workspace, so nothing was changed. Whoever looks after "
                "Slack here can add me."
            )
        case refusals.Outsider():
            return (
                "That is for the people of the workspace I work in, so nothing was changed. "
                "Whoever you work with there can do it for you."
            )
        case refusals.NotKnownAnyMore():
            return (
                "That is from an earlier version of me, so nothing was changed. My *Home* tab "
                "shows all there is now."
            )
        case refusals.NoTeam():
            return "You have no team here yet. `/team` sets one up; it takes a minute."
        case refusals.NotYours(owner=""):
            return "That is for the person who wrote it alone."
        case refusals.NotYours():
            name = escape(refusal.owner)
            return f"This is {name}'s; only {name} can open or change it."
        case refusals.NotOnTeam():
            return f"{escape(refusal.name) or f'<@{refusal.slack_id}>'} is not on your team."
        case refusals.ForManagers():
            return (
                "That is for a rep's manager alone. Your own page is the *Home* tab, "
                "here in Windshield."
            )
        case refusals.CannotBeRep():
            return f"{_names(refusal.names)}: a bot, or someone who has left Slack."
        case refusals.OnTwoTeams():
            return f"{_names(refusal.names)}: on two teams already, and two is the most."
        case refusals.OwnManager():
            return f"{_names(refusal.names)}: your own manager here, and so no rep of yours."
        case refusals.WaitsForYours():
            name = escape(refusal.name)
            return (
                f"You and {name} would wait for each other. *Join the teams*, or *Take back* on "
                "Home what you offered."
            )
        case refusals.OnAnotherTeam():
            name = escape(refusal.name)
            return f"{name} is on another team now. Add {name} under `/team`, and I ask there."
        case refusals.NotIntroduced():
            who = _names(refusal.names) or "Nobody on the team"
            have = "have" if len(refusal.names) > 1 else "has"
            no = "not" if refusal.names else ""
            told = " ".join(f"{have} {no} been told of me yet".split())
            return (
                f"{who} {told}, so nothing was sent. *Home* has the introduction, for the manager "
                "to see and send first."
            )
        case refusals.ExportUnderWay():
            return "One at a time: your binder is being put together already, in your messages."
        case refusals.Oneself():
            return "That is you. Pick one of your reps."
        case refusals.NowAbout():
            return (
                f"This is with {escape(refusal.name)} by now, so nothing was done. Open it once "
                "more from there."
            )
        case refusals.Corrected():
            return (
                f"{escape(refusal.manager)} corrected this one since: it was not with you, so it "
                "is not here any more."
            )
        case refusals.Sealed():
            return WHY
        case refusals.WeekOver():
            return "That week is over. `/todo` shows this week's list."
        case refusals.WeekAhead():
            return "That week is still to come. `/touch` logs a contact of today."
        case refusals.LastTopic():
            return "A session needs a topic. Add another before you retire this one."
        case refusals.BetweenUs():
            return (
                f"{escape(refusal.name)} told you that between the two of you, so it stays there."
            )
        case refusals.AlreadyClosed():
            return "That one is closed already. The binder shows how."
        case refusals.AlreadyThanked():
            return f"{escape(refusal.name)} has your thanks in the channel for that already."
        case refusals.NotInTheChannel():
            return (
                "Thanks in the channel are not open for that now. A word to "
                f"{escape(refusal.name)} in person is always welcome."
            )
        case refusals.TakenOn():
            name = escape(refusal.manager)
            return f"{name} has taken that on or closed it by now. A word with {name} does it."
        case refusals.BadField():
            return FLAWS[refusal.flaw]
        case refusals.SlackSilent():
            return "Slack did not tell me in time who that is. Nothing is lost; try once more."
        case _:
            return "That is not there any more. The binder shows what is."


def database_away(reference: str) -> str:
    """The database did not answer."""
    return (
        "That didn't save: the database did not answer. What you typed is still here; "
        f"try again in a moment. (ref {reference})"
    )


def slack_away(reference: str) -> str:
    """Slack did not take what we wanted to show."""
    return f"Slack did not let me show that just now. Please try once more. (ref {reference})"


def saved_unseen(reference: str) -> str:
    """What was said or pressed is saved; only the answer could not be shown."""
    return (
        "It is saved. Only the answer could not be shown just now; there is no need to do it "
        f"again. (ref {reference})"
    )


def out_of_order(reference: str) -> str:
    """Something of ours is broken."""
    return (
        "Something went wrong on my side, and I have noted it. Nothing you kept before is "
        f"lost; please try once more. (ref {reference})"
    )


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(escape(name) for name in names)
