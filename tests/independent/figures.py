"""Figures of collaboration, computed straight from an activity log, by a program that shares nothing with Passerelle.

What it is for: the figures that Passerelle shows of a record can be held against these. Python 3.9 or later, with its
standard library alone.

    python3 figures.py FOLDER > figures.json

`record.py` beside it says what is read of the folder, and what of it does not count. A record of another shape is said
to be one, and ends the program with status 3.

- Contributions are messages, documents and communities; who took part made one, commented, edited, reacted or joined.
- An act is what passed from the person who wrote something to another: one recipient of a message, of whom each is
  named once and the author not at all; one comment of another, or their reaction. Its source is the department where
  the author was on the day of publication, its receiver that of the recipient on the day of the act.
- The people of a window are those who belong to the organisation at the end of its last day, and the ties of a window
  are those between two of them, each in the department of that day. Whoever left in the window is in the matrix, and
  in no tie, and among no senders.
- Weeks are those of ISO 8601, Monday to Sunday.

Output: one JSON object.

    refused      the lines that the rules of the log do not let in: of activities, of members
    addressed    acts that are messages addressed to somebody
    record       the same figures as of a week, over the whole record
    weeks        of each ISO week ("2010-W01"), from the first activity's to that of the last thing told:
      people, contributions, senders, acts, cross_acts, arcs, ties
      matrix             {source department: {receiver department: acts}}; cells of 0 are left out
      cross_share        acts between different departments / acts
      ei_acts            E-I index of acts: (external - internal) / (external + internal)
      ei_ties            the same of ties: pairs of people of whom one acted upon what the other wrote at least once
      reciprocity        arcs whose opposite is there too / arcs; an arc is a tie in one direction
      density            ties / (n (n - 1) / 2), n = people; null of fewer than two
      gini_with_zeros    of contributions of each of the people
      gini_of_senders    of contributions of those of them who made any
      betweenness        of each of the people with any in the graph of ties, the highest first: the share of the
                         (n - 1) (n - 2) / 2 pairs of others' shortest paths, to 12 digits
    cohorts      of each week in which somebody took part for the first time: size, and for each week from that one on
                 how many of them had left by its end (left), and how many of the others took part in it (retained)
    time_to_first_contribution
                 Kaplan-Meier, in local days from that of the account to that of the first contribution, censored on that of
                 leaving for good or on the last day; of those who have an account: people, events, median (the first
                 time at which the share still waiting is one half or less) and curve [{days, at_risk, events, survival}]

What cannot be said (a share of nothing) is null.
"""

import json
import sys
from collections import Counter, defaultdict, deque
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from record import OfAnotherShape, Record


def share(part, whole):
    return part / whole if whole else None


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
    return [{"member": member, "betweenness": value} for member, value in ranked if value > 0]


def figures(record, contributed, acts, last):
    """What is known of a window that ends with a day, given its contributions and acts."""
    matrix = defaultdict(Counter)
    for day, published, source, receiver in acts:
        matrix[record.department_on(source, published)][record.department_on(receiver, day)] += 1
    within = sum(receivers[source] for source, receivers in matrix.items())
    people = set(record.people(last))
    arcs = {(source, receiver) for _, _, source, receiver in acts if source in people and receiver in people}
    ties = {tuple(sorted(arc)) for arc in arcs}
    internal = sum(record.department_on(one, last) == record.department_on(other, last) for one, other in ties)
    n = len(people)
    sent = Counter(member for _, member in contributed if member in people)
    return {
        "people": n,
        "contributions": len(contributed),
        "senders": len(sent),
        "acts": len(acts),
        "cross_acts": len(acts) - within,
        "arcs": len(arcs),
        "ties": len(ties),
        "matrix": {source: dict(sorted(receivers.items())) for source, receivers in sorted(matrix.items())},
        "cross_share": share(len(acts) - within, len(acts)),
        "ei_acts": index(len(acts) - within, within),
        "ei_ties": index(len(ties) - internal, internal),
        "reciprocity": share(sum((to, author) in arcs for author, to in arcs), len(arcs)),
        "density": share(2 * len(ties), n * (n - 1)),
        "gini_with_zeros": gini([sent[member] for member in people]),
        "gini_of_senders": gini(sent.values()),
        "betweenness": brokers(ties, n),
    }


def week_of(day):
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def name_of(monday):
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def by_week(acts):
    weeks = defaultdict(list)
    for act in acts:
        weeks[week_of(act[0])].append(act)
    return weeks


def cohorts(record, mondays):
    active = defaultdict(set)
    for day, member in record.participated:
        active[member].add(week_of(day))
    members = defaultdict(set)
    for member, weeks in active.items():
        members[min(weeks)].add(member)
    there = {week: set(record.people(week + timedelta(days=6))) for week in mondays}
    return {
        name_of(first): {
            "size": len(members[first]),
            "left": [len(members[first] - there[week]) for week in mondays if week >= first],
            "retained": [
                sum(week in active[member] for member in members[first] & there[week])
                for week in mondays
                if week >= first
            ],
        }
        for first in sorted(members)
    }


def waits(record):
    """Of each who has an account how many days they waited, and whether for a first contribution or in vain."""
    first = {}
    for day, member in record.contributed:
        first[member] = min(day, first.get(member, day))
    for member, since in record.accounts.items():
        begun, lost = record.day(since), record.left_on(member) or record.last
        happened = member in first and first[member] <= lost
        if begun <= lost:
            yield ((first[member] if happened else lost) - begun).days, happened


def time_to_first_contribution(record):
    waited = sorted(waits(record))
    curve, at_risk, survival, median = [], len(waited), 1.0, None
    for time, together in groupby(waited, key=lambda wait: wait[0]):
        ends = [happened for _, happened in together]
        events = sum(ends)
        if events:
            survival *= (at_risk - events) / at_risk
            curve.append({"days": time, "at_risk": at_risk, "events": events, "survival": survival})
            if median is None and survival <= 0.5 + 1e-12:
                median = time
        at_risk -= len(ends)
    return {
        "people": len(waited),
        "events": sum(happened for _, happened in waited),
        "median": median,
        "curve": curve,
    }


def main(folder):
    record = Record(folder)
    contributed, acts = by_week(record.contributed), by_week(record.acts)
    mondays = [week_of(record.first)]
    while mondays[-1] < week_of(record.last):
        mondays.append(mondays[-1] + timedelta(days=7))
    result = {
        "refused": {"activities": sorted(record.refused), "members": record.refused_members},
        "addressed": record.addressed,
        "record": figures(record, record.contributed, record.acts, record.last),
        "weeks": {
            name_of(monday): figures(record, contributed[monday], acts[monday], monday + timedelta(days=6))
            for monday in mondays
        },
        "cohorts": cohorts(record, mondays),
        "time_to_first_contribution": time_to_first_contribution(record),
    }
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        main(Path(sys.argv[1]))
    except OfAnotherShape as shape:
        print(f"a record of another shape: {shape}", file=sys.stderr)
        sys.exit(3)
