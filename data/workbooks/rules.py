"""Every rule of the workbooks: reading, checks, the findings file and the quality page read it."""

from data.workbooks import (
    rules_cells,
    rules_history,
    rules_programme,
    rules_reading,
    rules_rows,
    rules_sums,
)
from data.workbooks.rule import Rule

RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        *rules_reading.READING,
        *rules_cells.CELLS,
        *rules_rows.ROWS,
        *rules_sums.SUMS,
        *rules_history.HISTORY,
        *rules_programme.PROGRAMME,
    )
}
"""By key. A new rule is one entry of the lists above."""


def label(key: str) -> str:
    """What a rule is called; the key itself of one that another version knew."""
    return RULES[key].label if key in RULES else key
