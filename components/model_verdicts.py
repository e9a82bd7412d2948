"""What the rules say of one model: not met first, each with document, article and grade."""

from html import escape

from data.model_checks import VERDICTS, Check
from data.model_rules import GRADES, SEVERITIES

_SIGNS = {"not_met": "✕", "unknown": "?", "met": "✓"}


def not_met(found: list[Check]) -> str:
    """What is not met, the gravest first, in a line each; nothing where there is none.

    What is only of note (a preference, say) is no fault: it stands with the rest of the rules.
    """
    lines = "".join(
        f"<li class={it.rule.severity}><b>✕ {escape(it.rule.label)}</b> "
        f"({SEVERITIES[it.rule.severity]}): "
        f"{escape('. '.join(filter(None, (it.said, it.rule.basis))))}</li>"
        for it in sorted(found, key=_rank)
        if it.verdict == "not_met" and it.rule.severity != "note"
    )
    return f'<ul class="faults" aria-label="Không đạt">{lines}</ul>' if lines else ""


def _rank(check: Check) -> tuple[int, int]:
    severity = list(SEVERITIES).index(check.rule.severity)
    return list(VERDICTS).index(check.verdict), severity


def verdicts(found: list[Check]) -> str:
    """What is not met first, the gravest first; then what cannot be judged, then what is met."""
    ranks = list(VERDICTS)
    counted = {key: sum(it.verdict == key for it in found) for key in ranks}
    told = ", ".join(f"{counted[key]} {VERDICTS[key]}" for key in ranks if counted[key])
    rows = "".join(_check(it) for it in sorted(found, key=_rank))
    heads = (("Kết quả", "text"), ("Nội dung", "text"), ("Căn cứ", "text"))
    cells = "".join(f'<th scope="col" class="{kind}">{label}</th>' for label, kind in heads)
    return (
        f'<h3>Đối chiếu quy định: {told}</h3><table class="figures checks">'
        f"<thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _check(check: Check) -> str:
    rule, grave, look = check.rule, "", str(check.verdict)
    if check.verdict == "not_met":
        grave = f" ({SEVERITIES[rule.severity]})"
        look += f" {rule.severity}"
    return (
        f'<tr><td class="text {look}">{_SIGNS[check.verdict]} '
        f"{VERDICTS[check.verdict]}{grave}</td>"
        f'<td class="text"><p>{escape(rule.label)}</p><p>{escape(check.said)}</p></td>'
        f'<td class="text"><p>{escape(rule.basis)}</p><p>{escape(_grade(check))}</p></td></tr>'
    )


def _grade(check: Check) -> str:
    words = GRADES[check.rule.grade]
    return f"Mức {check.rule.grade}: {words}" if check.rule.grade else words.capitalize()
