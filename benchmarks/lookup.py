"""The public look-up, asked by several at once of a server like that of an office."""

import atexit
import json
import os
import socket
import subprocess
import sys
from itertools import count
from time import monotonic, sleep

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.office import Office
from benchmarks.operations import Call, Operation
from benchmarks.wire import TOLD
from casework.workflow import REGISTER
from disclosure import codes
from disclosure.models import DisclosureRequest, RequestEvent

REQUESTS, CASES = 600, 40
PEOPLE = 2 * (os.cpu_count() or 1)
WORKERS = os.cpu_count() or 1
"""One a core: with more, each finds the processor's caches filled by the others."""
PATIENCE = 30
"""Seconds in which a server is up."""


def found(office: Office) -> tuple[Call, Call | None]:
    """Right numbers and codes, each time from another network; beside a constant page
    from the same kind of server."""
    pairs = [slip(case, office) for case in DisclosureRequest.objects.all()[:CASES]]
    if connection.in_atomic_block:  # as in a test: no other process would see them
        return here(pairs), None
    return at("config.wsgi", pairs), at("benchmarks.wire:plain", [])


def slip(case: DisclosureRequest, office: Office) -> tuple[str, str]:
    """What stands on the applicant's slip, of a request that has its first event."""
    clerk = office.person("superuser")
    if not case.events.exists():
        # As the door would have written it: benchmarks fill the tables directly.
        RequestEvent.objects.create(
            case=case,
            step=REGISTER,
            target=case.status,
            by=clerk,
            by_name=str(clerk),
            on=case.first_day,
        )
    case, code = codes.issue(case, by=clerk, on=timezone.localdate())
    return case.number, code


def here(pairs: list[tuple[str, str]]) -> Call:
    """In this process, one after another."""
    networks, status = count(), reverse("disclosure:status")

    def program():
        for number, code in pairs:
            address = f"10.0.{next(networks) % 256}.1"
            form = {"number": number, "code": code}
            page = Client().post(status, form, REMOTE_ADDR=address)
            assert TOLD in page.content

    return program


def at(application: str, pairs: list[tuple[str, str]]) -> Call:
    """By so many people at once, of a server of its own; both end with this program."""
    port = serve(application)
    people = [
        started(
            [sys.executable, "-m", "benchmarks.wire", str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _person in range(PEOPLE)
    ]
    for person in people:
        print(json.dumps(pairs), file=person.stdin, flush=True)

    def program():
        for person in people:
            print(REQUESTS // PEOPLE, file=person.stdin, flush=True)
        failed = sum(int(person.stdout.readline()) for person in people)
        assert failed == 0, failed

    return program


def serve(application: str) -> int:
    """The port at which the application answers."""
    environment = {**os.environ, "TRUSTED_PROXIES": "1"}
    if application.startswith("config"):
        collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, env=environment, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", f"--workers={WORKERS}"]
    quiet = ["--log-level=warning", "--no-control-socket"]
    started(
        [*command, f"--bind=127.0.0.1:{port}", *quiet, application], env=environment
    )
    until = monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return port
        except ConnectionRefusedError:
            if monotonic() > until:
                raise
            sleep(0.1)


def started(command: list[str], **how) -> subprocess.Popen:
    """A process that ends with this one."""
    process = subprocess.Popen(command, **how)
    atexit.register(process.terminate)
    return process


OPERATIONS = (
    Operation("look-up: right number and code", found, least=900, things=REQUESTS),
)
