# make demo     install what is missing, audit samples/, name the spreadsheet
# make test     install what is missing, run the tests
# make lint     ruff, ruff format and mypy --strict
# make accuracy the slow proofs on generated reports; prints figures
# make bench    speed and memory, as ratios measured in one run
# make pictures the pictures of README.md, from what make demo wrote
# make lock     resolve the pinned dependencies anew

PYTHON ?= python3
BIN := .venv/bin

RUNTIME := python3 python3-venv tesseract-ocr tesseract-ocr-osd tesseract-ocr-vie
BENCH := ocrmypdf
TESTING := fonts-liberation fonts-dejavu-core chromium libatomic1 libreoffice-calc libreoffice-writer poppler-utils strace

.PHONY: install pictures demo test lint accuracy bench lock clean system system-testing system-bench

install: system .venv/installed

system:
	@sh .ci/packages $(RUNTIME)

system-testing: system
	@sh .ci/packages $(TESTING)

system-bench: system-testing
	@sh .ci/packages $(BENCH)

.venv/installed: requirements.lock pyproject.toml
	@sh .ci/packages python3 python3-venv
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install
	@$(BIN)/doisoat audit samples/inbox --out doisoat-out --letters || test $$? -ne 2

test: system-testing .venv/installed
	@$(BIN)/python -m pytest

lint: .venv/installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .

accuracy: system-testing .venv/installed
	@$(BIN)/python -m benchmarks.mutations
	@$(BIN)/python -m benchmarks.sums
	@$(BIN)/python -m benchmarks.accuracy
	@$(BIN)/python -m benchmarks.claims
	@$(BIN)/python -m benchmarks.names
	@$(BIN)/python -m benchmarks.scans
	@$(BIN)/python -m benchmarks.robust

bench: system-bench .venv/installed
	@$(BIN)/python -m benchmarks.bench

pictures: system-testing demo
	@$(BIN)/python -m benchmarks.pictures

lock: .venv/installed
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
	    --no-header --no-annotate pyproject.toml -o requirements.lock

clean:
	rm -rf .venv doisoat-out build *.egg-info
