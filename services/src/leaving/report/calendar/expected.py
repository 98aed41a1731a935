"""Writes expected.txt: the runs of schedules over the year 2025 in zones whose clocks change in different ways.

    python3 services/src/leaving/report/calendar/expected.py > services/src/leaving/report/calendar/expected.txt

It knows no rule about clock changes. For every minute of UTC it asks zoneinfo what the clocks show, and a run is at the first minute at which they show the wanted local time
or, if they never do, a later one.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

ZONES = ["Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kolkata"]
SCHEDULES = [
    ("daily", "-", "00:00"),
    ("daily", "-", "00:30"),
    ("daily", "-", "02:15"),
    ("daily", "-", "02:30"),
    ("daily", "-", "23:30"),
    ("weekly", "sunday", "00:30"),
    ("weekly", "sunday", "02:15"),
    ("weekly", "friday", "00:00"),
    ("monthly", "1", "00:00"),
    ("monthly", "29", "02:30"),
    ("monthly", "30", "02:30"),
    ("monthly", "31", "23:45"),
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
BEGIN, END = datetime(2025, 1, 1), datetime(2026, 1, 1)
MINUTE = timedelta(minutes=1)


def clocks(zone):
    """What the clocks show at every minute of UTC, from three days before the year to three after it."""
    utc, shown = BEGIN - timedelta(days=3), []
    while utc < END + timedelta(days=3):
        shown.append((utc, utc.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone)).replace(tzinfo=None)))
        utc += MINUTE
    return shown


def wanted(kind, on, at):
    """The local times of a schedule, one a period."""
    day, last = date(2024, 12, 30), date(2026, 1, 2)
    while day <= last:
        if (
            kind == "daily"
            or (kind == "weekly" and WEEKDAYS[day.weekday()] == on)
            or (kind == "monthly" and day.day == min(int(on), monthrange(day.year, day.month)[1]))
        ):
            yield datetime.combine(day, time.fromisoformat(at))
        day += timedelta(days=1)


def runs(shown, kind, on, at):
    """The minutes of UTC at which a schedule runs. The clocks of no zone differ from UTC by more than a day."""
    for local in wanted(kind, on, at):
        first = max(0, (local - timedelta(days=1) - shown[0][0]) // MINUTE)
        utc = next(utc for utc, clock in shown[first:] if clock >= local)
        if BEGIN <= utc < END:
            yield (utc - BEGIN) // MINUTE


def shortened(minutes):
    """The first, then the minutes from each to the next, with how often in a row."""
    steps = [(minutes[0], 1)]
    for before, after in zip(minutes, minutes[1:]):
        step, times = steps[-1]
        if len(steps) > 1 and step == after - before:
            steps[-1] = (step, times + 1)
        else:
            steps.append((after - before, 1))
    return " ".join(str(step) if times == 1 else f"{step}*{times}" for step, times in steps)


print("# Written by expected.py. Minutes since 2025-01-01 00:00 UTC of the first run, then from each to the next, and how often in a row.")
for zone in ZONES:
    shown = clocks(zone)
    for kind, on, at in SCHEDULES:
        print(f"{zone} {kind} {on} {at}: {shortened(list(runs(shown, kind, on, at)))}")
