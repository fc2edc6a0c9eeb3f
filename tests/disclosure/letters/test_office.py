"""That LibreOffice opens each letter, and sets 22 lines of 28 characters on a page."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from disclosure.letters.kinds import letters
from disclosure.letters.layout import sheet, write
from disclosure.letters.texts import TEMPLATES
from disclosure.workflow import workflow
from tests.factories import CHIEF, make_agency, make_calendar, make_request, make_user

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
WRITER = SOFFICE and (Path(SOFFICE).resolve().parent / "libswlo.so").exists()
TODAY = date(2026, 11, 24)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.libreoffice,
    pytest.mark.skipif(not WRITER, reason="needs LibreOffice Writer"),
    pytest.mark.skipif(not PDFTOTEXT, reason="needs pdftotext (poppler-utils)"),
]


def pages(folder) -> dict[str, list[str]]:
    """The text of each page that LibreOffice makes of the files of the folder."""
    files = sorted(folder.glob("*.docx"))
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    convert = [SOFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=300)
    return {file.stem: text_of(file.with_suffix(".pdf")) for file in files}


def text_of(pdf) -> list[str]:
    read = [PDFTOTEXT, "-layout", pdf, "-"]
    done = subprocess.run(read, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout.split("\f")[:-1]


def test_a_page_holds_22_lines_of_28_characters_and_not_one_more(tmp_path):
    for name, characters in (("full", 22 * 28), ("over", 22 * 28 + 1)):
        document = sheet()
        write(document, "公文主送", "国" * characters)
        document.save(tmp_path / f"{name}.docx")

    found = pages(tmp_path)

    counted = {
        name: [re.findall("国+", page) for page in texts]
        for name, texts in found.items()
    }
    assert counted == {
        "full": [["国" * 28] * 22],
        "over": [["国" * 28] * 22, ["国"]],
    }
    numbers = [re.sub(r"\s", "", page.replace("国", "")) for page in found["over"]]
    assert numbers == ["—1—", "—2—"]


def test_each_letter_is_opened_and_set_on_its_pages(tmp_path):
    make_calendar(2026)
    agency = make_agency("宝鸡市自然资源局", phone="0917-0000001")
    chief = make_user(*CHIEF, agency=agency)
    grounds = "附件二涉及第三方的商业秘密。"

    def make(status="handling", **fields):
        return make_request(status, agency, TODAY, by=chief, grounds=grounds, **fields)

    told = {"kind": "third_party", "party": "某建设公司"}
    consulted = workflow.take("consult", make(), by=chief, on=TODAY, **told)
    cases = {
        "receipt": make(),
        "correction": make("correcting"),
        "extension": workflow.take(
            "extend", make(), by=chief, on=TODAY, note="需要逐件审查", extension=20
        ),
        "consultation": consulted,
        "fee": make("paying"),
        "reply": make("closed", outcome="partly_disclosed"),
    }
    for kind, case in cases.items():
        (letter,) = [one for one in letters(case, TODAY) if one.kind == kind]
        (tmp_path / f"{kind}.docx").write_bytes(letter.file())

    found = pages(tmp_path)

    assert found.keys() == TEMPLATES.keys()
    assert {kind: len(texts) for kind, texts in found.items()} == {
        "receipt": 1,
        "correction": 2,
        "extension": 1,
        "consultation": 1,
        "fee": 2,
        "reply": 2,
    }
    for kind, texts in found.items():
        plain = re.sub(r"\s", "", "".join(texts))
        assert TEMPLATES[kind].title in plain
        assert f"{cases[kind].number}" in plain
        assert plain.endswith(f"2026年11月24日—{len(texts)}—")
