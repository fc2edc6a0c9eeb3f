"""Agencies come in and go out as rows, each beneath one that is there already."""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from casework.models import Agency
from casework.resources import AgencyResource, AgencyWidget
from tests.factories import make_agency, make_user
from tests.ledgers import TODAY, a_csv, counted, take, told
from tests.refusals import codes_of

pytestmark = pytest.mark.django_db

ADD = "casework.add_agency"
SCHOOLS = {"name": "宝鸡市教育局", "code": "JY", "kind": "department", "parent": "BJ"}


@pytest.fixture
def office():
    return make_agency("宝鸡市人民政府", "BJ", kind="city_office", aliases="市政府")


@pytest.fixture
def clerk(office):
    return make_user(ADD, agency=office)


def row(**cells):
    return SCHOOLS | cells


def bring(*rows, by, **more):
    return take(*rows, by=by, resource=AgencyResource, **more)


def went_out(by):
    chunks = AgencyResource(by, TODAY).lines(Agency.objects.visible_to(by))
    return [row for chunk in chunks for row in chunk]


# The cell that names one


@pytest.mark.parametrize(
    "text", ["JY", "jy", "宝鸡市教育局", "寶雞市教育局", "市教育局"]
)
def test_an_agency_is_named_by_code_name_or_another_name(text):
    agency = make_agency("宝鸡市教育局", "JY", aliases="市教育局、教委")
    widget = AgencyWidget()
    widget.learn([agency])
    assert widget.clean(text) == agency
    assert widget.render(agency) == "JY"


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_empty_cell_names_none(nothing):
    assert AgencyWidget().clean(nothing) is None
    assert AgencyWidget().render(None) == ""


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("教委", "several_agencies", "甲教育局、乙教育局"),
        ("甲教育厅", "no_such_agency", "甲教育局"),
        ("水利", "no_such_agency", ""),
    ],
)
def test_of_an_unknown_one_those_that_are_near_are_named(text, code, named):
    widget = AgencyWidget()
    for name in ("甲教育局", "乙教育局"):
        widget.learn([make_agency(name, aliases="教委")])
    with pytest.raises(ValidationError) as refused:
        widget.clean(text)
    assert codes_of(refused.value) == [code]
    assert refused.value.params["names"].startswith(named)


# Rows


def test_agencies_come_in_with_one_beneath_an_earlier_row(office, clerk):
    rows = [
        row(aliases="市教育局、教委", phone="0917-3260000"),
        row(name="实验小学", code="SX", kind="单位", parent="宝鸡市教育局"),
        row(name="陈仓区", code="CC", kind="county", parent="市政府",
            closed_on="2020-01-31"),
    ]  # fmt: skip
    rows[1]["kind"] = "department"

    taken = bring(*rows, by=clerk)

    assert (told(taken), counted(taken)) == ([], (3, 0, 0))
    schools, school, county = (Agency.objects.get(code=c) for c in ("JY", "SX", "CC"))
    assert (schools.parent, school.parent, county.parent) == (office, schools, office)
    assert school.path == f"{schools.path}{school.pk:06d}/"
    assert (schools.aliases, schools.phone) == ("市教育局、教委", "0917-3260000")
    assert str(county.closed_on) == "2020-01-31"
    entries = LogEntry.objects.filter(action_flag=ADDITION, user=clerk)
    assert sorted(entry.object_repr for entry in entries) == sorted(
        ["宝鸡市教育局", "实验小学", "陈仓区"]
    )


def test_repeating_it_changes_nothing(clerk):
    rows = [row(), row(name="实验小学", code="SX", parent="JY")]
    bring(*rows, by=clerk)
    before = list(Agency.objects.order_by("pk").values()), LogEntry.objects.count()
    taken = bring(*rows, by=clerk)
    assert (told(taken), counted(taken)) == ([], (0, 2, 0))
    kept = list(Agency.objects.order_by("pk").values()), LogEntry.objects.count()
    assert kept == before


BAD = [
    ({"parent": "XX"}, "parent", "no_such_agency"),
    ({"parent": ""}, "parent", "required"),
    ({"name": ""}, "name", "required"),
    ({"kind": "学校"}, "kind", "no_such_choice"),
    ({"code": "j1"}, "code", "agency_code"),
    ({"code": "ABCDEFGHI"}, "code", "too_long"),
    ({"name": "宝鸡市人民政府"}, "name", "unique"),
    ({"closed_on": "2020-02-30"}, "closed_on", "no_such_day"),
]
"""Cells, the column that is named, and why."""


def test_bad_rows_are_named_and_nothing_is_written(clerk):
    names = [{"name": f"第{n}局", "code": f"J{chr(65 + n)}"} for n in range(len(BAD))]
    rows = [row(**own | cells) for own, (cells, *_why) in zip(names, BAD, strict=True)]
    expected = [(n, *why) for n, (_cells, *why) in enumerate(BAD, 3)]
    assert told(bring(row(), *rows, by=clerk)) == expected
    assert Agency.objects.count() == 1


def test_the_same_code_with_other_content_is_refused(clerk):
    bring(row(), by=clerk)
    taken = bring(row(name="教育局", phone="1"), by=clerk)
    assert told(taken) == [(2, "name", "other_content"), (2, "phone", "other_content")]


def test_two_of_one_name_are_refused(clerk):
    taken = bring(row(), row(code="JYA"), by=clerk)
    [(number, _place, code)] = told(taken)
    assert (number, code) in {(3, "unique"), (2, "conflict")}
    assert Agency.objects.count() == 1


def test_one_beneath_a_row_that_is_bad_is_not_made(clerk):
    rows = [row(kind="学校"), row(name="实验小学", code="SX", parent="JY")]
    assert [number for number, *_why in told(bring(*rows, by=clerk))] == [2, 3]


def test_only_a_superuser_makes_one_at_the_top(clerk):
    top = row(parent="")
    assert told(bring(top, by=clerk)) == [(2, "parent", "required")]
    root = make_user(is_superuser=True)
    assert told(bring(top, by=root)) == []
    assert Agency.objects.get(code="JY").parent is None


def test_three_people(office, clerk):
    schools = make_agency("宝鸡市教育局", "SS", parent=office)
    beneath = row(name="实验小学", code="SX", parent="宝鸡市教育局")
    elsewhere = make_user(ADD, agency=make_agency())
    said = bring(beneath, by=elsewhere)
    assert told(said) == [(2, "parent", "no_such_agency")]
    assert "教育局”" in said.problems[0].message
    assert told(bring(beneath, by=make_user(ADD, agency=schools))) == []
    assert counted(bring(beneath, by=clerk)) == (0, 1, 0)


def test_whoever_may_not_add_imports_nothing(office):
    with pytest.raises(PermissionDenied):
        bring(row(), by=make_user("casework.view_agency", agency=office))


def test_a_trial_writes_nothing(clerk):
    assert counted(bring(row(), by=clerk, dry_run=True)) == (1, 0, 0)
    assert Agency.objects.count() == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_went_out_comes_in_without_a_change(clerk, language):
    bring(row(aliases="教委"), row(name="小学", code="SX", parent="JY"), by=clerk)
    with override(language):
        rows = went_out(clerk)
    taken = bring(a_csv(rows), by=clerk)
    assert (told(taken), counted(taken)) == ([], (0, 3, 0))


def test_only_those_go_out_that_the_person_sees(office, clerk):
    make_agency("别的局", "QT")
    assert [line[1] for line in went_out(clerk)[1:]] == ["BJ"]


def test_more_of_them_go_out_with_as_few_queries(clerk, django_assert_num_queries):
    office = clerk.workplaces[0]
    found = Agency.objects.visible_to(clerk).select_related("parent")
    for _n in range(2):
        with django_assert_num_queries(1):
            list(AgencyResource(clerk, TODAY).lines(found))
        for _time in range(10):
            make_agency(parent=office)
