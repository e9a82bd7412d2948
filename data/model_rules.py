"""Every check of a model: what is looked at, what it rests on, and whom it concerns.

The page of a model, “Cần quan tâm” and the workbook checker read `MODEL_RULES`; a new rule is one
entry of `model_rules_law` or `model_rules_sense`.
"""

from data.model_rule import GRADES, SEVERITIES, Grade, ModelRule
from data.model_rules_law import LAW
from data.model_rules_sense import SENSE

__all__ = ["GRADES", "MODEL_RULES", "SEVERITIES", "Grade", "ModelRule"]

MODEL_RULES: dict[str, ModelRule] = {rule.key: rule for rule in LAW + SENSE}
