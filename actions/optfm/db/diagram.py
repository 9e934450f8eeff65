"""The data model as a Mermaid diagram for docs/data-model.md.

`python -m optfm.db.diagram` prints it;
tests/db/test_diagram.py fails where the document differs from the tables.
"""

from collections.abc import Iterator

from sqlalchemy import Column, Table

from optfm.db.tables import metadata

#: Rasa's own table, made by migration 0002.
_EVENTS = (
    "    events {",
    "        bigint id PK",
    "        text sender_id",
    "        text type_name",
    "        float timestamp",
    "        text intent_name",
    "        text action_name",
    "        text data",
    "    }",
)
#: As Postgres calls what SQLAlchemy has another word for.
_POSTGRES = {"datetime": "timestamptz", "array": "text_list"}


def diagram() -> str:
    """All tables with their columns, keys and references.

    A solid line is a foreign key; a dotted one joins by the dialog's id, which Rasa calls
    `sender_id` and `dialogs` calls `external_id`.
    """
    tables = sorted(metadata.tables.values(), key=lambda table: table.name)
    lines = ["erDiagram"]
    for table in tables:
        lines += [f"    {table.name} {{", *_columns(table), "    }"]
    lines += [*_EVENTS, *(line for table in tables for line in _references(table))]
    return "\n".join(lines)


def _columns(table: Table) -> Iterator[str]:
    for column in table.columns:
        marks = [
            *(["PK"] if column.primary_key else []),
            *(["FK"] if column.foreign_keys else []),
        ]
        yield f"        {_kind(column)} {column.name} {', '.join(marks)}".rstrip()


def _kind(column: Column[object]) -> str:
    kind = str(column.type.compile()).lower().split("(")[0]
    return _POSTGRES.get(kind, kind)


def _references(table: Table) -> Iterator[str]:
    for column in table.columns:
        for key in column.foreign_keys:
            maybe = "o" if column.nullable else "|"
            yield f"    {key.column.table.name} |{maybe}--o{{ {table.name} : {column.name}"
        if column.name == "dialog":
            yield f"    dialogs |o..o{{ {table.name} : dialog"
    if table.name == "dialogs":
        yield "    dialogs |o..o{ events : sender_id"


if __name__ == "__main__":
    print(diagram())
