"""**Add results**: on Home, and by `/mirror results`."""

import hashlib
import json
from dataclasses import astuple, replace
from functools import partial

from bot.context import AppContext
from bot.exchange.days import DayOrder
from bot.exchange.numbers import DecimalSign
from bot.exchange.pasted import Given, read_pasted
from bot.exchange.percents import PercentScale
from bot.exchange.results_rows import ReadingOptions, ResultsFileError, UndecidedError
from bot.screens.home import publish
from bot.services.results import adding
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.results import adding as views
from bot.views.results.adding import Asked, Pasted
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(MirrorAction.ADD.value)(on(open_form))
    routes.view(Form.RESULTS.value)(on(send))


def open_form(request: SlackRequest) -> None:
    """**Add results**, or `/mirror results`."""
    facts = adding.facts(request.app.database, request.actor, request.now)
    home = request.metadata.home if request.in_home else None
    request.show(views.build_form(facts, Metadata(form=new_form(), home=home)))


def send(request: SlackRequest) -> None:
    """**Show me**, and **Keep it** once all of it was shown. The form stays, with every word in it,
    until what was shown is kept."""
    facts = adding.facts(request.app.database, request.actor, request.now)
    typed, metadata = views.parse_form(request.state), request.metadata
    given = Given(typed.metric, typed.start, typed.end, typed.as_of)
    try:
        found = read_pasted(
            typed.text, given, facts.reps, options=_options(typed), units=facts.units
        )
    except UndecidedError as error:
        asked = [Asked(one.kind.value, one.sentence) for one in error.questions]
        request.turn_into(views.build_asked(facts, request.state, metadata, asked))
        return
    except ResultsFileError as error:
        request.stay("rows", str(error))
        return
    seen = _digest(typed)
    keep = metadata.text == seen
    added = adding.add(request.app.database, request.actor, found.rows, request.now, keep=keep)
    if keep and added.good:
        request.turn_into(kit.as_modal(views.build_kept(added)))
        publish(request.app, request.actor, request.now, start=metadata.home or 0)
        return
    said = list(found.decided)
    if found.left_out:
        said.append(f"Not read: {', '.join(found.left_out)}.")
    shown = replace(metadata, text=seen)
    request.turn_into(views.build_preview(facts, request.state, shown, added, said))


def _options(typed: Pasted) -> ReadingOptions:
    return ReadingOptions(
        decimal=DecimalSign(typed.decimal) if typed.decimal else None,
        dates=DayOrder(typed.dates) if typed.dates else None,
        percent=PercentScale(typed.percent) if typed.percent else None,
    )


def _digest(typed: Pasted) -> str:
    """Names what the form says, so that what is kept is what was shown."""
    said = json.dumps(astuple(typed), default=str).encode()
    return hashlib.sha256(said).hexdigest()[:16]
