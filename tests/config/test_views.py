"""The size of the text, as the reader chose it."""

import re

import pytest
from django.test import Client

from config.views import SIZES

pytestmark = pytest.mark.django_db


def choose(client, size, here="/status/"):
    return client.post("/text-size/", {"size": size, "next": here})


def shown(client, address="/"):
    """The class of the page, and the sizes that its buttons say are chosen."""
    html = client.get(address).content.decode()
    name = re.search(r'<html [^>]*class="(\S+)"', html)
    pressed = re.findall(r'value="(\w+)" aria-pressed="true"', html)
    return name and name[1], pressed


@pytest.mark.parametrize("size", SIZES)
def test_a_reader_chooses_the_size_and_stays_on_the_page(size):
    client = Client()
    assert shown(client) == (None, ["standard"])

    answer = choose(client, size, "/calculator/?channel=ems")

    assert (answer.status_code, answer["Location"]) == (302, "/calculator/?channel=ems")
    name = None if size == "standard" else f"text-{size}"
    for address in ("/", "/status/", "/replies/", "/calendar/", "/calculator/"):
        assert shown(client, address) == (name, [size])
    cookie = client.cookies["text_size"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["secure"]


@pytest.mark.parametrize("target", ["//evil.example/", "/\\evil", "https://e/", ""])
def test_the_choice_leads_to_no_other_site(target):
    assert choose(Client(), "large", target)["Location"] == "/"


def test_there_are_no_other_sizes():
    client = Client()

    choose(client, '"><script>')
    client.cookies["text_size"] = '"><script>'

    assert shown(client) == (None, ["standard"])
    assert "<script" not in client.get("/").content.decode()


def test_an_address_alone_changes_no_size():
    assert Client().get("/text-size/", {"size": "large"}).status_code == 405
