"""`manage.py up`, from the first line that it prints to the last process that it ends."""

from __future__ import annotations

import http.client
import json
import os
import signal
import smtplib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue

from config.datadir import queue_url
from config.settings import MAILBOX_STEP
from tests.config.running import PATIENCE, Up, free_ports, manage, processes_of, wait_for_end

pytestmark = pytest.mark.xdist_group("up")


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """One that all tests here share which leave it as it is."""
    with Up(tmp_path_factory.mktemp("data")) as up:
        yield up.until_ready()


def get(port: int, path: str) -> tuple[int, str]:
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    site.request("GET", path)
    response = site.getresponse()
    answer = response.status, response.read().decode()
    site.close()
    return answer


def test_it_serves_the_site_when_it_says_so(up: Up) -> None:
    assert get(up.port, "/")[0] == 200
    assert f"http://127.0.0.1:{up.port}/admin/" in up.said


def test_the_first_start_prints_a_link_to_choose_a_password(up: Up) -> None:
    link = next(word for word in up.said.split() if "/admin/password/" in word)
    status, _ = get(up.port, link.removeprefix(f"http://127.0.0.1:{up.port}"))
    assert status == 302  # to a page whose address does not hold the token


def test_what_it_keeps_is_for_its_user_alone(up: Up) -> None:
    for kept in ("secret_key", "queue"):
        assert not (up.data_dir / kept).stat().st_mode & 0o077


def test_the_queue_opens_no_network_port(up: Up) -> None:
    queue = Redis.from_url(queue_url(up.data_dir))
    assert queue.config_get("port") == {"port": "0"}
    assert queue.config_get("appendonly") == {"appendonly": "yes"}
    queue.close()


def test_mail_ends_in_the_local_mailbox(up: Up) -> None:
    with smtplib.SMTP("127.0.0.1", up.port + MAILBOX_STEP) as server:
        server.sendmail("a@example.org", ["b@example.org"], b"Subject: Hello\r\n\r\nA line.\r\n")
    mails = [mail.read_text() for mail in (up.data_dir / "mail" / "new").iterdir()]
    assert any("Subject: Hello" in mail for mail in mails)


def test_a_command_beside_it_names_its_address(up: Up) -> None:
    done = manage(up.data_dir, "login_link", "editor", "--json")
    assert json.loads(done.stdout)["link"].startswith(f"http://127.0.0.1:{up.port}/admin/")


def test_a_second_one_on_the_same_folder_is_refused(up: Up) -> None:
    done = manage(up.data_dir, "up", "--port", str(free_ports()))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert str(up.process.pid) in done.stderr
    assert str(up.data_dir) in done.stderr


@pytest.mark.parametrize(("below", "what"), [(0, "site"), (MAILBOX_STEP, "mailbox")])
def test_a_taken_port_is_refused(up: Up, tmp_path: Path, below: int, what: str) -> None:
    done = manage(tmp_path, "up", "--port", str(up.port - below))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert f"Port {up.port} " in done.stderr
    assert what in done.stderr
    assert not processes_of(tmp_path)


@pytest.mark.parametrize(
    ("variable", "address"),
    [
        ("DATABASE_URL", "postgres://u:p@127.0.0.1:1/unspool"),
        ("REDIS_URL", "redis://127.0.0.1:1/0"),
    ],
)
def test_a_server_that_does_not_answer_is_named(
    tmp_path: Path, variable: str, address: str
) -> None:
    done = manage(tmp_path, "up", "--port", str(free_ports()), **{variable: address})
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert variable in done.stderr
    assert not processes_of(tmp_path)


@pytest.mark.parametrize("key", ["", "given"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, key: str) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    done = manage(in_the_way / "data", "up", SECRET_KEY=key)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "DATA_DIR" in done.stderr


def test_a_busy_installation_stops_within_ten_seconds(tmp_path: Path) -> None:
    with Up(tmp_path) as up:
        up.until_ready()
        connection = Redis.from_url(queue_url(tmp_path))
        job = Queue("mail", connection=connection).enqueue(time.sleep, 300)
        while job.get_status() != "started":
            connection.blpop(["nothing"], timeout=0.05)
        connection.close()
        asked = time.monotonic()
        up.process.send_signal(signal.SIGTERM)
        status, complaint = up.end()
        assert time.monotonic() - asked < 10
        assert (status, complaint) == (0, "")
        assert "Traceback" not in up.said
        assert not processes_of(tmp_path)


def test_further_signals_change_nothing_about_the_stop(tmp_path: Path) -> None:
    with Up(tmp_path) as up:
        up.until_ready()
        for number in (signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGINT):
            os.killpg(up.process.pid, number)  # as the terminal does, to the whole group
        status, complaint = up.end()
        assert (status, complaint) == (0, "")
        assert up.said.rstrip().endswith("stopped")
        assert "Traceback" not in up.said
        assert not processes_of(tmp_path)


def test_nothing_outlives_it_when_it_is_killed_and_it_starts_again(tmp_path: Path) -> None:
    with Up(tmp_path) as up:
        up.until_ready()
        others = [pid for pid in processes_of(tmp_path) if pid != up.process.pid]
        assert len(others) > 5
        up.process.kill()
        assert wait_for_end(others, PATIENCE)
    with Up(tmp_path) as up:
        up.until_ready()
        assert "/admin/password/" not in up.said  # there is an account by now
        assert "login_link" in up.said


def test_a_child_that_dies_is_started_again_and_given_up_at_last(tmp_path: Path) -> None:
    with Up(tmp_path) as up:
        for _ in range(4):
            os.kill(int(up.hear(r"mailbox started \(process (\d+)\)")), signal.SIGKILL)
        status, complaint = up.end()
        assert status == 1
        assert "mailbox was ended by SIGKILL, 4 times" in complaint
        assert "Traceback" not in up.said + complaint
        assert not processes_of(tmp_path)
