"""The table of planted weaknesses points at things that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(
    r"^\| (W\d+) \| `([^`]+)` \| `([^`]+)` \| (MRL\d{3}) \| ([S\d ]+) \| ([^|]+) \| (.+) \|$"
)
FOUND_BY = {"scan", "scan-later", "probe"}


def rows() -> list[tuple[str, ...]]:
    lines = (ROOT / "WEAKNESSES.md").read_text().splitlines()
    return [match.groups() for line in lines if (match := ROW.match(line))]


def symbols(tree: ast.Module) -> set[str]:
    found = {"<module>"}

    def visit(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    found.add(prefix + name)
                case ast.ClassDef(name=name):
                    found.add(prefix + name)
                    visit(node.body, f"{prefix}{name}.")
                case (
                    ast.Assign(targets=[ast.Name(id=name)])
                    | ast.AnnAssign(target=ast.Name(id=name))
                ):
                    found.add(prefix + name)

    visit(tree.body, "")
    return found


def test_every_row_is_well_formed() -> None:
    lines = (ROOT / "WEAKNESSES.md").read_text().splitlines()
    assert len(rows()) == sum(line.startswith("| W") for line in lines)
    assert [row[0] for row in rows()] == [f"W{n:03d}" for n in range(1, len(rows()) + 1)]
    assert len({row[1:4] for row in rows()}) == len(rows())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_place_exists(row: tuple[str, ...]) -> None:
    _, file, symbol, _, _, found_by, _ = row
    text = (ROOT / file).read_text()
    assert set(found_by.split(", ")) <= FOUND_BY
    if file.endswith(".py"):
        assert symbol in symbols(ast.parse(text))
    elif symbol.startswith("services."):
        assert f"  {symbol.removeprefix('services.')}:" in text
    elif symbol not in {"<file>", "pytz"}:
        assert symbol in text
