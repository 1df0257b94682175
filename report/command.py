"""`doisoat audit`: run it, write what was asked for, say what came out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from audit.cache import default_folder
from audit.inputs import NoSuchPath
from audit.run import Audit, Settings, audit, discard, exit_status
from normalise.register import RegisterError
from reconcile.methodology import load_methodologies
from report import audit_json, terminal

USED_WRONGLY = 2


def run_audit(arguments: argparse.Namespace) -> int:
    """Audit the paths and write the chosen files; returns the contract's exit status."""
    lang = arguments.lang
    settings = _settings(arguments)
    if settings.methodology and settings.methodology not in load_methodologies():
        known = ", ".join(sorted(load_methodologies()))
        return _refuse("usage/methodology", lang, given=settings.methodology, known=known)
    try:
        with terminal.progress(lang, quiet=arguments.quiet) as watch:
            result = audit(settings, watch)
    except NoSuchPath as error:
        return _refuse("usage/no-such-path", lang, path=str(error))
    except RegisterError as error:
        return _refuse("usage/register", lang, reason=str(error))
    except OSError as error:
        return _refuse("usage/output", lang, reason=str(error))
    try:
        written = [write(result, kind, settings.out) for kind in arguments.format]
        if not arguments.quiet:
            terminal.summary(result, written, lang)
        return exit_status(result)
    finally:
        discard(result)


def _settings(arguments: argparse.Namespace) -> Settings:
    return Settings(
        paths=tuple(arguments.paths),
        out=arguments.out,
        previous=tuple(arguments.previous),
        methodology=arguments.methodology,
        register=arguments.register,
        aliases=arguments.aliases,
        jobs=arguments.jobs,
        keep=None if arguments.no_cache else default_folder(),
    )


def _refuse(key: str, lang: str, **facts: str) -> int:
    print(terminal.message(key, lang, **facts), file=sys.stderr)
    return USED_WRONGLY


WRITERS: Mapping[str, tuple[str, Callable[[Audit, Path], None]]] = {
    "json": ("audit.json", audit_json.write),
}


def write(result: Audit, kind: str, folder: Path) -> Path:
    """Write one output under a temporary name, then rename it: no reader sees half a file."""
    name, writer = WRITERS[kind]
    unfinished = folder / f".{name}.unfinished"
    writer(result, unfinished)
    unfinished.replace(folder / name)
    return folder / name
