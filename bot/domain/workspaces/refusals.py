"""Why something was not done. Each carries the facts; its words stand in views/refusals.py."""

from enum import StrEnum


class Refusal(Exception):  # noqa: N818 - the word for what it is: not a fault, an answer
    """A person asked for something that cannot be done as asked. Nothing was changed."""


class NotInstalled(Refusal):
    """It comes from a workspace that Windshield does not serve."""


class Outsider(Refusal):
    """The person acting belongs to another company and is on no team here."""


class NotKnownAnyMore(Refusal):
    """A command, button, menu, form or shortcut of an older version."""


class NoTeam(Refusal):
    """The person acting has no team of their own yet."""


class NotYours(Refusal):
    """It belongs to another manager, named here."""

    def __init__(self, owner: str) -> None:
        super().__init__()
        self.owner = owner


class NotOnTeam(Refusal):
    """That person is not a rep of the manager who acts; the name is "" for a stranger."""

    def __init__(self, slack_id: str, name: str = "") -> None:
        super().__init__()
        self.slack_id = slack_id
        self.name = name


class BetweenUs(Refusal):
    """What that rep, by name, said between the two of them goes to nobody else."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class ForManagers(Refusal):
    """Someone who is a rep and manages no team asked for what is a manager's."""


class CannotBeRep(Refusal):
    """Bots, people who have left, or nobody that Slack knows; by name, or id without one."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names


class Oneself(Refusal):
    """A manager is no rep of their own team."""


class OnTwoTeams(Refusal):
    """Those people, by name, sit on as many teams as a rep can."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names


class WaitsForYours(Refusal):
    """That person, by name, waits in turn until the team of who acts has passed on: neither
    would."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class OwnManager(Refusal):
    """Those people, by name, lead the team that the manager who acts is a rep on."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names


class OnAnotherTeam(Refusal):
    """That person, by name, is a rep of another team by now, whose manager is to be asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class NotIntroduced(Refusal):
    """Those reps, by name, have not been told of Windshield; without a name: nobody on the team."""

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.names = names


class Gone(Refusal):
    """It is not there any more."""


class NowAbout(Refusal):
    """A form was opened on an entry about one person, and the entry passed to another since, named
    here."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class Corrected(Refusal):
    """What was shared with the person acting was corrected since: it was with somebody else. The
    manager is named."""

    def __init__(self, manager: str) -> None:
        super().__init__()
        self.manager = manager


class Sealed(Refusal):
    """It was kept under another key than there is now, and can be neither read nor changed."""


class AlreadyClosed(Refusal):
    """A promise that was kept, dropped or handed over stays so."""


class TakenOn(Refusal):
    """What a rep raised is their manager's by now: it was taken on, or closed."""

    def __init__(self, manager: str) -> None:
        super().__init__(manager)
        self.manager = manager


class NotInTheChannel(Refusal):
    """A rep who has not said that thanks in the channel are welcome, or nothing to thank for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class AlreadyThanked(NotInTheChannel):
    """A rep who was thanked in the channel for that already."""


class LastTopic(Refusal):
    """A session needs something to talk about."""


class WeekOver(Refusal):
    """The week of that list is over."""


class WeekAhead(Refusal):
    """The week of that list has not begun."""


class FieldError(StrEnum):
    """What is wrong with a value of a form."""

    MISSING = "missing"
    FUTURE_DAY = "future day"
    PAST_DAY = "past day"
    PAST_DAY_UNDER_MORE = "past day under more"
    TOO_LONG_AGO = "too long ago"
    BEFORE_START = "before start"
    OVERLAPPING = "overlapping"
    UNKNOWN_COUNTRY = "unknown country"
    UNKNOWN_ZONE = "unknown zone"
    SENSELESS_CADENCE = "senseless cadence"
    AWAY_THAT_DAY = "away that day"
    NOT_A_TEAMMATE = "not a teammate"
    SENSELESS_LENGTH = "senseless length"
    SENSELESS_WEEKS = "senseless weeks"
    TOO_MANY_SECTIONS = "too many sections"
    LAST_SECTION = "last section"
    HALF_A_MEETING = "half a meeting"
    TOO_LONG = "too long"
    NOT_A_DAY_LEFT = "not a day left"
    NOT_A_STAND_IN = "not a stand-in"
    ON_THE_TEAM = "on the team"
    TOO_MANY_VISITS = "too many visits"
    NOBODY_CHOSEN = "nobody chosen"
    NOBODY_TO_SHARE_WITH = "nobody to share with"
    REP_OF_THE_TEAM = "a rep of the team"
    NOTHING_SAID = "nothing said"
    NOTHING_SAID_IN_SESSION = "nothing said in session"
    TOO_FAR_AHEAD = "too far ahead"
    TOPIC_THERE = "topic there"
    ACCOUNT_THERE = "account there"
    TAG_THERE = "tag there"
    TAG_OF_A_PERSON = "tag of a person"
    TOO_MANY_TAGS = "too many tags"
    TAG_TOO_LONG = "tag too long"
    NOT_A_TAG = "not a tag"
    TOO_MANY_TOPICS = "too many topics"
    FULL_RAMP = "full ramp"
    SENSELESS_DAY = "senseless day"
    SENSELESS_MINUTES = "senseless minutes"
    NOTHING_TO_SHARE = "nothing to share"
    TOO_LATE_TO_ASK = "too late to ask"
    HELD_THAT_DAY = "held that day"
    NUMBER = "number"
    NAMES_SOMEBODY = "names somebody"
    TOO_MANY_STEPS = "too many steps"
    STEP_TOO_LONG = "step too long"
    PAST_DAY_OF_STEP = "past day of step"
    SENSELESS_NUMBER = "senseless number"
    SENSELESS_COUNT = "senseless count"
    TWO_TO_FOUR_STEPS = "two to four steps"
    AFTER_PERIOD = "after period"
    UNCLEAR_DAY = "unclear day"
    NO_SUCH_DAY = "no such day"
    TWO_DAYS = "two days"
    NOTHING_ON_DAY = "nothing on day"
    SAID_ALREADY = "said already"
    NOTHING_TICKED = "nothing ticked"
    TOO_MANY_LINES = "too many lines"
    NAMES_A_PERSON = "names a person"
    LEADS_IT_ALREADY = "leads it already"
    CANNOT_LEAD = "cannot lead"
    A_REP_OF_IT = "a rep of it"
    OFFERED_ALREADY = "offered already"


class BadField(Refusal):
    """A value of a form makes no sense. `field` is the name of the value in the service."""

    def __init__(self, field: str, flaw: FieldError) -> None:
        super().__init__(f"{field}: {flaw}")
        self.field = field
        self.flaw = flaw


class SlackSilent(Refusal):
    """Slack did not say in time who those people are."""


class ExportUnderWay(Refusal):
    """One export at a time: another of theirs is on its way."""
