"""Child processes that never outlive their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def start(module: str, environ: Mapping[str, str], folder: Path, fds: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """Starts `python -m module` in `folder` with only these variables and inherited descriptors.

    It gets a process group of its own, so that Ctrl-C reaches the parent alone, which ends its children in order.
    """
    return subprocess.Popen(
        [sys.executable, "-m", module],
        env={**environ, "OVERTURN_PARENT": str(os.getpid())},
        cwd=folder,
        pass_fds=tuple(fds),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def follow_parent() -> None:
    """In a child: ends with its parent, however that ends (Linux), or at once if the parent is gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = os.environ.get("OVERTURN_PARENT")
    if parent and os.getppid() != int(parent):
        os._exit(1)


def stop(children: Sequence[subprocess.Popen[bytes]], seconds: float = 5.0) -> None:
    """Ends the children: asks them first, and after `seconds` ends them anyway."""
    running = [child for child in children if child.poll() is None]
    for child in running:
        child.terminate()
    for child in running:
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
