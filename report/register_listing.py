"""`doisoat register`: list units, show one with its history, names that collide, an office's own aliases.

doisoat register [list] [--on DATE] [--parent CODE]
doisoat register show CODE
doisoat register collisions [--on DATE]
doisoat register alias "TEXT" CODE
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from normalise.collisions import collisions
from normalise.register import Register, RegisterError, Unit, day_of, load_register
from normalise.register_file import ALIAS_COLUMNS
from report import terminal

USED_WRONGLY = 2


def default_aliases() -> Path:
    """Where an office's own aliases are kept unless told otherwise."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "doisoat" / "aliases.csv"


def kept_aliases() -> Path | None:
    """The office's own aliases, when it has any."""
    path = default_aliases()
    return path if path.is_file() else None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `doisoat register`."""
    _add_common(parser, keep=True)
    actions = parser.add_subparsers(metavar="ACTION", dest="action")
    listing = actions.add_parser("list", help="các đơn vị / the units")
    show = actions.add_parser("show", help="một đơn vị và lịch sử / a unit and its history")
    show.add_argument("code", metavar="CODE")
    pairs = actions.add_parser("collisions", help="tên dễ nhầm / names that collide")
    alias = actions.add_parser("alias", help="thêm tên gọi khác / add an accepted name")
    alias.add_argument("text", metavar="TEXT")
    alias.add_argument("code", metavar="CODE")
    for action in (listing, show, pairs, alias):
        _add_common(action, keep=False)


def _add_common(parser: argparse.ArgumentParser, keep: bool) -> None:
    """The options, before or after the action; a default after it must not undo one before."""
    none = None if keep else argparse.SUPPRESS
    parser.add_argument("--on", metavar="DATE", type=_day, default=none)
    parser.add_argument("--parent", metavar="CODE", default=none)
    parser.add_argument("--register", type=Path, metavar="FILE", default=none)
    parser.add_argument("--aliases", type=Path, metavar="FILE", default=none)
    language = "vi" if keep else argparse.SUPPRESS
    parser.add_argument("--lang", choices=("vi", "en"), default=language)


def _day(text: str) -> str:
    if day_of(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r}: YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY")
    return text


def run(args: argparse.Namespace) -> int:
    """Run the chosen action; 0, or 2 when it was used wrongly."""
    actions: dict[str, Callable[[argparse.Namespace, Register], int]] = {
        "show": _show,
        "collisions": _collisions,
        "alias": _alias,
    }
    try:
        register = load_register(args.register, args.aliases or kept_aliases())
        return actions.get(args.action, _list)(args, register)
    except RegisterError as error:
        return _refuse("usage/register", args, reason=str(error))


def _refuse(key: str, args: argparse.Namespace, **facts: str) -> int:
    print(terminal.message(key, args.lang, **facts), file=sys.stderr)
    return USED_WRONGLY


def _say(key: str, args: argparse.Namespace, **facts: str) -> None:
    print(terminal.message(f"register.{key}", args.lang, **facts))


def _list(args: argparse.Namespace, register: Register) -> int:
    if args.parent and not register.of_code(args.parent):
        return _refuse("register.no-unit", args, code=args.parent)
    day = day_of(args.on)
    units = [u for u in register.units if u.exists(day) and args.parent in (None, u.parent_code)]
    for unit in units:
        print("\t".join((unit.code, unit.name, unit.parent_code or "", *_validity(unit))))
    _say("count", args, n=str(len(units)))
    return 0


def _validity(unit: Unit) -> tuple[str, str]:
    return (
        unit.valid_from.isoformat() if unit.valid_from else "",
        unit.valid_to.isoformat() if unit.valid_to else "",
    )


def _show(args: argparse.Namespace, register: Register) -> int:
    units = [u for u in register.of_code(args.code) if u.exists(day_of(args.on))]
    if not units:
        return _refuse("register.no-unit", args, code=args.code)
    for unit in units:
        _describe(unit, args, register)
    return 0


def _describe(unit: Unit, args: argparse.Namespace, register: Register) -> None:
    begin, end = _validity(unit)
    print(f"{unit.code}\t{unit.name}")
    _say("validity", args, begin=begin or "…", end=end or "…")
    parent, successor = register.parent(unit), register.successor(unit)
    if parent:
        _say("parent", args, unit=_short(parent))
    if successor:
        _say("successor", args, unit=_short(successor))
    before = register.predecessors(unit)
    if before:
        _say("predecessors", args, units=_joined(before))
    for alias in register.aliases_of(unit):
        _say("office-alias" if alias.office else "alias", args, alias=alias.alias, note=alias.note)
    _say("source", args, source=unit.source)


def _short(unit: Unit) -> str:
    return f"{unit.name} ({unit.code})"


def _joined(units: Iterable[Unit]) -> str:
    return "; ".join(_short(u) for u in units)


def _collisions(args: argparse.Namespace, register: Register) -> int:
    found = list(collisions(u for u in register.units if u.exists(day_of(args.on))))
    for pair in found:
        key = "one-letter" if pair.letters else "coincide"
        parents = [register.parent(u) for u in (pair.first, pair.second)]
        names = [f"{_short(u)}, {p.name}" if p else _short(u)
                 for u, p in zip((pair.first, pair.second), parents, strict=True)]  # fmt: skip
        _say(key, args, first=names[0], second=names[1])
    _say("collisions", args, n=str(len(found)))
    return 0


def _alias(args: argparse.Namespace, register: Register) -> int:
    """Add a line to the office's own aliases; the file is made when it is not there."""
    units = [u for u in register.of_code(args.code) if u.exists(day_of(args.on))]
    if not units:
        return _refuse("register.no-unit", args, code=args.code)
    if len(units) > 1:
        return _refuse("register.which-unit", args, code=args.code, units=_joined(units))
    if not args.text.strip():
        return _refuse("register.no-alias", args)
    path = args.aliases or default_aliases()
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(ALIAS_COLUMNS)
        writer.writerow((units[0].code, units[0].name, args.text.strip(), ""))
    _say("alias-added", args, alias=args.text.strip(), unit=_short(units[0]), path=str(path))
    return 0
