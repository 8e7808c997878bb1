#!/usr/bin/env bash
# setup.sh [tests]
# Installs what building and running need and this machine lacks; with `tests` what the tests need, too. Looks
# for the thing itself (a header, a library, a command), so it is quick, needs no network and fits other
# systems than Debian.
set -euo pipefail

missing=()

need_header() { # HEADER PACKAGE
    compgen -G "/usr/include/$1" >/dev/null || compgen -G "/usr/include/*/$1" >/dev/null ||
        compgen -G "/usr/local/include/$1" >/dev/null || missing+=("$2")
}

need_command() { # COMMAND PACKAGE
    command -v "$1" >/dev/null || missing+=("$2")
}

need_library() { # SONAME PACKAGE
    [[ $libraries == *"$1 "* ]] || missing+=("$2")
}

need_python_module() { # MODULE PACKAGE
    local python=/usr/bin/python3
    [[ -x $python ]] || python=python3
    "$python" -c "import $1" 2>/dev/null || missing+=("$2")
}

need_file() { # FILE PACKAGE
    [[ -e $1 ]] || missing+=("$2")
}

libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)

need_command git git
need_command make make
need_header stdlib.h libc6-dev
need_header 'c++/*/string' g++                  # BoringSSL below NIOSSL and Crypto
need_command ld.gold binutils                   # the linker that the toolchain calls
need_header sqlite3.h libsqlite3-dev            # the embedded store
need_header postgresql/libpq-fe.h libpq-dev     # the cluster store
need_command pkg-config pkg-config              # tells where libpq is
need_header zlib.h zlib1g-dev                   # HTTP compression
need_library libcurl.so.4 libcurl4              # the toolchain's own libraries from here …
need_library libxml2.so.2 libxml2
need_library libncurses.so.6 libncurses6
need_library libuuid.so.1 libuuid1              # … to here
need_file /usr/share/zoneinfo/Europe/Berlin tzdata
need_file /etc/ssl/certs/ca-certificates.crt ca-certificates
need_command curl curl                          # the lines that `make run` prints
need_command python3 python3                    # Examples/async-receiver.py
need_python_module ensurepip python3-venv       # fetches the viewer of the API's documents

if [[ ${1:-} == tests ]]; then
    if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
        need_command initdb postgresql          # a private server for the tests
    fi
    need_command setpriv util-linux             # which root does not run
    need_command faketime faketime              # a node whose clock is wrong
    need_python_module dateutil python3-dateutil # a second opinion on schedules
    need_command ip iproute2                    # nodes that cannot reach their database
fi

if [[ ${#missing[@]} -gt 0 ]]; then
    if ! command -v apt-get >/dev/null; then
        echo "Missing here, by their Debian names: ${missing[*]}. Install your system's counterparts." >&2
        exit 1
    fi
    if [[ $EUID -ne 0 ]]; then
        echo "Missing: ${missing[*]}. Install them with:" >&2
        echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    echo "Installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    # The tests start servers of their own; Debian's package would start one on the usual port besides.
    if [[ " ${missing[*]} " == *" postgresql "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
        mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    apt-get update
    apt-get install -y --no-install-recommends "${missing[@]}"
fi

if ! version=$(swift --version 2>/dev/null); then
    echo "No working Swift toolchain in PATH: install Swift 6.3 (https://www.swift.org/install/linux/)." >&2
    exit 1
fi
if ! [[ $version =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]] ||
    ((BASH_REMATCH[1] * 100 + BASH_REMATCH[2] < 603)); then
    echo "Swift 6.3 or later is needed, here is: ${version%%$'\n'*}" >&2
    exit 1
fi
