"""Column types of our own: instants in UTC, enums by value, text only its author may read."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol

from cryptography.fernet import InvalidToken
from sqlalchemy import DateTime, Enum, LargeBinary, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.domain.delivery import Subject
from bot.domain.team.settings import Direction, Section
from bot.domain.workspaces.private import Unreadable

CIPHER_ATTRIBUTE = "windshield_cipher"
SECTIONS_KEPT = 500


class Cipher(Protocol):
    """What encrypts a column; cryptography's MultiFernet is one."""

    def encrypt(self, msg: bytes) -> bytes: ...
    def decrypt(self, msg: bytes) -> bytes: ...


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Aware values only; comes back in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EncryptedText(TypeDecorator[str]):
    """Text that only the application can read; the engine's dialect carries the cipher. What was
    encrypted with another key comes back as Unreadable, in place of an error in the middle of all
    that can be read; and is never written back."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        if isinstance(value, Unreadable):
            raise ValueError("what cannot be read must not be written over")
        return None if value is None else _cipher_of(dialect).encrypt(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        try:
            return _cipher_of(dialect).decrypt(bytes(value)).decode()
        except InvalidToken:
            return Unreadable()


class ExactNumber(TypeDecorator[Decimal]):
    """A number to its last digit, kept as text: SQLite has no type for it but a float's. Nothing is
    summed or sorted by it in the database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> str | None:
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class LinesText(TypeDecorator[tuple[str, ...]]):
    """Texts without line breaks, in order, each on a line."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str | None:
        return None if value is None else "\n".join(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(filter(None, value.split("\n")))


class SectionsText(TypeDecorator[tuple[Section, ...]]):
    """The sections of a meeting, in order, as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: tuple[Section, ...] | None, _dialect: Dialect
    ) -> str | None:
        if value is None:
            return None
        rows = [[one.key, one.title, one.minutes, one.direction.value] for one in value]
        return json.dumps(rows, ensure_ascii=False)

    def process_result_value(
        self, value: str | None, _dialect: Dialect
    ) -> tuple[Section, ...] | None:
        return None if value is None else _sections(value)


@lru_cache(maxsize=SECTIONS_KEPT)
def _sections(value: str) -> tuple[Section, ...]:
    """Nearly all meetings have the sections of others."""
    return tuple(
        Section(key, title, minutes, Direction(direction))
        for key, title, minutes, direction in json.loads(value)
    )


class SubjectText(TypeDecorator[Subject]):
    """What a message is about. What another version wrote comes back as None."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Subject | None, _dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Subject | None:
        return None if value is None else Subject.read(value)


def _cipher_of(dialect: Dialect) -> Cipher:
    cipher: Cipher = getattr(dialect, CIPHER_ATTRIBUTE)
    return cipher


def by_value(kind: type[StrEnum]) -> Enum:
    """A column of an enum, stored as its value so that renaming a member changes no row."""

    def values(members: Any) -> list[str]:
        return [member.value for member in members]

    return Enum(kind, values_callable=values, native_enum=False, length=20, create_constraint=False)
