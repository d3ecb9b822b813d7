"""An activity log as it was meant: who was there and where on each day, and what people did.

Read from its folder are `organisation.json` (`time_zone`), the tables, and `activities.jsonl` or `activities.jsonl.gz`,
in any order of lines. What is understood are notes, questions, announcements and documents, addressed to members or in
open communities; comments, edits, removals, reactions; communities founded, joined and left; and what counts for nothing
(views, sign-ins, settings). A record that holds anything else is `OfAnotherShape`.

- Left out is what the rules of the log do not let in: members of no department; what somebody does who is not there or
  has no account; messages of services, or to nobody but oneself, or to somebody who is not known yet; what is upon
  something that is not there or is for others.
- What nobody decided on (`automatic`) is there, and counts for nothing; so does the joining of whoever writes in a
  community that they have not joined.
- Where people were is what is known of it in the end: a transfer counts from the day on which it holds, whenever it was
  told; on its day they are in the new department. One told into the department where they were, by what was known when
  it was told, says nothing. Before the first department that is known they were in the first.
- Days are those of the organisation's time zone.
"""

import csv
import gzip
import json
from bisect import bisect_right
from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

MESSAGES = {"Note", "Question", "Announcement"}
# What says when something was told, in tables of which nothing else is read.
TOLD = {
    "departments.csv": ("opened_at", "closed_at"),
    "department_changes.csv": ("at",),
    "roles.csv": ("from", "revoked_at"),
}


class OfAnotherShape(Exception):
    """The record holds what this program does not understand."""


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def identifier(reference, kind):
    found, _, name = reference.partition(":")
    return name if found == kind else None


def rows(path):
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


class Record:
    def __init__(self, folder):
        organisation = json.loads((folder / "organisation.json").read_text(encoding="utf-8"))
        self.zone = ZoneInfo(organisation["time_zone"])
        self.first = self.last = None  # the days of the first activity, and of the last thing told
        self.refused = []  # the lines of activities that were left out, and those of members
        self.refused_members = []
        self.contributed = []  # (day, member): messages, documents, communities
        self.participated = []  # (day, member): those, comments, edits, reactions, joining
        # (day, day of publication, source, receiver): a message addressed to the receiver, or a comment or reaction of
        # theirs upon what the source wrote; not to oneself.
        self.acts = []
        self.addressed = 0  # how many of these are messages addressed
        for name, columns in TOLD.items():
            for row in rows(folder / name):
                self.told(*(instant(row[column]) for column in columns if row.get(column)))
        activities = sorted(read_activities(folder), key=lambda line: instant(line[1]["published"]))
        self.read_people(folder, {identifier(activity["actor"], "member") for _, activity in activities})
        self.read_transfers(folder)
        self.notes, self.reactions, self.looks = {}, {}, set()
        self.leaders, self.inside = {}, set()  # of communities, and (community, member) of those who joined
        for line, activity in activities:
            self.read_activity(line, activity)

    def day(self, when):
        return when.astimezone(self.zone).date()

    def told(self, *times):
        for when in times:
            self.last = max(self.day(when), self.last or self.day(when))

    def read_people(self, folder, acting):
        departments = {row["id"] for row in rows(folder / "departments.csv")}
        self.joined, self.accounts = {}, {}  # since when, as instants
        self.changes = defaultdict(list)  # of each member, whether they are there: (since, 2 if not, whether)
        self.places = {}  # of each member the departments, as (since, which), in the order in which they held
        for line, row in enumerate(rows(folder / "members.csv"), 2):
            member, joined = row["id"], instant(row["joined_at"])
            if row["department"] not in departments:
                self.refused_members.append(line)
                continue
            self.told(joined)
            self.joined[member] = joined
            self.places[member] = [(joined, row["department"])]
            self.changes[member].append((joined, 0, True))
            if row.get("left_at"):
                self.leaves(member, instant(row["left_at"]))
            account = row.get("account_at") if "account_at" in row else row["joined_at"] if member in acting else None
            if account:
                self.accounts[member] = instant(account)
                self.told(self.accounts[member])
        for row in rows(folder / "absences.csv"):
            if row["member"] in self.joined:
                self.leaves(row["member"], instant(row["left_at"]))
                self.changes[row["member"]].append((instant(row["returned_at"]), 1, True))
                self.told(instant(row["returned_at"]))
        for changes in self.changes.values():
            changes.sort()

    def leaves(self, member, when):
        self.changes[member].append((when, 2, False))
        self.told(when)

    def read_transfers(self, folder):
        transfers = [(instant(row.get("known_at") or row["at"]), row) for row in rows(folder / "transfers.csv")]
        for known, row in sorted(transfers, key=lambda transfer: transfer[0]):
            since, member, department = instant(row["at"]), row["member"], row["department"]
            if member not in self.joined or since < self.joined[member] or known < since:
                continue
            places = self.places[member]
            holding = bisect_right([since for since, _ in places], since) - 1
            if places[holding][1] == department:
                continue
            self.told(known)
            if places[holding][0] == since:
                places[holding] = (since, department)
            else:
                places.insert(holding + 1, (since, department))

    def department_on(self, member, day):
        """Where somebody was on a day."""
        places = self.places[member]
        passed = bisect_right([self.day(since) for since, _ in places], day)
        return places[max(passed - 1, 0)][1]

    def is_there(self, member, day):
        """Whether somebody belongs to the organisation at the end of a day."""
        passed = [there for since, _, there in self.changes[member] if self.day(since) <= day]
        return bool(passed) and passed[-1]

    def left_on(self, member):
        """The day on which somebody left for good."""
        since, _, there = self.changes[member][-1]
        return None if there else self.day(since)

    def people(self, day):
        """Who belongs to the organisation at the end of a day."""
        return [member for member in self.joined if self.is_there(member, day)]

    def can_act(self, member, when):
        # Who leaves or comes at an instant still or already acts at it.
        passed = [there for since, leaves, there in self.changes.get(member, []) if (since, leaves) <= (when, 1)]
        return bool(passed) and passed[-1] and member in self.accounts and self.accounts[member] <= when

    def read_activity(self, line, activity):
        verb, made, when = activity["type"], activity["object"], instant(activity["published"])
        kind = made["type"] if isinstance(made, dict) else made.partition(":")[0]
        if (verb, kind) in {("Update", "Organization"), ("Update", "Person"), ("Arrive", "organisation")}:
            return self.accept(when)
        member = identifier(activity["actor"], "member")
        item = kind in {"note", "document"}
        made_by = made if isinstance(made, dict) else {}
        read = {
            ("Create", "inReplyTo"): kind in MESSAGES and self.comment,
            ("Create", "to"): kind in MESSAGES | {"Document"} and self.message,
            ("Create", "audience"): kind in MESSAGES | {"Document"} and self.message,
            ("Create", None): kind == "Group" and made_by.get("access", "open") == "open" and self.found,
            ("Join", None): kind == "group" and self.join,
            ("Leave", None): kind == "group" and self.leave,
            ("Update", None): kind == "Note" and "pinned" not in made and self.edit,
            ("Like", None): item and self.react,
            ("Undo", None): kind == "Like" and self.take_back,
            ("View", None): item and self.look,
            ("Delete", None): item and self.remove,
        }.get((verb, next((way for way in ("inReplyTo", "to", "audience") if way in made_by), None)))
        if not read:
            raise OfAnotherShape(f"{verb} of {kind}")
        # False is refused, and nothing where it changes nothing.
        done = self.can_act(member, when) and read(activity, member, when)
        if done is False:
            self.refused.append(line)
        elif done:
            self.accept(when)
        return None

    def accept(self, when):
        self.first = self.first or self.day(when)
        self.told(when)

    def counts(self, activity, when, member, contributes=False):
        if not activity.get("automatic"):
            self.participated.append((self.day(when), member))
            if contributes:
                self.contributed.append((self.day(when), member))

    def passes(self, activity, when, note, receiver):
        if not activity.get("automatic") and receiver != note["author"]:
            self.acts.append((self.day(when), note["day"], note["author"], receiver))

    def message(self, activity, member, when):
        made = activity["object"]
        if made.get("id", "") in self.notes:
            return False
        if "audience" in made:
            if made["audience"] not in self.leaders:
                return False
            self.write(made, member, when, made["audience"])
            self.counts(activity, when, member, contributes=True)
            return True
        addressed = [identifier(reference, "member") for reference in made["to"]]
        addressed = [name for name in dict.fromkeys(addressed) if name != member]
        if not addressed or any(name not in self.joined or self.joined[name] > when for name in addressed):
            return False
        note = self.write(made, member, when, {member, *addressed})
        self.counts(activity, when, member, contributes=True)
        for receiver in addressed:
            self.passes(activity, when, note, receiver)
            self.addressed += not activity.get("automatic")
        return True

    def found(self, activity, member, when):
        if activity["object"]["id"] in self.leaders:
            return False
        self.leaders[activity["object"]["id"]] = member
        self.counts(activity, when, member, contributes=True)
        return True

    def join(self, activity, member, when):
        stay = (activity["object"], member)
        if stay[0] not in self.leaders:
            return False
        if stay in self.inside:
            return None
        self.inside.add(stay)
        self.counts(activity, when, member)
        return True

    def leave(self, activity, member, _when):
        stay = (activity["object"], member)
        if self.leaders.get(stay[0], member) == member:
            return False
        if stay not in self.inside:
            return None
        self.inside.remove(stay)
        return True

    def comment(self, activity, member, when):
        made = activity["object"]
        answered = self.readable(made["inReplyTo"], member)
        if not answered or made.get("id", "") in self.notes:
            return False
        self.write(made, member, when, answered["audience"])
        self.counts(activity, when, member)
        self.passes(activity, when, answered, member)
        return True

    def write(self, made, member, when, audience):
        """The audience is a community or a set of members; whoever writes in a community is in it from then on."""
        if isinstance(audience, str) and self.leaders[audience] != member:
            self.inside.add((audience, member))
        note = {"author": member, "day": self.day(when), "audience": audience}
        if "id" in made:
            self.notes[made["id"]] = note
        return note

    def readable(self, reference, member):
        note = self.notes.get(reference)
        return note if note and (isinstance(note["audience"], str) or member in note["audience"]) else None

    def edit(self, activity, member, when):
        note = self.notes.get(activity["object"]["id"])
        if not note or note["author"] != member:
            return False
        self.counts(activity, when, member)
        return True

    def react(self, activity, member, when):
        note, reaction = self.readable(activity["object"], member), activity.get("reaction", "like")
        if not note:
            return False
        was = self.reactions.get((activity["object"], member))
        if was == reaction:
            return None
        self.reactions[activity["object"], member] = reaction
        self.counts(activity, when, member)
        if was is None:
            self.passes(activity, when, note, member)
        return True

    def take_back(self, activity, member, _when):
        return self.reactions.pop((activity["object"]["object"], member), None)

    def look(self, activity, member, when):
        look = (activity["object"], member, self.day(when))
        if not self.readable(activity["object"], member):
            return False
        seen = look in self.looks
        self.looks.add(look)
        return None if seen else True

    def remove(self, activity, member, _when):
        """That it was written stays so."""
        note = self.notes.get(activity["object"])
        return bool(note) and note["author"] == member


def read_activities(folder):
    plain = folder / "activities.jsonl"
    opened = plain.open(encoding="utf-8") if plain.exists() else gzip.open(f"{plain}.gz", "rt", encoding="utf-8")
    with opened as lines:
        return [(number, json.loads(line)) for number, line in enumerate(lines, 1) if line.strip()]
