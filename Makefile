# The whole menu. Python 3.11 or later and make are all that a machine needs.

PYTHON ?= python3
PORT ?= 8000
# What `make test` is to run, as pytest takes it: make test TESTS=tests/casework
TESTS ?=

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Not the files with most tests first: the few that walk through all pages would come
# last, one process waiting for the other.
PYTEST := $(BIN)/python -m pytest --numprocesses=auto --dist=loadfile \
	--no-loadscope-reorder $(TESTS)

# Keys that nobody else has, one NAME=value a line.
define KEYS
import base64, secrets
print("SECRET_KEY=" + secrets.token_urlsafe(48))
print("SEALING_KEYS=" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
print("FINGERPRINT_KEY=" + secrets.token_urlsafe(48))
endef
export KEYS
# As on a server, but with no database of the machine's own.
AS_SERVER = env $$($(PYTHON) -c "$$KEYS") DJANGO_SETTINGS_MODULE=config.settings \
	DEBUG=false DATABASE_URL=sqlite://:memory: ALLOWED_HOSTS=localhost TRUSTED_PROXIES=1

.PHONY: menu run test check lock messages
.DELETE_ON_ERROR:

menu:
	@echo "make run       the application at http://127.0.0.1:$(PORT)/, with sample data"
	@echo "make test      the tests, on SQLite and on PostgreSQL"
	@echo "make check     style, imports, settings, migrations, the Chinese catalogue"
	@echo "make messages  the catalogue anew, after a change of the words"
	@echo "make lock      the pinned requirements anew, after a change in pyproject.toml"

# One process without a reloader: what stops make stops the server.
run: .venv/requirements.txt .env
	@$(MANAGE) migrate --verbosity=0
	@$(MANAGE) load_calendar
	@$(MANAGE) sample --address http://127.0.0.1:$(PORT)
	@$(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

test: .venv/requirements-test.txt
	@if $(BIN)/python -m tests.on_postgresql; then \
		$(PYTEST) && $(BIN)/python -m tests.on_postgresql -- $(PYTEST); \
	else \
		echo "SKIPPED: the run of the tests on PostgreSQL (1 of 2 runs)."; \
		$(PYTEST); \
	fi

check: .venv/requirements-test.txt
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python $(BIN)/lint-imports --no-logo
	@echo "manage.py check --deploy"
	@$(AS_SERVER) $(MANAGE) check --deploy --fail-level WARNING
	@echo "manage.py makemigrations --check"
	@$(AS_SERVER) $(MANAGE) makemigrations --check --dry-run
	@echo "the Chinese catalogue"
	@$(AS_SERVER) $(BIN)/python -m tests.catalogue check

messages: .venv/requirements-test.txt
	@$(AS_SERVER) $(BIN)/python -m tests.catalogue write

# For developers; uv is not needed by anything else.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url pyproject.toml
lock:
	$(LOCK) --quiet --output-file requirements.txt
	$(LOCK) --quiet --extra test --constraint requirements.txt \
		--output-file requirements-test.txt

# The copy in .venv tells which version of the file stands installed.
.venv/%.txt: %.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit(\
		"Gongkai needs Python 3.11 or later; $(PYTHON) is " + sys.version.split()[0] \
		+ ". Name another one: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv || { echo "$(PYTHON) cannot make a virtual" \
		"environment (on Debian and Ubuntu it needs python3-venv)." >&2; exit 1; }
	@$(BIN)/python -m pip install -qq --disable-pip-version-check \
		--require-hashes -r $<
	@cp $< $@

.env:
	@umask 077 && { echo DEBUG=true; $(PYTHON) -c "$$KEYS"; } > $@
