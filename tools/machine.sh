#!/usr/bin/env bash
# Says in one clear line what this machine lacks, and what to do about it.
set -u
stop() { printf '\n  ✗ %s\n    %s\n\n' "$1" "$2" >&2; exit 1; }

python=${1:-python3}
command -v "$python" >/dev/null || stop "Python is missing." "Install Python 3.11 or newer, or name one: make demo PYTHON=python3.12"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  stop "$("$python" --version) is too old." "Install Python 3.11 or newer, or name one: make demo PYTHON=python3.12"
"$python" -c 'import venv, ensurepip' 2>/dev/null ||
  stop "Python's venv module is missing." "On Debian: apt-get install python3-venv"
command -v node >/dev/null || stop "Node.js is missing." "Install Node 20 or newer (the phone app is built with it)."
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || stop "Node $(node --version) is too old." "Install Node 20 or newer."
command -v npm >/dev/null || stop "npm is missing." "It comes with Node.js; on Debian: apt-get install npm"
free=$(df -Pk . | awk 'NR==2 {print int($4 / 1048576)}')
[ "$free" -ge 3 ] || stop "Only $free GiB are free on this disk." "Make room: 3 GiB are needed."
