#!/usr/bin/env bash
# Installs what the tests drive besides Node: Suricata, tshark, Prometheus' promtool, Chromium and Redis of the distribution;
# sigma-cli, and what checks the files under deploy/, in virtual environments under .cache/.
# What cannot be installed here is said and left out; the tests that need it are then skipped by name.
set -u
cd "$(dirname "$0")/../.."

say() { printf 'engines: %s\n' "$*"; }

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -q "$@" >/dev/null 2>&1; }

# Debian's backports, from the mirror that the machine itself uses. Prints the name of the suite.
add_backports() {
  . /etc/os-release
  suite="${VERSION_CODENAME:?}-backports"
  if ! grep -rqs "$suite" /etc/apt/sources.list /etc/apt/sources.list.d; then
    mirror=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed -n 's/^URIs: *\([^ ]*\/debian\)\/* *$/\1/p' | head -n 1)
    [ -n "$mirror" ] || mirror=$(sed -n 's/^deb \(\[[^]]*\] \)*\([^ ]*\/debian\)\/* .*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1)
    [ -n "$mirror" ] || return 1
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
      "$mirror" "$suite" >"/etc/apt/sources.list.d/$suite.sources"
  fi
  apt-get update -q >/dev/null 2>&1
  printf '%s' "$suite"
}

install_suricata() {
  command -v suricata >/dev/null && return 0
  can_apt || return 1
  suite=$(add_backports) && apt_install -t "$suite" suricata
}

# A program of a package of the distribution: `install_program tshark tshark`.
install_program() {
  command -v "$1" >/dev/null && return 0
  can_apt || return 1
  apt_install --no-install-recommends "$2" || { apt-get update -q >/dev/null 2>&1 && apt_install --no-install-recommends "$2"; }
}

# A virtual environment with what a file lists: `install_python sigma test/setup/sigma-requirements.txt`.
install_python() {
  folder=.cache/$1
  cmp -s "$2" "$folder/installed.txt" && return 0
  python3 -c 'import venv, ensurepip' 2>/dev/null || { can_apt && apt-get update -q >/dev/null 2>&1 && apt_install python3 python3-venv; } || return 1
  rm -rf "$folder"
  python3 -m venv "$folder" && "$folder/bin/pip" install -q -r "$2" >/dev/null 2>&1 && cp "$2" "$folder/installed.txt" && return 0
  rm -rf "$folder"
  return 1
}

if install_suricata; then say "$(suricata -V 2>&1 | sed 's/^This is //')"; else say 'no Suricata: not installed here'; fi
if install_program tshark tshark; then say "$(tshark -v 2>/dev/null | head -n 1)"; else say 'no tshark: not installed here'; fi
for pair in promtool:prometheus chromium:chromium redis-server:redis-server; do
  if install_program "${pair%:*}" "${pair#*:}"; then say "${pair%:*}"; else say "no ${pair%:*}: not installed here"; fi
done
if install_python sigma test/setup/sigma-requirements.txt; then say 'sigma-cli in .cache/sigma'; else say 'no sigma-cli: not installed here'; fi
if install_python deploy test/deploy/requirements.txt; then say 'checks of deploy/ in .cache/deploy'; else say 'no checks of deploy/: not installed here'; fi
exit 0
