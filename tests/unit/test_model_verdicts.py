"""What stands at the top of a model's page, and what waits in the list of all its rules."""

import pytest

from components.model_verdicts import not_met, verdicts
from data.model_checks import Check
from data.model_rules import MODEL_RULES


def failed(severity):
    rule = next(rule for rule in MODEL_RULES.values() if rule.severity == severity)
    return Check("83-2024-001", rule, "not_met", "70%, tối đa 60%")


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_fault_stands_at_the_top_and_in_the_list(severity):
    check = failed(severity)
    assert check.rule.label in not_met([check])
    assert check.rule.label in verdicts([check])


def test_a_preference_is_no_fault_and_stands_in_the_list_only():
    check = failed("note")
    assert not_met([check]) == ""
    assert "không đạt (lưu ý)" in verdicts([check])
