"""Which number and whose address a request has, in which language it is answered, who
may keep it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from config import numbers
from config.middleware import (
    ChosenLanguage,
    ClientAddress,
    ContentSecurityPolicy,
    PrivatePages,
    RequestNumber,
    address_of,
)

CLIENT, PROXY, SPOOFED = "203.0.113.7", "10.0.0.2", "198.51.100.9"


@pytest.mark.parametrize("said", [{}, {"X-Request-ID": "x"}])
def test_every_answer_has_a_number_of_our_own(said):
    page = RequestNumber(lambda request: HttpResponse(numbers.current()))

    answers = [page(RequestFactory().get("/", headers=said)) for _time in range(2)]

    told = [answer["X-Request-ID"] for answer in answers]
    assert told == [answer.content.decode() for answer in answers]
    assert len({*told, "x"}) == 3


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "expected"),
    [
        (0, CLIENT, None, CLIENT),
        (0, CLIENT, SPOOFED, CLIENT),
        (1, PROXY, CLIENT, CLIENT),
        (1, PROXY, f"{SPOOFED}, {CLIENT}", CLIENT),
        (1, PROXY, f"{SPOOFED},{SPOOFED}, {CLIENT}", CLIENT),
        (2, PROXY, f"{SPOOFED}, {CLIENT}, 10.0.0.1", CLIENT),
        (1, PROXY, "2001:DB8::1", "2001:db8::1"),
        # Not written by our proxies: too short, empty, not an address.
        (2, PROXY, SPOOFED, PROXY),
        (1, PROXY, None, PROXY),
        (1, PROXY, "", PROXY),
        (1, PROXY, f"{CLIENT}, unknown", PROXY),
        (1, PROXY, f"{CLIENT}, <script>", PROXY),
        # Through a Unix socket.
        (1, "", CLIENT, CLIENT),
        (1, "", "unknown", "127.0.0.1"),
        (0, "", SPOOFED, "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_our_outermost_proxy_saw(
    settings, proxies, remote, forwarded, expected
):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)

    ClientAddress(lambda request: HttpResponse())(request)

    assert address_of(request) == expected


def test_a_request_that_came_through_no_middleware_has_no_address():
    assert address_of(HttpRequest()) is None


def in_the_language(cookie=None, accepted=""):
    request = RequestFactory().get("/", headers={"Accept-Language": accepted})
    if cookie is not None:
        request.COOKIES["django_language"] = cookie
    answer = ChosenLanguage(lambda request: HttpResponse(translation.get_language()))
    return request, answer(request)


@pytest.mark.parametrize(
    ("cookie", "accepted", "expected"),
    [
        (None, "", "zh-hans"),
        (None, "en-GB,en;q=0.9", "zh-hans"),
        ("en", "", "en"),
        ("en", "zh-CN", "en"),
        ("zh-hans", "en", "zh-hans"),
        ("fr", "fr", "zh-hans"),
        ("../../etc", "", "zh-hans"),
        ("", "en", "zh-hans"),
    ],
)
def test_the_language_is_chinese_unless_english_was_chosen(cookie, accepted, expected):
    request, response = in_the_language(cookie, accepted)

    told = (response.content.decode(), response["Content-Language"])
    assert (*told, request.LANGUAGE_CODE) == (expected, expected, expected)


def test_the_language_of_one_request_does_not_reach_the_next():
    before = translation.get_language()

    in_the_language("en")

    assert translation.get_language() == before


def test_a_stored_copy_of_a_page_is_told_apart_by_the_language_cookie():
    _, response = in_the_language("en")

    assert response["Vary"] == "Cookie"


def directives(answer):
    """What the policy of the answer allows, by name."""
    page = ContentSecurityPolicy(lambda request: answer)
    policy = page(RequestFactory().get("/")).get("Content-Security-Policy", "")
    return dict(part.split(maxsplit=1) for part in policy.split(";") if part)


@pytest.mark.parametrize("status", [200, 302, 403, 404, 500])
def test_every_answer_has_the_policy_of_the_settings(settings, status):
    told = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    expected = {name: " ".join(sources) for name, sources in told.items()}
    assert directives(HttpResponse(status=status)) == expected
    assert expected["default-src"] == "'none'"


def test_a_page_may_have_a_policy_of_its_own():
    own = HttpResponse(headers={"Content-Security-Policy": "sandbox allow-forms"})

    assert directives(own) == {"sandbox": "allow-forms"}


@pytest.mark.parametrize(("status", "shown"), [(200, True), (404, False), (500, False)])
def test_a_developer_sees_the_styles_of_an_error(settings, status, shown):
    settings.DEBUG = True

    assert bool(directives(HttpResponse(status=status))) is shown


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "no-store, private"),
        ({"Cache-Control": "public, max-age=60"}, "public, max-age=60"),
    ],
)
def test_a_page_is_not_stored_unless_it_says_that_it_may_be(said, expected):
    page = PrivatePages(lambda request: HttpResponse(headers=said))

    response = page(RequestFactory().get("/"))

    assert response["Cache-Control"] == expected
    allowed = response["Permissions-Policy"]
    assert allowed == "camera=(), geolocation=(), microphone=()"
