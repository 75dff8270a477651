#!/usr/bin/env bash
# bare_root.sh ROOT PROGRAM [ARGUMENT...]: runs a program with ROOT as its root file system.
#
# ROOT is a Debian with the C library, a shell and nothing that the helper needs. What a test puts
# there is seen through: /tmp, the cache folder (editor, node) at its own path, /proc, /dev. The mounts
# are in a namespace of their own and vanish with the program; a user without root gets a user
# namespace too.
set -euo pipefail
if [ "${MYDBA_BARE_INSIDE:-}" != 1 ]; then
  if [ "$(id -u)" = 0 ]; then space=(unshare --mount); else space=(unshare --user --map-root-user --mount); fi
  MYDBA_BARE_INSIDE=1 exec "${space[@]}" bash "$0" "$@"
fi
root=$1; shift
for folder in /proc /dev /tmp "$MYDBA_CACHE"; do
  mkdir -p "$root$folder"
  mount --rbind "$folder" "$root$folder"
done
cp /etc/resolv.conf /etc/hosts /etc/passwd /etc/group "$root/etc/" 2>/dev/null || true
exec chroot "$root" "$@"
