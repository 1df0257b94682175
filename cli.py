# PYTHON_ARGCOMPLETE_OK
"""The command line: what the user types, handed on to the audit and the reports.

Nothing heavy is imported before the command is known: `doisoat --help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from audit.version import VERSION

FORMATS = ("xlsx", "html", "json")
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status (the contract's for `audit`)."""
    given = list(sys.argv[1:] if argv is None else argv)
    parser = _parser(given)
    if "_ARGCOMPLETE" in os.environ:
        _complete(parser)
    arguments = parser.parse_args(given)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser; only the options of the command given are filled in, all of them when completing."""
    parser = argparse.ArgumentParser(
        prog="doisoat",
        description="Đối soát báo cáo chấm điểm: tính lại từng con số, chỉ ra số nào sai và ở đâu. "
        "/ Audit of score reports: re-compute every figure, say which are wrong and where.",
    )
    parser.add_argument("--version", action="version", version=f"doisoat {VERSION}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (said, fill) in COMMANDS.items():
        command = commands.add_parser(name, help=said, description=said)
        if name in given or "_ARGCOMPLETE" in os.environ:
            fill(command)
    return parser


def _audit(parser: argparse.ArgumentParser) -> None:
    from report.command import run_audit

    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="tệp hoặc thư mục báo cáo / report files or folders",
    )
    _results(parser)
    parser.add_argument(
        "--format",
        type=_formats,
        default=FORMATS,
        metavar="xlsx,html,json",
        help="các tệp kết quả cần ghi / the outputs to write",
    )
    _language(parser)
    parser.add_argument(
        "--jobs",
        type=_positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="số tệp đọc cùng lúc / files read side by side",
    )
    parser.add_argument(
        "--methodology",
        metavar="ID",
        help="dùng bộ chỉ số này cho mọi báo cáo / score every report by this methodology",
    )
    parser.add_argument(
        "--register",
        type=Path,
        metavar="FILE",
        help="danh mục đơn vị bổ sung hoặc thay thế (CSV) / units to add or replace (CSV)",
    )
    parser.add_argument(
        "--aliases",
        type=Path,
        metavar="FILE",
        help="tên gọi riêng của đơn vị (CSV) / the office's own names of units (CSV)",
    )
    parser.add_argument(
        "--previous",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help="báo cáo kỳ trước để so sánh / reports of the previous period, to compare with",
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="đọc lại tất cả, không lưu / read everything anew and keep nothing",
    )
    parser.add_argument(
        "--letters",
        action="store_true",
        help="soạn công văn gửi từng đơn vị / write a letter to each unit",
    )
    parser.add_argument(
        "--seconds",
        type=_positive,
        default=60,
        metavar="N",
        help="thời gian tối đa cho một tệp / longest time for a file (60)",
    )
    parser.add_argument(
        "--seconds-per-scan",
        type=_positive,
        default=20,
        metavar="N",
        help="thời gian thêm cho một trang quét / time added for a scanned page (20)",
    )
    parser.add_argument(
        "--megabytes",
        type=_positive,
        default=1024,
        metavar="N",
        help="bộ nhớ tối đa cho một tệp / most memory for a file (1024)",
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="không in gì ra màn hình / print nothing"
    )
    parser.set_defaults(run=run_audit)


def _explain(parser: argparse.ArgumentParser) -> None:
    from report.explain import run

    parser.add_argument(
        "id",
        metavar="FINDING-ID",
        help="mã sai lệch, hoặc phần đầu của mã / a finding's id, or its beginning",
    )
    _results(parser)
    _language(parser)
    parser.set_defaults(run=run)


def _register(parser: argparse.ArgumentParser) -> None:
    from report import register_listing

    register_listing.add_arguments(parser)
    parser.set_defaults(run=register_listing.run)


def _cache(parser: argparse.ArgumentParser) -> None:
    from report.command import run_cache

    parser.add_argument("--clear", action="store_true", help="xóa / remove them")
    _language(parser)
    parser.set_defaults(run=run_cache)


def _rules(parser: argparse.ArgumentParser) -> None:
    from report.rules import run

    parser.add_argument(
        "rule",
        nargs="?",
        metavar="RULE",
        help="tên quy tắc, ví dụ total-mismatch / a rule's name, such as total-mismatch",
    )
    _language(parser)
    parser.set_defaults(run=run)


def _completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))
    parser.set_defaults(run=_print_completion)


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "audit": ("đối soát tệp, thư mục / audit files and folders", _audit),
    "explain": ("giải thích một sai lệch / explain a finding", _explain),
    "register": ("danh mục đơn vị / the register of units", _register),
    "rules": ("các quy tắc kiểm tra / the rules", _rules),
    "cache": ("kết quả đã lưu / results kept", _cache),
    "completion": ("gợi ý lệnh khi gõ Tab / completion for a shell", _completion),
}


def _results(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("doisoat-out"),
        metavar="DIR",
        help="thư mục kết quả / folder of the results (doisoat-out)",
    )


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language")


def _formats(text: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in text.split(","))
    if not chosen or not set(chosen) <= set(FORMATS):
        raise argparse.ArgumentTypeError(f"{text!r}: xlsx, html, json")
    return chosen


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: 1, 2, 3 ...")
    return int(text)


def _complete(parser: argparse.ArgumentParser) -> None:
    import argcomplete

    argcomplete.autocomplete(parser)


def _print_completion(arguments: argparse.Namespace) -> int:
    from argcomplete.shell_integration import shellcode

    print(shellcode(["doisoat"], shell=arguments.shell))
    return 0


if __name__ == "__main__":
    sys.exit(main())
