#!/bin/sh
# Starts the course; the first time it installs what the course needs into this folder.
set -eu
cd "$(dirname "$0")"
if [ ! -f .venv/ready ]; then
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "This course needs Python 3.11 or newer. Get it from https://www.python.org/downloads/"
    exit 1
  }
  echo "Preparing the course. This happens once and takes a few minutes ..."
  python3 -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps wheel/*.whl
  touch .venv/ready
fi
exec .venv/bin/iop-training lab --workspace course
