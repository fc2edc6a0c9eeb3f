"""What holds for every page: its headers, its errors, its language, no inline script;
and for the door to all staff pages, the log-in."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import URLResolver, get_resolver, path
from psycopg.errors import LockNotAvailable

from config.numbers import Numbered
from config.urls import handler400  # noqa: F401  the map of this module has it too
from config.urls import urlpatterns as pages
from tests.clients import logged_in
from tests.factories import make_agency, make_calendar, make_user

pytestmark = pytest.mark.django_db

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
ASSETS = TEMPLATES.parent / "config" / "assets"
PUBLIC = ["/", "/status/", "/replies/", "/reports/", "/calendar/", "/calculator/"]
FORM = "application/x-www-form-urlencoded"
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
WAITED = OperationalError("secret")
WAITED.__cause__ = LockNotAvailable("secret")
FAULTS = {
    "400": BadRequest("secret"),
    "403": PermissionDenied("secret"),
    "404": Http404("secret"),
    "409": WAITED,
    "413": RequestDataTooBig("secret"),
    "500": RuntimeError("secret"),
}
"""By the code that each is answered with."""


def fail(request, code):
    raise FAULTS.get(code) or OperationalError("connection lost")


urlpatterns = [path("fail/<code>/", fail), *pages]
"""The map of this module's tests: the real one, and pages that fail."""


def addresses(patterns=None, before="/"):
    """Every address in which nothing has to be filled in."""
    for pattern in patterns or get_resolver().url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        elif not re.search(r"[<(]", here):
            yield here


def numbered(response):
    """Whether the page says the number that its header has."""
    number = response["X-Request-ID"]
    return f"<strong>{number}</strong>" in response.content.decode()


def check_headers(response):
    told = {name: response.get(name) for name in HEADERS}
    assert told == HEADERS
    assert "no-store" in response["Cache-Control"]
    policy = response["Content-Security-Policy"].split(";")
    assert dict(part.strip().split(" ", 1) for part in policy) == POLICY


# Every page


def test_each_page_says_that_nobody_keeps_it_frames_it_or_runs_in_it():
    everything = [
        f"{app}.{codename}"
        for app, codename in Permission.objects.values_list(
            "content_type__app_label", "codename"
        )
    ]
    staff = logged_in(*everything, agency=make_agency())

    for client in (Client(), staff):
        for address in addresses():
            response = client.get(address)
            assert response.status_code < 500, address
            check_headers(response)


@pytest.mark.parametrize("address", [*PUBLIC, "/admin/login/"])
def test_a_page_of_the_public_is_open_to_everyone(address):
    assert Client().get(address).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_of_the_public_is_light_and_needs_nothing_else(address, language):
    """Under 50 kB with all its style sheets; no script; nothing from another host."""
    make_calendar(2025, 2026)
    client = Client()
    client.cookies["django_language"] = language

    response = client.get(address)

    html = response.content.decode()
    sheets = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', html)
    styles = sum(len((ASSETS / sheet).read_bytes()) for sheet in sheets)
    assert sheets
    assert len(response.content) + styles < 50_000
    assert "<script" not in html
    assert not re.search(r'(src|href|action)="(https?:|//)', html)


@pytest.mark.parametrize("address", PUBLIC)
def test_help_stands_at_the_same_place_on_each_page(settings, address):
    settings.OFFICE_PHONE, settings.OFFICE_HOURS = "0917-1234567", "9–17"

    html = Client().get(address).content.decode()

    assert html.count("0917-1234567") == 2  # the number, and what calls it
    footer = html[html.index("<footer") :]
    assert re.match(r'<footer class="site">\s*<p class="phone">', footer)
    assert "9–17" in footer


@pytest.mark.parametrize("address", PUBLIC)
def test_no_link_of_a_page_of_the_public_leads_nowhere(address):
    html = Client().get(address).content.decode()

    for target in set(re.findall(r'<a [^>]*href="(/[^"]*)"', html)):
        assert Client().get(target).status_code in (200, 302), target


def test_whoever_is_not_logged_in_is_asked_to_log_in():
    public = {*PUBLIC, "/language/", "/text-size/"}
    public |= {"/admin/login/", "/admin/logout/"}

    for address in addresses():
        if address not in public:
            response = Client().get(address)
            assert response.status_code == 302, address
            assert response["Location"].startswith("/admin/login/?next="), address


def test_the_whole_site_is_reached_by_tls_only(settings):
    settings.SECURE_SSL_REDIRECT = True

    plain, tls = Client().get("/status/"), Client().get("/status/", secure=True)

    assert (plain.status_code, plain["Location"]) == (
        301,
        "https://testserver/status/",
    )
    assert tls["Strict-Transport-Security"].startswith("max-age=31536000")
    assert tls.cookies["csrftoken"]["secure"]


# Errors


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", FAULTS)
def test_an_error_has_a_page_of_our_own_that_tells_nothing(code, language):
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = language

    response = client.get(f"/fail/{code}/")

    html = response.content.decode()
    assert response.status_code == int(code)
    assert "<main" in html
    assert f'<html lang="{language}">' in html
    assert "secret" not in html
    assert "Traceback" not in html
    assert numbered(response)
    check_headers(response)


@pytest.mark.urls(__name__)
def test_what_went_wrong_is_found_in_the_log_by_its_number(caplog):
    caplog.handler.addFilter(Numbered())
    client = Client(raise_request_exception=False)

    given = [client.get(f"/fail/{code}/")["X-Request-ID"] for code in FAULTS]

    assert [record.number for record in caplog.records] == given
    assert len(set(given)) == len(FAULTS)


@pytest.mark.urls(__name__)
def test_another_fault_of_the_database_is_no_conflict():
    client = Client(raise_request_exception=False)

    assert client.get("/fail/lost/").status_code == 500


def test_what_is_nowhere_has_the_same_page():
    response = Client().get("/admin-old/phpinfo.php")

    assert response.status_code == 404
    assert [template.name for template in response.templates][:1] == ["404.html"]
    check_headers(response)


def test_a_host_that_is_not_ours_is_refused():
    response = Client().get("/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_form_without_its_token_has_a_page_of_our_own():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/status/", {"number": "BJ", "code": "x"})

    assert response.status_code == 403
    assert numbered(response)
    check_headers(response)


def test_a_form_that_is_too_long_has_a_page_of_our_own(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = Client().post("/status/", "number=" + "x" * 1000, content_type=FORM)

    assert response.status_code == 413
    assert numbered(response)
    check_headers(response)


def test_too_many_fields_are_refused():
    many = {f"field{number}": "x" for number in range(1001)}

    response = Client().post("/status/", many)

    assert response.status_code == 400
    assert "<main" in response.content.decode()


# Language


def test_a_reader_chooses_the_language_and_stays_on_the_page():
    client = Client()
    assert '<html lang="zh-hans">' in client.get("/status/").content.decode()

    response = client.post("/language/", {"language": "en", "next": "/status/"})

    assert response["Location"] == "/status/"
    page = client.get("/status/")
    assert '<html lang="en">' in page.content.decode()
    assert page["Content-Language"] == "en"
    client.post("/language/", {"language": "zh-hans", "next": "/status/"})
    assert '<html lang="zh-hans">' in client.get("/status/").content.decode()


@pytest.mark.parametrize(
    "target", ["//evil.example/", "/\\evil.example", "https:evil.example", "https://e/"]
)
def test_the_choice_of_a_language_leads_to_no_other_site(target):
    response = Client().post("/language/", {"language": "en", "next": target})

    assert response["Location"] == "/"


def test_an_address_alone_changes_no_language():
    client = Client()

    client.get("/language/", {"language": "en", "next": "/status/"})

    assert "django_language" not in client.cookies


# Templates


class Inline(HTMLParser):
    """What a strict content security policy would not let run, or not let look so."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", text, flags=re.S))

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        data = names.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in names and not data):
            self.found.append(tag)
        self.found += [
            name for name in names if name.startswith("on") or name == "style"
        ]
        self.found += [
            value
            for value in names.values()
            if value and re.match(r"\s*(javascript:|https?:|//)", value)
        ]


def test_what_is_inline_is_recognised():
    text = """
        <p style="x" onclick="y"><script>z</script><style></style>
        <a href="javascript:x"></a><img src="//host/x.png">
        <script src="{% static 'a.js' %}"></script>
        <a href="{% url 'x' %}" class="{% if one %}on{% endif %}"></a>
    """
    assert Inline(text).found == [
        "style",
        "onclick",
        "script",
        "style",
        "javascript:x",
        "//host/x.png",
    ]


@pytest.mark.parametrize(
    "name", sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*"))
)
def test_a_template_has_nothing_inline_and_nothing_from_another_host(name):
    file = TEMPLATES / name
    if file.is_file():
        text = file.read_text()
        assert Inline(text).found == []
        assert not re.search(r"\|\s*safe\b|autoescape off", text)


def test_style_sheets_fetch_nothing():
    sheets = list((TEMPLATES.parent / "config" / "assets").glob("*.css"))

    assert sheets
    for sheet in sheets:
        assert not re.search(r"@import|url\(", sheet.read_text()), sheet.name


# The log-in


@pytest.fixture
def person():
    return make_user(password="correct horse battery", is_staff=True)


def log_in(username, password, address="203.0.113.7", client=None, **query):
    client = client or Client()
    to = f"/admin/login/?next={query['next']}" if query else "/admin/login/"
    data = {"username": username, "password": password}
    return client.post(to, data, REMOTE_ADDR=address)


def test_whoever_gives_the_right_password_is_let_in(person):
    response = log_in(person.username, "correct horse battery")

    assert (response.status_code, response["Location"]) == (302, "/desk/")


def test_after_five_wrong_passwords_the_right_one_does_not_open_either(person):
    name = person.username
    for _time in range(4):
        assert log_in(name, "wrong").status_code == 200

    for password in ("wrong", "wrong", "correct horse battery"):
        response = log_in(name, password)
        assert response.status_code == 429
        assert "429.html" in [template.name for template in response.templates]
        assert "csrfmiddlewaretoken" not in response.content.decode()
        assert name not in response.content.decode()
        check_headers(response)


def test_the_lock_is_on_the_name_and_the_address_together(person):
    for _time in range(6):
        log_in(person.username, "wrong")
    neighbour = make_user(password="correct horse battery", is_staff=True)

    elsewhere = log_in(person.username, "correct horse battery", "198.51.100.9")
    beside = log_in(neighbour.username, "correct horse battery")

    assert (elsewhere.status_code, beside.status_code) == (302, 302)


def test_a_success_forgets_the_failures(person):
    for _round in range(3):
        for _time in range(4):
            assert log_in(person.username, "wrong").status_code == 200
        assert log_in(person.username, "correct horse battery").status_code == 302


def test_an_address_that_the_client_wrote_itself_changes_nothing(person):
    for number in range(5):
        spoofed = {"X-Forwarded-For": f"192.0.2.{number}"}
        data = {"username": person.username, "password": "wrong"}
        response = Client().post("/admin/login/", data, headers=spoofed)

    assert response.status_code == 429


@pytest.mark.parametrize(
    "unfit", [{"is_staff": False}, {"is_staff": True, "is_active": False}]
)
def test_the_log_in_does_not_tell_why_it_fails(person, unfit):
    other = make_user(password="correct horse battery", **unfit)
    attempts = [
        ("nobody.at.all", "correct horse battery"),
        (other.username, "correct horse battery"),
        (person.username, "wrong"),
    ]
    pages = {
        re.sub(r'value="[^"]*"', "", log_in(*attempt).content.decode())
        for attempt in attempts
    }
    assert len(pages) == 1


@pytest.mark.parametrize("target", ["//evil.example/", "https:evil.example", "/\\evil"])
def test_a_log_in_leads_to_no_other_site(person, target):
    response = log_in(person.username, "correct horse battery", next=target)

    assert response["Location"] == "/desk/"


def test_a_log_in_begins_a_session_of_its_own(person):
    client = Client()
    client.get("/admin/login/")
    client.session["x"] = 1
    before = client.session.session_key

    log_in(person.username, "correct horse battery", client=client)

    session = client.cookies["sessionid"]
    assert session.value != before
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert session["secure"]
    assert session["max-age"] == ""


def test_logging_out_is_a_deed_and_not_an_address(person):
    client = Client()
    log_in(person.username, "correct horse battery", client=client)

    assert client.get("/admin/logout/").status_code == 405
    assert client.get("/admin/").status_code == 200
    client.post("/admin/logout/")
    assert client.get("/admin/").status_code == 302
