import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.contacts.typed_text import as_typed, mentioned_people

reproducible = settings(derandomize=True, deadline=None)

escaping_pieces = st.sampled_from(
    ["<", ">", "&", "|", "!", "@", "#", "^", ":", "amp;", "lt;", "gt;", "&amp;", "<@U1", "<!date^"]
)
awkward_texts = st.lists(escaping_pieces | st.text(max_size=5), max_size=12).map("".join)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    ("raw", "typed"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("sent the price sheet", "sent the price sheet", id="plain"),
        pytest.param("<@U123|sam.stone>", "@sam.stone", id="person with a name"),
        pytest.param("<@W123|sam.stone>", "@sam.stone", id="person on Enterprise Grid"),
        pytest.param("<@U123|sam &amp; co>", "@sam & co", id="escaped name"),
        pytest.param("<@U123>", "@U123", id="person without a name"),
        pytest.param("<@U123|>", "@U123", id="person with an empty name"),
        pytest.param("<#C1|emea>", "#emea", id="channel"),
        pytest.param("<#C1>", "#C1", id="channel without a name"),
        pytest.param("<#C1|>", "#C1", id="private channel, whose name is left out"),
        pytest.param("<https://x.y|x.y>", "x.y", id="link typed without its scheme"),
        pytest.param("<https://x.y>", "https://x.y", id="link typed in full"),
        pytest.param("<https://x.y/?a=1&amp;b=2>", "https://x.y/?a=1&b=2", id="link with &"),
        pytest.param("<https://x.y|a|b &lt;c&gt;>", "a|b <c>", id="label with a bar"),
        pytest.param("<mailto:a@b.c|a@b.c>", "a@b.c", id="e-mail address"),
        pytest.param("<tel:+4930123|+49 30 123>", "+49 30 123", id="phone number"),
        pytest.param("<!here>", "@here", id="here"),
        pytest.param("<!here|here>", "@here", id="here with a label"),
        pytest.param("<!channel>", "@channel", id="channel group"),
        pytest.param("<!everyone>", "@everyone", id="everyone"),
        pytest.param("<!subteam^S1|@sales>", "@sales", id="user group"),
        pytest.param("<!subteam^S1|sales>", "@sales", id="user group, label without @"),
        pytest.param("<!subteam^S1>", "@S1", id="user group without a name"),
        pytest.param("<!date^1392734382^{date}|18 Feb 2014>", "18 Feb 2014", id="date"),
        pytest.param("<!date^1392734382^{date}^https://x.y|18 Feb>", "18 Feb", id="linked date"),
        pytest.param("a &lt; b &gt; c &amp; d", "a < b > c & d", id="three characters"),
        pytest.param("&amp;amp;", "&amp;", id="a typed entity comes back"),
        pytest.param("&amp;lt;b&amp;gt;", "&lt;b&gt;", id="typed entities of brackets"),
        pytest.param("&lt;@U123|sam&gt;", "<@U123|sam>", id="a typed bracket form is text"),
        pytest.param("&quot;&nbsp;&#39;", "&quot;&nbsp;&#39;", id="entities Slack does not use"),
        pytest.param(
            "told <@U1|sam>, <@U2|lena> in <#C1|emea>: <https://acme.com|acme.com>!",
            "told @sam, @lena in #emea: acme.com!",
            id="several",
        ),
        pytest.param("a < b", "a < b", id="bare less-than"),
        pytest.param("a > b", "a > b", id="bare greater-than"),
        pytest.param("<>", "<>", id="empty brackets"),
        pytest.param("<|label>", "<|label>", id="label alone"),
        pytest.param("<b &amp; c>", "<b & c>", id="brackets that are none of Slack's forms"),
        pytest.param("<note: see below>", "<note: see below>", id="a colon is no link"),
        pytest.param("<@sam>", "<@sam>", id="no id"),
        pytest.param("<!date^1>", "<!date^1>", id="date without a fallback"),
        pytest.param("<<@U1|sam>>", "<@sam>", id="brackets around a person"),
    ],
)
def test_slacks_escaping_is_undone(raw: str, typed: str) -> None:
    assert as_typed(raw) == typed


def test_a_known_name_stands_where_slack_sent_none() -> None:
    names = {"U1": "Sam Stone", "U2": "Lena Fox"}
    assert as_typed("<@U1> met <@U2|lena> and <@U3>", names) == "@Sam Stone met @lena and @U3"


def test_a_known_name_is_shown_as_it_is() -> None:
    assert as_typed("<@U1>", {"U1": "R&amp;D <bot>"}) == "@R&amp;D <bot>"


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        pytest.param("nobody", [], id="none"),
        pytest.param("<@U2|lena> then <@W1>, <@U2>", ["U2", "W1", "U2"], id="in order"),
        pytest.param("<#C1|emea> <!subteam^S1|@sales> <!here>", [], id="channels and groups"),
        pytest.param("&lt;@U1&gt; @sam <@B1>", [], id="text and bots"),
    ],
)
def test_mentioned_people_are_the_people_slack_resolved(raw: str, people: list[str]) -> None:
    assert mentioned_people(raw) == people


@reproducible
@given(st.text() | awkward_texts)
def test_every_text_comes_back_as_it_was_typed(text: str) -> None:
    assert as_typed(escape(text)) == text


@reproducible
@given(st.text() | awkward_texts)
def test_every_string_is_accepted(raw: str) -> None:
    as_typed(raw)
    mentioned_people(raw)
