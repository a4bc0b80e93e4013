"""Fails on any warning of `rasa data validate`, and on dead ends among domain, rules, forms, texts and actions.

Rasa's own exit code says 0 whatever it warns of, so its output is read. What it warns of rightly stands in EXPECTED.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
FROM_DOORS = {"answer", "consent_given", "edit", "emergency", "health_check", "provide_document",
              "start_over_confirmed"}  # fmt: skip
EXPECTED = {
    # Nobody may be able to type these, so they have no training examples.
    *(f"The intent '{i}' is listed in the domain file, but is not found in the NLU training data." for i in FROM_DOORS),
    # Said by Rasa's own action_default_fallback, which no rule names.
    "The utterance 'utter_default' is not used in any story or rule.",
}


def rasa_warnings() -> list[str]:
    """What `rasa data validate` warns of, but for what is expected; its whole output when it fails."""
    environ = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "NO_COLOR": "1"}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "rasa", "data", "validate"],
        cwd=ROOT, env=environ, capture_output=True, text=True,
    )  # fmt: skip
    output = re.sub(r"\x1b\[[0-9;]*m", "", run.stdout + run.stderr)
    if run.returncode:
        return [output[-2000:]]
    found = re.findall(r"UserWarning: (.*)", output)
    found += [line for line in output.splitlines() if re.search(r" (WARNING|ERROR) ", line)]
    return [f"rasa data validate: {text}" for text in found if text.strip() not in EXPECTED]


def dead_ends() -> list[str]:
    """Names that lead nowhere: actions without code, code without an action, intents without a rule, unused texts."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    rules = [r for path in sorted((ROOT / "data/stories").glob("*.yml")) for r in _load(path)["rules"]]
    steps = [step for rule in rules for step in rule["steps"]]
    used = {step["action"] for step in steps if "action" in step} | {"action_deactivate_loop"}
    heard = {step["intent"] for step in steps if "intent" in step}
    forms = domain["forms"]
    registered = _registered()
    asks = {f"action_ask_{slot}" for form in forms.values() for slot in form["required_slots"]}
    validators = {f"validate_{name}" for name in forms}
    known = set(domain["actions"])
    problems = [f"the domain's action {a} has no code in actions/dialogue" for a in known - registered]
    problems += [f"{a} is registered but not in the domain" for a in registered - known]
    problems += [f"no rule and no form runs {a}" for a in known - used - asks - validators]
    problems += [f"the form asks for a slot without {a}" for a in (asks | validators) - known]
    problems += [f"the intent {i} leads to no rule" for i in set(domain["intents"]) - heard]
    unknown = heard - set(domain["intents"]) - {"nlu_fallback"}
    problems += [f"a rule listens for {i}, which the domain does not know" for i in unknown]
    problems += _texts()
    return problems


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def _registered() -> set[str]:
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions.dialogue")
    return set(executor.actions)


def _texts() -> list[str]:
    """Every sentence is said somewhere, and every sentence that code says exists."""
    from actions.casework.texts import names

    rooms = [ROOT / "actions/casework", ROOT / "actions/dialogue", ROOT / "bot/channels/web"]
    code = "\n".join(p.read_text("utf-8") for room in rooms for p in room.glob("*.py"))
    # A name may be built from a verdict, a step or a kind: those groups are said as a whole.
    built = (*(f"{group}." for group in re.findall(r'say\(f"([a-z_]+)\.\{', code)), "check_", "draft_blanks")
    said = set(re.findall(r"[\"']([a-z_]+)[\"']", code))
    problems = [f"the text '{n}' is never said" for n in names() if n not in said and not n.startswith(built)]
    asked = set(re.findall(r"\bsay\(\s*[\"']([a-z_.]+)[\"']", code))
    return problems + [f"the text '{n}' does not exist" for n in asked - set(names())]


def main() -> int:
    problems = dead_ends() + rasa_warnings()
    for problem in problems:
        print(f"check: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
