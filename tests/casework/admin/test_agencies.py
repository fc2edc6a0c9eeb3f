"""The agencies' pages: scope, place in the tree, closing instead of deleting."""

from datetime import date

import pytest
from django.contrib.admin.models import CHANGE, LogEntry

from casework.models import Agency
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db

PAGE = "/admin/casework/agency/"
VIEW, ADD, CHANGE_AGENCY = (
    f"casework.{deed}_agency" for deed in ("view", "add", "change")
)
OFFICER = (VIEW, ADD, CHANGE_AGENCY)


@pytest.fixture
def tree():
    """An office, two counties beneath it, a bureau beneath the first of them."""
    office = make_agency("市政府办公室", "OF", kind="city_office")
    county = make_agency("甲县人民政府", "CA", kind="county", parent=office)
    bureau = make_agency("甲县财政局", "CB", parent=county)
    other = make_agency("乙县人民政府", "CO", kind="county", parent=office)
    return {"office": office, "county": county, "bureau": bureau, "other": other}


@pytest.fixture
def log_in(client):
    def log_in(agency, *permissions):
        client.force_login(make_user(*permissions, agency=agency, is_staff=True))
        return client

    return log_in


def fields(agency, **changed):
    kept = {
        "name": agency.name,
        "code": agency.code,
        "kind": agency.kind,
        "parent": agency.parent_id or "",
        "phone": agency.phone,
        "closed_on": agency.closed_on or "",
    }
    return kept | changed


def listed(response):
    return [agency.code for agency in response.context["cl"].result_list]


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("office", ["OF", "CA", "CB", "CO"]),
        ("county", ["CA", "CB"]),
        ("other", ["CO"]),
    ],
)
def test_three_people_see_what_is_theirs(log_in, tree, place, seen):
    client = log_in(tree[place], *OFFICER)

    assert listed(client.get(PAGE)) == seen
    for agency in tree.values():
        expected = 200 if agency.code in seen else 404
        for page in ("change", "history"):
            answer = client.get(f"{PAGE}{agency.pk}/{page}/")
            assert answer.status_code == expected


def test_the_list_moves_an_agency_in_by_its_place(log_in, tree):
    content = log_in(tree["office"], VIEW).get(PAGE).content.decode()

    for name in ("市政府办公室", "\u3000甲县人民政府", "\u3000\u3000甲县财政局"):
        assert f">{name}</a>" in content


def test_no_agency_is_deleted(log_in, tree):
    client = log_in(tree["office"], *OFFICER, "casework.delete_agency")

    assert client.post(f"{PAGE}{tree['bureau'].pk}/delete/").status_code == 403
    selected = {
        "action": "delete_selected",
        "_selected_action": [tree["bureau"].pk],
        "post": "yes",
    }
    client.post(PAGE, selected)
    assert Agency.objects.count() == len(tree)


def test_an_agency_is_closed_by_its_day_and_it_is_logged(log_in, tree):
    client = log_in(tree["office"], *OFFICER)
    bureau = tree["bureau"]

    client.post(f"{PAGE}{bureau.pk}/change/", fields(bureau, closed_on="2026-03-01"))

    bureau.refresh_from_db()
    assert bureau.closed_on == date(2026, 3, 1)
    assert listed(client.get(f"{PAGE}?active=no")) == ["CB"]
    assert listed(client.get(f"{PAGE}?active=yes")) == ["OF", "CA", "CO"]
    entry = LogEntry.objects.get()
    assert (entry.action_flag, entry.object_id) == (CHANGE, str(bureau.pk))


def test_a_new_agency_stands_beneath_one_that_the_person_sees(log_in, tree):
    client = log_in(tree["county"], *OFFICER)
    new = {"name": "甲县教育局", "code": "CE", "kind": "department", "closed_on": ""}

    for parent, error in (
        (tree["other"].pk, "invalid_choice"),
        ("", "required"),
    ):
        form = client.post(f"{PAGE}add/", new | {"parent": parent}).context["adminform"]
        assert form.form.has_error("parent", error)
    client.post(f"{PAGE}add/", new | {"parent": tree["county"].pk})

    assert Agency.objects.get(code="CE").parent == tree["county"]


def test_nobody_takes_an_agency_away_from_a_higher_one_out_of_sight(log_in, tree):
    client = log_in(tree["county"], *OFFICER)
    county = tree["county"]

    client.post(
        f"{PAGE}{county.pk}/change/", fields(county, parent="", phone="0917-0000000")
    )

    county.refresh_from_db()
    assert (county.parent, county.phone) == (tree["office"], "0917-0000000")


def test_an_agency_does_not_move_beneath_itself(log_in, tree):
    client = log_in(tree["office"], *OFFICER)
    moved = fields(tree["county"], parent=tree["bureau"].pk)

    answer = client.post(f"{PAGE}{tree['county'].pk}/change/", moved)

    assert answer.context["adminform"].form.has_error("parent", "cycle")


def test_an_agency_moves_with_everything_beneath_it(log_in, tree):
    client = log_in(tree["office"], *OFFICER)
    moved = fields(tree["county"], parent=tree["other"].pk)

    client.post(f"{PAGE}{tree['county'].pk}/change/", moved)

    assert set(Agency.objects.beneath(tree["other"])) == {
        tree["other"],
        tree["county"],
        tree["bureau"],
    }


@pytest.mark.parametrize(
    ("term", "found"),
    [("甲县", ["CA", "CB"]), ("財政", ["CB"]), ("cb", ["CB"]), ("Ｃａ", ["CA"])],  # noqa: RUF001
)
def test_agencies_are_found_by_name_and_code_however_written(log_in, tree, term, found):
    client = log_in(tree["office"], VIEW)

    assert listed(client.get(PAGE, {"q": term})) == found


def test_autocompletion_offers_only_what_the_person_sees(log_in, tree):
    asked = {
        "app_label": "disclosure",
        "model_name": "disclosurerequest",
        "field_name": "agency",
        "term": "县",
    }

    for place, seen in (("county", ["CA", "CB"]), ("other", ["CO"])):
        client = log_in(tree[place], VIEW)
        answer = client.get("/admin/autocomplete/", asked).json()["results"]
        offered = Agency.objects.filter(pk__in=[one["id"] for one in answer])
        assert list(offered.values_list("code", flat=True)) == seen


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("?kind__exact=county", 200),
        ("?active=yes", 200),
        ("?name__startswith=x", 400),
        ("?staff__username__startswith=x", 400),
        ("?parent__name=x", 400),
    ],
)
def test_a_list_is_narrowed_only_by_what_is_offered(log_in, tree, address, status):
    assert log_in(tree["office"], VIEW).get(PAGE + address).status_code == status


@pytest.mark.parametrize(
    ("permissions", "looking", "changing"),
    [((), 403, 403), ((VIEW,), 200, 403), (OFFICER, 200, 302)],
)
def test_who_may_look_and_who_may_change(log_in, tree, permissions, looking, changing):
    client = log_in(tree["office"], *permissions)
    page = f"{PAGE}{tree['bureau'].pk}/change/"

    assert client.get(PAGE).status_code == looking
    assert client.get(page).status_code == looking
    assert client.post(page, fields(tree["bureau"])).status_code == changing


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_often_for_many(log_in, django_assert_num_queries, rows):
    office = make_agency()
    for _row in range(rows):
        make_agency(parent=office)
    client = log_in(office, VIEW)

    with django_assert_num_queries(7):
        client.get(PAGE)
