"""What `optfm doctor` asks where the parts share a machine, and where each has its own."""

import os
import socket
from pathlib import Path

from optfm.processes.checks import checks
from optfm.processes.control import Control
from optfm.settings import Settings
from optfm.worker.readiness import tell_ready
from tests.peers.crm import Answer, Call, StandIn, serving


class Part(StandIn):
    """A part of the bot that is well, on a machine of its own."""

    def reply(self, call: Call) -> Answer:
        """200 to everything."""
        return 200, b"{}", {}


def told(tmp_path: Path, **places: str) -> dict[str, tuple[bool | None, str]]:
    """The doctor's words by subject; the database is nowhere."""
    settings = Settings.model_validate(
        {
            "db_url": "postgresql://bot@127.0.0.1:9/optfm",
            "optfm_var": tmp_path,
            "optfm_logs": tmp_path,
            "actions_port": 9,
            "desk_port": 9,
            **places,
        }
    )
    return {check.subject: (check.passed, check.words) for check in checks(settings)}


def test_parts_of_other_machines_are_asked_at_their_addresses(tmp_path: Path):
    """In containers nothing listens here, and Rasa's environment and model are not here."""
    with serving(Part()) as page:
        found = told(
            tmp_path, rasa_url=page.url, api_url=page.url, actions_url="http://127.0.0.1:9"
        )
    assert found["Rasa"] == (True, f"отвечает ({page.url})")
    assert found["API и страницы сотрудников"][0]
    assert found["Сервер действий"] == (
        False,
        "не отвечает (http://127.0.0.1:9): docker compose ps",
    )
    assert "Окружения Python" not in found and "Модель Rasa" not in found


def test_parts_of_this_machine_are_asked_at_their_ports(tmp_path: Path):
    """What does not run is started by `make run`."""
    found = told(tmp_path, rasa_port="9")
    assert found["Rasa"] == (False, "не отвечает (http://127.0.0.1:9): make run")
    assert found["Окружения Python"][0]


def test_a_part_that_stands_still_beside_its_launcher_makes_room_for_a_new_one(tmp_path: Path):
    """The launcher would refuse to run a second time."""
    control = Control(tmp_path)
    try:
        found = told(tmp_path, rasa_port="9")
    finally:
        control.close()
    assert found["Rasa"] == (False, "не отвечает (http://127.0.0.1:9): ./optfm deploy")


def test_a_worker_that_lives_and_says_nothing_is_not_well(tmp_path: Path):
    """Its process is there, and whoever rings hears nobody pick up."""
    subject = "Рассылка"
    tell_ready(tmp_path, os.getpid())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert told(tmp_path, worker_port=str(port))[subject] == (
            False,
            f"запущена, но не отвечает (http://127.0.0.1:{port}): make run",
        )
    with serving(Part()) as page:
        found = told(tmp_path, worker_port=page.url.rpartition(":")[2])
    assert found[subject] == (True, "работает")
