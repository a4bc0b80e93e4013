# The commands. `make run` and `make test` set everything up by themselves.
.PHONY: run test check bench questions setup widget widget-check

run: setup
	@.venv/bin/overturn run

# The model is trained beside what needs none; pytest takes those tests first, and waits for it then.
test: setup
	@tools/system-packages
	@.venv/bin/python tools/train_model.py & trainer=$$!; trap "kill $$trainer 2>/dev/null" EXIT; \
	$(MAKE) --no-print-directory check widget-check && .venv/bin/pytest

check: setup
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/overturn library check
	.venv/bin/python tools/check_icd10.py --require
	.venv/bin/python tools/check_dialogue.py

bench: setup
	.venv/bin/python tools/bench.py

# How many questions the check asks, measured on simulated people; writes the tables of docs/questions.md.
questions: setup
	.venv/bin/python tools/questions_to_verdict.py

setup:
	@tools/setup

# The built widget is kept in the repository, so that running needs no Node.js.
widget:
	cd bot/widget && npm ci --no-audit --no-fund --silent && npm run --silent check && npm run --silent build

widget-check: widget
	@git diff --exit-code --stat -- bot/widget/dist \
		|| { echo "bot/widget/dist is not what its sources build; commit the result of 'make widget'" >&2; exit 1; }
