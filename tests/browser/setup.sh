#!/bin/sh
# Installs the browser and the Chinese, Japanese and Korean fonts the browser tests need, where they are missing.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
  || command -v google-chrome >/dev/null 2>&1 || missing="chromium"
fc-list 2>/dev/null | grep -qi "noto.*cjk" || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo"
  $as_root apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing fontconfig >/dev/null
else
  echo "The browser tests need:$missing. Install them with your system's package manager and run make test again." >&2
  exit 1
fi
