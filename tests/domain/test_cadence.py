import pytest

from bot.domain.team.cadence import (
    DEFAULTS,
    IN_WORDS,
    LONGEST,
    Cadence,
    Component,
    in_words,
    is_sensible,
)

ALL_WORDS = [
    pytest.param(component, words, id=f"{component.value} {words}")
    for component in Component
    for words in IN_WORDS[component]
]


@pytest.mark.parametrize(("component", "words"), ALL_WORDS)
def test_words_say_the_days_that_they_stand_for(component: Component, words: str) -> None:
    cadence = IN_WORDS[component][words]
    assert in_words(component, cadence) == words
    assert is_sensible(cadence)


@pytest.mark.parametrize("component", Component)
def test_words_are_offered_from_the_shortest_interval_to_the_longest(component: Component) -> None:
    offered = [(cadence.ideal, cadence.latest) for cadence in IN_WORDS[component].values()]
    assert offered == sorted(set(offered))


@pytest.mark.parametrize(
    ("component", "words"),
    [
        (Component.SESSION, "every two weeks"),
        (Component.FIELD_DAY, "every month"),
        (Component.CONTACT, "every week"),
    ],
)
def test_the_defaults_have_words(component: Component, words: str) -> None:
    assert in_words(component, DEFAULTS[component]) == words


@pytest.mark.parametrize("cadence", [Cadence(14, 22), Cadence(13, 21), Cadence(5, 7)], ids=str)
def test_a_cadence_of_the_teams_own_has_no_words(cadence: Cadence) -> None:
    assert in_words(Component.SESSION, cadence) is None


@pytest.mark.parametrize(
    ("ideal", "latest", "sensible"),
    [
        pytest.param(1, 1, True, id="every day"),
        pytest.param(1, LONGEST, True, id="whenever, within a year"),
        pytest.param(LONGEST, LONGEST, True, id="once a year"),
        pytest.param(0, 7, False, id="no interval"),
        pytest.param(-1, 7, False, id="backwards"),
        pytest.param(8, 7, False, id="latest before ideal"),
        pytest.param(1, LONGEST + 1, False, id="too long"),
    ],
)
def test_what_is_sensible(ideal: int, latest: int, sensible: bool) -> None:
    assert is_sensible(Cadence(ideal, latest)) is sensible
