"""Logs without anyone's words: a record shows its kind and its place, never a text that a library put in it.

Rasa, its SDK and Sanic log messages, trackers and request bodies when something fails. People tell this assistant about
their health, so nothing of theirs may reach a log: only our own loggers (`overturn…`) print their message.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from types import TracebackType
from typing import TextIO

from bot.faults import place

OURS = "overturn"


def prepare_environment() -> None:
    """Before Rasa or TensorFlow is imported: no telemetry, no chatter."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    warnings.simplefilter("ignore")


def only_our_lines(name: str) -> None:
    """From here on this process prints our log lines on standard error, marked with `name`, and nothing else at all.

    Libraries print on their own (progress bars, warnings of TensorFlow's C++ part, a traceback with a message in it),
    so the two streams themselves lead nowhere, and only the log keeps the way out.
    """
    kept = os.fdopen(os.dup(2), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    quieten(name, kept)


def quieten(name: str, stream: TextIO) -> None:
    """Sets this process's logging: one line a record on `stream`, marked with `name` (the process)."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlaceOnly(name))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
    for chatty in ("rasa", "rasa_sdk", "sanic", "sanic.root", "sanic.error", "sanic.access", "engineio", "socketio"):
        logger = logging.getLogger(chatty)
        logger.handlers[:] = []
        logger.propagate = True
        logger.setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    sys.excepthook = _on_uncaught
    _quieten_structlog()


def explain(what: str, error: Exception) -> None:
    """Logs an error from before anybody could say a word: here its message may be shown, and is what helps."""
    message = " ".join(str(error).split())[:400]
    logging.getLogger(OURS).critical("%s: %s: %s [%s]", what, type(error).__name__, message, place(error))


class PlaceOnly(logging.Formatter):
    """Formats a record of ours with its message, and any other with its logger and place alone."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name == OURS or record.name.startswith(OURS + ".")
        says = record.getMessage() if ours else f"{record.name} in {record.funcName}:{record.lineno}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{self._process} {record.levelname.lower()}: {says}" + (f" [{place(error)}]" if error else "")


def _on_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger(OURS).critical("stopped by %s", place(error.with_traceback(trace)))


def _quieten_structlog() -> None:
    import structlog

    # Left alone, structlog prints every debug event to standard output, texts and slots included.
    structlog.configure(
        processors=[_event_only, structlog.stdlib.render_to_log_kwargs],
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _event_only(_logger: object, _method: str, event: dict[str, object]) -> dict[str, object]:
    return {"event": str(event.get("event", ""))[:80]}
