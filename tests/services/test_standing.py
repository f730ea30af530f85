"""Plans and who knows whom, whatever happens to the sessions and field days they come from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.accounts.visits import Visit, VisitDetails, VisitHeard
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.domain.sessions.sessions import (
    CLOSE,
    CloseEntry,
    PastTopic,
    SessionDraft,
    StepEntry,
    TopicNotes,
)
from bot.services import field_days
from bot.services.contacts import touches
from bot.services.sessions import sessions, topics
from storage.contacts import interactions
from storage.database.engine import Database
from storage.sessions import plans
from storage.workspaces import installs
from tests.services.monday import DANA, LENA, MON, SAM, Office, at, opened
from tests.services.rides import sent
from tests.storage.derived import (
    KnownKey,
    PlanKey,
    Said,
    Since,
    known_kept,
    known_said,
    later,
    plans_kept,
    plans_said,
    together,
)

pytestmark = pytest.mark.slow

NOW = at(MON)
ACCOUNTS = ("Acme", "ACME ", "Hooli")
MET = ("", "Jo Lee", "JO LEE and Kim")
KEYS = ("territory", "pipeline")
forms = count()


class Story:
    """What happened to a team, and what is to stand after it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.sessions: list[int] = []
        self.days: list[int] = []
        self.plans_of_gone: dict[PlanKey, Said] = {}
        self.known_of_gone: dict[KnownKey, Since] = {}

    def hold(self, rep: str, day: date, n: int) -> None:
        form = self.office.asks(sessions.start, DANA, rep, f"s{next(forms)}", NOW)
        self._say(form.draft, rep, day, n)

    def rewrite(self, contact: int, day: date, n: int) -> None:
        draft = self.office.asks(sessions.reopen, DANA, contact, f"r{next(forms)}", NOW).draft
        self._say(draft, draft.rep.slack_id, day, n)

    def _say(self, draft: SessionDraft, rep: str, day: date, n: int) -> None:
        # None, a plan, a plan with progress.
        said = TopicNotes(f"plan {n}" if n else "", "moved" if n else "", progress=n % 2 == 1)
        key = KEYS[n % 2]
        if self.is_free(rep, day):
            step = self._step(draft, rep, key, said)
            self.office.asks(sessions.save_within, DANA, step, NOW)
            close = self._step(draft, rep, CLOSE, CloseEntry(day, "results", ""))
            held = self.office.asks(sessions.hold, DANA, close, NOW).logged.touch.id
            self.sessions = list(dict.fromkeys([*self.sessions, held]))

    @staticmethod
    def _step(draft: SessionDraft, rep: str, key: str, said: TopicNotes | CloseEntry) -> StepEntry:
        step = StepEntry.saying(draft.form, rep, draft.topic_set, key, said)
        return StepEntry(replace(step.filled, subject=draft.held))

    def is_free(self, rep: str, day: date) -> bool:
        with self.office.database.reading(self.office.workspace_id) as tx:
            team, person = self.office.team_id(DANA), self.office.person(rep).id
            found = interactions.ids_of(tx, team, person, InteractionKind.SESSION, day, day)
            return not found

    def ride(self, rep: str, day: date, n: int) -> None:
        entry = FieldDayEntry(rep, day, FieldDayNotes(visits(n)))
        made = self.office.asks(field_days.log_step, DANA, sent(entry, f"f{next(forms)}"), NOW)
        self.days.append(made.logged.touch.id)

    def redo(self, contact: int, rep: str, day: date, n: int) -> None:
        entry = FieldDayEntry(rep, day, FieldDayNotes(visits(n)))
        self.office.asks(field_days.change, DANA, contact, entry, f"c{next(forms)}", NOW)
        self.office.asks(
            field_days.detail, DANA, contact, 0, VisitDetails(is_key=n > 3), VisitHeard(""), NOW
        )

    def goes(self, contact: int) -> None:
        """It is too old to be kept."""
        with self.office.database.writing(self.office.workspace_id) as tx:
            self.plans_of_gone = later(plans_said(tx, contact), self.plans_of_gone)
            for known, since in known_said(tx, contact).items():
                together(self.known_of_gone, known, since)
            interactions.remove(tx, [contact])
        self.sessions = [one for one in self.sessions if one != contact]
        self.days = [one for one in self.days if one != contact]

    def check(self) -> None:
        with self.office.database.reading(self.office.workspace_id) as tx:
            gone: dict[PlanKey, Said] = {
                at: (day, None, text, progress)
                for at, (day, _, text, progress) in self.plans_of_gone.items()
            }
            assert plans_kept(tx) == later(plans_said(tx), gone)
            known = known_said(tx)
            for at_account, since in self.known_of_gone.items():
                together(known, at_account, since)
            assert known_kept(tx) == known
            team = self.office.team_id(DANA)
            whose = [(team, self.office.person(rep).id) for rep in (SAM, LENA)]
            read = plans.last_said(tx, whose)
            assert flat(read) == {at: said[::2] for at, said in plans_kept(tx).items()}
            for but in self.sessions[-1:]:
                without = later(plans_said(tx, but=but), gone)
                read = plans.last_said(tx, whose, but=but)
                assert flat(read) == {at: said[::2] for at, said in without.items()}


def flat(read: dict[plans.Pair, dict[str, PastTopic]]) -> dict[PlanKey, tuple[object, ...]]:
    """What is read, as day and plan of each topic."""
    return {
        (team, rep, key): (past.held_on, past.notes.plan)
        for (team, rep), topics_of in read.items()
        for key, past in topics_of.items()
    }


def visits(n: int) -> tuple[Visit, ...]:
    """Up to two, to one account or to two."""
    found = (Visit(ACCOUNTS[n % 3], MET[n % 3]), Visit(ACCOUNTS[(n + 1) % 3], MET[(n + 1) % 3]))
    return found[: 1 + n % 2]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["hold", "rewrite", "ride", "redo", "delete", "delete", "put back", "goes", "retire"]
        ),
        st.sampled_from([SAM, LENA]),
        st.integers(0, 5),
        st.integers(0, 9),
        st.integers(0, 5),
    ),
    min_size=4,
    max_size=14,
)


@given(ACTS)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_stands_is_what_the_sessions_and_visits_say(
    one_database: Database,
    acts: list,  # type: ignore[type-arg]
) -> None:
    story = Story(opened(one_database, installs.ensure(one_database, f"TS{next(forms)}", "Home")))
    for act, rep, ago, which, n in acts:
        day = MON - timedelta(days=ago)
        everything = [*story.sessions, *story.days]
        do: dict[str, Callable[[int], object]] = {
            "delete": lambda one: story.office.asks(touches.take_back, DANA, one, NOW),
            "put back": lambda one: story.office.asks(touches.put_back, DANA, one, NOW),
            "goes": story.goes,
        }
        if act == "hold":
            story.hold(rep, day, n)
        elif act == "ride":
            story.ride(rep, day, n)
        elif act == "retire" and len(story.office.asks(topics.of_team, DANA)) > 3:
            story.office.asks(topics.retire, DANA, "activity")
        elif act == "rewrite" and story.sessions:
            story.rewrite(story.sessions[which % len(story.sessions)], day, n)
        elif act == "redo" and story.days:
            story.redo(story.days[which % len(story.days)], rep, day, n)
        elif act in do and everything:
            do[act](everything[which % len(everything)])
        story.check()
