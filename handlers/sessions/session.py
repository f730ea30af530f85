"""`/session` and its form, a topic a step."""

from functools import partial

from bot.domain.contacts.typed_text import PERSON_MENTION
from bot.domain.workspaces.refusals import NotOnTeam
from bot.parts import Parts
from bot.screens.binder import redraw_entry
from bot.screens.delivery.answers import answer, redraw_answer
from bot.screens.home import publish
from bot.screens.team.strangers import offer_to_add
from bot.services.binder import pages
from bot.services.sessions import sessions
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, SessionAction
from bot.views.contacts.touch import build_confirmation, build_last_step, build_too_old
from bot.views.sessions import session as views
from handlers.request import Visit, new_form, visiting
from handlers.routes import Routes
from handlers.sessions import topics


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.command("/session")(on(command))
    app.action(SessionAction.START.value)(on(start_with_rep))
    app.action(SessionAction.RESUME.value)(on(resume))
    app.action(SessionAction.DISCARD.value)(on(discard))
    app.action(SessionAction.EDIT.value)(on(reopen))
    app.action(SessionAction.BACK.value)(on(go_back))
    app.action(SessionAction.WITHIN.value)(on(keep_within))
    app.view(Form.SESSION_REP.value)(on(start_with_chosen))
    app.view(Form.SESSION.value)(on(save_step))
    app.view(Form.SESSION_CLOSE.value)(on(hold))


def command(visit: Visit) -> None:
    """`/session`: help, the topics, a choice, or the form."""
    typed = visit.text.strip()
    only_rep = PERSON_MENTION.fullmatch(typed)
    if typed.lower() == "help":
        visit.answer(kit.message(views.USAGE))
    elif typed.lower() == "topics":
        topics.show(visit)
    elif only_rep:
        start(visit, only_rep["id"])
    elif not typed:
        shelf = pages.shelf(visit.parts.database, visit.actor, visit.now)
        visit.show(views.build_session_shelf(shelf))
    else:
        visit.tell(views.NOT_UNDERSTOOD)


def start_with_rep(visit: Visit) -> None:
    """**Strategy session**, from a binder or App Home."""
    start(visit, visit.pressed.rep or "")


def start(visit: Visit, rep: str) -> None:
    """The form of a session with that rep (a Slack id), where it was left or new."""
    try:
        desk = sessions.start(visit.parts.database, visit.actor, rep, new_form(), visit.now)
    except NotOnTeam:
        visit.answer(offer_to_add(visit.parts, visit.actor, rep, "", visit.now))
        return
    visit.show(views.build_session_form(desk, Metadata(answer=visit.response_url)))


def start_with_chosen(visit: Visit) -> None:
    """The rep chosen where nobody was named."""
    rep = views.parse_session_shelf(visit.state)
    desk = sessions.start(visit.parts.database, visit.actor, rep, new_form(), visit.now)
    visit.turn_into(views.build_session_form(desk, Metadata()))


def resume(visit: Visit) -> None:
    """**Resume**: where it was left."""
    form = visit.pressed.form or ""
    desk = sessions.resume(visit.parts.database, visit.actor, form, visit.now)
    visit.show(views.build_session_form(desk, Metadata()))


def discard(visit: Visit) -> None:
    """**Discard**: asked once more by Slack itself."""
    sessions.drop(visit.parts.database, visit.actor, visit.pressed.form or "")
    visit.accept()
    publish(visit.parts, visit.actor, visit.now)


def reopen(visit: Visit) -> None:
    """**Edit**: the form again, topic by topic."""
    subject = visit.pressed.subject or 0
    if visit.is_too_old:
        logged = pages.entry(visit.parts.database, visit.actor, subject, visit.now).logged
        visit.answer(build_too_old(logged))
        return
    desk = sessions.reopen(visit.parts.database, visit.actor, subject, visit.now)
    under = visit.view.get("id") if visit.in_modal else None
    metadata = Metadata(subject=subject, answer=visit.response_url, under=under)
    visit.show(views.build_session_form(desk, metadata))


def save_step(visit: Visit) -> None:
    """**Next**: kept, then the next topic."""
    sent = views.parse_step(visit.state, visit.metadata)
    desk = sessions.save_step(visit.parts.database, visit.actor, sent, visit.now)
    visit.turn_into(views.build_session_form(desk, visit.metadata))


def go_back(visit: Visit) -> None:
    """**Back**: what the step holds is kept, and the one before is shown."""
    sent = views.parse_step(visit.state, visit.metadata)
    desk = sessions.save_within(visit.parts.database, visit.actor, sent, visit.now, back=True)
    visit.turn_into(views.build_session_form(desk, visit.metadata))


def keep_within(visit: Visit) -> None:
    """A choice within a step brings all that is typed in it: kept, and nothing changes in sight."""
    sent = views.parse_step(visit.state, visit.metadata)
    sessions.save_within(visit.parts.database, visit.actor, sent, visit.now)
    visit.accept()


def hold(visit: Visit) -> None:
    """**Log it**: saved before the form becomes its last step, a private note; a second sending
    replaces the first."""
    metadata = visit.metadata
    sent = views.parse_step(visit.state, metadata)
    logged = sessions.hold(visit.parts.database, visit.actor, sent, visit.now).logged
    if metadata.subject:
        visit.accept()
    else:
        visit.turn_into(build_last_step(logged.touch))
    confirmation, subject = build_confirmation(logged), logged.touch.id
    if metadata.under:
        redraw_entry(visit.parts, visit.actor, subject, metadata.under, visit.now)
    elif metadata.answer and metadata.subject:
        redraw_answer(visit.parts, metadata.answer, confirmation)
    else:
        answer(visit.parts, visit.actor, confirmation, metadata.answer, f"touch:{subject}")
    publish(visit.parts, visit.actor, visit.now)
