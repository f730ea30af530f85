"""The binder of a rep, and one entry of it."""

from bot.domain.facts import Logged
from bot.views import kit
from bot.views.ids import Form, Metadata
from bot.views.kit import View
from bot.views.touch import touch_words


def build_entry(logged: Logged) -> View:
    """One contact, whole."""
    blocks = [kit.section(touch_words(logged.touch, logged))]
    return kit.modal("Contact", Form.READ_ONLY, blocks, Metadata(subject=logged.touch.id))
