#!/usr/bin/env bash
# unpack.sh SUITE DEST PACKAGE... : a folder with Debian packages of any suite that run on this machine.
#
# The servers that tests need are newer or older than what this machine's Debian has, and a test must
# not install or start a service on its owner's machine. So: apt, given a configuration of its own
# with an empty list of installed packages, resolves the whole closure, the C library included;
# dpkg-deb unpacks it without running a maintainer script; patchelf points each program at the
# folder's own loader and libraries. No root, no chroot, no mount. DEST is where it stays: the paths
# are written into the programs. The folder appears at once, by rename, so a folder that exists is whole.
set -euo pipefail
suite=$1 dest=$2; shift 2
[ "$(dpkg --print-architecture)" = amd64 ] || { echo "only amd64 has been done"; exit 1; }
apt=$(dirname "$dest")/apt-$suite
mkdir -p "$apt"/etc/{apt.conf.d,preferences.d,sources.list.d} "$apt"/state/lists/partial "$apt"/cache/archives/partial
exec 9>"$apt/lock"; flock 9                       # two servers of one suite share its lists
[ ! -d "$dest" ] || exit 0

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' 2>/dev/null | head -1)
mirror=${mirror:-http://deb.debian.org/debian}; mirror=${mirror%/}
key=/usr/share/keyrings/debian-archive-keyring.gpg
{ echo "deb [arch=amd64 signed-by=$key] $mirror $suite main"
  case $suite in *-backports) echo "deb [arch=amd64 signed-by=$key] $mirror ${suite%-backports} main" ;; esac
} > "$apt/etc/sources.list"
: > "$apt/status"
cat > "$apt/apt.conf" <<CONF
Dir::Etc "$apt/etc"; Dir::State "$apt/state"; Dir::State::status "$apt/status"; Dir::Cache "$apt/cache";
APT::Architecture "amd64"; APT::Architectures { "amd64"; }; APT::Sandbox::User "root"; Debug::NoLocking "true";
Acquire::Check-Valid-Until "false"; Acquire::Check-Date "false"; Acquire::Retries "3"; Acquire::Languages "none";
CONF
export APT_CONFIG=$apt/apt.conf
if [ -z "$(find "$apt/state/lists" -maxdepth 1 -name '*Packages*' -mmin -720 | head -1)" ]; then apt-get -qq update; fi
rm -f "$apt"/cache/archives/*.deb
apt-get -qq -y --download-only --no-install-recommends install "$@"

new=$dest.new; rm -rf "$new"; mkdir -p "$new"
# As /bin, /lib are on a Debian that has merged /usr: older packages still carry files in them.
for link in bin sbin lib lib64; do mkdir -p "$new/usr/$link"; ln -s "usr/$link" "$new/$link"; done
for deb in "$apt"/cache/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$new" --keep-directory-symlink --no-same-owner
done
# Licences stay (usr/share/doc/*/copyright); manuals and translations do not.
rm -rf "$apt"/cache/archives/*.deb "$new"/usr/share/{man,locale,info,lintian,perl,perl5}

lib=/usr/lib/x86_64-linux-gnu
# UNPACK_AS_IS=1: a file system to be entered with chroot, where programs find everything themselves.
[ -z "${UNPACK_AS_IS:-}" ] || { chmod -R u+rwX "$new"; mv "$new" "$dest"; exit; }
shopt -s nullglob
find "$new"/usr/bin "$new"/usr/sbin "$new"/usr/lib/postgresql/*/bin -maxdepth 1 -type f -perm -u+x |
while read -r program; do
  readelf -l "$program" 2>/dev/null | grep -q INTERP || continue
  patchelf --set-interpreter "$dest$lib/ld-linux-x86-64.so.2" --force-rpath \
    --set-rpath "$dest$lib:$dest/usr/lib/mysql/private" "$program"
done
chmod -R u+rwX,go+rX "$new"
mv "$new" "$dest"
