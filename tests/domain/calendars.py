"""Any calendar that a team may work by, for properties."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.team.calendar import WorkingCalendar

reproducible = settings(derandomize=True, deadline=None)

MONDAY = date(2026, 11, 23)
WEEKENDS = [{5, 6}, {4, 5}, {4, 6}, {4}, {3, 4}, {5}, {6}]
"""Saturday and Sunday, and what stands in other countries' laws."""

weekends = st.sampled_from([frozenset(days) for days in WEEKENDS])
_days = st.integers(-10, 45).map(lambda n: MONDAY + timedelta(days=n))

calendars = st.builds(
    WorkingCalendar,
    weekend=weekends,
    holidays=st.frozensets(_days, max_size=8),
    worked=st.frozensets(_days, max_size=2),
)
