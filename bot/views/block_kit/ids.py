"""The ids that go out with a view and come back with a press, typed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.workspaces.refusals import Gone

# Made once: a Monday morning's lists carry some fifty thousand of these.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class TouchAction(StrEnum):
    """Buttons about a touch; `LOG` is also the global shortcut in manifest.yml."""

    LOG = "touch.log"
    UNDO = "touch.undo"
    PUT_BACK = "touch.put_back"
    EDIT = "touch.edit"
    RAISED = "touch.raised"
    RAISED_BY = "touch.raised_by"
    ADD_NOTE = "touch.add_note"
    ADD_REP = "touch.add_rep"
    UNDO_ALL = "touch.undo_all"
    PUT_ALL_BACK = "touch.put_all_back"
    CHOOSE_REP = "touch.choose_rep"
    MARKET = "touch.market"
    MENU = "touch.menu"


class NamedAction(StrEnum):
    """Whom a command means that began with a name, by the command."""

    TOUCH = "named.touch"
    SESSION = "named.session"
    FIELD_DAY = "named.field_day"
    BINDER = "named.binder"
    TEAM = "named.team"


class FieldDayAction(StrEnum):
    """Buttons about a field day."""

    LOG = "field_day.log"
    EDIT = "field_day.edit"
    VISITS = "field_day.visits"
    CHOOSE_VISIT = "field_day.choose_visit"
    WITHIN = "field_day.within"
    MORE = "field_day.more"
    BACK = "field_day.back"
    KEEP = "field_day.keep"
    RESUME = "field_day.resume"
    DISCARD = "field_day.discard"


class SessionAction(StrEnum):
    """Buttons of a strategy session, and the choices within its form."""

    START = "session.start"
    RESUME = "session.resume"
    DISCARD = "session.discard"
    EDIT = "session.edit"
    BACK = "session.back"
    WITHIN = "session.within"
    KEEP = "session.keep"


class AgendaAction(StrEnum):
    """Buttons of what is kept for an agenda."""

    TO_TEAM = "agenda.to_team"
    TO_SESSION = "agenda.to_session"
    FROM_MESSAGE = "agenda.from_message"
    FROM_SESSION = "agenda.from_session"
    OPEN = "agenda.open"
    ADD = "agenda.add"
    CHANGE = "agenda.change"
    DROP = "agenda.drop"
    PUT_BACK = "agenda.put_back"
    UP = "agenda.up"
    DOWN = "agenda.down"
    MENU = "agenda.menu"
    PAGE = "agenda.page"
    PAGE_BACK = "agenda.page_back"
    MOVE_TO_SESSION = "agenda.move_to_session"
    LET_STAND = "agenda.let_stand"
    A_WIN = "agenda.a_win"
    FIRST = "agenda.first"
    OWNER = "agenda.owner"
    SUGGESTED = "agenda.suggested"
    POST_NOW = "agenda.post_now"
    AS_IT_IS = "agenda.as_it_is"
    LET_IN = "agenda.let_in"
    NOTES = "agenda.notes"
    TICK = "agenda.tick"
    OUTCOME = "agenda.outcome"
    NOTES_PAGE = "agenda.notes_page"
    NOTES_PAGE_BACK = "agenda.notes_page_back"
    PROMISE_KEPT = "agenda.promise_kept"
    PROMISE_DROP = "agenda.promise_drop"


class MeetingAction(StrEnum):
    """Buttons and menu entries of team meetings."""

    MENU = "meeting.menu"
    MOVE = "meeting.move"
    ADD = "meeting.add"
    SKIP = "meeting.skip"
    CANCEL = "meeting.cancel"
    AFTER_ALL = "meeting.after_all"
    ALL_DONE = "meeting.all_done"
    DID_NOT_MEET = "meeting.did_not_meet"
    DID_MEET = "meeting.did_meet"
    APPEARED = "meeting.appeared"
    POST_AGAIN = "meeting.post_again"
    SWAP = "meeting.swap"
    TAKE = "meeting.take"
    PAIR = "meeting.pair"
    PAIR_WORDS = "meeting.pair_words"
    PAIR_NOT_NOW = "meeting.pair_not_now"
    DECLINE = "meeting.decline"
    SERIES = "meeting.series"
    SECTIONS = "meeting.sections"
    ADD_SECTION = "meeting.add_section"
    SECTION_MENU = "meeting.section_menu"
    SECTION_EDIT = "meeting.section_edit"
    SECTION_UP = "meeting.section_up"
    SECTION_DOWN = "meeting.section_down"
    SECTION_REMOVE = "meeting.section_remove"


class AppointmentAction(StrEnum):
    """Buttons and menu entries of what is planned."""

    PLAN = "appointment.plan"
    MENU = "appointment.menu"
    HELD = "appointment.held"
    MOVED = "appointment.moved"
    DID_NOT_HAPPEN = "appointment.did_not_happen"
    CALENDAR_FILE = "appointment.calendar_file"
    PREPARE = "appointment.prepare"
    PREPARE_WITHIN = "appointment.prepare_within"
    PREPARE_KEEP = "appointment.prepare_keep"
    PREPARE_RESUME = "appointment.prepare_resume"
    PREPARE_DISCARD = "appointment.prepare_discard"


class TopicAction(StrEnum):
    """Buttons and menu entries of the topics of sessions."""

    OPEN = "topic.open"
    ADD = "topic.add"
    MENU = "topic.menu"
    EDIT = "topic.edit"
    UP = "topic.up"
    DOWN = "topic.down"
    RETIRE = "topic.retire"


class SharingAction(StrEnum):
    """Buttons of what is shared with a rep."""

    PREVIEW = "sharing.preview"
    OPEN = "sharing.open"
    SHOW = "sharing.show"
    SEEN = "sharing.seen"
    MENU = "sharing.menu"
    ADD_WORDS = "sharing.add_words"
    OBJECT = "sharing.object"


class RaisedAction(StrEnum):
    """The message shortcut in manifest.yml, and what a rep raises and asks for themselves."""

    FROM_MESSAGE = "raised.from_message"
    RAISE = "raised.raise"
    ASK_FOR_TIME = "raised.ask_for_time"
    TO_AGENDA = "raised.to_agenda"
    TO_OTHER_AGENDA = "raised.to_other_agenda"
    TAKE_BACK = "raised.take_back"
    THANKS = "raised.thanks"
    CLEARED_WRITE = "raised.cleared_write"
    CLEARED_WITHIN = "raised.cleared_within"
    CLEARED_ASK = "raised.cleared_ask"
    CLEARED_ASIDE = "raised.cleared_aside"
    CLEARED_YES = "raised.cleared_yes"
    CLEARED_NO = "raised.cleared_no"
    CLEARED_THERE = "raised.cleared_there"
    CLEARED_LOST = "raised.cleared_lost"


class PromiseAction(StrEnum):
    """Buttons and menu entries of a promise."""

    KEEP = "promise.keep"
    DATE_AGAIN = "promise.date_again"
    REWORD = "promise.reword"
    DROP = "promise.drop"
    HAND_OVER = "promise.hand_over"
    TO_AGENDA = "promise.to_agenda"
    AGREE = "promise.agree"
    NOT_SO = "promise.not_so"
    OPEN_AGAIN = "promise.open_again"
    MENU = "promise.menu"
    TAKE_ON = "promise.take_on"
    CLOSE = "promise.close"


class TeamAction(StrEnum):
    """Buttons of setting up a team."""

    REPS = "team.reps"
    MEETING = "team.meeting"
    MONDAY = "team.monday"
    SETTINGS = "team.settings"
    MORE = "team.more"
    INTRODUCE = "team.introduce"
    GO_ON = "team.go_on"
    LEFT_OPEN = "team.left_open"
    REP_SETTINGS = "team.rep_settings"
    ADD_TIME_OFF = "team.add_time_off"
    REMOVE_TIME_OFF = "team.remove_time_off"
    FINE = "team.fine"
    NOT_SO = "team.not_so"
    NOT_MY_MANAGER = "team.not_my_manager"
    TAKE_OFF = "team.take_off"
    KEEP_ON = "team.keep_on"


class HandoverAction(StrEnum):
    """Buttons and menu entries of a team or a rep that passes to another manager."""

    TEAM = "handover.team"
    REP = "handover.rep"
    TAKE = "handover.take"
    JOIN = "handover.join"
    WAIT = "handover.wait"
    DECLINE = "handover.decline"
    WITHDRAW = "handover.withdraw"
    STAYED = "handover.stayed"
    STAYED_FILE = "handover.stayed_file"


class RampAction(StrEnum):
    """Buttons and menu entries of the steps for somebody new on the team."""

    OPEN = "ramp.open"
    ADD = "ramp.add"
    MENU = "ramp.menu"
    EDIT = "ramp.edit"
    REMOVE = "ramp.remove"


class TransitionAction(StrEnum):
    """Buttons and menu entries of accounts that pass from one rep to another."""

    OPEN = "transition.open"
    PASS_ON = "transition.pass_on"  # noqa: S105
    PLAN_VISIT = "transition.plan_visit"
    MENU = "transition.menu"
    INTRODUCED = "transition.introduced"
    DROP = "transition.drop"


class PackAction(StrEnum):
    """Buttons and menu entries of the transition pack, of a rep and of a whole team."""

    REP = "pack.rep"
    REP_PAGE = "pack.rep_page"
    TEAM = "pack.team"
    TEAM_PAGE = "pack.team_page"
    OF_TEAM = "pack.of_team"


class AccountAction(StrEnum):
    """Buttons about accounts."""

    OPEN = "account.open"
    LIST = "account.list"
    MENU = "account.menu"
    KEY = "account.key"
    NOT_KEY = "account.not_key"
    NAMES = "account.names"
    SAME = "account.same"
    NOT_SAME = "account.not_same"
    BENCH = "account.bench"
    BENCH_PAGE = "account.bench_page"
    BENCH_PLAN = "account.bench_plan"
    DATE_ADD = "account.date_add"
    DATE_MENU = "account.date_menu"
    DATE_MOVE = "account.date_move"
    DATE_DONE = "account.date_done"
    DATE_REMOVE = "account.date_remove"
    DATE_BACK = "account.date_back"
    DATE_MOVE_BACK = "account.date_move_back"
    DATE_NOT = "account.date_not"
    DATE_UNDO = "account.date_undo"
    DATE_AFTER_ALL = "account.date_after_all"


class MarketAction(StrEnum):
    """Buttons and menu entries of the market page."""

    SHOW = "market.show"
    EARLIER = "market.earlier"
    BACK = "market.back"
    TAG = "market.tag"
    TAG_EARLIER = "market.tag_earlier"
    TAG_MENU = "market.tag_menu"
    RENAME = "market.rename"
    MERGE = "market.merge"
    NOT_SAME = "market.not_same"
    NOTE_MENU = "market.note_menu"
    RETAG = "market.retag"
    SEARCH = "market.search"
    FOUND = "market.found"
    FOUND_FIRST = "market.found_first"
    TO_TEAM = "market.to_team"
    PUT_ASIDE = "market.put_aside"
    SAME = "market.same"
    ANOTHER = "market.another"
    UNDO_TAGS = "market.undo_tags"
    UNDO_RENAME = "market.undo_rename"
    UNDO_MERGE = "market.undo_merge"
    UNDO_SPLIT = "market.undo_split"
    UNDO_ASIDE = "market.undo_aside"


class BinderAction(StrEnum):
    """Buttons and menu entries of the binder."""

    OPEN = "binder.open"
    ENTRY = "binder.entry"
    ROW = "binder.row"
    OLDER = "binder.older"
    NEWEST = "binder.newest"
    OLDER_FOUND = "binder.older_found"
    NEWEST_FOUND = "binder.newest_found"
    PROMISES = "binder.promises"
    PROMISES_MORE = "binder.promises_more"
    PROMISES_FIRST = "binder.promises_first"
    LOG = "binder.log"
    DELETE = "binder.delete"
    PUT_BACK = "binder.put_back"
    SHOW_NOTE = "binder.show_note"
    ANOTHER_REASON = "binder.another_reason"
    MORE_REASONS = "binder.more_reasons"
    CHOOSE_REASON = "binder.choose_reason"
    MENU = "binder.menu"
    PLAN_SESSION = "binder.plan_session"
    PLAN_FIELD_DAY = "binder.plan_field_day"
    SECTION = "binder.section"
    SESSIONS = "binder.sessions"
    FIELD_DAYS = "binder.field_days"
    CONTACTS = "binder.contacts"
    SEARCH = "binder.search"
    BY_DATE = "binder.by_date"
    PLANS = "binder.plans"
    TOPIC = "binder.topic"
    BACK = "binder.back"
    MY_COPY = "binder.my_copy"
    RESULTS = "binder.results"
    RESULTS_NEWEST = "binder.results_newest"
    SEE_RESULTS = "binder.see_results"


class CalendarAction(StrEnum):
    """Buttons of the address that a calendar subscribes to."""

    ADDRESS = "calendar.address"
    END = "calendar.end"


class ExportAction(StrEnum):
    """Buttons of a binder that leaves Slack."""

    OPEN = "export.open"
    STOP = "export.stop"
    TAKEN = "export.taken"


class NoteAction(StrEnum):
    """Buttons of a plain message kept as a note."""

    DAY = "note.day"
    CONTACT = "note.contact"
    FIELD_DAY = "note.field_day"
    PROMISE = "note.promise"
    CHANGE = "note.change"
    LEAVE = "note.leave"
    KEEP = "note.keep"
    ALL = "note.all"
    SHOW = "note.show"
    OLDER = "note.older"
    NEWEST = "note.newest"
    DELETE = "note.delete"
    PUT_BACK = "note.put_back"


class TodoAction(StrEnum):
    """Buttons and menu entries of a to-do list."""

    DONE = "todo.done"
    ANOTHER_REASON = "todo.another_reason"
    MOVE = "todo.move"
    NOT_THIS_WEEK = "todo.not_this_week"
    ON_AGAIN = "todo.on_again"
    OPEN_BINDER = "todo.open_binder"
    OPEN_SOURCE = "todo.open_source"
    MENU = "todo.menu"
    PAGE = "todo.page"
    PAGE_BACK = "todo.page_back"
    NEXT_WEEK = "todo.next_week"
    WHY = "todo.why"
    KEPT = "todo.kept"
    STILL_OPEN = "todo.still_open"
    DONE_MENU = "todo.done_menu"
    UNDO = "todo.undo"
    NEXT_TIME = "todo.next_time"
    CHANGE = "todo.change"
    ADD_NOTE = "todo.add_note"
    RAISED = "todo.raised"
    THANK = "todo.thank"
    SAVE_IT = "todo.save_it"
    THANKS_THERE = "todo.thanks_there"
    THANKS_LOST = "todo.thanks_lost"
    CHOOSE = "todo.choose"
    MORE_REASONS = "todo.more_reasons"
    BACK = "todo.back"
    SHOW = "todo.show"
    ISSUE_END = "todo.issue_end"
    ISSUE_NEW = "todo.issue_new"
    ISSUE_PAGE = "todo.issue_page"
    ISSUE_MORE = "todo.issue_more"
    ISSUE_EARLIER = "todo.issue_earlier"
    ISSUE_TO_TEAM = "todo.issue_to_team"
    SAID = "todo.said"
    SAID_ADD = "todo.said_add"
    SAID_CHANGE = "todo.said_change"
    SAID_NOT_SO = "todo.said_not_so"
    SAID_SO = "todo.said_so"
    SETTINGS = "todo.settings"
    AWAY = "todo.away"
    AWAY_REMOVE = "todo.away_remove"


class MirrorAction(StrEnum):
    """Buttons and the menu of the mirror."""

    SHOW = "mirror.show"
    EARLIER = "mirror.earlier"
    RESULTS = "mirror.results"
    RESULTS_BACK = "mirror.results_back"
    OVER_TIME = "mirror.over_time"
    BY_REP = "mirror.by_rep"
    NEXT_METRIC = "mirror.next_metric"
    BACK = "mirror.back"
    CLOSE = "mirror.close"
    PLAN = "mirror.plan"
    ADD = "mirror.add"
    STANDING = "mirror.standing"
    TAKE_BACK = "mirror.take_back"
    PERIOD = "mirror.period"
    PERIOD_WORDS = "mirror.period_words"
    PERIOD_A4 = "mirror.period_a4"
    PERIOD_LETTER = "mirror.period_letter"
    BALANCE = "mirror.balance"
    BALANCE_SEEN = "mirror.balance_seen"
    TEAMS = "mirror.teams"
    TEAMS_BACK = "mirror.teams_back"
    SHARE = "mirror.share"
    STOP_SHARING = "mirror.stop_sharing"
    SAVE_IT = "mirror.save_it"
    SAVE_IT_CHANGE = "mirror.save_it_change"
    SAVE_IT_CLOSE = "mirror.save_it_close"
    ACTIVITY = "mirror.activity"
    ACTIVITY_MENU = "mirror.activity_menu"
    ACTIVITY_STOP = "mirror.activity_stop"
    ACTIVITY_AGAIN = "mirror.activity_again"


class HomeAction(StrEnum):
    """Buttons of App Home that belong to no other feature."""

    REP_MENU = "home.rep_menu"
    MORE = "home.more"
    EARLIER = "home.earlier"
    STATEMENT = "home.statement"
    PROMISES = "home.promises"
    PROMISES_MORE = "home.promises_more"
    PROMISES_FIRST = "home.promises_first"
    FIRST_WEEKS = "home.first_weeks"


class Form(StrEnum):
    """The callback ids of modals."""

    TOUCH = "form.touch"
    HANDOVER = "form.handover"
    EXPORT = "form.export"
    STAYED = "form.stayed"
    CALENDAR = "form.calendar"
    CALENDAR_SHOWN = "form.calendar_shown"
    CLEARED = "form.cleared"
    CLEARED_POST = "form.cleared_post"
    TOUCH_CHANGE = "form.touch_change"
    SESSION = "form.session"
    SESSION_CLOSE = "form.session_close"
    SESSION_REP = "form.session_rep"
    AGENDA = "form.agenda"
    NOTES = "form.notes"
    ITEM = "form.item"
    ITEM_CHANGE = "form.item_change"
    OUTCOME = "form.outcome"
    OWNER = "form.owner"
    SERIES = "form.series"
    SECTIONS = "form.sections"
    SECTION = "form.section"
    MEETING_MOVE = "form.meeting_move"
    SWAP = "form.swap"
    PAIR = "form.pair"
    TO_TEAM = "form.to_team"
    TO_SESSION = "form.to_session"
    APPOINTMENT = "form.appointment"
    PREPARATION = "form.preparation"
    TOPIC = "form.topic"
    RAMP_STEP = "form.ramp_step"
    SHARE = "form.share"
    REP_WORDS = "form.rep_words"
    OBJECTION = "form.objection"
    FIELD_DAY = "form.field_day"
    FIELD_DAY_CHANGE = "form.field_day_change"
    VISIT = "form.visit"
    TRANSITION = "form.transition"
    ACCOUNT_NAMES = "form.account_names"
    ACCOUNT_SAME = "form.account_same"
    ACCOUNT_NOT_SAME = "form.account_not_same"
    ACCOUNT_DATE = "form.account_date"
    ACCOUNT_DATE_MOVE = "form.account_date_move"
    MARKET_NOTE = "form.market_note"
    MARKET_TAGS = "form.market_tags"
    MARKET_RENAME = "form.market_rename"
    MARKET_MERGE = "form.market_merge"
    MARKET_NOT_SAME = "form.market_not_same"
    MARKET_SEARCH = "form.market_search"
    MARKET_TO_TEAM = "form.market_to_team"
    RAISED = "form.raised"
    RAISE = "form.raise"
    RESULTS = "form.results"
    TAKE_BACK = "form.take_back"
    ASK_FOR_TIME = "form.ask_for_time"
    THANKS = "form.thanks"
    PERIOD = "form.period"
    PERIOD_PAGE = "form.period_page"
    DIRECTOR = "form.director"
    SAVE_IT = "form.save_it"
    SAVE_IT_CLOSE = "form.save_it_close"
    ACTIVITY = "form.activity"
    PRIVATE_NOTE = "form.private_note"
    PRIVATE_NOTE_CHANGE = "form.private_note_change"
    PROMISE_DATE = "form.promise_date"
    PROMISE_WORDS = "form.promise_words"
    PROMISE_DROP = "form.promise_drop"
    PROMISE_TAKE_ON = "form.promise_take_on"
    PROMISE_HAND_OVER = "form.promise_hand_over"
    TEAM_REPS = "form.team_reps"
    TEAM_LINES = "form.team_lines"
    TEAM_MEETING = "form.team_meeting"
    TEAM_MONDAY = "form.team_monday"
    TEAM_INTRODUCTION = "form.team_introduction"
    LEFT_OPEN = "form.left_open"
    HOME_PROMISES = "form.home_promises"
    TEAM_SETTINGS = "form.team_settings"
    REP_SETTINGS = "form.rep_settings"
    TIME_OFF = "form.time_off"
    BINDER = "form.binder"
    BINDER_SHELF = "form.binder_shelf"
    BINDER_PROMISES = "form.binder_promises"
    BINDER_TOUCH = "form.binder_touch"
    BINDER_SEARCH = "form.binder_search"
    BINDER_FOUND = "form.binder_found"
    BINDER_HISTORY = "form.binder_history"
    BINDER_ENTRY = "form.binder_entry"
    TODO_MOVE = "form.todo_move"
    TODO_NOT_THIS_WEEK = "form.todo_not_this_week"
    TODO_NEXT_TIME = "form.todo_next_time"
    TODO_WHY = "form.todo_why"
    TODO_ISSUE = "form.todo_issue"
    ISSUE_PAGE = "form.issue_page"
    ISSUE_LINES = "form.issue_lines"
    ISSUE_ITEM = "form.issue_item"
    SAID = "form.said"
    AWAY = "form.away"
    NOTE_LIST = "form.note_list"
    NOTE_CONTACT = "form.note_contact"
    NOTE_PROMISE = "form.note_promise"
    READ_ONLY = "form.read_only"


@dataclass(frozen=True)
class Metadata:
    """What a button's value or a modal's metadata carries. Facts to look up, never authority.

    `subject` is the row it is about; `rep` a Slack id; `form` the id of one opened form, so that
    sending it twice is once; `answer` the response URL where the answer belongs; `text` words to
    be used again; `day` an ISO date; `page` a place in a list; `step` a step of setting up; `under`
    the modal underneath, to be drawn anew (its id, or `Beneath` packed); `home` where the reps of
    the App Home it was opened from begin, to be drawn anew there; `slot` the row of a to-do list
    that it was opened from, to be drawn anew; `touch` the contact that completed it; `channel`
    where a message is from.
    """

    subject: int | None = None
    rep: str | None = None
    form: str | None = None
    answer: str | None = None
    text: str | None = None
    day: str | None = None
    page: str | None = None
    step: str | None = None
    under: str | None = None
    home: int | None = None
    slot: int | None = None
    touch: int | None = None
    channel: str | None = None

    def pack(self) -> str:
        """As Slack carries it."""
        return _encode({name: value for name, value in vars(self).items() if value is not None})

    def pack_steps(self, steps: Iterable[StrEnum]) -> list[str]:
        """As packed with each of the steps, for the entries of a menu; it has none of its own."""
        begun = self.pack()[:-1]
        begun += "," if len(begun) > 1 else ""
        return [f'{begun}"step":"{step.value}"}}' for step in steps]

    @classmethod
    def unpack(cls, packed: str | None) -> "Metadata":
        """As it was packed. Raises Gone for what this version did not write."""
        try:
            values: dict[str, Any] = json.loads(packed or "{}")
            return cls(**values)
        except (ValueError, TypeError) as error:
            raise Gone from error


@dataclass(frozen=True)
class Beneath:
    """A modal that a form was opened from, with what it takes to draw it anew: its id, what it
    shows (a callback id, "" for unknown), and its own metadata."""

    view: str
    form: str = ""
    metadata: Metadata = Metadata()

    def pack(self) -> str:
        """As `Metadata.under` carries it."""
        return f"{self.view} {self.form} {self.metadata.pack()}"

    @classmethod
    def unpack(cls, packed: str) -> "Beneath":
        """As it was packed; an id alone too. Raises Gone for what was not packed here."""
        view, _, rest = packed.partition(" ")
        form, _, metadata = rest.partition(" ")
        return cls(view, form, Metadata.unpack(metadata))
