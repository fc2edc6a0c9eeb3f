"""A PostgreSQL of its own for one command: made, used, and removed with all it held.

    python -m tests.on_postgresql -- python -m pytest

Without a command it only says whether the server's programs are found.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("initdb", "pg_ctl", "postgres")
INTERRUPTIONS = {signal.SIGINT, signal.SIGTERM}
INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--no-sync",
)
# No network, no care for a power cut, and connections for each of the test workers.
CONFIGURATION = """\
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
"""


def find_programs() -> Path | None:
    """The folder of the server's programs: on the path, of pg_config, of Debian."""
    folders = [Path(found).parent for found in filter(None, [shutil.which("initdb")])]
    if shutil.which("pg_config"):
        asked = subprocess.run(
            ["pg_config", "--bindir"], capture_output=True, text=True, check=False
        )
        folders.append(Path(asked.stdout.strip()))
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: [int(part) for part in re.findall(r"\d+", str(folder))],
        reverse=True,
    )
    for folder in folders:
        if all((folder / program).is_file() for program in PROGRAMS):
            return folder
    return None


def unprivileged() -> dict:
    """Whom to run the server as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}
    names = {account.pw_name: account for account in pwd.getpwall()}
    account = names.get("postgres") or names["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """The address of a running server; nothing of it is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as name:
        folder, who = Path(name), unprivileged()
        data, log = folder / "data", folder / "log"
        if who:
            os.chown(folder, who["user"], who["group"])

        def run(program: str, *arguments: str) -> None:
            """To its end: an interruption waits, so that nothing is left half done."""
            signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTIONS)
            try:
                with log.open("ab") as output:
                    subprocess.run(
                        [programs / program, "--pgdata", data, *arguments],
                        stdin=subprocess.DEVNULL,
                        stdout=output,
                        stderr=output,
                        cwd=folder,
                        start_new_session=True,
                        check=True,
                        **who,
                    )
            finally:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTIONS)

        try:
            try:
                run("initdb", *INITDB)
                with (data / "postgresql.conf").open("a") as lines:
                    lines.write(f"unix_socket_directories = '{name}'\n{CONFIGURATION}")
                run("pg_ctl", "start", "--wait")
            except subprocess.CalledProcessError:
                told = log.read_text(errors="replace")
                sys.exit(f"PostgreSQL did not start:\n{told}")
            # Every byte is encoded: who reads the address makes the host lower case.
            host = "".join(f"%{byte:02x}" for byte in os.fsencode(name))
            yield f"postgresql://postgres@{host}/postgres"
        finally:
            if (data / "postmaster.pid").exists():
                run("pg_ctl", "stop", "--wait", "--mode=immediate")


def run_on(address: str, command: list[str]) -> int:
    """The command's exit status."""
    environment = {**os.environ, "DATABASE_URL": address, "DATABASE_POOL": "false"}
    with subprocess.Popen(command, env=environment) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            # The terminal has told the command too; it closes in its own time.
            return child.wait()
        finally:
            if child.poll() is None:
                child.terminate()


def main(arguments: list[str]) -> int:
    # A plain kill unwinds like an error, so that the server goes too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    programs = find_programs()
    if programs is None:
        print(f"PostgreSQL is not found here ({', '.join(PROGRAMS)}).", file=sys.stderr)
        return 1
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        return 0
    with server(programs) as address:
        return run_on(address, command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
