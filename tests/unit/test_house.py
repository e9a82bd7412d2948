"""The house keeps its rules: short modules, pinned libraries with a reason, no other server."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
MODULES = sorted(
    file for part in ("data", "components", "pages") for file in (HOUSE / part).rglob("*.py")
)
SCRIPTS = sorted((HOUSE / "components").glob("*.js"))
SCHEMA = HOUSE / "data" / "schema.py"
"""The one list of tables and columns, which is the documentation: not to be torn."""
README = HOUSE / "README.md"
REQUIREMENTS = ("requirements.txt", "requirements-test.txt", "requirements-spark.txt")


def requirements() -> list[str]:
    lines = [line for name in REQUIREMENTS for line in (HOUSE / name).read_text().splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def commands(pattern: str) -> set[str]:
    return set(re.findall(pattern, README.read_text("utf-8")))


@pytest.mark.parametrize("module", [HOUSE / "app.py", *MODULES, *SCRIPTS], ids=lambda it: it.name)
def test_a_module_is_short_enough_to_read(module):
    lines = len(module.read_text("utf-8").splitlines())
    assert lines <= 250 or (module == SCHEMA and lines <= 300)


def test_nobody_imports_the_door():
    imports = re.compile(r"^\s*(from app import|import app\b)", re.MULTILINE)
    assert len(MODULES) > 40
    assert not [file for file in MODULES if imports.search(file.read_text("utf-8"))]


@pytest.mark.parametrize("line", requirements())
def test_a_library_is_pinned_and_the_readme_says_why_it_is_there(line):
    name = re.fullmatch(r"([A-Za-z0-9._-]+)(\[[a-z,]+\])?==[0-9][0-9a-z.]*", line)
    assert name, f"{line} is not pinned"
    assert name[1].lower() in README.read_text("utf-8").lower()


def test_the_readme_is_short_and_shows_a_picture():
    assert len(README.read_text("utf-8").splitlines()) < 120
    assert commands(r"!\[[^\]]+\]\(([^)]+)\)")


def test_the_readmes_make_commands_exist():
    targets = set(re.findall(r"^([a-z]+):", (HOUSE / "Makefile").read_text(), re.MULTILINE))
    named = commands(r"make ([a-z]+)")
    assert {"run", "test"} <= named <= targets


def test_the_readmes_other_commands_exist():
    named = commands(r"python -m data ([a-z]+)")
    usage = subprocess.run(
        [sys.executable, "-m", "data", "--help"], cwd=HOUSE, capture_output=True, text=True
    )
    known = set(re.findall(r"^  ([a-z]+)", usage.stdout + usage.stderr, re.MULTILINE))
    assert named
    assert named <= known


SENT = [it for it in (HOUSE / "components").iterdir() if it.suffix in (".js", ".css", ".py")]


@pytest.mark.parametrize("file", SENT, ids=lambda it: it.name)
def test_nothing_that_is_sent_to_browsers_names_another_server(file):
    text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")  # a name, no address
    comments = r"/\*[\s\S]*?\*/|(?<!:)//.*" if file.suffix != ".py" else r"#.*"
    assert not re.search(r"https?:", re.sub(comments, "", text))
