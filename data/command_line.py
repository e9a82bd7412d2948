"""The commands of `python -m data COMMAND`. Exit 0 done, 1 refused, 2 wrong usage."""

import argparse
import os
import sys
from typing import NoReturn

from data import publish_command, snapshot_writing, snapshots, storage
from data.snapshots import SnapshotError
from data.workbooks import commands

USAGE = f"""Cách dùng: python -m data LỆNH

  snapshots      liệt kê các bản số liệu
  verify [ID]    đối chiếu một bản với manifest.json (mặc định: bản đang dùng)
  rollback ID    quay về một bản còn nguyên vẹn
  demo           dựng lại bản số liệu minh họa và đưa vào dùng
{commands.USAGE}{publish_command.USAGE}
Nơi lưu: cài đặt SINHKE_EXTRACTS (thư mục hoặc URL), mặc định data/extracts.
"""

_UNREAD = 141
"""The exit code that shells give a program whose output is not read to the end."""

_NO_MEMORY = (
    "Máy không đủ bộ nhớ để làm việc này, nên không làm gì; bản đang dùng giữ nguyên. "
    "Hãy đóng bớt chương trình khác rồi chạy lại."
)


class _Parser(argparse.ArgumentParser):
    """argparse with its words in Vietnamese."""

    def format_help(self) -> str:
        return USAGE

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Lệnh không đúng.\n\n{USAGE}")


def main(arguments: list[str] | None = None) -> int:
    """Run a command on the configured place; returns the exit code, prints for people."""
    options = _parser().parse_args(arguments)
    place = snapshots.configured_place()
    try:
        code = int(options.run(place, options))
        sys.stdout.flush()
        return code
    except SnapshotError as error:
        print(error, file=sys.stderr)
    except MemoryError:
        print(_NO_MEMORY, file=sys.stderr)
    except BrokenPipeError:  # who reads what is printed has seen enough: `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is left to print
        return _UNREAD
    except OSError as error:
        where = error.filename or place
        print(f"Không ghi được bản số liệu: {where}: {storage.why(error)}.", file=sys.stderr)
    return 1


def _parser() -> _Parser:
    parser = _Parser(prog="python -m data")
    added = parser.add_subparsers(required=True)
    for name, run, arity in (
        ("snapshots", _snapshots, 0),
        ("verify", _verify, "?"),
        ("rollback", _rollback, None),
        ("demo", _demo, 0),
    ):
        command = added.add_parser(name)
        command.set_defaults(run=run)
        if arity != 0:
            command.add_argument("id", nargs=arity, metavar="ID")
    commands.add_template(added.add_parser("template"))
    commands.add_check(added.add_parser("check"))
    publish_command.add(added.add_parser("publish"))
    return parser


def _snapshots(place: str, _: argparse.Namespace) -> int:
    found = snapshots.ids(place)
    current = snapshots.current_id(place)
    for id in found:
        print("*" if id == current else " ", id, *_described(place, id), sep="  ")
    print("* đang dùng" if current in found else f"Chưa có bản nào đang dùng ở {place}.")
    return 0


def _described(place: str, id: str) -> tuple[str, ...]:
    """Kind, time made and state of a snapshot; its state alone when it is damaged."""
    if problems := snapshots.verify(place, id):
        return (f"hỏng: {'; '.join(problems)}",)
    manifest = snapshots.load(place, id).manifest
    kind = "minh họa" if manifest.illustrative else "chính thức"
    return manifest.period, kind, f"{manifest.made_at:%d/%m/%Y %H:%M}", "nguyên vẹn"


def _verify(place: str, options: argparse.Namespace) -> int:
    id = options.id or snapshots.current_id(place)
    if id is None:
        raise SnapshotError("tệp CURRENT không chỉ đến bản số liệu nào", place)
    problems = snapshots.verify(place, id)
    print(f"{id}: {'; '.join(problems) or 'nguyên vẹn'}")
    return 1 if problems else 0


def _rollback(place: str, options: argparse.Namespace) -> int:
    snapshot_writing.switch(place, options.id)
    print(f"Đang dùng bản số liệu {options.id}.")
    return 0


def _demo(place: str, _: argparse.Namespace) -> int:
    from data import publishing  # what it loads takes longer than the other commands

    id = publishing.publish_demo(place)
    print(f"Đang dùng bản số liệu minh họa {id}.")
    for name, facts in snapshots.load(place, id).manifest.files.items():
        print(f"  {name:18} {facts.rows:>9,} dòng".replace(",", "."))
    return 0
