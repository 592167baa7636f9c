#!/bin/sh
# Unpacks what `npm run device:pack` made, beside this file, and runs the check with the Node that came along. Asks for
# tar and gzip alone. One JSON object on stdout, everything else on stderr; options: --help.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for archive in runtime check; do
  if [ ! -f "$here/$archive.tar.gz" ]; then
    echo "$here/$archive.tar.gz is not there: run \`npm run device:pack\` first, on Linux x64" >&2
    exit 2
  fi
done
unpacked=$(mktemp -d "${TMPDIR:-/tmp}/nashlab-device.XXXXXX")
trap 'rm -rf "$unpacked"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
for archive in runtime check; do
  gzip -dc "$here/$archive.tar.gz" | tar -xf - -C "$unpacked"
done
"$unpacked/node" --expose-gc "$unpacked/check.mjs" "$@"
