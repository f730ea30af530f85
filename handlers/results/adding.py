"""**Add results**: on Home, and by `/mirror results`."""

import hashlib
import json
from dataclasses import astuple, replace
from functools import partial

from bot.context import AppContext
from bot.domain.results.adding import Added
from bot.exchange.days import DayOrder
from bot.exchange.numbers import DecimalSign
from bot.exchange.pasted import Given, read_pasted
from bot.exchange.percents import PercentScale
from bot.exchange.results_columns import ReadingOptions, ResultsFileError, UndecidedError
from bot.screens.home import publish
from bot.services.results import adding, taking_back
from bot.services.results.importing import ResultsChangedError
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.results import adding as views
from bot.views.results import taking_back as taking_back_views
from bot.views.results.adding import Asked, Pasted
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes

CHANGED = "Other results of these days came just now, and nothing of yours is kept. Try once more."


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(MirrorAction.ADD.value)(on(open_form))
    routes.view(Form.RESULTS.value)(on(send))
    routes.action(MirrorAction.STANDING.value)(on(show_standing))
    routes.action(MirrorAction.TAKE_BACK.value)(on(ask_to_take_back))
    routes.view(Form.TAKE_BACK.value)(on(take_back))


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
    database, actor, now = request.app.database, request.actor, request.now
    added = adding.add(database, actor, found.rows, now, keep=False)
    seen = _digest(typed, added)
    if metadata.text == seen and added.good:
        try:
            added = adding.add(database, actor, found.rows, now, keep=True)
        except ResultsChangedError:
            request.stay("rows", CHANGED)
            return
        request.turn_into(kit.as_modal(views.build_kept(added)))
        publish(request.app, request.actor, request.now, start=metadata.home or 0)
        return
    said = list(found.decided)
    if found.left_out:
        said.append(f"Not read: {', '.join(found.left_out)}.")
    shown = replace(metadata, text=seen)
    request.turn_into(views.build_preview(facts, request.state, shown, added, said))


def show_standing(request: SlackRequest) -> None:
    """**What stands**, and **More** of it."""
    page = request.pressed.page
    found = taking_back.standing(request.app.database, request.actor, int(page or 0), request.now)
    draw = request.show if page is None else request.turn_into
    draw(taking_back_views.build_standing(found))


def ask_to_take_back(request: SlackRequest) -> None:
    """**Take back**: what would go, first."""
    found = taking_back.look(
        request.app.database, request.actor, request.pressed.subject or 0, request.now
    )
    request.show(taking_back_views.build_confirm(found, request.pressed))


def take_back(request: SlackRequest) -> None:
    """**Take it back**; shown anew where other figures came since they were shown."""
    here = request.metadata
    found, done = taking_back.take_back(
        request.app.database, request.actor, here.subject or 0, here.text or "", request.now
    )
    if not done:
        request.turn_into(taking_back_views.build_confirm(found, here, changed=True))
        return
    request.turn_into(kit.as_modal(taking_back_views.build_taken_back(found)))
    if here.page is not None:
        left = taking_back.standing(
            request.app.database, request.actor, int(here.page), request.now
        )
        request.draw_beneath(taking_back_views.build_standing(left))
    publish(request.app, request.actor, request.now)


def _options(typed: Pasted) -> ReadingOptions:
    return ReadingOptions(
        decimal=DecimalSign(typed.decimal) if typed.decimal else None,
        dates=DayOrder(typed.dates) if typed.dates else None,
        percent=PercentScale(typed.percent) if typed.percent else None,
    )


def _digest(typed: Pasted, understood: Added) -> str:
    """Names what the form says and what was understood of it, so that what is kept is what was
    shown, whatever came or went meanwhile."""
    lines = [one.line for one in understood.good]
    said = json.dumps([astuple(typed), lines], default=str).encode()
    return hashlib.sha256(said).hexdigest()[:16]
