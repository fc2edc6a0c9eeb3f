"""Some thirty suggestions and proposals around a day, in every state that they have.

All of it is invented. Days are working days before (or, negative, after) the day.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from reports.sample.stories import SAMPLE

_ITEMS = UUID("7a1a0d0e-2016-4d00-8000-000000000908")


def submission_of(key: str) -> UUID:
    """By which it is known to have been told already."""
    return uuid5(_ITEMS, key)


@dataclass(frozen=True)
class Act:
    """One step of an item, or of the unit that is named; so many days ago."""

    step: str
    ago: int
    facts: dict[str, Any] = field(default_factory=dict)
    unit: str = ""


@dataclass(frozen=True)
class Item:
    """An item as it was made, and what was done to it."""

    key: str
    made: int
    acts: tuple[Act, ...] = ()
    body: str = "congress"
    about: str = "FGW"
    authors: int = 1
    typed: dict[str, Any] = field(default_factory=dict)

    @property
    def submission(self) -> UUID:
        return submission_of(self.key)


def file(ago: int) -> Act:
    return Act("file", ago)


def give(ago: int, **units: str) -> Act:
    """Assign it: the units by code, and the role of each."""
    return Act("assign", ago, units)


def sign_for(unit: str, ago: int) -> Act:
    return Act("sign_for", ago, unit=unit)


def contact(ago: int, way: str = "face_to_face") -> Act:
    met = {"way": way, "who": "承办科室负责人与提出人", "said": f"听取意见{SAMPLE}。"}
    return Act("contact", ago, met)


def decide(ago: int, publication: str = "full") -> Act:
    facts = {"publication": publication}
    if publication == "not":
        facts["publication_reason"] = "内容属于内部管理事项"
    return Act("decide_publication", ago, facts)


def draft(unit: str, ago: int) -> Act:
    return Act("submit_draft", ago, unit=unit)


def sign(unit: str, ago: int, result_class: str = "A") -> Act:
    return Act("sign", ago, {"result_class": result_class}, unit)


def serve(unit: str, ago: int) -> Act:
    return Act("serve", ago, unit=unit)


def reply(unit: str, ago: int, result_class: str = "A", publication="full"):
    """From signing for it to the service of the reply."""
    return (
        sign_for(unit, ago + 12),
        contact(ago + 8),
        decide(ago + 2, publication),
        draft(unit, ago + 2),
        sign(unit, ago + 1, result_class),
        serve(unit, ago),
    )


def hear(ago: int, attitude: str = "satisfied", result: str = "satisfied") -> Act:
    return Act("hear", ago, {"attitude": attitude, "result": result})


def promise(ago: int, until: int) -> Act:
    facts = {"promised": "列入年度计划并建成投入使用", "due_on": until}
    return Act("promise", ago, facts)


def publish(ago: int) -> Act:
    text = "您提出的意见已收悉。我们将抓紧落实。本答复为示例数据，内容为虚构。"
    return Act("publish", ago, {"published_text": text})


RETURN = {"return_reason": "not_ours", "return_text": "不属于本单位职责"}
STORIES = (
    # To be examined, not taken up, to be assigned.
    Item("new", 1),
    Item("new-proposal", 2, body="cppcc", about="WJJ", authors=3),
    Item("declined", 9, (Act("decline", 6),), about="SFJ"),
    Item("converted", 12, (Act("convert", 8),), body="cppcc", about="WSB"),
    Item("filed", 5, (file(3),), about="JTJ", authors=2),
    Item("filed-proposal", 4, (file(2),), body="cppcc", about="YLJ"),
    # With the units: to be signed for, being handled, overdue, due soon.
    Item("unsigned", 8, (file(6), give(1, GTJ="lead", WBQ="co_handler")), about="GTJ"),
    Item("unsigned-county", 7, (file(5), give(0, WBQ="lead")), about="WBQ"),
    Item(
        "handling", 40,
        (
            file(36), give(30, GTJ="lead", WBQ="co_handler", HBJ="co_handler"),
            sign_for("GTJ", 29), sign_for("WBQ", 28), contact(12),
            Act("waive", 10, unit="HBJ"),
        ),
        about="HBJ", authors=2,
    ),
    Item(
        "key", 60,
        (
            file(57), give(50, ZJJ="lead", CGJ="co_handler"), sign_for("ZJJ", 49),
            sign_for("CGJ", 48), contact(30, "meeting"),
            Act("give_opinion", 28, {"opinion": "同意，建议同步规划停车位。"}, "CGJ"),
            Act("extend", 20),
        ),
        about="ZJJ", typed={"key_leader": "示例市长"},
    ),
    Item(
        "overdue", 80, (file(78), give(72, WJJ="lead"), sign_for("WJJ", 70)),
        body="cppcc", about="WJJ",
    ),
    Item(
        "soon", 70, (file(68), give(57, WBQ="lead"), sign_for("WBQ", 55)),
        body="cppcc", about="CGJ",
    ),
    Item(
        "separate", 33,
        (
            file(31), give(25, JYJ="separate", GAJ="separate"),
            *reply("JYJ", 6), sign_for("GAJ", 20),
        ),
        about="GAJ",
    ),
    # Given back: asked, granted and to be assigned again, assigned again, refused.
    Item(
        "return-asked", 6,
        (file(5), give(3, GTJ="lead"),
         Act("ask_return", 1, RETURN | {"unit_instead": "SLJ"}, "GTJ")),
        about="SLJ",
    ),
    Item(
        "returned", 10,
        (file(9), give(7, SWJ="lead", NYJ="co_handler"),
         Act("ask_return", 5, RETURN, "SWJ"), Act("grant_return", 2, unit="SWJ")),
        body="cppcc", about="NYJ",
    ),
    Item(
        "reassigned", 24,
        (file(23), give(20, TYJ="lead"), Act("ask_return", 17, RETURN, "TYJ"),
         Act("grant_return", 15, unit="TYJ"), give(14, LVYJ="lead"),
         sign_for("LVYJ", 13)),
        about="LVYJ",
    ),
    Item(
        "return-refused", 22,
        (file(21), give(18, SYJ="lead"), Act("ask_return", 16, RETURN, "SYJ"),
         Act("refuse_return", 14, unit="SYJ")),
        body="cppcc", about="SYJ",
    ),
    # Drafted: under review, returned for rework, signed.
    Item(
        "review", 48,
        (file(46), give(40, GTJ="lead"), sign_for("GTJ", 39), contact(20),
         decide(2, "summary"), draft("GTJ", 1)),
        about="GTJ",
    ),
    Item(
        "rework", 47,
        (file(45), give(38, FGW="lead"), sign_for("FGW", 37), contact(21, "visit"),
         draft("FGW", 8), Act("return_draft", 5, unit="FGW")),
        body="cppcc", about="FGW",
    ),
    Item(
        "signed", 50,
        (file(48), give(42, WBQ="lead"), sign_for("WBQ", 41), contact(18, "telephone"),
         decide(3), draft("WBQ", 3), sign("WBQ", 1, "B")),
        about="YLJ",
    ),
    # Replied to: the author is to answer, has answered, is handled again.
    Item(
        "to-be-heard", 55, (file(53), give(46, RSJ="lead"), *reply("RSJ", 5)),
        about="RSJ", authors=2,
    ),
    Item(
        "dissatisfied", 62,
        (file(60), give(54, GHJ="lead"), *reply("GHJ", 14, "C", "not"),
         hear(4, "satisfied", "dissatisfied")),
        body="cppcc", about="GHJ",
    ),
    Item(
        "again", 75,
        (file(73), give(66, GTJ="lead"), *reply("GTJ", 30, "C", "summary"),
         hear(20, "dissatisfied", "dissatisfied"), Act("handle_again", 12),
         sign_for("GTJ", 11)),
        about="GTJ",
    ),
    Item(
        "again-closed", 100,
        (file(98), give(90, JTJ="lead"), *reply("JTJ", 60, "C", "summary"),
         hear(50, "satisfied", "dissatisfied"), Act("handle_again", 45),
         sign_for("JTJ", 44), draft("JTJ", 32), sign("JTJ", 31, "B"), serve("JTJ", 30),
         hear(24, "satisfied", "basically"), promise(30, -40), publish(20),
         Act("close", 18)),
        body="cppcc", about="JTJ",
    ),
    # Closed: with promises kept, open and overdue; published in full and in summary.
    Item(
        "closed", 90,
        (file(88), give(82, WBQ="lead", GTJ="co_handler"), sign_for("GTJ", 80),
         Act("give_opinion", 70, {"opinion": "同意。"}, "GTJ"), *reply("WBQ", 50),
         hear(40), publish(45), Act("close", 38)),
        about="WBQ", authors=2,
    ),
    Item(
        "kept", 110,
        (file(108), give(100, GTJ="lead"), *reply("GTJ", 70, "B", "summary"),
         promise(70, 20), hear(60, "satisfied", "basically"), publish(64),
         Act("close", 58), Act("settle", 21, {"state": "kept"})),
        about="GTJ", typed={"key_leader": "示例副市长"},
    ),
    Item(
        "promised", 95,
        (file(93), give(86, MZJ="lead"), *reply("MZJ", 55, "B"), promise(55, -60),
         hear(44), publish(47), Act("close", 42)),
        body="cppcc", about="MZJ",
    ),
    Item(
        "promise-overdue", 115,
        (file(113), give(105, SLJ="lead"), *reply("SLJ", 75, "B", "not"),
         promise(75, 5), hear(64, "none", "none"), Act("close", 62)),
        about="SLJ",
    ),
    Item(
        "late", 120,
        (file(118), give(112, QSX="lead"), *reply("QSX", 30, "D"), hear(22),
         Act("close", 20)),
        body="cppcc", about="QSX",
    ),
    Item(
        "withdrawn", 45, (file(43), give(36, CZJ="lead"), Act("withdraw", 25)),
        about="CZJ",
    ),
    # Two that are handled with the first of them.
    Item("main", 58, (file(56), give(44, CL="lead"), sign_for("CL", 43)), about="CL"),
    Item("merged", 57, (file(55), Act("merge", 40, {"merged_into": "main"})),
         about="CL"),
    Item("merged-early", 56, (Act("merge", 41, {"merged_into": "main"}),), about="CL"),
)  # fmt: skip
