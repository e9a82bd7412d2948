"""`python -m data publish`: the workbooks of a folder, or a register, become the new snapshot.

What publishing needs is loaded when it is asked for: it takes longer than most other commands.
"""

import argparse
import shutil
import sys
from datetime import date, datetime
from pathlib import Path

from data import formats, schema, summary

USAGE = """  publish THƯ_MỤC [--received NGÀY] [--without-refused]
                 đọc, kiểm tra các báo cáo trong thư mục rồi đưa vào dùng; có tệp bị từ chối thì
                 không xuất bản gì, trừ khi --without-refused; --received: ngày nhận, 2024-10-08
  publish --source URL [--illustrative]
                 lấy số liệu từ cơ sở dữ liệu (duckdb://, postgres://, pyspark://)
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Give the command its arguments and what it runs."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("folder", nargs="?", type=Path)
    what.add_argument("--source", metavar="URL")
    parser.add_argument("--received", type=date.fromisoformat)
    parser.add_argument("--without-refused", action="store_true")
    parser.add_argument("--illustrative", action="store_true")
    parser.set_defaults(run=_run)


def _run(place: str, options: argparse.Namespace) -> int:
    from data.incoming import VIETNAM
    from data.publishing import Refused

    now = datetime.now(VIETNAM).replace(microsecond=0)
    try:
        if options.source:
            return _register(place, options, now)
        return _folder(place, options, now)
    except Refused as refusal:
        print("\n".join(refusal.problems), "Không xuất bản gì.", sep="\n", file=sys.stderr)
        return 1


def _folder(place: str, options: argparse.Namespace, now: datetime) -> int:
    from data import collecting
    from data.publishing import Refused

    if not options.folder.is_dir():
        raise Refused([f"Không có thư mục {options.folder}."])
    done = collecting.publish(
        place,
        options.folder,
        made_at=now,
        received=options.received,
        without_refused=options.without_refused,
        tell=_bar,
    )
    print(summary.text(done))
    return 0 if done.id else 1


def _register(place: str, options: argparse.Namespace, now: datetime) -> int:
    from data import register

    id, fetched = register.publish(
        place, options.source, illustrative=options.illustrative, made_at=now
    )
    print(f"Đang dùng bản số liệu {id}.")
    if fetched.without_lists:
        most = formats.number(register.MOST_ROWS)
        print(f"Bản này không kèm danh sách mô hình và tiến độ (hơn {most} dòng), chỉ có số tổng.")
    for name, frame in fetched.frames.items():
        print(f"  {formats.number(len(frame)):>9}  {schema.TABLES[name].title}")
    return 0


def _bar(done: int, total: int, name: str) -> None:
    """`[########------------] 25/63 ben-tre.xlsx` on one line of the terminal."""
    filled = 20 * done // max(total, 1)
    line = f"[{'#' * filled}{'-' * (20 - filled)}] {done}/{total} {name}"
    width = shutil.get_terminal_size().columns - 1
    print(
        f"\r{line[:width]:<{width}}", end="" if done < total else "\n", file=sys.stderr, flush=True
    )
