"""Both ends of the wire, without Django: who looks up, and a page that costs nothing.

As a program, `python -m benchmarks.wire PORT`, it is one person who is told the numbers
and codes on the first line of the input, and on each further line how often to ask. It
answers with how many answers were not what they should be.
"""

import json
import re
import socket
import sys
from itertools import cycle
from random import Random

TOLD, PLAIN = b'class="stages"', b"x" * 4000
"""By which the answer to a look-up is known, and the page that costs nothing."""


def plain(environ, start_response):
    """A constant page of the usual length, which only the server itself can beat."""
    start_response("200 OK", [("Content-Length", str(len(PLAIN)))])
    return [PLAIN]


def ask(port: int, head: str, body: str = "") -> bytes:
    """One request by a connection of its own, as a sync worker answers it."""
    request = f"{head} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(f"{request}{body}".encode())
        return b"".join(iter(lambda: wire.recv(65536), b""))


def main(port: int):
    pairs, dice = json.loads(sys.stdin.readline()), Random()
    page = ask(port, "GET /status/", "X-Forwarded-Proto: https\r\n\r\n").decode()
    cookie = re.search(r"csrftoken=(\w+)", page)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    turns = cycle(pairs)

    def look_up() -> bool:
        number, code = next(turns)
        # Everybody from a network of their own, or the throttle would end it.
        address = f"10.{dice.randrange(256)}.{dice.randrange(256)}.1"
        form = f"csrfmiddlewaretoken={token[1]}&number={number}&code={code}"
        headers = (
            "X-Forwarded-Proto: https\r\n"
            f"X-Forwarded-For: {address}\r\n"
            f"Origin: https://127.0.0.1:{port}\r\n"
            f"Cookie: csrftoken={cookie[1]}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(form)}\r\n\r\n"
        )
        return TOLD in ask(port, "POST /status/", headers + form)

    def look() -> bool:
        return PLAIN in ask(port, "GET /", "\r\n")

    one = look_up if cookie else look
    for line in sys.stdin:
        print(sum(not one() for _turn in range(int(line))), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
