"""Figures of collaboration, computed straight from an activity log, by a program that shares nothing with Passerelle.

What it is for: the figures that Passerelle shows of a record can be held against these. Python 3.9 or later, with its
standard library alone.

    python3 figures.py FOLDER > figures.json

Input: the folder of an activity log. Read are `organisation.json` (`time_zone`), `departments.csv`, `members.csv`,
`transfers.csv` where there is one, and `activities.jsonl` or `activities.jsonl.gz`, in any order of lines.

- A message is a `Create` of a Note, Question or Announcement by a member: posts and comments alike.
- An addressed act is one recipient in `to` of what a member created; who is named twice is addressed once.
- The source of an act is the author's department at the moment it was published, as far as it was known then
  (`known_at`); its receiver is the recipient's department of the local day: on the day of a transfer, the new one.
- Days are those of the organisation's time zone; weeks are those of ISO 8601, Monday to Sunday.
- The people of a window are the members who had joined before its end and had not left before its beginning.
  Absences in between are not looked at.

Output: one JSON object.

    record       the same figures as of a week, over the whole record
    weeks        of each ISO week ("2010-W01"), from the first activity's to the last's:
      people, messages, senders, addressed_acts, arcs, ties
      matrix             {source department: {receiver department: acts}}, of addressed acts; cells of 0 are left out;
                         who has no department stands under ""
      cross_share        acts between different departments / acts
      ei_acts            E-I index of acts: (external - internal) / (external + internal)
      ei_ties            the same of ties: pairs of people of whom one addressed the other at least once, whatever the
                         direction; the departments are those of the window's last day, acts to oneself are left out
      reciprocity        arcs whose opposite is there too / arcs; an arc is a person who addressed another
      density            ties / (n (n - 1) / 2), n = people
      gini_with_zeros    of messages sent by each of the people
      gini_of_senders    of messages sent by those who sent any
      brokers            the ten people with the highest betweenness in the graph of ties, normalised by the
                         (n - 1) (n - 2) / 2 pairs of others, to 12 digits; equals in the order of ids,
                         nobody with 0
    cohorts      of each week in which somebody sent their first message: size, and for each week from that one on
                 how many of them sent a message (retained) and how many had left before it began (left)
    time_to_first_message
                 Kaplan-Meier, in local days from that of the account to that of the first message, censored on that of
                 left_at or of the record's last activity; of those who have an account (account_at, or whoever acts
                 from joined_at on where there is no such column): people, events, median (the first time at which the share
                 still waiting is one half or less) and curve [{days, at_risk, events, survival}]. Who wrote before
                 joining waited 0. Who joined after the last activity is left out.

What cannot be said (a share of nothing) is null.
"""

import csv
import gzip
import json
import sys
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

MESSAGES = {"Note", "Question", "Announcement"}


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def member_of(reference):
    kind, _, identifier = reference.partition(":")
    return identifier if kind == "member" else None


def share(part, whole):
    return part / whole if whole else None


class Log:
    """An activity log: who belonged where and when, and who wrote to whom."""

    def __init__(self, folder):
        organisation = json.loads((folder / "organisation.json").read_text(encoding="utf-8"))
        self.zone = ZoneInfo(organisation["time_zone"])
        self.departments = [row["id"] for row in rows(folder / "departments.csv")]
        self.joined, self.left = {}, {}  # of each member, as instants
        self.accounts = {}  # of each member who has one, since when; all who act where the record does not say
        says_accounts = False
        # Of each member the departments, as (from when, known since when, which), in the order they came.
        self.places = defaultdict(list)
        for row in rows(folder / "members.csv"):
            member, joined = row["id"], instant(row["joined_at"])
            self.joined[member] = joined
            if row.get("left_at"):
                self.left[member] = instant(row["left_at"])
            says_accounts = says_accounts or "account_at" in row
            if row.get("account_at"):
                self.accounts[member] = instant(row["account_at"])
            if row["department"]:
                self.places[member].append((joined, joined, row["department"]))
        for row in rows(folder / "transfers.csv"):
            at = instant(row["at"])
            known = instant(row["known_at"]) if row.get("known_at") else at
            self.places[row["member"]].append((at, known, row["department"]))
        for places in self.places.values():
            places.sort(key=lambda place: place[0])
        self.start = self.end = None
        self.messages = []  # (when, author)
        self.addressed = []  # (when, author, recipient)
        self.acting = set()
        self.read_activities(folder)
        if not says_accounts:
            self.accounts = {member: self.joined[member] for member in self.acting if member in self.joined}

    def read_activities(self, folder):
        plain = folder / "activities.jsonl"
        opened = plain.open(encoding="utf-8") if plain.exists() else gzip.open(f"{plain}.gz", "rt", encoding="utf-8")
        with opened as lines:
            for line in lines:
                if line.strip():
                    self.read_activity(json.loads(line))

    def read_activity(self, activity):
        when, author, made = instant(activity["published"]), member_of(activity["actor"]), activity["object"]
        self.start = min(when, self.start or when)
        self.end = max(when, self.end or when)
        self.acting.add(author)
        if author is None or activity["type"] != "Create" or not isinstance(made, dict):
            return
        if made["type"] in MESSAGES:
            self.messages.append((when, author))
        for recipient in dict.fromkeys(map(member_of, made.get("to", []))):
            self.addressed.append((when, author, recipient))

    def day(self, when):
        return when.astimezone(self.zone).date()

    def beginning(self, day):
        """The instant at which a day begins."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone)

    def known_department(self, member, when):
        """Where somebody was at an instant, by what was known then."""
        places = [which for since, known, which in self.places[member] if since <= when and known <= when]
        return places[-1] if places else self.department_on(member, self.day(when))

    def department_on(self, member, day):
        """Where somebody was on a day, by what is known today: on the first day already, before it as on it."""
        places = self.places[member]
        if not places:
            return ""
        passed = bisect_right([self.day(since) for since, _, _ in places], day)
        return places[max(passed - 1, 0)][2]

    def people(self, first, last):
        """Who has a department and was there on any of these days."""
        begins, ends = self.beginning(first), self.beginning(last + timedelta(days=1))
        return [
            member
            for member, joined in self.joined.items()
            if self.places[member] and joined < ends and self.left.get(member, begins) >= begins
        ]


def rows(path):
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def gini(counts):
    counts, total = sorted(counts), sum(counts)
    n = len(counts)
    return share(sum((2 * rank - n - 1) * count for rank, count in enumerate(counts, 1)), n * total)


def index(external, internal):
    return share(external - internal, external + internal)


def betweenness(neighbours, n):
    """Brandes 2001, for an undirected graph without weights: the share of other pairs' shortest paths."""
    score = dict.fromkeys(neighbours, 0.0)
    for source in neighbours:
        order, before = [], defaultdict(list)
        paths, distance = Counter({source: 1}), {source: 0}
        queue = deque([source])
        while queue:
            node = queue.popleft()
            order.append(node)
            for other in neighbours[node]:
                if other not in distance:
                    distance[other] = distance[node] + 1
                    queue.append(other)
                if distance[other] == distance[node] + 1:
                    paths[other] += paths[node]
                    before[other].append(node)
        depends = Counter()
        for node in reversed(order):
            for nearer in before[node]:
                depends[nearer] += paths[nearer] / paths[node] * (1 + depends[node])
            if node != source:
                score[node] += depends[node]
    pairs = (n - 1) * (n - 2)
    return {node: value / pairs for node, value in score.items()} if pairs > 0 else score


def brokers(ties, n):
    neighbours = defaultdict(list)
    for one, other in sorted(ties):
        neighbours[one].append(other)
        neighbours[other].append(one)
    # Equals come out equal but for the last digits, which depend on the order of sums.
    score = {member: round(value, 12) for member, value in betweenness(neighbours, n).items()}
    ranked = sorted(score.items(), key=lambda item: (-item[1], item[0]))
    return [{"member": member, "betweenness": value} for member, value in ranked[:10] if value > 0]


def figures(log, messages, addressed, first, last):
    """What is known of a window of days, both included, given its messages and addressed acts."""
    matrix = defaultdict(Counter)
    for when, author, recipient in addressed:
        receiver = log.department_on(recipient, log.day(when))
        matrix[log.known_department(author, when)][receiver] += 1
    within = sum(receivers[source] for source, receivers in matrix.items())
    arcs = {(author, recipient) for _, author, recipient in addressed if author != recipient}
    ties = {tuple(sorted(arc)) for arc in arcs}
    internal = sum(log.department_on(one, last) == log.department_on(other, last) for one, other in ties)
    people = log.people(first, last)
    n = len(people)
    sent = Counter(author for _, author in messages)
    return {
        "people": n,
        "messages": len(messages),
        "senders": len(sent),
        "addressed_acts": len(addressed),
        "arcs": len(arcs),
        "ties": len(ties),
        "matrix": {source: dict(sorted(receivers.items())) for source, receivers in sorted(matrix.items())},
        "cross_share": share(len(addressed) - within, len(addressed)),
        "ei_acts": index(len(addressed) - within, within),
        "ei_ties": index(len(ties) - internal, internal),
        "reciprocity": share(sum((to, author) in arcs for author, to in arcs), len(arcs)),
        "density": share(2 * len(ties), n * (n - 1)),
        "gini_with_zeros": gini([sent[member] for member in people]),
        "gini_of_senders": gini(sent.values()),
        "brokers": brokers(ties, n),
    }


def week_of(day):
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def name_of(monday):
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def by_week(log, acts):
    weeks = defaultdict(list)
    for act in acts:
        weeks[week_of(log.day(act[0]))].append(act)
    return weeks


def cohorts(log, mondays):
    active = defaultdict(set)
    for when, author in log.messages:
        active[author].add(week_of(log.day(when)))
    members = defaultdict(list)
    for author, weeks in active.items():
        members[min(weeks)].append(author)
    left = {member: log.day(when) for member, when in log.left.items()}
    return {
        name_of(first): {
            "size": len(members[first]),
            "retained": [sum(week in active[m] for m in members[first]) for week in mondays if week >= first],
            "left": [sum(left.get(m, date.max) < week for m in members[first]) for week in mondays if week >= first],
        }
        for first in sorted(members)
    }


def time_to_first_message(log):
    first = {}
    for when, author in log.messages:
        day = log.day(when)
        first[author] = min(day, first.get(author, day))
    waits, last = [], log.day(log.end)
    for member, since in log.accounts.items():
        begun = log.day(since)
        lost = min(log.day(log.left[member]), last) if member in log.left else last
        happened = member in first and first[member] <= lost
        if begun <= lost:
            waits.append((max(((first[member] if happened else lost) - begun).days, 0), happened))
    waits.sort()
    curve, at_risk, survival, median = [], len(waits), 1.0, None
    for time, together in groupby(waits, key=lambda wait: wait[0]):
        ends = [happened for _, happened in together]
        events = sum(ends)
        if events:
            survival *= (at_risk - events) / at_risk
            curve.append({"days": time, "at_risk": at_risk, "events": events, "survival": survival})
            if median is None and survival <= 0.5 + 1e-12:
                median = time
        at_risk -= len(ends)
    return {
        "people": len(waits),
        "events": sum(happened for _, happened in waits),
        "median": median,
        "curve": curve,
    }


def main(folder):
    log = Log(folder)
    first, last = log.day(log.start), log.day(log.end)
    messages, addressed = by_week(log, log.messages), by_week(log, log.addressed)
    mondays = [week_of(first)]
    while mondays[-1] < week_of(last):
        mondays.append(mondays[-1] + timedelta(days=7))
    result = {
        "record": figures(log, log.messages, log.addressed, first, last),
        "weeks": {
            name_of(monday): figures(log, messages[monday], addressed[monday], monday, monday + timedelta(days=6))
            for monday in mondays
        },
        "cohorts": cohorts(log, mondays),
        "time_to_first_message": time_to_first_message(log),
    }
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
