"""The figures that a reason is made of, as docs/pace.md works them out."""

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.results.mirror import period_words
from bot.domain.results.need import need_words
from bot.domain.results.pace import Pace, PaceView
from bot.domain.results.results import PERCENT, Better
from bot.domain.todo.sources.results import can_still, warning_about
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.block_kit.kit import View
from bot.views.results.figures import amount_words


def build_pace(view: PaceView) -> View:
    """A rep's result as it stands, and the way to a save-it plan where it can still be made."""
    pace, rep = view.pace, view.rep
    metric, period = pace.result.metric, period_words(pace.result.period)
    lines = [f"{kit.bold(rep.name)} · {kit.escape(metric.name)}, {period}", *_figures(view)]
    blocks: list[Block] = [*kit.lines(lines)]
    if can_still(rep.name, pace) is not None:
        here = Metadata(rep=rep.slack_id, text=warning_about(pace.result))
        buttons: list[BlockElement] = [kit.button("Save-it plan", MirrorAction.SAVE_IT, here)]
        blocks.append(kit.actions(buttons))
    return kit.modal("Figures", Form.READ_ONLY, blocks, close="Close")


def _figures(view: PaceView) -> list[str]:
    pace, name = view.pace, kit.escape(view.rep.first_name)
    latest, metric = pace.latest, pace.result.metric
    before = pace.target_before
    lines = [
        f"Target: {amount_words(latest.target, metric)}"
        + (f" (it was {amount_words(before, metric)})" if before is not None else ""),
        f"Actual: {amount_words(latest.actual, metric)}, "
        f"as of {kit.date_words(latest.as_of, view.today)}",
    ]
    if metric.unit != PERCENT:
        lines.append(f"The plan by that day: {pace.expected:,.1f}")
    lines.append(f"Working days left for {name}: {pace.days_left}")
    return [*lines, *_needed(pace, name)]


def _needed(pace: Pace, name: str) -> list[str]:
    """What it takes a day; nothing where nothing is needed any more, and of a level."""
    if pace.need is None:
        return []
    metric = pace.result.metric
    what = "Needed" if metric.better is Better.MORE else "At most"
    lines = [f"{what}: {need_words(pace.need, metric)}"]
    if pace.weeks:
        by = "1 week" if pace.weeks == 1 else f"{pace.weeks} weeks"
        lines.append(f"A good normal week of {name}'s: {pace.good:,.1f} a day, by {by}")
    return lines
