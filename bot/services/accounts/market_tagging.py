"""Which tags notes of the market are given, as they are typed and picked."""

from collections.abc import Sequence
from functools import cached_property

from bot.domain.accounts.market import (
    MOST_TAGS,
    TAG_LIMIT,
    MarketNote,
    MarketTag,
    Picked,
    TagSpelling,
    tag_key,
)
from bot.domain.accounts.market_lines import Line
from bot.domain.accounts.market_tags import close_tag, is_name, of_several_words, same_tag
from bot.domain.meetings.naming import Namable, Words
from bot.domain.team.teams import Team
from bot.domain.workspaces.name_words import BUSINESS
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.services.workspaces.naming import everyone, others_in
from storage.accounts import market
from storage.database.transaction import Transaction


class Tagging:
    """The tags of a team while notes are given some: `there` are the notes that are written anew,
    which alone keep no tag in use. `taken` is what was found as another way to write a tag, `made`
    the tags that are new, `typed` those that were typed, by id; `given`: a note has some now."""

    def __init__(
        self, tx: Transaction, team: Team, there: Sequence[MarketNote], field: str
    ) -> None:
        self.tx, self.team, self.field = tx, team, field
        self.known = market.tags_of(tx, [team.id])
        self.reads = of_several_words(self.known)
        own = [tag.id for note in there for tag in note.tags]
        self.in_use = [tag for tag in self.known if tag.used > own.count(tag.id)]
        self.spelled = {one.key: one.id for tag in self.known for one in tag.spellings}
        self.leads = {one.id: tag.id for tag in self.known for one in tag.spellings}
        self.new: list[MarketTag] = []
        self.taken: list[tuple[str, str]] = []
        self.made: dict[int, str] = {}
        self.typed: set[int] = set()
        self.given = False

    def of_line(
        self,
        line: Line,
        note: MarketNote | None,
        had: Sequence[str],
        *,
        stands: bool = False,
    ) -> list[int]:
        """The tags of a line, by spelling: those typed in it, and where it is that note already,
        those that the note has but for what was typed in it before and is no more. Where the line
        `stands` as it was typed, it keeps those."""
        kept = [tag.spelling_id for tag in note.tags] if note else []
        if note is not None and (stands or tuple(had) == line.tags):
            return self._few(kept)
        before = {self.leads[self.spelled[key]] for key in map(tag_key, had) if key in self.spelled}
        typed = [self._spelling(name) for name in line.tags]
        return self._few([*(one for one in kept if self.leads[one] not in before), *typed])

    def with_picked(
        self,
        spelled: Sequence[int],
        picked: Picked,
        shown: Sequence[int],
        note: MarketNote | None,
    ) -> list[int]:
        """Those with what was picked beside the text, and without what was shown as picked there
        and is no more."""
        by_id = {tag.id: tag for tag in self.known}
        wanted = [by_id[one] for one in picked.tags if one in by_id]
        ids = {tag.id for tag in wanted}
        gone = set(shown) - ids if note is not None else set()
        added = [tag for tag in wanted if note is None or tag.id not in shown]
        kept = [one for one in spelled if self.leads[one] not in gone]
        new = map(self._spelling, picked.new)
        return self._few([*kept, *(tag.own.id for tag in added), *new])

    @cached_property
    def near(self) -> tuple[Person, ...]:
        """Whose names are no tags, be it a part of one."""
        return near(self.tx, self.team)

    def once_more(self, had: Sequence[tuple[int, str]]) -> list[int]:
        """The spellings that a note had, by id and name of the tag."""
        return self._few([one if one in self.leads else self._spelling(name) for one, name in had])

    def _few(self, spelled: Sequence[int]) -> list[int]:
        """One spelling a tag. Raises BadField for more than MOST_TAGS."""
        by_tag: dict[int, int] = {}
        for one in spelled:
            by_tag.setdefault(self.leads[one], one)
        if len(by_tag) > MOST_TAGS:
            raise BadField(self.field, FieldError.TOO_MANY_TAGS)
        self.given = self.given or bool(by_tag)
        return list(by_tag.values())

    def _spelling(self, name: str) -> int:
        """The spelling that is that name: of a tag that is but written another way, else of a new
        one, which is in question where it is much like one there is."""
        key = tag_key(name)
        if key not in self.spelled:
            self._check(name)
            tag = same_tag(name, self.in_use)
            if tag is None:
                close = close_tag(name, (*self.known, *self.new)) is not None
                made, new = market.add_tag(self.tx, self.team.id, name, in_question=close)
                self.leads[made], self.made[new] = new, name
                self.new.append(_as_made(new, self.team.id, name))
            else:
                made = market.spell(self.tx, self.team.id, tag.id, name)
                self.leads[made] = tag.id
                self.taken.append((name, tag.name))
            self.spelled[key] = made
        self.typed.add(self.leads[self.spelled[key]])
        return self.spelled[key]

    def _check(self, name: str) -> None:
        if not is_name(name):
            raise BadField(self.field, FieldError.NOT_A_TAG)
        if len(name) > TAG_LIMIT:
            raise BadField(self.field, FieldError.TAG_TOO_LONG)
        if names_somebody(self.tx, self.near, name):
            raise BadField(self.field, FieldError.TAG_OF_A_PERSON)


def _as_made(tag_id: int, team_id: int, name: str) -> MarketTag:
    return MarketTag(tag_id, team_id, name, None, (TagSpelling(0, tag_key(name), name),))


def near(tx: Transaction, team: Team) -> tuple[Person, ...]:
    """Whoever leads or was ever on the team."""
    return (team.manager, *everyone(tx, team))


def names_somebody(tx: Transaction, near: tuple[Person, ...], name: str) -> bool:
    """Whether a tag is the name of somebody known: of those who are near, be it a part of it, or in
    full of anybody in the workspace."""
    key = tag_key(name)
    if any(key in fold(one.name).split() for one in near):
        return key not in BUSINESS
    found = Namable(near, others_in(tx, [name])).in_words(Words(name))
    return found is not None and found.sure
