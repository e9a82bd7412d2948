"""`python -m data COMMAND`, which Ctrl-C stops at any moment with a line instead of a traceback."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

STOPPED = 130
"""The exit code that shells give what Ctrl-C ended."""

_SAID = (
    "\nĐã dừng theo yêu cầu (Ctrl-C). Bản số liệu đang dùng vẫn nguyên vẹn (xem là bản nào: "
    "python -m data snapshots). Muốn làm lại từ đầu thì chạy lại lệnh.\n"
)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit code, prints for people."""
    from data import command_line  # it takes a second to load, in which Ctrl-C may come

    return command_line.main(arguments)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End at once, as safely as when killed: an exception would be lost in a library's callback,
    or come out of an engine as an error of its own."""
    os.write(sys.stderr.fileno(), _SAID.encode())
    os._exit(STOPPED)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, _stop)
    sys.exit(main())
