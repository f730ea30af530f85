"""The README's pictures, made anew: `make pictures`."""

from playwright.sync_api import Browser, ViewportSize, sync_playwright
from playwright.sync_api import Page as Tab

from bot.demo.page import living
from tests.browser.conftest import ARGUMENTS, PATIENCE, PHONE, chromium
from tests.places import ROOT

FOLDER = ROOT / "docs" / "pictures"
WIDE = ViewportSize(width=1000, height=880)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with living(0, ticking=False) as page, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        desk = _tab(browser, WIDE, page.address)
        desk.get_by_role("button", name="next event").click()
        # At the top: what stands before it in the conversation is cut in two otherwise.
        title = desk.get_by_text("Your week, 23–27 Nov").last
        title.evaluate(
            "title => { title.style.scrollMarginTop = '2.5rem';"
            " title.scrollIntoView({block: 'start'}) }"
        )
        desk.screenshot(path=FOLDER / "monday.png", animations="disabled")
        phone = _tab(browser, PHONE, page.address)
        phone.get_by_role("link", name="Home", exact=True).click()
        phone.get_by_text("Your team").wait_for()
        phone.screenshot(path=FOLDER / "home.png", animations="disabled")
        phone.get_by_role("button", name="Mirror").click()
        phone.get_by_text("Looking ahead").scroll_into_view_if_needed()
        phone.screenshot(path=FOLDER / "mirror.png", animations="disabled")
        phone.get_by_role("button", name="Back to Home").click()
        phone.get_by_text("Your team").wait_for()
        phone.get_by_role("link", name="Messages", exact=True).click()
        phone.locator("#words").fill("/touch @Sam Stone")
        phone.locator("#words").press("Escape")
        phone.locator("#words").press("Enter")
        phone.get_by_role("dialog", name="Contact").wait_for()
        phone.screenshot(path=FOLDER / "contact.png", animations="disabled")
        browser.close()


def _tab(browser: Browser, size: ViewportSize, address: str) -> Tab:
    small = size is PHONE
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        is_mobile=small,
        has_touch=small,
        locale="en-GB",
    )
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.goto(address)
    return tab


if __name__ == "__main__":
    main()
