"""The criteria library: dated, sourced records in YAML beside this file, and `load`, which reads them.

`load` reads strictly and keeps what it compiled in a cache keyed by the hash of every file, so that a command starts
fast. The cache lies in the folder that OVERTURN_CACHE names, else in `var/cache` beside the project; where it cannot
be written, nothing is kept and nothing is said.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from functools import lru_cache
from pathlib import Path

from criteria.library.records import Guideline, Library, Source

FOLDER = Path(__file__).parent

__all__ = ["FOLDER", "Guideline", "Library", "Source", "load", "load_from"]


@lru_cache(maxsize=1)
def load() -> Library:
    """The library that ships with the project. Raises LibraryError with file and line for an unusable record."""
    return load_from(FOLDER)


def load_from(folder: Path, cache: Path | None = None) -> Library:
    """The library under `folder`, from the cache (default: the project's) where it is still good."""
    checksum = _checksum(folder)
    kept = (cache or _cache_folder()) / f"library-{checksum[:32]}.pickle"
    try:
        library = pickle.loads(kept.read_bytes())
        if isinstance(library, Library) and library.checksum == checksum:
            return library
    except Exception:  # noqa: BLE001 - whatever is wrong with a cache, the files are the truth
        pass
    from criteria.library.compile import compile_library

    library = compile_library(folder, checksum)
    _keep(kept, library)
    return library


def _checksum(folder: Path) -> str:
    """The hash of every YAML file, and of the code whose shapes the cache holds."""
    code = [Path(__file__), *Path(__file__).parent.glob("*.py"), *Path(__file__).parent.parent.glob("*.py")]
    digest = hashlib.sha256()
    for path in [*sorted(folder.rglob("*.yml")), *sorted(set(code))]:
        digest.update(str(path.relative_to(path.parent.parent)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _cache_folder() -> Path:
    named = os.environ.get("OVERTURN_CACHE")
    return Path(named) if named else FOLDER.parent.parent / "var" / "cache"


def _keep(path: Path, library: Library) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("library-*.pickle"):
            old.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            pickle.dump(library, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(file.name).replace(path)
    except OSError:
        return
