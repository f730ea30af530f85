"""Commands that take a person, and were given a name that nobody picked from Slack's list."""

from collections.abc import Callable

from bot.domain.contacts.typed_text import as_typed
from bot.domain.workspaces.meant import Meant
from bot.services.workspaces import naming
from bot.views.block_kit.ids import NamedAction
from bot.views.team.named import build_meant
from handlers.request import SlackRequest, Work

Open = Callable[[SlackRequest, str], None]
MeantBy = Callable[..., tuple[Meant, ...]]


def open_or_offer(
    request: SlackRequest,
    action: NamedAction,
    open_for: Open,
    meant_by: MeantBy = naming.meant_by,
) -> bool:
    """Open what the command opens for whom its name surely means (a Slack id), or offer whom it can
    mean, of those that `meant_by` looks among; False where it means nobody. Raises what that
    raises."""
    meant = meant_by(request.app.database, request.actor, request.text, request.now)
    if len(meant) == 1 and meant[0].sure and not meant[0].rest.strip():
        open_for(request, meant[0].person.slack_id)
        return True
    return _offer(request, meant, action, "")


def offer(request: SlackRequest, action: NamedAction, nothing: str) -> bool:
    """Offer whom a command can mean that began with a name: a press finishes it. `nothing` says
    that nothing was done yet. False where it means nobody. Raises NoTeam."""
    meant = naming.meant_by(request.app.database, request.actor, request.text, request.now)
    return _offer(request, meant, action, nothing)


def _offer(
    request: SlackRequest, meant: tuple[Meant, ...], action: NamedAction, nothing: str
) -> bool:
    if not meant:
        return False
    typed = as_typed(f"{request.body['command']} {request.text}")
    request.answer(build_meant(meant, action, typed, nothing))
    return True


def opening(open_for: Open) -> Work:
    """The listener of such a press, for a command that opens something."""

    def work(request: SlackRequest) -> None:
        open_for(request, request.pressed.rep or "")

    return work
