"""How the letters word each decision, its legal basis, the remedies and the tariffs.

In Chinese, since the letters are: the words and articles of the Regulation in its
version of 2019, of 国办函〔2020〕109号 and of 行政复议法 (2023). In the place of {you}
stands how the applicant is addressed.
"""

from dataclasses import dataclass
from datetime import date

from disclosure.letters.texts import REGULATION
from disclosure.models import Fee, Outcome
from disclosure.reasons import reconsideration_first


@dataclass(frozen=True)
class Decision:
    """What a reply decides, and the articles of the Regulation that it rests on."""

    articles: str
    """None where the reply follows practice alone."""
    text: str
    needs_grounds: bool = True
    """Whether it must go on: why, or how, where and when to get it."""


NOT_DISCLOSED = "本机关决定不予公开。"

DECISIONS = {
    Outcome.ALREADY_PUBLIC: Decision(
        "第三十六条第（一）项",
        "经审查，{you}申请公开的信息已经主动公开，现告知获取该政府信息的方式、途径。",
    ),
    Outcome.DISCLOSED: Decision(
        "第三十六条第（二）项",
        "经审查，{you}申请公开的信息可以公开，本机关决定予以公开，现提供该政府信息，"
        "或者告知获取该政府信息的方式、途径和时间。",
    ),
    Outcome.PARTLY_DISCLOSED: Decision(
        "第三十七条",
        "经审查，{you}申请公开的信息中含有不应当公开或者不属于政府信息的内容，但是能够作"
        "区分处理。本机关决定部分公开：提供可以公开的政府信息内容，其余内容不予公开。",
    ),
    Outcome.STATE_SECRET: Decision(
        "第十四条、第三十六条第（三）项",
        "经审查，{you}申请公开的信息属于国家秘密，" + NOT_DISCLOSED,
    ),
    Outcome.FORBIDDEN_BY_LAW: Decision(
        "第十四条、第三十六条第（三）项",
        "经审查，{you}申请公开的信息属于法律、行政法规禁止公开的政府信息，"
        + NOT_DISCLOSED,
    ),
    Outcome.SECURITY_AND_STABILITY: Decision(
        "第十四条、第三十六条第（三）项",
        "经审查，{you}申请公开的信息公开后可能危及国家安全、公共安全、经济安全、社会稳定，"
        + NOT_DISCLOSED,
    ),
    Outcome.TRADE_SECRET: Decision(
        "第十五条、第三十六条第（三）项",
        "经审查，{you}申请公开的信息涉及商业秘密，公开会对第三方合法权益造成损害，"
        + NOT_DISCLOSED,
    ),
    Outcome.PERSONAL_PRIVACY: Decision(
        "第十五条、第三十六条第（三）项",
        "经审查，{you}申请公开的信息涉及个人隐私，公开会对第三方合法权益造成损害，"
        + NOT_DISCLOSED,
    ),
    Outcome.INTERNAL_AFFAIRS: Decision(
        "第十六条第一款、第三十六条第（三）项",
        "经审查，{you}申请公开的信息属于人事管理、后勤管理、内部工作流程等方面的内部事务"
        "信息，" + NOT_DISCLOSED,
    ),
    Outcome.PROCESS_INFORMATION: Decision(
        "第十六条第二款、第三十六条第（三）项",
        "经审查，{you}申请公开的信息属于本机关在履行行政管理职能过程中形成的讨论记录、"
        "过程稿、磋商信函、请示报告等过程性信息，" + NOT_DISCLOSED,
    ),
    Outcome.ENFORCEMENT_CASE_FILE: Decision(
        "第十六条第二款、第三十六条第（三）项",
        "经审查，{you}申请公开的信息属于行政执法案卷信息，" + NOT_DISCLOSED,
    ),
    Outcome.ADMINISTRATIVE_LOOKUP: Decision(
        "第三十六条第（七）项",
        "经审查，{you}申请公开的信息属于行政查询事项，有关法律、行政法规对信息的获取有"
        "特别规定，请依照有关法律、行政法规的规定办理。",
    ),
    Outcome.NONEXISTENT: Decision(
        "第三十六条第（四）项",
        "经检索，没有{you}申请公开的信息，该政府信息不存在。",
        needs_grounds=False,
    ),
    Outcome.OTHER_ORGAN: Decision(
        "第三十六条第（五）项",
        "经审查，{you}申请公开的信息不属于本机关负责公开。",
    ),
    Outcome.NEEDS_PRODUCTION: Decision(
        "第三十八条",
        "经检索，没有{you}申请公开的现成信息，需要对现有政府信息进行加工、分析，另行制作，"
        "本机关不予提供。",
        needs_grounds=False,
    ),
    Outcome.STILL_UNCLEAR: Decision(
        "第三十条",
        "{you}补正后申请内容仍不明确，本机关无法提供。",
    ),
    Outcome.PETITION_OR_COMPLAINT: Decision(
        "第三十九条第一款",
        "{you}以政府信息公开申请的形式进行信访、投诉、举报等活动，本机关不作为政府信息公开"
        "申请处理，请通过相应渠道提出。",
        needs_grounds=False,
    ),
    Outcome.REPEATED: Decision(
        "第三十六条第（六）项",
        "本机关已就{you}提出的政府信息公开申请（{earlier}）作出答复，{you}重复申请公开"
        "相同政府信息，本机关不予重复处理。",
        needs_grounds=False,
    ),
    Outcome.PUBLIC_PUBLICATION: Decision(
        "第三十九条第二款",
        "{you}的申请内容为要求提供政府公报、报刊、书籍等公开出版物，现告知获取的途径。",
    ),
    Outcome.EXCESSIVE: Decision(
        "第三十五条",
        "{you}申请公开政府信息的数量、频次明显超过合理范围，说明的申请理由不合理，本机关"
        "不予处理。",
        needs_grounds=False,
    ),
    Outcome.REISSUE: Decision(
        "", "{you}要求本机关确认或者重新出具已获取信息，本机关不予处理。"
    ),
    Outcome.NOT_GOVERNMENT_INFORMATION: Decision(
        "第二条",
        "经审查，{you}申请公开的内容不是该条例所指政府信息，本机关不予提供。",
    ),
}
"""Of each outcome that is replied (§5.1: arts. 30, 35 to 39)."""


def basis(decision: Decision) -> tuple[str, ...]:
    """The sentence that names the articles, if there are any."""
    if not decision.articles:
        return ()
    return (f"本答复依据{REGULATION}{decision.articles}的规定作出。",)


BLANK = "〔\u3000\u3000\u3000\u3000〕"
"""To be filled in by hand: where to turn is not known of every agency."""


def remedies(outcome: str, on: date, organ: str, court: str) -> str:
    """The remedies that a reply of this day leaves, and where."""
    organ, court = organ or BLANK, court or BLANK
    if reconsideration_first(outcome, on):
        return (
            "如对本答复不服，根据《中华人民共和国行政复议法》第二十三条第一款第（四）项的"
            f"规定，应当自收到本答复之日起60日内先向{organ}申请行政复议；对行政复议决定"
            f"不服的，可以自收到行政复议决定书之日起15日内向{court}提起行政诉讼。"
        )
    return (
        f"如对本答复不服，可以自收到本答复之日起60日内向{organ}申请行政复议，或者自收到"
        f"本答复之日起6个月内向{court}提起行政诉讼。"
    )


@dataclass(frozen=True)
class Tariff:
    """Of 国办函〔2020〕109号: the article, what it says, and what was counted."""

    article: str
    text: str
    counted: str


TARIFFS = {
    Fee.Kind.BY_PIECE: Tariff(
        "第四条",
        "按件计收：同一申请人一个自然月内累计申请10件以下（含10件）的，不收费；11件至30件"
        "（含30件）的部分，每件100元；31件至40件（含40件）的部分，每件200元；以后每增加"
        "10件，每件再增加100元。",
        "本次申请{pieces}件，当月此前已申请{earlier}件",
    ),
    Fee.Kind.BY_VOLUME: Tariff(
        "第五条",
        "按量计收：30页以下（含30页）的，不收费；31页至100页（含100页）的部分，每页10元；"
        "101页至200页（含200页）的部分，每页20元；201页以上的部分，每页40元。",
        "本次申请提供的信息共{pieces}页",
    ),
}


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
