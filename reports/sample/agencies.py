"""The organs of Baoji as they stood in 2016: the office, 12 counties, 65 departments.

Those that the city's report for 2016 names are among them; the rest is plausible. The
telephone numbers are invented: no number in China begins with a nought.
"""

from casework.models import Agency

OFFICE = ("BJ", "宝鸡市人民政府办公室")

COUNTIES = {
    "WBQ": "渭滨区人民政府",
    "JTQ": "金台区人民政府",
    "CCQ": "陈仓区人民政府",
    "FXX": "凤翔县人民政府",
    "QSX": "岐山县人民政府",
    "FFX": "扶风县人民政府",
    "MX": "眉县人民政府",
    "LX": "陇县人民政府",
    "QYX": "千阳县人民政府",
    "LYX": "麟游县人民政府",
    "FX": "凤县人民政府",
    "TBX": "太白县人民政府",
}

DEPARTMENTS = {
    "FGW": "宝鸡市发展和改革委员会",
    "GXJ": "宝鸡市工业和信息化局",
    "JYJ": "宝鸡市教育局",
    "KJJ": "宝鸡市科学技术局",
    "MZZJ": "宝鸡市民族宗教事务局",
    "GAJ": "宝鸡市公安局",
    "JCJ": "宝鸡市监察局",
    "MZJ": "宝鸡市民政局",
    "SFJ": "宝鸡市司法局",
    "CZJ": "宝鸡市财政局",
    "RSJ": "宝鸡市人力资源和社会保障局",
    "GTJ": "宝鸡市国土资源局",
    "HBJ": "宝鸡市环境保护局",
    "ZJJ": "宝鸡市住房和城乡建设局",
    "GHJ": "宝鸡市城乡规划局",
    "CGJ": "宝鸡市城市管理执法局",
    "JTJ": "宝鸡市交通运输局",
    "SLJ": "宝鸡市水利局",
    "NYJ": "宝鸡市农业局",
    "LYJ": "宝鸡市林业局",
    "SWJ": "宝鸡市商务局",
    "WGJ": "宝鸡市文化广电新闻出版局",
    "WJJ": "宝鸡市卫生和计划生育局",
    "SJJ": "宝鸡市审计局",
    "GSJ": "宝鸡市工商行政管理局",
    "ZJZJ": "宝鸡市质量技术监督局",
    "SYJ": "宝鸡市食品药品监督管理局",
    "AJJ": "宝鸡市安全生产监督管理局",
    "TJJ": "宝鸡市统计局",
    "WJ": "宝鸡市物价局",
    "TYJ": "宝鸡市体育局",
    "LVYJ": "宝鸡市旅游局",
    "LSJ": "宝鸡市粮食局",
    "WSB": "宝鸡市外事侨务办公室",
    "GZW": "宝鸡市人民政府国有资产监督管理委员会",
    "FZB": "宝鸡市人民政府法制办公室",
    "FPB": "宝鸡市扶贫开发办公室",
    "RFB": "宝鸡市人民防空办公室",
    "XFJ": "宝鸡市信访局",
    "BB": "宝鸡市机构编制委员会办公室",
    "DSJ": "宝鸡市地方税务局",
    "GJSW": "宝鸡市国家税务局",
    "QXJ": "宝鸡市气象局",
    "DZJ": "宝鸡市地震局",
    "DAG": "宝鸡市档案馆",
    "TSG": "宝鸡市图书馆",
    "ZWZX": "宝鸡市政务服务中心",
    "ZWXX": "宝鸡市政务信息办公室",
    "XXB": "宝鸡市人民政府信息化办公室",
    "XWB": "宝鸡市人民政府新闻办公室",
    "ZSJ": "宝鸡市招商局",
    "FGJ": "宝鸡市房产管理局",
    "YLJ": "宝鸡市园林局",
    "GJJ": "宝鸡市住房公积金管理中心",
    "GXS": "宝鸡市供销合作社联合社",
    "CL": "宝鸡市残疾人联合会",
    "NJJ": "宝鸡市农业机械管理局",
    "XMJ": "宝鸡市畜牧兽医局",
    "GYJ": "宝鸡市果业局",
    "YMJ": "宝鸡市移民搬迁工作办公室",
    "GLJ": "宝鸡市公路管理局",
    "YZJ": "宝鸡市邮政管理局",
    "YCJ": "宝鸡市烟草专卖局",
    "DFZ": "宝鸡市地方志办公室",
    "GXQ": "宝鸡高新技术产业开发区管理委员会",
}


def make_agencies() -> dict[str, Agency]:
    """The agencies by code, made where they are missing and else left as they are."""
    Kind = Agency.Kind
    code, name = OFFICE
    root = _agency(code, name, Kind.CITY_OFFICE, None, 1)
    rest = [
        (code, name, kind)
        for kind, named in ((Kind.COUNTY, COUNTIES), (Kind.DEPARTMENT, DEPARTMENTS))
        for code, name in named.items()
    ]
    agencies = [
        _agency(code, name, kind, root, serial)
        for serial, (code, name, kind) in enumerate(rest, 2)
    ]
    return {agency.code: agency for agency in [root, *agencies]}


def _agency(code, name, kind, parent, serial):
    fields = {
        "name": name,
        "kind": kind,
        "parent": parent,
        "phone": f"0917-000{serial:04d}",
    }
    return Agency.objects.get_or_create(code=code, defaults=fields)[0]
