"""The page of an account."""

from dataclasses import dataclass
from datetime import date

from bot.domain.accounts.accounts import Account, AccountVisit, Known, Spelling, account_key
from bot.domain.accounts.dates import AccountDate


@dataclass(frozen=True)
class AccountPage:
    """What is known of an account: who knows whom there, the visits, latest first, and its dates,
    those that are done or over too."""

    account: Account
    known: tuple[Known, ...]
    visits: tuple[AccountVisit, ...]
    today: date
    dates: tuple[AccountDate, ...] = ()

    @property
    def others(self) -> tuple[Spelling, ...]:
        """The spellings beside the name."""
        own = account_key(self.account.name)
        return tuple(one for one in self.account.spellings if one.key != own)
