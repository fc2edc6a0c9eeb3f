"""How names, numbers and addresses look to those who need not read them in full, and
what of a text is found to be one."""

import pytest

from casework.masking import (
    document_numbers,
    mask_address,
    mask_email,
    mask_identity,
    mask_name,
    mask_phone,
    mobile_numbers,
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("  ", ""),
        ("王", "*"),
        ("张三", "张*"),
        ("王小明", "王*明"),
        ("爱新觉罗", "爱**罗"),
        ("欧阳修", "欧阳*"),
        ("司马相如", "司马*如"),
        ("东方", "东*"),  # a family name and a given name, not a double family name
        (" 王小明 ", "王*明"),
        ("王 明", "王 **"),
        ("王　明", "王　**"),  # drawn apart by a wide space
        ("阿迪力·买买提", "阿迪力·**"),
        ("阿迪力•买买提•艾山", "阿迪力•**"),
        ("迪丽热巴・迪力木拉提", "迪丽热巴・**"),
        ("John Smith", "John **"),
    ],
)
def test_names(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("", ""),
        ("000000199003077718", "00*************718"),
        ("11010519491231002X", "11*************02X"),
        ("000000900307771", "00**********771"),  # the old numbers of 15 digits
        ("E12345678", "E1****678"),  # a passport
        ("H1234567", "H1***567"),
        ("1234567", "******7"),
        ("7", "7"),
    ],
)
def test_identity_numbers(number, masked):
    assert mask_identity(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("", ""),
        ("13891701234", "138****1234"),
        ("0917-3260000", "091*****0000"),
        ("32600012", "******12"),  # a local number: seven of eight would tell it
        ("9", "9"),
    ],
)
def test_telephones(number, masked):
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("", ""),
        ("wangxiaoming@example.cn", "w***@example.cn"),
        ("w@example.cn", "w***@example.cn"),
    ],
)
def test_emails(address, masked):
    assert mask_email(address) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("", ""),
        ("陕西省宝鸡市金台区中山西路12号", "陕西省宝鸡市金台区***"),
        ("陕西省宝鸡市扶风县法门镇法门村一组", "陕西省宝鸡市扶风县***"),
        ("宝鸡市陈仓区县功镇东街5号", "宝鸡市陈仓区***"),
        ("宝鸡市东风路12号老乡面馆3楼", "宝鸡市***"),
        ("宝鸡市金台区幸福小区3号楼", "宝鸡市金台区***"),
        ("宝鸡市幸福小区3号楼", "宝鸡市***"),
        ("东风路12号幸福小区3号楼", "东风路***"),
        ("幸福小区3号楼1单元", "幸福小区***"),
        ("东风路9号", "东风***"),
    ],
)
def test_addresses(address, masked):
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("身份证号11010519491231002X。", ["11*************02X"]),
        (
            "身份证号１１０１０５１９４９１２３１００２ｘ，",
            ["11*************02x"],
        ),  # typed wide
        ("110105194912310021", []),  # the last digit does not fit
        ("9111010519491231002X", []),  # part of a longer number
        ("11610300MB2955386H", []),  # the code of an organisation, which is public
        ("账号6222 0212 3456 7890 128", ["62**************128"]),
        ("账号6222021234567890123", []),
        ("宝政办发〔2016〕23号，共147485条，2016-01-01至2016-12-31", []),
    ],
)
def test_numbers_of_documents_are_found_in_a_text(text, found):
    assert list(document_numbers(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系人王某，13891701234；0917-3260000", ["138****1234"]),
        ("138-9170-1234、138 9170 1234", ["138****1234"] * 2),
        ("收到13891701234567件", []),
        ("12345678901", []),  # no mobile number begins like this
    ],
)
def test_numbers_of_mobile_telephones_are_found_in_a_text(text, found):
    assert list(mobile_numbers(text)) == found
