"""`overturn run`: the database, the model, the action server and Rasa with its doors, started and kept together.

This process stays small (no Rasa, no TensorFlow): it checks the settings, starts two children at the same time, starts
the action server again if it dies, and ends both when it ends, however it ends.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import FrameType

from actions.cases import CasesError, new_key, open_database
from bot.engine import processes
from bot.engine.model import TrainingError, ready_model
from bot.settings import ROOT, SettingError, Settings, settings_from

_START_SECONDS = 180.0
_RESTART_AFTER = (0.5, 1.0, 2.0, 5.0, 10.0)
_STEADY_SECONDS = 60.0
_SWEEP_SECONDS = 3600.0


class StartError(Exception):
    """Why the assistant cannot start, in one line that says what to do."""


class _StopAskedError(Exception):
    """Somebody wants this to end: Ctrl-C, or SIGTERM."""


def main(root: Path = ROOT) -> int:
    """Runs the assistant until it is stopped. Returns the exit status: 0 when stopped, 1 when it could not go on."""
    children: list[subprocess.Popen[bytes]] = []
    before = {name: signal.signal(name, _ask_to_stop) for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        _run(root, children)
    except _StopAskedError:
        _say("stopping")
        return 0
    except (StartError, SettingError, TrainingError, CasesError) as error:
        print(f"overturn: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"overturn: {error.strerror or error}: {error.filename or 'no file named'}", file=sys.stderr)
        return 1
    finally:
        for name in before:
            signal.signal(name, signal.SIG_IGN)
        processes.stop(children)
        for name, handler in before.items():
            signal.signal(name, handler)
    return 0


def _run(root: Path, children: list[subprocess.Popen[bytes]]) -> None:
    settings = settings_from(os.environ)
    door = _listener(settings.host, settings.port, "OVERTURN_PORT")
    actions = _listener("127.0.0.1", 0, "the action server's port")
    environ = _environment(root, settings)
    database = open_database(environ["OVERTURN_DATABASE_URL"], environ["OVERTURN_KEY"])
    database.migrate()
    database.ready()
    database.dispose()
    _forget_what_is_due(environ)
    _say("database ready")
    environ["OVERTURN_MODEL"] = str(ready_model(root, environ, _say, children.append))
    _say("model ready")

    environ["OVERTURN_ACTIONS_URL"] = f"http://127.0.0.1:{actions.getsockname()[1]}/webhook"
    environ["OVERTURN_ACTIONS_SECRET"] = secrets.token_urlsafe(32)
    environ["OVERTURN_ACTIONS_FD"] = str(actions.fileno())
    environ["OVERTURN_DOOR_FD"] = str(door.fileno())
    _say("starting the action server and Rasa")
    servers = _Servers(root, environ, actions, door, children)
    servers.wait_until_ready(settings)
    _say("ready")
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    host = f"[{host}]" if ":" in host else host
    _say(f"the chat page is at {settings.public_url or f'http://{host}:{settings.port}'}/")
    servers.watch()


class _Servers:
    """The two children, and when the action server was last started."""

    def __init__(
        self,
        root: Path,
        environ: Mapping[str, str],
        actions: socket.socket,
        door: socket.socket,
        children: list[subprocess.Popen[bytes]],
    ) -> None:
        self._root = root
        self._environ = environ
        self._listener = actions
        self._children = children
        self._failures = 0
        self._start_actions()
        self._rasa = processes.start("bot.engine.rasa_server", environ, root, [door.fileno()])
        children.append(self._rasa)
        door.close()  # Rasa's alone from here on: when it is gone, nobody is left half-connected

    def wait_until_ready(self, settings: Settings) -> None:
        """Returns when a real turn has been answered. Raises StartError when a child dies or nothing comes of it."""
        ends, missing = time.monotonic() + _START_SECONDS, ["everything"]
        while time.monotonic() < ends:
            self._rasa_lives()
            if self._actions.poll() is not None:
                raise StartError("the action server could not start; the line above says where it stopped")
            missing = _missing(settings)
            if not missing:
                return
            time.sleep(0.2)
        raise StartError(f"no turn could be answered within {_START_SECONDS:.0f} s; missing: {', '.join(missing)}")

    def watch(self) -> None:
        """Keeps the action server running, for as long as Rasa runs. Raises StartError when Rasa is gone."""
        swept = time.monotonic()
        while True:
            self._rasa_lives()
            if self._actions.poll() is not None:
                self._start_actions_again()
            if time.monotonic() - swept > _SWEEP_SECONDS:
                swept = time.monotonic()
                _forget_what_is_due(self._environ)
            time.sleep(0.2)

    def _rasa_lives(self) -> None:
        if self._rasa.poll() is not None:
            raise StartError(f"Rasa stopped (exit status {self._rasa.returncode}); the line above says where")

    def _start_actions(self) -> None:
        self._started = time.monotonic()
        self._actions = processes.start(
            "bot.engine.actions_server", self._environ, self._root, [self._listener.fileno()]
        )
        self._children.append(self._actions)

    def _start_actions_again(self) -> None:
        self._failures = 0 if time.monotonic() - self._started > _STEADY_SECONDS else self._failures + 1
        pause = _RESTART_AFTER[min(self._failures, len(_RESTART_AFTER) - 1)]
        _say(f"the action server stopped; starting it again in {pause:g} s")
        self._children.remove(self._actions)
        time.sleep(pause)
        self._start_actions()


def _environment(root: Path, settings: Settings) -> dict[str, str]:
    """The children's variables: this process's, with what was unset filled in."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("RASA_")}
    environ["OVERTURN_DATABASE_URL"] = settings.database_url
    environ["OVERTURN_KEY"] = settings.key or _kept_key(root)
    environ["RASA_TELEMETRY_ENABLED"] = "false"
    environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    return environ


def _forget_what_is_due(environ: Mapping[str, str]) -> None:
    """Deletes the cases whose retention date has passed, and what waited in vain for consent."""
    database = open_database(environ["OVERTURN_DATABASE_URL"], environ["OVERTURN_KEY"])
    try:
        with database.unit() as unit:
            unit.purge(date.fromisoformat(environ["OVERTURN_TODAY"]) if environ.get("OVERTURN_TODAY") else date.today())
    except CasesError as error:
        logging.getLogger("overturn.run").error("what is due could not be deleted: %s", type(error).__name__)
    finally:
        database.dispose()


def _kept_key(root: Path) -> str:
    """The encryption key under var/, made on the first start. Raises StartError when it cannot be kept."""
    path = root / "var" / "key"
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(new_key() + "\n")
            _say("made an encryption key in var/key (OVERTURN_KEY is not set); whoever has it can read the cases")
        return path.read_text("ascii").strip()
    except OSError as error:
        raise StartError(f"OVERTURN_KEY is not set, and none can be kept in var/key ({error.strerror})") from None


def _listener(host: str, port: int, what: str) -> socket.socket:
    """A socket bound here and now, so that a taken port is known before anything starts. Raises StartError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        hint = f"set {what} to a free one" if what.startswith("OVERTURN") else "free some ports"
        raise StartError(f"cannot listen on {host}:{port} ({error.strerror or error}); {hint}") from None
    return listener


def _missing(settings: Settings) -> list[str]:
    """What /readyz says is missing; `the server` while it does not answer."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    connection = http.client.HTTPConnection(host, settings.port, timeout=30)
    try:
        connection.request("GET", "/readyz")
        missing: list[str] = json.load(connection.getresponse())["missing"]
        return missing
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return ["the server"]
    finally:
        connection.close()


def _ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
    raise _StopAskedError


def _say(line: str) -> None:
    print(f"overturn: {line}", flush=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    sys.exit(main())
