#!/usr/bin/env bash
# The Spark test needs Java. Installs it where it may, else says what to install.
set -u
command -v java >/dev/null && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "  … installing Java for the Spark test"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null && exit 0
fi
printf '\n  ✗ The Spark test needs Java 17 or newer.\n    Install it (Debian: sudo apt-get install default-jre-headless) and run make test again.\n\n' >&2
exit 1
