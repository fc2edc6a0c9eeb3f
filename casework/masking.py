"""How personal data is shown to those who need not read it in full, and what of a text
would tell it to anyone."""

import re
import unicodedata
from collections.abc import Iterator

from stdnum import luhn
from stdnum.cn import ric

# 复姓: the family name keeps both characters.
DOUBLE_SURNAMES = frozenset(
    {
        "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫",
        "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台",
        "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容",
        "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘",
        "令狐", "百里", "呼延", "东郭", "南门", "西门",
    }
)  # fmt: skip
STAR = "*"
# The dots of transcribed names are typed in many ways; a space may be a wide one.
_BETWEEN_NAMES = re.compile(r"[·•‧・．]|\s+")
# A residential area (小区, 社区, 园区) is no district; after a digit stands a house.
_DISTRICT = re.compile(r"\D*?(?:(?<![小社园])区|县)|\D*?市")
_STREET = re.compile(r"\D{0,6}")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_CARD = re.compile(r"(?<!\d)62\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")


def mask_name(name: str) -> str:
    """张*, 王*明, 欧阳*; of other names, what stands before the first dot or space."""
    name = name.strip()
    if between := _BETWEEN_NAMES.search(name):
        return name[: between.end()] + STAR * 2
    if len(name) <= 1:
        return STAR * len(name)
    kept = 2 if len(name) > 2 and name[:2] in DOUBLE_SURNAMES else 1
    rest = name[kept:]
    if len(rest) == 1:
        return name[:kept] + STAR
    return name[:kept] + STAR * (len(rest) - 1) + rest[-1]


def mask_identity(number: str) -> str:
    """The first two and the last three characters; of a short number, the last one."""
    if len(number) < 8:
        return STAR * max(len(number) - 1, 0) + number[-1:]
    return number[:2] + STAR * (len(number) - 5) + number[-3:]


def mask_phone(number: str) -> str:
    """138****1234; of a number shorter than a mobile one, the last two characters."""
    if len(number) < 11:
        return STAR * max(len(number) - 2, 0) + number[-2:]
    return number[:3] + STAR * (len(number) - 7) + number[-4:]


def mask_email(address: str) -> str:
    """The first letter and the domain."""
    name, at, domain = address.partition("@")
    return name[:1] + STAR * 3 + at + domain if name else ""


def mask_address(address: str) -> str:
    """Down to the district, county or city; without one, the beginning."""
    if not address:
        return ""
    if found := _DISTRICT.match(address):
        return found.group() + STAR * 3
    return _STREET.match(address).group()[: len(address) // 2] + STAR * 3


def document_numbers(text: str) -> Iterator[str]:
    """The numbers of resident identities and of bank cards in a text, each masked: only
    those whose last digit fits, so that hardly another number is taken for one."""
    text = unicodedata.normalize("NFKC", text)
    for found in _IDENTITY.findall(text):
        if ric.is_valid(found):
            yield mask_identity(found)
    for found in _CARD.findall(text):
        if luhn.is_valid(number := re.sub(r"\D", "", found)):
            yield mask_identity(number)


def mobile_numbers(text: str) -> Iterator[str]:
    """The numbers of mobile telephones in a text, each masked."""
    for found in _MOBILE.findall(unicodedata.normalize("NFKC", text)):
        yield mask_phone(re.sub(r"\D", "", found))
