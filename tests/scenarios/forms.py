"""The form that is open for a person."""

from slack_sandbox import Modal, Person


def modal(person: Person) -> Modal:
    """The form on top; AssertionError with the whole screen where none is open."""
    assert person.modal is not None, person.screen()
    return person.modal
