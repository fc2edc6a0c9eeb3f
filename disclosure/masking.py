"""How personal data is shown to those who need not read it in full."""

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


def mask_name(name: str) -> str:
    """张*, 王*明, 欧阳*; of other names, what stands before the first dot or space."""
    name = name.strip()
    for separator in ("·", "•", " "):
        if separator in name:
            return name.split(separator)[0] + separator + STAR * 2
    if len(name) <= 1:
        return STAR
    kept = 2 if name[:2] in DOUBLE_SURNAMES else 1
    rest = name[kept:]
    if len(rest) <= 1:
        return name[:kept] + STAR
    return name[:kept] + STAR * (len(rest) - 1) + rest[-1]


def mask_identity(number: str) -> str:
    """The first two and the last three characters; of a short number, the last one."""
    if len(number) < 8:
        return STAR * max(len(number) - 1, 0) + number[-1:]
    return number[:2] + STAR * (len(number) - 5) + number[-3:]


def mask_phone(number: str) -> str:
    """The first three and the last four characters: 138****1234."""
    if len(number) < 8:
        return STAR * max(len(number) - 2, 0) + number[-2:]
    return number[:3] + STAR * (len(number) - 7) + number[-4:]


def mask_email(address: str) -> str:
    """The first letter and the domain."""
    name, at, domain = address.partition("@")
    return name[:1] + STAR * 3 + at + domain if name else ""


def mask_address(address: str) -> str:
    """Down to the district or township; without one, the first six characters."""
    for end in ("镇", "乡", "街道", "区", "县", "市"):
        if end in address:
            return address[: address.index(end) + len(end)] + STAR * 3
    return address[:6] + STAR * 3 if address else ""
