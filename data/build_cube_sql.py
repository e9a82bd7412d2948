"""Rebuilds `reference/*.sql`, the SQL of the cubes. Run after a change of a cube, a code list, the
provinces or Ibis.

    python -m data.build_cube_sql
"""

import ibis

from data import conversion, cube_queries, schema
from data.cube_sql import file_of


def main() -> None:
    """Write the SQL of each cube."""
    for name, text in sql().items():
        file_of(name).write_text(text, "utf-8")


def sql() -> dict[str, str]:
    """The SQL of each cube for DuckDB, over the schema's tables by their names."""
    tables = {
        name: ibis.table(ibis.Schema.from_pyarrow(conversion.arrow_schema(name)), name)
        for name in schema.TABLES
    }
    made = cube_queries.cubes(tables)
    return {name: f"{ibis.to_sql(cube, 'duckdb')}\n" for name, cube in made.items()}


if __name__ == "__main__":
    main()
