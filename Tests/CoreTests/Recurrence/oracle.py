#!/usr/bin/env python3
"""Generates recurrence rules and prints what python-dateutil makes of them: the oracle of DateutilTests.

    oracle.py SEED CASES

One case a line, fields separated by `|`: rule, zone, anchor, end of the window, last-is-more flag, instants. Times are
seconds since 1970-01-01T00:00:00Z; at most INSTANTS_MAX instants of the window are printed, the flag is 1 if it has more.

dateutil works on naive local times. What it is not asked for, and why, stands in
docs/decisions/0009-own-recurrence-engine.md; those places are marked DIFFERENCE below. Changes of the clock are applied
here by zoneinfo, independently of the code under test; steps in elapsed time are walked through one by one.
"""
import datetime as datetime_module
import random
import sys
import types
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil import rrule

INSTANTS_MAX = 30
HORIZON = 36525 * 86400
# dateutil looks at its bound only where a rule matches; one that never does would run to the year 9999.
calendar = types.SimpleNamespace(**vars(datetime_module))
rrule.datetime = calendar
EPOCH = datetime(1970, 1, 1)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FREQUENCIES = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]
ZONES = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
    "America/St_Johns", "America/Sao_Paulo", "Asia/Tehran", "Asia/Amman", "America/Havana", "UTC", "Asia/Kathmandu",
]
FIXED_ZONES = ["UTC", "Etc/GMT+5", "Etc/GMT-14"]
# Days from the anchor in which instants are compared.
WINDOW = {"YEARLY": 90 * 365, "MONTHLY": 40 * 365, "WEEKLY": 20 * 365, "DAILY": 12 * 365, "HOURLY": 400,
          "MINUTELY": 20, "SECONDLY": 1}
UNITS = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}


def seconds(naive):
    return int((naive - EPOCH).total_seconds())


def local(zone, instant):
    """The naive local time at an instant."""
    return datetime.fromtimestamp(instant, timezone.utc).astimezone(zone).replace(tzinfo=None)


def first_instant(zone, naive):
    """The written rule: first pass of a doubled time, first valid instant after a gap."""
    instant = int(naive.replace(tzinfo=zone, fold=0).timestamp())
    if local(zone, instant) == naive:
        return instant
    low, high = instant - 2 * 86400, instant + 2 * 86400
    while low + 1 < high:
        middle = (low + high) // 2
        if local(zone, middle) >= naive:
            high = middle
        else:
            low = middle
    return high


def week(day, start):
    """Week number of a date and weeks of that year, for weeks that begin on `start`: the week's fourth day decides."""
    fourth = day - timedelta(days=(day.weekday() - start) % 7) + timedelta(days=3)
    first = datetime(fourth.year, 1, 1)
    first += timedelta(days=(fourth.weekday() - first.weekday()) % 7)
    count = 0
    while first.year == fourth.year:
        first += timedelta(days=7)
        count += 1
    return (fourth.timetuple().tm_yday - 1) // 7 + 1, count


class Case:
    def __init__(self, rng):
        self.rng = rng
        self.freq = rng.choices(FREQUENCIES, [20, 22, 14, 16, 14, 8, 6])[0]
        self.parts = {}
        self.elapsed = self.freq in UNITS
        self.generate()

    def chance(self, percent):
        return self.rng.random() * 100 < percent

    def numbers(self, low, high, most, signed=False):
        count = self.rng.randint(1, most)
        values = {self.rng.randint(low, high) for _ in range(count)}
        return sorted({-v if signed and self.chance(30) else v for v in values})

    def generate(self):
        rng, freq, parts = self.rng, self.freq, self.parts
        self.interval = 1 if self.chance(50) else rng.choice([2, 3, 4, 5, 7, 10, 12, 15, 24, 25, 36, 60, 90, 100])
        if freq == "YEARLY" and self.interval > 12:
            self.interval = 4
        self.wkst = 0 if self.chance(70) else rng.randrange(7)
        if self.chance(30):
            parts["BYMONTH"] = self.numbers(1, 12, 4)
        if freq != "WEEKLY" and self.chance(30):
            parts["BYMONTHDAY"] = self.numbers(1, 31, 6, signed=True)
        if freq in ("YEARLY", "HOURLY", "MINUTELY", "SECONDLY") and self.chance(15):
            parts["BYYEARDAY"] = self.numbers(1, 366, 12, signed=True)
        if freq == "YEARLY" and self.chance(20):
            parts["BYWEEKNO"] = self.numbers(1, 53, 6, signed=True)
        if self.chance(40):
            self.generate_weekdays()
        if self.chance(35):
            parts["BYHOUR"] = self.numbers(0, 23, 5)
        if self.chance(35):
            parts["BYMINUTE"] = self.numbers(0, 59, 4)
        if self.chance(25):
            parts["BYSECOND"] = self.numbers(0, 59, 3)
        if parts and self.chance(25):
            parts["BYSETPOS"] = self.numbers(1, rng.choice([2, 5, 20, 366]), 3, signed=True)
        if "BYSETPOS" in parts:
            self.avoid_differences_of_sets()
        self.choose_times()

    def generate_weekdays(self):
        rng = self.rng
        ordinals = self.freq == "MONTHLY" or self.freq == "YEARLY" and "BYWEEKNO" not in self.parts
        days = []
        for _ in range(rng.randint(1, 4)):
            ordinal = 0
            if ordinals and self.chance(50):
                most = 5 if self.freq == "MONTHLY" or "BYMONTH" in self.parts else 53
                ordinal = rng.randint(1, most) * rng.choice([1, 1, -1])
            days.append((ordinal, rng.randrange(7)))
        self.parts["BYDAY"] = sorted(set(days))

    def avoid_differences_of_sets(self):
        days = self.parts.get("BYDAY", [])
        # DIFFERENCE: dateutil takes BYDAY=1MO,TU as "1MO and TU"; without BYSETPOS the union is built here instead.
        if any(o for o, _ in days) and not all(o for o, _ in days):
            self.parts["BYDAY"] = [(o, d) for o, d in days if o]
        # DIFFERENCE: weeks that reach over the turn of the year, which are filtered here, can make no set.
        if "BYWEEKNO" in self.parts:
            self.parts["BYWEEKNO"] = sorted({abs(n) % 49 + 2 for n in self.parts["BYWEEKNO"]})

    def choose_times(self):
        rng = self.rng
        self.near_change = False
        if self.elapsed:
            self.near_change = self.chance(40)
            name = rng.choice(ZONES[:10] if self.near_change else FIXED_ZONES)
        else:
            name = rng.choice(ZONES)
        self.zone_name, self.zone = name, ZoneInfo(name)
        low, high = seconds(datetime(1901, 1, 1)), seconds(datetime(2100, 1, 1))
        self.anchor = rng.randrange(low, high)
        if self.chance(40):
            # Round times are what people write, and meet the changes of the clock.
            self.anchor -= self.anchor % 1800
        if self.near_change or self.chance(20):
            self.move_to_change()
        self.dtstart = local(self.zone, self.anchor)
        days = WINDOW[self.freq] * (1 if self.elapsed else min(self.interval, 4))
        if self.near_change:
            days = {"HOURLY": 20, "MINUTELY": 2, "SECONDLY": 0.2}[self.freq]
        self.end = min(self.anchor + int(days * 86400), seconds(datetime(2199, 12, 1)))
        self.count = rng.randint(1, 40) if self.chance(15) else None
        self.until = None
        if self.count is None and self.chance(15):
            self.until = self.anchor + int((self.end - self.anchor) * rng.random() ** 3)
            self.until_form = rng.choice(["date", "local", "instant"])

    def move_to_change(self):
        """Shortly before a change of the clock, if one comes within a year."""
        offset = lambda t: local(self.zone, t) - datetime.fromtimestamp(t, timezone.utc).replace(tzinfo=None)
        step = 5 * 86400
        for instant in range(self.anchor, self.anchor + 366 * 86400, step):
            if offset(instant) != offset(instant + step):
                low, high = instant, instant + step
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
                back = 300 if self.freq == "SECONDLY" else 7200 if self.freq == "MINUTELY" else 3 * 86400
                self.anchor = high - self.rng.randrange(back)
                return

    # -- text

    def text(self):
        items = ["FREQ=" + self.freq]
        if self.interval > 1:
            items.append(f"INTERVAL={self.interval}")
        for name, values in self.parts.items():
            if name == "BYDAY":
                values = [(str(o) if o else "") + DAYS[d] for o, d in values]
            items.append(name + "=" + ",".join(map(str, values)))
        if self.wkst:
            items.append("WKST=" + DAYS[self.wkst])
        if self.count:
            items.append(f"COUNT={self.count}")
        if self.until is not None:
            form = {"date": "%Y%m%d", "local": "%Y%m%dT%H%M%S", "instant": "%Y%m%dT%H%M%SZ"}[self.until_form]
            moment = local(self.zone, self.until) if self.until_form != "instant" else local(timezone.utc, self.until)
            items.append("UNTIL=" + moment.strftime(form))
        self.rng.shuffle(items)
        return ";".join(items)

    def last_instant(self):
        if self.until is None:
            return self.end
        if self.until_form == "instant":
            return min(self.end, self.until)
        moment = local(self.zone, self.until)
        if self.until_form == "local":
            return min(self.end, first_instant(self.zone, moment))
        midnight = moment.replace(hour=0, minute=0, second=0) + timedelta(days=1)
        return min(self.end, first_instant(self.zone, midnight) - 1)

    # -- instants

    def instants(self):
        source = self.steps() if self.near_change else map(lambda t: first_instant(self.zone, t), self.naive())
        last, found, before = self.last_instant(), [], None
        for instant in source:
            if instant > last or self.count and len(found) == self.count:
                break
            # DIFFERENCE: nothing within 100 years is nothing at all.
            if instant - (before or self.anchor) > HORIZON:
                break
            if instant < self.anchor or instant == before:
                continue
            if len(found) == INSTANTS_MAX:
                return found, True
            found.append(instant)
            before = instant
        return found, False

    def naive(self):
        """The naive local times of dateutil, ascending."""
        days = self.parts.get("BYDAY", [])
        plain, ordinal = [d for d in days if not d[0]], [d for d in days if d[0]]
        if plain and ordinal:
            return self.merge(self.dateutil(plain), self.dateutil(ordinal))
        return self.dateutil(days)

    @staticmethod
    def merge(left, right):
        end = datetime.max
        one, other = next(left, end), next(right, end)
        while one != end or other != end:
            earliest = min(one, other)
            yield earliest
            one = next(left, end) if one == earliest else one
            other = next(right, end) if other == earliest else other

    def dateutil(self, days):
        parts, dtstart = self.parts, self.dtstart
        options = {name.lower(): values for name, values in parts.items() if name not in ("BYDAY", "BYWEEKNO")}
        if days:
            options["byweekday"] = [rrule.weekday(d, o) if o else rrule.weekday(d) for o, d in days]
        weeks = parts.get("BYWEEKNO")
        filtered = False
        if weeks:
            # DIFFERENCE: RFC 5545 takes the weekday from the start, dateutil takes all seven.
            if not days and "BYMONTHDAY" not in parts and "BYYEARDAY" not in parts:
                options["byweekday"] = [dtstart.weekday()]
            # DIFFERENCE: dateutil misses some weeks at the turn of the year when they are counted from the end.
            filtered = any(not 2 <= n <= 50 for n in weeks)
            if not filtered:
                options["byweekno"] = weeks
        if self.freq == "WEEKLY" and "bysetpos" in options:
            # DIFFERENCE: dateutil makes the first week's set of the days from the start on only.
            options.setdefault("byweekday", [dtstart.weekday()])
            for name, value in (("byhour", dtstart.hour), ("byminute", dtstart.minute), ("bysecond", dtstart.second)):
                options.setdefault(name, [value])
            dtstart = dtstart - timedelta(days=(dtstart.weekday() - self.wkst) % 7)
        if filtered and not options.keys() & {"byweekday", "bymonthday", "byyearday"}:
            options["byweekday"] = list(range(7))
        until = local(self.zone, self.end) + timedelta(days=3)
        calendar.MAXYEAR = until.year
        try:
            rule = rrule.rrule(getattr(rrule, self.freq), dtstart=dtstart, interval=self.interval, wkst=self.wkst,
                               until=until, **options)
            for time in rule:
                if time >= self.dtstart and (not filtered or self.in_weeks(time, weeks)):
                    yield time
        except ValueError as error:
            # No step can match, which dateutil refuses.
            assert "empty" in str(error), error

    def in_weeks(self, day, weeks):
        number, count = week(day, self.wkst)
        return number in weeks or number - count - 1 in weeks

    def steps(self):
        """Elapsed steps, walked through one by one, across changes of the clock."""
        parts, unit = self.parts, UNITS[self.freq]
        finer = {"HOURLY": ["BYMINUTE", "BYSECOND"], "MINUTELY": ["BYSECOND"], "SECONDLY": []}[self.freq]
        expands = [name for name in finer if name in parts]
        length = 3600 if "BYMINUTE" in expands else 60 if expands else 1
        for step in range(self.anchor, self.end + 1, unit * self.interval):
            moment = local(self.zone, step)
            if not self.takes(moment, finer):
                continue
            offset = seconds(moment) - step
            block = seconds(moment) // length * length
            minutes = parts["BYMINUTE"] if "BYMINUTE" in expands else [0]
            within = parts["BYSECOND"] if "BYSECOND" in expands else [moment.second if length > 1 else 0]
            members = []
            for second in sorted(60 * m + s for m in minutes for s in within):
                instant = block + second - offset
                if self.holds(step, instant):
                    members.append(instant)
            positions = parts.get("BYSETPOS")
            if positions:
                chosen = {p - 1 if p > 0 else len(members) + p for p in positions}
                members = [m for i, m in enumerate(members) if i in chosen]
            yield from members

    def holds(self, step, instant):
        """No change of the clock lies between the two."""
        return local(self.zone, instant) - local(self.zone, step) == timedelta(seconds=instant - step)

    def takes(self, time, finer):
        parts = self.parts
        length = 366 if time.year % 4 == 0 and (time.year % 100 or time.year % 400 == 0) else 365
        month = (time.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        year_day = time.timetuple().tm_yday
        tests = {
            "BYMONTH": lambda v: time.month in v,
            "BYMONTHDAY": lambda v: time.day in v or time.day - month.day - 1 in v,
            "BYYEARDAY": lambda v: year_day in v or year_day - length - 1 in v,
            "BYDAY": lambda v: (0, time.weekday()) in v,
            "BYHOUR": lambda v: time.hour in v,
            "BYMINUTE": lambda v: time.minute in v,
            "BYSECOND": lambda v: time.second in v,
        }
        return all(tests[name](values) for name, values in parts.items() if name in tests and name not in finer)


def main():
    seed, cases = int(sys.argv[1]), int(sys.argv[2])
    for number in range(cases):
        case = Case(random.Random(f"{seed}/{number}"))
        found, more = case.instants()
        fields = [case.text(), case.zone_name, case.anchor, case.end, int(more), " ".join(map(str, found))]
        print("|".join(map(str, fields)), flush=True)


if __name__ == "__main__":
    main()
