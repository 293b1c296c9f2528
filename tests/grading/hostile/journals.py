"""Journals that no page of the course has written."""

from __future__ import annotations

import json
import os
import stat

from grading.hostile.declare import (
    AT,
    BLANK,
    HONEST,
    SOUND,
    Earns,
    Group,
    Made,
    answered,
    remarked,
)

NONE = "nbgrader has no journal"
JOURNALS = Group("Journals", NONE)
BROKEN = "The chain of lines is broken"
RECEIPT = "not the ones that the receipt"
UNREAD = "There are no answers to read"
RIGHT = Earns(2, 3)
BLANK_BUT_WRITTEN = Earns(0, 0)


def _replace(made: Made, old: str, new: str) -> None:
    raw = made.journal.read_bytes()
    assert old.encode() in raw
    made.journal.write_bytes(raw.replace(old.encode(), new.encode()))


@JOURNALS.add("There is none.", UNREAD, earns=BLANK)
def missing_journal(made: Made) -> None:
    made.journal.unlink()


@JOURNALS.add("An empty file.", "don't say whose they are", "Not one item", earns=BLANK)
def empty_journal(made: Made) -> None:
    made.journal.write_bytes(b"")


@JOURNALS.add("The last line is torn.", "is torn", RECEIPT, earns=Earns(2, 0, waits=False))
def torn_journal(made: Made) -> None:
    made.journal.write_bytes(made.journal.read_bytes()[:-30])


@JOURNALS.add("The first lines are lost.", "don't say whose they are", BROKEN)
def headless_journal(made: Made) -> None:
    made.journal.write_bytes(b"".join(made.lines()[1:]))


@JOURNALS.add("Earlier lines were appended once more.", "repeats an earlier line", RECEIPT)
def replayed_journal(made: Made) -> None:
    lines = made.lines()
    made.journal.write_bytes(b"".join(lines + lines))


@JOURNALS.add("Lines in another order.", BROKEN, RECEIPT)
def shuffled_journal(made: Made) -> None:
    made.journal.write_bytes(b"".join(made.lines()[::-1]))


@JOURNALS.add("The journal of another trainee.", "under the id 'b-honest'", RECEIPT)
def foreign_journal(made: Made) -> None:
    other = made.neighbor / "answers" / "m01.jsonl"
    made.journal.write_bytes(other.read_bytes())


@JOURNALS.add(
    "Another trainee's lines behind one's own.",
    "is from the journal of 'b-honest'",
    BROKEN,
    RECEIPT,
)
def spliced_journal(made: Made) -> None:
    other = (made.neighbor / "answers" / "m01.jsonl").read_bytes()
    made.journal.write_bytes(made.journal.read_bytes() + other)


@JOURNALS.add("A journal of another assignment.", "given to 'm02'")
def journal_of_another_page(made: Made) -> None:
    opening = made.opening(assignment="m02", notebook="m02")
    made.forge(opening, *(answered(i, v) for i, v in SOUND.items()))


@JOURNALS.add("An answer was changed in a text editor.", BROKEN, RECEIPT, earns=RIGHT)
def hand_edited_journal(made: Made) -> None:
    _replace(made, '"value":["b"]', '"value":["a","c"]')


@JOURNALS.add("The times were put back by years in a text editor.", BROKEN, RECEIPT)
def back_dated_journal(made: Made) -> None:
    lines = [json.loads(line) | {"at": "1999-01-01T00:00:00.000Z"} for line in made.lines()]
    raw = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    made.journal.write_text(raw, encoding="utf-8")


@JOURNALS.add(
    "Written anew with other answers, a sound chain and a receipt for it: what anybody can write "
    "who answers. It earns what its answers earn.",
    earns=RIGHT,
)
def rewritten_journal(made: Made) -> None:
    made.forge(*(answered(i, v) for i, v in (SOUND | {"m01-q02": ["a", "c"]}).items()))


@JOURNALS.add("Times that no clock tells.", "An answer has the time 9999")
def impossible_times(made: Made) -> None:
    made.forge(*(answered(i, v) for i, v in SOUND.items()), at="9999-12-31T23:59:59-23:59")


@JOURNALS.add("A version of the format that is not ours.", "not a line of this format", earns=BLANK)
def journal_of_another_version(made: Made) -> None:
    _replace(made, '{"v":1,', '{"v":2,')


@JOURNALS.add("Three gigabytes of nothing behind the answers.", "is longer than", RECEIPT)
def huge_journal(made: Made) -> None:
    with made.journal.open("r+b") as file:
        file.truncate(3_000_000_000)


@JOURNALS.add("Ten thousand answers to one question; the last counts.")
def endless_journal(made: Made) -> None:
    tries = [answered("m01-q02", ["a", "c"])] * 10_000
    made.forge(*tries, *(answered(i, v) for i, v in SOUND.items()))


@JOURNALS.add("Ten thousand lines that are none.", "is torn or not JSON", earns=HONEST)
def noisy_journal(made: Made) -> None:
    made.journal.write_bytes(made.journal.read_bytes() + b"x\n" * 10_000)
    made.sign()


@JOURNALS.add("Answers to questions that nobody asked.", "which this notebook does not ask")
def unknown_items(made: Made) -> None:
    extra = ("m01-q99", "m02-q01", "../../m01", "", "m01-w01-box", "__class__")
    made.forge(*(answered(i, v) for i, v in SOUND.items()), *(answered(i, "b") for i in extra))


@JOURNALS.add("Answers of a type that the question can't have.", "can't be an answer")
def wrong_types(made: Made) -> None:
    made.forge(
        *(answered(i, v) for i, v in SOUND.items()),
        *(answered("m01-q01", value) for value in (7, True, ["b"], {"b": 1}, "z", 1e300)),
        *(answered("m01-q02", value) for value in ("ac", ["a", ["c"]], ["a", "z"], {"a": 1})),
        answered("m01-w01", ["text"]),
    )


@JOURNALS.add("A right and a wrong option, the right one five thousand times.")
def one_option_many_times(made: Made) -> None:
    made.forge(*(answered(i, v) for i, v in (SOUND | {"m01-q02": ["a"] * 5_000 + ["b"]}).items()))


@JOURNALS.add("Lines whose fields are missing or of other types.", "names no item", "opens no")
def wrong_fields(made: Made) -> None:
    made.forge(
        *(answered(i, v) for i, v in SOUND.items()),
        {"type": "answer"},
        {"type": "answer", "item": 5, "value": "b"},
        {"type": "open", "trainee": ["ann"], "assignment": 3},
        {"type": "handin", "journal": {"a": []}, "answered": "all", "points": 1000},
        {"type": "check", "item": None},
        {"type": "score", "item": "m01-q01", "points": 1000},
        remarked("m01-q01", "points", "1000"),
    )


@JOURNALS.add("One answer twice in a line: a reader that takes the last is misled.", "is torn")
def value_twice(made: Made) -> None:
    _replace(made, '"value":["b"]}', '"value":["b"],"value":["a","c"]}')


@JOURNALS.add("Sequence numbers that are none.", "no usable sequence number")
def impossible_numbers(made: Made) -> None:
    for number in ("-1", "1e3", "true", "null", "9" * 30, '"7"'):
        line = f'{{"v":1,"seq":{number},"type":"answer","item":"m01-q02","value":["a","c"]}}\n'
        made.journal.write_bytes(made.journal.read_bytes() + line.encode())
    made.sign()


@JOURNALS.add("Numbers that are not JSON, and one of a million digits.", "is torn or not JSON")
def impossible_values(made: Made) -> None:
    for value in ("NaN", "Infinity", "-Infinity", "7" * 200_000):
        line = f'{{"v":1,"seq":9,"type":"answer","item":"m01-q02","value":{value}}}\n'
        made.journal.write_bytes(made.journal.read_bytes() + line.encode())
    made.sign()


@JOURNALS.add("Fifty thousand lists in each other.", "is torn or not JSON")
def deep_journal(made: Made) -> None:
    line = b'{"v":1,"seq":9,"type":"answer","item":"m01-w01","value":' + b"[" * 50_000 + b"\n"
    made.journal.write_bytes(made.journal.read_bytes() + line)
    made.sign()


@JOURNALS.add("Bytes that are no text.", "is torn or not JSON")
def binary_journal(made: Made) -> None:
    made.journal.write_bytes(made.journal.read_bytes() + b"\xff\xfe\x00\x00\n\x00" * 50)
    made.sign()


@JOURNALS.add(
    "Two chains grown from one line, as two computers make them; what stands later counts.",
    BROKEN,
    earns=BLANK_BUT_WRITTEN,
)
def forked_journal(made: Made) -> None:
    lines = made.lines()
    fork = json.loads(lines[1]) | {"value": "c", "at": AT}
    made.journal.write_bytes(b"".join(lines) + json.dumps(fork).encode() + b"\n")
    made.sign()


@JOURNALS.add("A release that nobody made, named as a path.", "release that is not known")
def unknown_release(made: Made) -> None:
    opening = made.opening(release="../../../../../../etc/passwd")
    made.forge(opening, *(answered(i, v) for i, v in SOUND.items()))


@JOURNALS.add("A link to another trainee's journal.", UNREAD, earns=BLANK)
def linked_journal(made: Made) -> None:
    made.journal.unlink()
    made.journal.symlink_to(made.neighbor / "answers" / "m01.jsonl")


@JOURNALS.add("A folder of answers that is a link.", UNREAD, earns=BLANK)
def linked_answers(made: Made) -> None:
    made.journal.unlink()
    made.journal.parent.rmdir()
    made.journal.parent.symlink_to(made.neighbor / "answers")


@JOURNALS.add("A hard link to another trainee's journal.", "under the id 'b-honest'")
def hard_linked_journal(made: Made) -> None:
    made.journal.unlink()
    os.link(made.neighbor / "answers" / "m01.jsonl", made.journal)


@JOURNALS.add("A folder in the journal's place.", UNREAD, earns=BLANK)
def folder_as_journal(made: Made) -> None:
    made.journal.unlink()
    made.journal.mkdir()


@JOURNALS.add("A pipe that nobody writes to.", UNREAD, earns=BLANK)
def pipe_as_journal(made: Made) -> None:
    made.journal.unlink()
    os.mkfifo(made.journal)


@JOURNALS.add("A socket.", UNREAD, earns=BLANK)
def socket_as_journal(made: Made) -> None:
    made.journal.unlink()
    os.mknod(made.journal, stat.S_IFSOCK | 0o644)


@JOURNALS.add("A device without end (who may not make one: a link to it).", UNREAD, earns=BLANK)
def device_as_journal(made: Made) -> None:
    made.journal.unlink()
    try:
        os.mknod(made.journal, stat.S_IFCHR | 0o644, os.makedev(1, 5))
    except PermissionError:
        made.journal.symlink_to("/dev/zero")


SEES_ALL = not hasattr(os, "geteuid") or os.geteuid() == 0


@JOURNALS.add(
    "A journal that its owner may not read. The machine's administrator reads it all the same.",
    *(() if SEES_ALL else ("can't be read", UNREAD)),
    earns=(HONEST,) if SEES_ALL else (BLANK,),
)
def unreadable_journal(made: Made) -> None:
    made.journal.chmod(0)


@JOURNALS.add(
    "Answers that change while they are graded: one of the two, or what was read is flagged.",
    earns=(Earns(2, 0), Earns(0, 3)),
)
def changing_journal(made: Made) -> None:
    """Two journals of equal length; ``test_hostile.changing`` swaps them all the while."""
    one = [answered(i, v) for i, v in SOUND.items()]
    other = SOUND | {"m01-q01": "a", "m01-q02": ["a", "c"]}
    made.forge(*(answered(i, v) for i, v in other.items()))
    made.journal.with_name("other").write_bytes(made.journal.read_bytes())
    made.forge(*one)


@JOURNALS.add("The receipt of another trainee.", RECEIPT)
def foreign_receipt(made: Made) -> None:
    made.receipt.write_bytes((made.neighbor / "receipt.json").read_bytes())


@JOURNALS.add("A receipt that claims points, at a time that is none.", "no time that can be read")
def forged_receipt(made: Made) -> None:
    receipt = json.loads(made.receipt.read_bytes())
    more = {"points": 1000, "score": {"m01-q02": 3}, "at": "9999-99-99", "total": -1}
    made.receipt.write_text(json.dumps(receipt | more), encoding="utf-8")


@JOURNALS.add("No receipt, so that nothing tells what was handed in.", "receipt can't be read")
def missing_receipt(made: Made) -> None:
    made.forge(*(answered(i, v) for i, v in SOUND.items()))
    made.receipt.unlink()
