"""What is in the transition pack of a rep, and of a whole team: all of it, once, and nothing that a
later manager may not read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.accounts.accounts import Account, Acquaintance
from bot.domain.accounts.dates import AccountDate, DateSource
from bot.domain.accounts.transitions import Transition
from bot.domain.binder.pack import PackFacts, RepPack, TeamPack, packs_of, team_pack_of
from bot.domain.promises import Owner, Promise
from bot.domain.sessions.sessions import DEFAULT_TOPICS, PastTopic, TopicNotes
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Person
from tests.domain.test_transitions import DANA, LENA, RAJ, TODAY, TOM

TEAM = Team(7, DANA, TeamSettings())
ACME, HOOLI, INITECH, UMBRELLA = (
    Account(number, 7, name, number == 6)
    for number, name in ((5, "Acme"), (6, "Hooli"), (8, "Initech"), (9, "Umbrella"))
)
ACCOUNTS = (ACME, HOOLI, INITECH, UMBRELLA)
SOON = TODAY + timedelta(days=20)


def been(account: Account, rep: Person, *met: str) -> list[Acquaintance]:
    """That rep was there with Dana, and met those."""
    return [
        Acquaintance(account.id, account.name, account.is_key, one, name, TODAY, as_rep=one is rep)
        for one in (rep, DANA)
        for name in ("", *met)
    ]


def passes(account: Account, leaves: Person, to: Person) -> Transition:
    return Transition(1, 7, account.id, account.name, leaves, to, SOON, TODAY)


def due(account: Account, day: date, number: int = 1) -> AccountDate:
    said = (DateSource(number, TODAY),)
    return AccountDate(number, 7, account.id, account.name, "renewal", day, day, said)


def promised(number: int, rep: Person, **more: object) -> Promise:
    made = Promise(
        number, 7, rep, Owner.MANAGER, "price sheet", TODAY, SOON, None, None, None, "", None,
        deleted=False, handed_to=None, answer=None, shown=True,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def member(rep: Person, left_on: date | None = None) -> Membership:
    return Membership(rep.id, 7, rep, date(2026, 1, 5), left_on, "", True, {})


FACTS = PackFacts(TODAY, frozenset({RAJ.id, LENA.id}), (), (), DEFAULT_TOPICS, {}, (), ())
THERE = (member(RAJ), member(LENA))


def pack(facts: PackFacts, rep: Person = RAJ) -> RepPack:
    return packs_of(facts, [member(rep)])[0]


def whole(facts: PackFacts, members: Sequence[Membership] = THERE) -> TeamPack:
    return team_pack_of(facts, TEAM, members, ACCOUNTS, (), ())


def test_introductions_are_those_that_are_not_made_yet() -> None:
    both = [*been(ACME, RAJ, "Jo Lee"), *been(HOOLI, RAJ), *been(INITECH, RAJ)]
    facts = replace(
        FACTS, known=[*both, *been(INITECH, LENA)], transitions=[passes(ACME, RAJ, LENA)]
    )
    to, alone = pack(facts).introductions
    assert (to.account, to.to, to.day, to.people) == ("Acme", LENA, SOON, ("Jo Lee",))
    assert (alone.account, alone.to, alone.day) == ("Hooli", None, None)
    made = replace(facts, known=[*facts.known, *been(ACME, LENA)])
    assert [one.account for one in pack(made).introductions] == ["Hooli"]


def test_an_account_that_only_whoever_left_knows_is_one_to_introduce() -> None:
    facts = replace(FACTS, known=been(ACME, TOM))
    assert [one.account for one in pack(facts, TOM).introductions] == ["Acme"]
    assert pack(replace(facts, known=[*facts.known, *been(ACME, RAJ)]), TOM).introductions == ()


def test_accounts_are_the_reps_own_key_accounts_first() -> None:
    known = [*been(ACME, RAJ), *been(HOOLI, RAJ, "Kim Ray"), *been(INITECH, LENA)]
    found = pack(replace(FACTS, known=[*known, *been(ACME, LENA)])).accounts
    assert [one.name for one in found] == ["Hooli", "Acme"]
    assert found[0].people == ("Kim Ray",)
    assert [one.others for one in found] == [(DANA,), (DANA, LENA)]


def test_a_promise_is_in_it_as_far_as_both_may_read_it() -> None:
    found = [
        promised(1, RAJ),
        promised(2, RAJ, shown=False),
        promised(3, RAJ, told_to_id=DANA.id),
        promised(4, LENA),
    ]
    assert [one.id for one in pack(replace(FACTS, promises=found)).promises] == [1]


def test_a_plan_stands_with_what_its_rep_remembers_otherwise() -> None:
    first, second, *_ = DEFAULT_TOPICS
    plans = {
        RAJ.id: {
            second.key: PastTopic(TODAY, TopicNotes("Umbrella first"), "Hooli was first"),
            first.key: PastTopic(TODAY, TopicNotes("", activity="visits", a_week=3)),
            "retired": PastTopic(TODAY, TopicNotes("gone")),
        }
    }
    found = pack(replace(FACTS, plans=plans)).plans
    assert [(one.title, one.text, one.otherwise) for one in found] == [
        (first.title, "3 visits a week", ""),
        (second.title, "Umbrella first", "Hooli was first"),
    ]


def test_all_of_a_team_is_in_its_pack_somewhere() -> None:
    facts = replace(
        FACTS,
        known=[*been(ACME, RAJ), *been(HOOLI, LENA), *been(INITECH, TOM, "Jo Lee")],
        dates=[due(one, SOON, one.id) for one in ACCOUNTS] + [due(ACME, date(2026, 1, 1), 99)],
        promises=[promised(1, RAJ), promised(2, LENA)],
    )
    found = whole(facts, [*THERE, member(TOM, left_on=TODAY)])
    parts: list[RepPack | TeamPack] = [*found.reps, found]
    names = [account.name for part in parts for account in part.accounts]
    assert sorted(names) == ["Acme", "Hooli", "Initech", "Umbrella"]
    assert sorted(one.id for part in parts for one in part.dates) == [5, 6, 8, 9]
    assert [one.rep for one in found.reps] == [LENA, RAJ, TOM]
    assert [one.left_on for one in found.reps] == [None, None, TODAY]


def test_who_left_is_in_it_while_something_of_theirs_is_open() -> None:
    members = [*THERE, member(TOM, left_on=TODAY)]
    assert [one.rep for one in whole(FACTS, members).reps] == [LENA, RAJ]
    known = [*been(INITECH, TOM), *been(INITECH, RAJ), *been(UMBRELLA, TOM)]
    passed = replace(passes(UMBRELLA, TOM, LENA), introduced_on=TODAY)
    settled = replace(FACTS, known=known, transitions=[passed])
    found = whole(settled, members)
    assert [one.rep for one in found.reps] == [LENA, RAJ]
    (umbrella,) = [one for one in found.accounts if one.name == "Umbrella"]
    assert umbrella.others == (DANA, TOM)


def test_who_came_back_has_one_pack() -> None:
    back = replace(member(RAJ), id=9, joined_on=date(2026, 6, 1))
    members = [member(RAJ, left_on=date(2026, 3, 1)), back, member(LENA)]
    assert [(one.rep, one.left_on) for one in whole(FACTS, members).reps] == [
        (LENA, None),
        (RAJ, None),
    ]
