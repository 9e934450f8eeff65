"""Answers that are workbooks of Excel's."""

from typing import Any

from fastapi import Response

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: For the description of an operation that answers with one.
WORKBOOK: dict[int | str, dict[str, Any]] = {
    200: {"content": {_XLSX: {"schema": {"type": "string", "format": "binary"}}}}
}


def workbook(data: bytes, file_name: str) -> Response:
    """A workbook to be saved, never kept by anything between."""
    named = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(data, media_type=_XLSX, headers={**named, "Cache-Control": "no-store"})
