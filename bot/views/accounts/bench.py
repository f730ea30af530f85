"""The key-customer bench: who knows each key account, and what is still missing there."""

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.accounts.bench import BenchAccount, BenchPage, count_words
from bot.domain.contacts.typed_text import listed
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AccountAction, Form, Metadata
from bot.views.block_kit.kit import View

NAME_SHOWN = 100
REPS_SHOWN = 5

NO_KEY_ACCOUNT = (
    "No key account yet. Tick one on its page: `/binder account` lists them all, and the details "
    "of a visit have the same tick."
)


def build_bench(page: BenchPage) -> View:
    """The key accounts, those first where most is missing, each with a field day to plan."""
    if not page.count:
        return kit.modal("Key accounts", Form.READ_ONLY, [kit.section(NO_KEY_ACCOUNT)])
    blocks: list[Block] = [kit.section(_head(page))]
    blocks += [_row(one, page) for one in page.accounts]
    places = [("First", 0)] if page.begins else []
    if page.ends < page.count:
        places.append(("More", page.ends))
    if places:
        blocks.append(kit.context(f"{page.begins + 1} to {page.ends} of {page.count}"))
        # One action id may stand once in a block.
        blocks += [
            kit.actions([kit.button(label, AccountAction.BENCH_PAGE, Metadata(page=str(begins)))])
            for label, begins in places
        ]
    return kit.modal("Key accounts", Form.READ_ONLY, blocks, close="Close")


def _head(page: BenchPage) -> str:
    words = count_words(page.known_alone, page.count)
    if page.unmet:
        words += f" {page.unmet} you have yet to meet."
    return words


def _row(one: BenchAccount, page: BenchPage) -> Block:
    met = "you have met them" if one.met_by_manager else "you have yet to meet them"
    name = kit.bold(kit.shorten(one.name, NAME_SHOWN))
    return kit.section(f"{name}\n{_through(one)} · {met}", _plan(one, page))


def _through(one: BenchAccount) -> str:
    names = [kit.escape(person.name) for person in one.known_through[:REPS_SHOWN]]
    if not names:
        return "Nobody on the team has been there yet"
    if one.known_alone:
        return f"Known through {names[0]} alone"
    more = len(one.known_through) - len(names)
    return f"Known through {listed([*names, f'{more} more'] if more else names)}"


def _plan(one: BenchAccount, page: BenchPage) -> BlockElement | None:
    """**Plan a field day**, with who has known them the longest of those who are there; none where
    nothing is missing."""
    there = [person for person in one.known_through if person.id not in page.away]
    if one.is_covered or not there:
        return None
    here = Metadata(rep=there[0].slack_id, text=f"{kit.shorten(one.name, 200)}: meet them together")
    spoken = f"Plan a field day at {one.name[:50]} with {there[0].name[:50]}"
    return kit.button("Plan a field day", AccountAction.BENCH_PLAN, here, spoken=spoken)
