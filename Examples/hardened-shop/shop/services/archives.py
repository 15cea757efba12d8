import csv
import io
import os
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

LARGEST_MEMBERS = 100
LARGEST_TOTAL = 20_000_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class ArchiveError(Exception):
    """The archive is not one that the shop unpacks."""


def unpack(archive: bytes, target: Path) -> list[str]:
    if not hasattr(tarfile, "data_filter"):
        raise ArchiveError  # Python before 3.11.4 follows links and paths out of the target
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as bundle:
            members = bundle.getmembers()
            if len(members) > LARGEST_MEMBERS:
                raise ArchiveError
            if sum(member.size for member in members) > LARGEST_TOTAL:
                raise ArchiveError
            bundle.extractall(target, members=members, filter="data")
            return [member.name for member in members]
    except (tarfile.TarError, OSError) as error:
        raise ArchiveError from error


def spool(content: bytes) -> str:
    handle, name = tempfile.mkstemp(suffix=".csv")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return name


def to_csv(rows: Sequence[Sequence[object]]) -> str:
    """Values that a spreadsheet would take for a formula are quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        cells = [str(cell) for cell in row]
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells])
    return text.getvalue()
