#!/usr/bin/env bash
# The browser tests need Chromium and a Chinese font. Installs them where it may, else says what to install.
set -u
missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
fc-list :lang=zh 2>/dev/null | grep -q . || missing+=(fontconfig fonts-noto-cjk)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "  … installing ${missing[*]} for the browser tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && exit 0
fi
printf '\n  ✗ The browser tests need: %s\n    Install them (Debian: sudo apt-get install %s) and run make test again.\n\n' "${missing[*]}" "${missing[*]}" >&2
exit 1
