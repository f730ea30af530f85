"""App Home: three steps for someone new, the manager's page, and a rep's own."""

import pytest

from bot.domain.promises import Owner
from bot.screens.home import publish_opened
from bot.services import promises
from bot.services.contacts import private_notes, touches
from bot.services.team import setup
from bot.views.team.statement import STATEMENT
from slack_sandbox import FaultKind, Home, Person
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import crowded, next_day, owed, promise, sent_to, theirs

pytestmark = pytest.mark.reps("sam", "lena")

SECRET = "xylophone-7Q"


def home_of(person: Person) -> Home:
    person.opens_home()
    assert person.home is not None
    return person.home


def test_someone_new_has_three_steps_and_nothing_else(world: World) -> None:
    new = world.person("Nora New")
    home = home_of(new)
    assert [line for line in home.text.splitlines() if "[" in line] == [
        "1 · Who is on your team? [Add your reps]",
        "2 · When do you meet? [Set your meeting]",
        "3 · When shall your week's list come? [Pick your Monday time]",
    ]
    assert len(home.text.splitlines()) == 4
    buttons = [block["accessory"] for block in home.raw["blocks"] if "accessory" in block]
    assert [button.get("style") for button in buttons] == ["primary", None, None]


def test_the_first_step_leads_to_the_managers_page(world: World) -> None:
    nora, tom = world.person("Nora New"), world.person("Tom Ash")
    nora.opens_home()
    nora.clicks("Add your reps")
    assert nora.modal is not None
    nora.modal.fill("Reps", [tom])
    nora.modal.submit()
    assert nora.home is not None
    assert "Your team · 1" in nora.home.text


def test_a_page_that_was_gone_on_to_meanwhile_stays(world: World, dana: Person) -> None:
    seen = home_of(dana).raw["hash"]
    dana.clicks("Mirror")
    assert dana.home is not None
    mirror = dana.home.text
    publish_opened(world.product.app, world.actor(dana), world.slack.clock.now(), seen)
    assert dana.home.text == mirror
    assert "[Mirror]" in home_of(dana).text


@pytest.mark.usefixtures("world")
def test_the_messages_tab_draws_nothing(dana: Person) -> None:
    dana.says("hello")
    assert dana.home is None


def test_a_manager_reads_what_is_open_both_ways(world: World, dana: Person, sam: Person) -> None:
    setup.set_first_lines(
        world.database, world.actor(dana), {sam.id: "the Acme renewal"}, world.slack.clock.now()
    )
    promise(world, dana, sam, "Acme price sheet")
    promise(world, dana, sam, "lead the demo", owner=Owner.REP)
    promise(world, dana, sam, "sometime", due=None)
    menu = "[⋯ Plan a session | Plan a field day | Log a touch | Open binder | Settings]"
    assert home_of(dana).text.splitlines() == [
        "[Log a touch]",
        "[You owe · 2]",
        "Your team · 2",
        "═════════════",
        f"Lena Fox {menu}",
        f"Sam Stone {menu}",
        "[They promised · 1]",
        "Who is due by when, what is planned, results [Mirror]",
        "No team meeting set · to-do list Mondays, 08:00 [Set your meeting]",
        "[Settings] [I'm away] [Add results] [Market] [Export] [Calendar address]",
    ]
    lines = owed(dana).text.splitlines()
    assert [line for line in lines if not line.startswith("[Kept]")] == [
        "── You owe ──",
        "Sam Stone · “Acme price sheet”, by Fri 27 Nov",
        "Sam Stone · “sometime”",
        "[Close]",
    ]
    assert "They promised\nSam Stone · “lead the demo”, by Fri 27 Nov" in theirs(dana).text


def test_the_menu_of_a_rep_leads_to_a_touch_and_to_settings(dana: Person) -> None:
    home_of(dana).picks("Log a touch", beside="Lena Fox")
    assert dana.modal is not None
    assert dana.modal.value("Rep") == "Lena Fox"
    dana.modal.close()
    dana.picks("Settings", beside="Lena Fox")
    assert dana.modal is not None
    assert "Lena Fox" in dana.modal.text
    dana.modal.close()
    dana.picks("Open binder", beside="Lena Fox")
    assert dana.modal is not None
    assert "Lena Fox" in dana.modal.text


def test_more_promises_than_fit_are_counted(world: World, dana: Person, sam: Person) -> None:
    for number in range(23):
        promise(world, dana, sam, f"errand {number}")
    assert "[You owe · 23]" in home_of(dana).text
    page = owed(dana)
    assert page.text.count("[Kept]") == 20
    page.clicks("More")
    assert page.text.count("[Kept]") == 3
    page.clicks("Kept", beside="errand 22")
    assert "Kept today · Sam Stone: “errand 22”" in page.text
    page.clicks("First")
    assert page.text.count("[Kept]") == 20
    assert "[You owe · 22]" in home_of(dana).text


@pytest.mark.slow
def test_sixty_reps_and_every_list_full_stay_within_slacks_limits(world: World) -> None:
    """Who manages sixty, and is a rep on two teams, with every list longer than is shown."""
    kim, lee, boss = (world.person(name) for name in ("Kim Park", "Lee Ito", "Bo Boss"))
    reps = [world.person(f"Rep {number:02}") for number in range(60)]
    world.team(boss, *reps)
    for manager in (kim, lee):
        world.team(manager, boss)
    for number in range(10):
        for owner in Owner:
            words = f"{owner} {number} " + "& " * 240
            promise(world, boss, reps[number], words, owner=owner)
            promise(world, kim, boss, words, owner=owner)
            promise(world, lee, boss, words, owner=owner)
        for manager in (kim, lee):
            promise(world, manager, boss, f"raised {number}", raised=True)
    seen: set[str] = set()
    home = home_of(boss)
    for _ in range(10):
        assert len(home.raw["blocks"]) <= 100
        seen |= {line[:6] for line in home.text.splitlines() if line.endswith("| Settings]")}
        if not home.press("More reps"):
            break
        assert boss.home is not None
        home = boss.home
    assert seen == {rep.name for rep in reps}
    assert "On Kim Park's team" in home.text
    assert home.press("Earlier reps")


def test_the_page_of_reps_stays_where_it_was_after_a_change(world: World) -> None:
    boss = world.person("Bo Boss")
    reps = [world.person(f"Rep {number:02}") for number in range(30)]
    world.team(boss, *reps)
    promise(world, boss, reps[0], "Acme price sheet")
    next_day(world, 4)
    boss.opens_home()
    boss.clicks("More reps")
    boss.clicks("Kept", beside="Acme price sheet")
    boss.sees("Kept today")
    boss.sees("Rep 29 [⋯")
    boss.sees_not("Rep 01 [⋯")


def test_a_manager_who_is_a_rep_elsewhere_has_both_on_one_page(
    world: World, dana: Person, sam: Person
) -> None:
    kim = world.person("Kim Park")
    world.team(kim, dana)
    promise(world, dana, sam, "Acme price sheet")
    promise(world, kim, dana, "the forecast", owner=Owner.REP)
    text = home_of(dana).text
    assert text.index("Your team · 2") < text.index("On Kim Park's team")
    assert "You promised\n“the forecast”, by Fri 27 Nov\n[Kept] [Change date]\n" in text
    assert text.count("What is kept about you") == 1


def test_a_rep_on_two_teams_reads_each_apart(world: World, dana: Person, sam: Person) -> None:
    kim = world.person("Kim Park")
    world.team(kim, sam)
    promise(world, dana, sam, "Acme price sheet")
    promise(world, kim, sam, "a second demo kit")
    dana_part, kim_part = home_of(sam).text.split("On Kim Park's team")
    assert "On Dana Moss's team" in dana_part
    assert "“Acme price sheet”" in dana_part
    assert "second demo kit" not in dana_part
    assert "Kim Park promised\n“a second demo kit”" in kim_part
    assert "Dana" not in kim_part


@pytest.mark.usefixtures("dana")
def test_a_rep_with_nothing_open_reads_where_it_will_stand(sam: Person) -> None:
    text = home_of(sam).text
    assert "Nothing is open between you and Dana Moss. What you raise shows here." in text
    assert "What is kept about you, who sees it, for how long\n[Read it] [My copy]" in text
    sam.clicks("Read it")
    assert sam.modal is not None
    shown = sam.modal.text
    assert all(line.replace("*", "") in shown for line in STATEMENT)


def test_a_reps_page_holds_nothing_of_contacts_notes_lines_or_colleagues(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    now = world.slack.clock.now()
    database, manager = world.database, world.actor(dana)
    setup.set_first_lines(database, manager, {sam.id: f"line {SECRET}"}, now)
    touch = touches.log_line(database, manager, f"<@{sam.id}> call about {SECRET}", now)[0].touch.id
    private_notes.add(database, manager, touch, f"note {SECRET}", "form")
    promise(world, dana, lena, f"hers {SECRET}")
    promise(world, dana, lena, f"raised by her {SECRET}", raised=True)
    own = promise(world, dana, sam, "what is Sam's own", owner=Owner.REP)
    raised = promise(world, dana, sam, "what Sam raised", raised=True)
    sam.opens_home()
    sam.clicks("Kept", beside="what is Sam's own")
    sam.clicks("Open again", beside="what is Sam's own")
    sam.clicks("Change date", beside="what is Sam's own")
    owed(dana).clicks("Kept", beside="what Sam raised")
    sam.sees("Dana Moss has seen to it.")
    sam.opens_home()
    assert promises.get(database, manager, own, now).promise.is_open
    assert not promises.get(database, manager, raised, now).promise.is_open
    out = sent_to(world, sam)
    assert "what Sam raised" in out
    assert SECRET not in out


def test_a_home_that_was_never_drawn_says_that_the_database_is_away(
    world: World, dana: Person
) -> None:
    with crowded(world):
        dana.opens_home()
        dana.sees("I cannot look that up just now. Nothing is lost; open this page again soon.")
    dana.opens_home()
    dana.sees("Your team · 2")


def test_a_home_drawn_before_stays_while_the_database_is_away(world: World, dana: Person) -> None:
    dana.opens_home()
    with crowded(world):
        dana.opens_home()
        dana.sees_not("I cannot look that up")
        dana.sees("Your team · 2")


def test_a_home_that_slack_refuses_is_drawn_when_it_is_opened_again(
    world: World, dana: Person
) -> None:
    world.slack.faults.add("views.publish", FaultKind.SERVER_ERROR)
    dana.opens_home()
    assert dana.home is None
    dana.opens_home()
    dana.sees("Your team · 2")


def test_words_of_any_script_and_name_fit(world: World) -> None:
    boss = world.person("Zoë 🚗 & <Sons>")
    rep = world.person("شكرا *Bold* O'Neil " + "n" * 80)
    world.team(boss, rep)
    promise(world, boss, rep, "ok <!here> " + "w" * 480, owner=Owner.REP)
    assert rep.name.replace("*", "∗") in home_of(boss).text
    assert "<!here>" in theirs(boss).text
    assert "On Zoë 🚗 & <Sons>'s team" in home_of(rep).text


@pytest.mark.usefixtures("sam")
def test_what_is_raised_in_a_touch_logged_from_home_stands_there_at_once(dana: Person) -> None:
    home_of(dana).picks("Log a touch", beside="Sam Stone")
    assert dana.modal is not None
    dana.modal.fill("They raised", "quotes take four days")
    dana.modal.submit()
    assert dana.home is not None
    assert "[You owe · 1]" in dana.home.text
    assert "Sam Stone raised: “quotes take four days” · by Mon 30 Nov" in owed(dana).text
