"""The sample office on a server of its own, and a browser that watches what happens."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Office:
    """Where it answers, and what `manage.py sample` printed."""

    address: str
    printed: str

    @property
    def trial(self) -> list[str]:
        """The reference number and the query code to try."""
        return re.findall(r"^  ([A-Z]+-\d{4}-\d+-\d\d)  (\S+)$", self.printed, re.M)[0]


def own_database(folder: Path) -> str:
    """A fresh database on the engine that the tests run on."""
    url = os.environ["DATABASE_URL"]
    if url.startswith("sqlite"):
        return f"sqlite:///{folder / 'office.sqlite3'}"
    name = f"pages_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.rpartition("/")[0] + f"/{name}"


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """The sample office, set up by the commands that `make run` calls."""
    folder = tmp_path_factory.mktemp("office")
    environment = os.environ | {
        "DEBUG": "true",
        "DATABASE_URL": own_database(folder),
        "MEDIA_ROOT": str(folder / "media"),
    }

    def manage(*words):
        return [sys.executable, str(ROOT / "manage.py"), *words]

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for words in (("migrate", "--verbosity=0"), ("load_calendar",), ("sample",)):
        printed = subprocess.run(
            manage(*words), env=environment, check=True, capture_output=True, text=True
        ).stdout
    address = f"127.0.0.1:{port}"
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            manage("runserver", "--noreload", address),
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"http://{address}/status/")
        yield Office(f"http://{address}", printed)
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            return urlopen(address).close()
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(address)


# Ended with the file: as long as it runs, Django takes the process for asynchronous.
@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM:
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


EXPECTED = (
    # What follows from an answer, which is looked at by itself.
    "Failed to load resource",
    # The test was in a field before the page could put the cursor into one.
    "Autofocus processing was blocked",
)
"""How messages of the browser begin that are nobody's fault."""


@pytest.fixture
def visit(chromium, office):
    """Opens a browser window; afterwards, nothing may have been wrong in any of them.

    Nothing is wrong: no message in the console (a breach of the content security policy
    is one), no answer that reports an error, no word to another host.
    """
    wrong, meant = [], {409}  # what a stale form is answered with

    def console(message):
        if not message.text.startswith(EXPECTED):
            wrong.append(message.text)

    def response(answer):
        if answer.status >= 400 and answer.status not in meant:
            wrong.append(f"{answer.status} {answer.url}")

    def watch(page):
        page.on("console", console)
        page.on("response", response)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request",
            lambda request: (
                wrong.append(request.url)
                if not request.url.startswith((office.address, "data:"))
                else None
            ),
        )

    def open_window(allowed=(), **options):
        meant.update(allowed)
        options = {"base_url": office.address, "locale": "en-US"} | options
        page = chromium.new_context(**options).new_page()
        watch(page)
        return page

    yield open_window
    for context in chromium.contexts:
        context.close()
    assert wrong == []
