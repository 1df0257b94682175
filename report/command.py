"""`doisoat audit`: run it, write what was asked for, say what came out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from audit.cache import Store, default_folder
from audit.inputs import NoSuchPath
from audit.limits import Limits
from audit.plan import Plan, Settings, plan
from normalise.register import RegisterError
from report import finished, terminal
from report.catalogue import Language
from report.finished import Outcome
from report.register_listing import kept_aliases

USED_WRONGLY = 2


def run_audit(arguments: argparse.Namespace) -> int:
    """Audit the paths and write the chosen files; returns the contract's exit status."""
    lang: Language = arguments.lang
    try:
        planned = plan(_settings(arguments))
        outcome = _finished(planned, arguments) or _fulfilled(planned, arguments)
    except NoSuchPath as error:
        return _refuse("usage/no-such-path", lang, path=str(error))
    except RegisterError as error:
        return _refuse("usage/register", lang, reason=str(error))
    except UnknownMethodology as error:
        return _refuse("usage/methodology", lang, given=error.given, known=error.known)
    except OSError as error:
        return _refuse("usage/output", lang, reason=str(error))
    if not arguments.quiet:
        terminal.summary(outcome, planned.settings.out, lang)
    return outcome.status


class UnknownMethodology(Exception):
    """The methodology given on the command line is not one of those known."""

    def __init__(self, given: str, known: str) -> None:
        super().__init__(given)
        self.given = given
        self.known = known


def _finished(planned: Plan, arguments: argparse.Namespace) -> Outcome | None:
    """The outcome of an earlier run over the same files, if its outputs still stand."""
    outcome = planned.store.load(_place(planned, arguments), Outcome)
    return outcome if outcome and outcome.stands(planned.settings.out) else None


def _fulfilled(planned: Plan, arguments: argparse.Namespace) -> Outcome:
    from reconcile.methodology import load_methodologies  # all that follows is slow to load
    from report.outputs import Order, fulfil

    given, known = planned.settings.methodology, load_methodologies()
    if given and given not in known:
        raise UnknownMethodology(given, ", ".join(sorted(known)))
    order = Order(arguments.format, arguments.lang, arguments.letters)
    with terminal.progress(arguments.lang, quiet=arguments.quiet) as watch:
        return fulfil(planned, order, _place(planned, arguments), watch)


def _place(planned: Plan, arguments: argparse.Namespace) -> Path:
    return finished.place(planned, arguments.format, arguments.lang, arguments.letters)


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
