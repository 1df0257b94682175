"""`doisoat audit`: run it, write what was asked for, say what came out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from audit.cache import Store, default_folder
from audit.inputs import NoSuchPath
from audit.limits import Limits
from audit.run import Audit, Settings, audit, discard, exit_status
from normalise.register import RegisterError
from reconcile.methodology import load_methodologies
from report import audit_json, letters, terminal
from report.catalogue import Language
from report.page import build as page
from report.pictures import take
from report.register_listing import kept_aliases
from report.workbook import book as workbook

USED_WRONGLY = 2
NAMES = {"json": "audit.json", "xlsx": "discrepancies.xlsx", "html": "report.html"}


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
        written = write_all(result, arguments.format, lang)
        if arguments.letters:
            written += letters.write(result, settings.out / "letters")
        if not arguments.quiet:
            terminal.summary(result, written, lang)
        return exit_status(result)
    finally:
        discard(result)


def run_cache(arguments: argparse.Namespace) -> int:
    """Say what is kept of earlier audits, or remove it."""
    store = Store(default_folder())
    if arguments.clear:
        store.clear()
        print(terminal.message("terminal/cache-cleared", arguments.lang, path=str(store.folder)))
        return 0
    count, size = store.size()
    facts = {"count": str(count), "megabytes": f"{size / 1e6:.1f}", "path": str(store.folder)}
    print(terminal.message("terminal/cache", arguments.lang, **facts))
    return 0


def _settings(arguments: argparse.Namespace) -> Settings:
    return Settings(
        paths=tuple(arguments.paths),
        out=arguments.out,
        previous=tuple(arguments.previous),
        methodology=arguments.methodology,
        register=arguments.register,
        aliases=arguments.aliases or kept_aliases(),
        jobs=arguments.jobs,
        keep=None if arguments.no_cache else default_folder(),
        limits=Limits(
            seconds=arguments.seconds,
            seconds_per_scan=arguments.seconds_per_scan,
            resident=arguments.megabytes << 20,
        ),
    )


def _refuse(key: str, lang: Language, **facts: str) -> int:
    print(terminal.message(key, lang, **facts), file=sys.stderr)
    return USED_WRONGLY


def write_all(result: Audit, formats: Sequence[str], lang: Language) -> list[Path]:
    """Write the chosen outputs; returns their paths."""
    out = result.settings.out
    pictures = take(result) if {"xlsx", "html"} & set(formats) else None
    written = []
    for kind in formats:
        target = out / NAMES[kind]
        with unfinished(target) as file:
            if kind == "json":
                audit_json.write(result, file)
            elif kind == "xlsx" and pictures is not None:
                workbook.write(result, file, target, lang, pictures)
            elif pictures is not None:
                page.write(result, file, lang, pictures)
        written.append(target)
    return written


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """A temporary name beside `target`, renamed to it in the end: no reader sees half a file."""
    file = target.with_name(f".unfinished-{target.name}")
    yield file
    file.replace(target)
