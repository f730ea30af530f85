"""Words as people type them: on phones, with marks around them, in another spelling."""

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal


def test_words_are_found_however_they_are_typed(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    world.team(dana, sam, lena)

    # A phone makes a full stop of two blanks, and its blanks and hyphens do not break.
    dana.slash("/touch @Sam Stone. *call*, yesterday. about the *Acme* renewal")
    dana.sees("Logged: call with Sam Stone, yesterday")
    dana.sees("about the Acme renewal")
    dana.slash("/touch @Lena Fox In\u00a0Person, saw Acme 2026\u201111\u201120.")
    dana.sees("in person with Lena Fox, Fri 20 Nov")
    dana.slash("/touch @Sam Stone :email: is what the Friday demo was about")
    dana.sees("Logged: contact with Sam Stone, today")
    dana.slash("/touch @Sam Stone. ")
    assert modal(dana).value("Rep") == "Sam Stone"
    modal(dana).close()

    dana.slash("/todo issue price change until *friday*.")
    dana.sees("Set: “price change”, until Fri 27 Nov")
    dana.slash("/session `topics`")
    modal(dana).close()
    dana.slash("/team help!")
    dana.sees("/team")

    dana.slash("/fieldday @Sam Stone")
    lines = "10:30 Müller-Werke： Jo Lee，wants a trial\n• 14:00 O’Neil: Kim\n3. Hooli"
    modal(dana).fill("Visits", lines)
    modal(dana).submit()
    dana.sees("Logged: field day with Sam Stone, today")
    for typed in ("muller werke", "MUELLER", "“Müller–Werke”"):
        dana.slash(f"/binder account {typed}")
        assert "Müller-Werke" in modal(dana).text
        assert "Jo Lee" in modal(dana).text
        modal(dana).close()
    dana.slash("/binder account: o'neil")
    assert "O’Neil" in modal(dana).text
    modal(dana).close()


def test_what_is_no_character_is_kept_as_such(world: World, dana: Person, sam: Person) -> None:
    """PostgreSQL takes no NUL, and no database half of an emoji."""
    world.team(dana, sam)
    dana.slash("/touch @Sam Stone call about\0 half an emoji \ud83d")
    dana.sees("half an emoji \ufffd")
    dana.says("thinks of \udc00 leaving\0")
    dana.sees("Kept as a note, for you alone.")
    dana.slash("/fieldday @Sam Stone")
    modal(dana).fill("Visits", "Acme: Jo\0, well")
    modal(dana).fill("One focus", "\ud83dask")
    modal(dana).submit()
    dana.sees("Logged: field day with Sam Stone, today")
    sam.changes(name="Sam \ud83d Stone")
    dana.opens_home()
    dana.sees("Sam \ufffd Stone")
