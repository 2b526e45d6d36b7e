#!/bin/sh
# Stands where test-electron expects the executable of VS Code; see serverCode.ts.
exec node "$(dirname "$0")/../../../out/test/support/host/serverCode.js" "$@"
