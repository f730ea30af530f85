"""The form of a contact on a phone: what may not be overlooked is seen without scrolling."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_home import ends
from tests.scenarios.binder.known import MONDAY
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at

LONG = "the price sheet for Acme with the bundles and the longer term, and who signs it off; " * 3


def test_between_us_is_seen_beneath_a_long_reason(world: World, visit: Visit) -> None:
    dana, sam = world.person("Dana Moss"), world.person("Sam Stone")
    world.team(dana, sam)
    promise(world, dana, sam, LONG)
    at(world, MONDAY, 8)
    dana.slash("/touch @Sam Stone")
    look = visit(dana, phone=True)
    form = look.form("Contact")
    expect(form.get_by_text(LONG[:40])).to_be_visible()
    foot = form.get_by_role("button", name="Log it").bounding_box()
    assert foot is not None
    assert ends(form.get_by_role("checkbox", name="Nobody but the two of us")) < foot["y"]
    look.shoots("phone-contact-long")
