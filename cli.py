"""The command line: what the user types, handed on to the audit and the reports."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from audit.version import VERSION

FORMATS = ("xlsx", "html", "json")
USED_WRONGLY = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status (the contract's for `audit`)."""
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doisoat",
        description="Đối soát báo cáo chấm điểm: tính lại từng con số, chỉ ra số nào sai và ở đâu. "
        "/ Audit of score reports: re-compute every figure, say which are wrong and where.",
    )
    parser.add_argument("--version", action="version", version=f"doisoat {VERSION}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_audit(commands.add_parser("audit", help="đối soát tệp, thư mục / audit files and folders"))
    _add_explain(commands.add_parser("explain", help="giải thích một sai lệch / explain a finding"))
    _add_cache(commands.add_parser("cache", help="kết quả đã lưu / results kept"))
    return parser


def _add_audit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--out", type=Path, default=Path("doisoat-out"), metavar="DIR")
    parser.add_argument("--format", type=_formats, default=FORMATS, metavar="xlsx,html,json")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    parser.add_argument("--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--methodology", metavar="ID")
    parser.add_argument("--register", type=Path, metavar="FILE")
    parser.add_argument("--aliases", type=Path, metavar="FILE")
    parser.add_argument("--previous", type=Path, action="append", default=[], metavar="PATH")
    parser.add_argument("--no-cache", action="store_true")
    parser.add_argument("--letters", action="store_true")
    parser.add_argument("-q", "--quiet", action="store_true")
    parser.set_defaults(run=_audit)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="FINDING-ID")
    parser.add_argument("--out", type=Path, default=Path("doisoat-out"), metavar="DIR")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    parser.set_defaults(run=_explain)


def _add_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clear", action="store_true", help="xóa / remove them")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    parser.set_defaults(run=_cache)


def _formats(text: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in text.split(","))
    if not chosen or not set(chosen) <= set(FORMATS):
        raise argparse.ArgumentTypeError(f"{text!r}: xlsx, html, json")
    return chosen


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: 1, 2, 3 ...")
    return int(text)


def _audit(arguments: argparse.Namespace) -> int:
    from report.command import run_audit

    return run_audit(arguments)


def _explain(arguments: argparse.Namespace) -> int:
    from report.explain import run

    return run(arguments)


def _cache(arguments: argparse.Namespace) -> int:
    from report.command import run_cache

    return run_cache(arguments)


if __name__ == "__main__":
    sys.exit(main())
