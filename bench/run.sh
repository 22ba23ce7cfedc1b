#!/usr/bin/env bash
# Measures LiveServe next to live-server, five-server, browser-sync and Vite on this machine, in one run.
#
#   bench/run.sh [path to liveserve]
#
# Builds the native tool when no path is given. Prints Markdown tables.
# The npm packages go into a cache folder outside the repository.
#   ONLY="start big"        these parts only: start message visible checkout big misses soak throughput sockets
#   RUNS=20                 how many of each the medians are of
#   TOOLS="liveserve vite"  these tools only
#   SOCKETS="1000 5000"     how many are open at once
#   SEED=1 SOAK_EDITS=3000 MISSES_SAVES=1000
#   CHROMIUM                the browser
# Exits 1 when a part failed, a save was missed or a page was stale.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${XDG_CACHE_HOME:-$HOME/.cache}/liveserve-bench
mkdir -p "$work"

if [ $# -ge 1 ]; then
  tool=$(realpath "$1")
else
  tool=$work/native/liveserve
  dotnet publish "$here/../src/LiveServe.Cli" -c Release -r linux-x64 -o "$work/native" >&2
fi
[ -x "$tool" ] || { echo "not an executable: $tool" >&2; exit 2; }

npm install --prefix "$work" --no-audit --no-fund --no-save --prefer-offline --loglevel=error \
  live-server@1.2.2 five-server@0.4.5 browser-sync@3.0.4 vite@8 serve@14 ws@8 playwright-core@1 >&2

export BENCH_WORK=$work BENCH_TOOL=$tool
failed=0
for part in ${ONLY:-start message visible checkout big misses soak throughput sockets}; do
  node "$here/$part.mjs" || { echo "$part failed" >&2; failed=1; }
done
exit $failed
