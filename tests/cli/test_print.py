"""`windshield export --format pdf` as an operator sees it."""

import sys

import pytest
from pypdf import PdfReader

from slack_sandbox import Sandbox
from tests.cli.conftest import Operator

pytestmark = pytest.mark.slow

TOUCHES = "manager_id,rep_id,date,channel,about\n{0},{1},2020-02-03,call,about #set and $x$ 🎉\n"


@pytest.fixture
def dana(operator: Operator, slack: Sandbox) -> str:
    """Dana, by Slack id, with a team of one rep and a touch."""
    dana, sam = slack.add_person("Dana Moss").id, slack.add_person("Sam Stone").id
    assert operator.imports("roster", f"manager_id,rep_id\n{dana},{sam}\n").exit_code == 0
    assert operator.imports("touches", TOUCHES.format(dana, sam)).exit_code == 0
    return dana


def test_a_binder_to_print(operator: Operator, dana: str) -> None:
    out = operator.folder / "binder.pdf"
    result = operator.exports(
        "--manager", dana, "--format", "pdf", "--paper", "letter", "--out", str(out)
    )
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    pdf = PdfReader(out)
    assert tuple(pdf.pages[0].mediabox)[2:] == (612, 792)
    read = "\n".join(page.extract_text() for page in pdf.pages)
    assert "Dana Moss" in read
    assert "Sam Stone" in read
    assert "about #set and $x$" in read


def test_the_transition_pack_to_print(operator: Operator, dana: str) -> None:
    out = operator.folder / "pack.pdf"
    result = operator.exports(
        "--manager", dana, "--format", "pdf", "--what", "pack", "--out", str(out)
    )
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    with PdfReader(out) as pdf:
        assert list(pdf.page_labels) == ["1–1", "1–2"]
        assert "Transition pack" in pdf.pages[0].extract_text()


def test_without_the_extra_it_says_what_to_install(
    operator: Operator, dana: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    out = operator.folder / "binder.pdf"
    result = operator.exports("--manager", dana, "--format", "pdf", "--out", str(out))
    assert result.exit_code == 1
    assert result.stderr == "Error: A PDF needs one more package: pip install 'windshield[pdf]'.\n"
    assert not out.exists()
