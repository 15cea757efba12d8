#!/usr/bin/env bash
# Installs what the build and the tests need: Debian packages, and a Python environment in .build/venv with the
# packages of a requirements file. Does nothing when all is there. Usage: Scripts/setup.sh REQUIREMENTS
set -euo pipefail
cd "$(dirname "$0")/.."

requirements=$1
python=${PYTHON:-python3}
venv=.build/venv

missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }

need git git
need make make
need "$python" python3
if command -v "$python" >/dev/null 2>&1 && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  missing+=(python3-venv)
fi

if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "setup: please install: ${missing[*]}" >&2
    exit 1
  fi
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "setup: missing: ${missing[*]}; run as root: apt-get install ${missing[*]}" >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  echo "setup: installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

if ! command -v swift >/dev/null 2>&1; then
  echo "setup: swift is missing; Merlon needs Swift 6.2 or newer (https://www.swift.org/install)" >&2
  exit 1
fi

# Several targets may call this at once.
mkdir -p .build
exec 9>.build/setup.lock
flock 9

stamp="$venv/.installed-$(basename "$requirements" .txt)"
wanted=$("$python" -c 'import sys; print(sys.version)'; cat "$requirements")
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
  exit 0
fi
# An environment of another interpreter is of no use.
if [ -x "$venv/bin/python" ]; then
  "$venv/bin/python" -c 'import pip' 2>/dev/null || rm -rf "$venv"
fi
if [ ! -x "$venv/bin/python" ] \
  || [ "$("$venv/bin/python" -c 'import sys; print(sys.version)')" != "$("$python" -c 'import sys; print(sys.version)')" ]; then
  rm -rf "$venv"
  "$python" -m venv "$venv"
fi
echo "setup: installing the Python packages of $requirements into $venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements"
printf '%s\n' "$wanted" >"$stamp"
