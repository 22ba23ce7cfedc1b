#!/usr/bin/env bash
# Installs what is missing and passes all tests. One command, on a bare machine with the .NET 10 SDK and git.
#   ./test.sh               everything
#   ./test.sh unit          one of: unit, integration, browser
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

have() { command -v "$1" >/dev/null 2>&1; }

# Debian and Ubuntu are served by apt; elsewhere it is said what to install.
need() { # need COMMAND PACKAGE...
  have "$1" && return
  if have apt-get; then
    local sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
    echo "Installing ${*:2} …"
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${@:2}" >/dev/null
  else
    echo "This needs $1. Install ${*:2}, then run ./test.sh again." >&2
    exit 1
  fi
}

have dotnet || { echo "This needs the .NET 10 SDK: https://dotnet.microsoft.com/download" >&2; exit 1; }
suites=("${@:-unit integration browser}")
read -ra suites <<<"${suites[*]}"
for suite in "${suites[@]}"; do
  case $suite in
    unit) need git git ;;
    integration) need node nodejs # a back end behind the proxy
      have clang || have gcc || need clang clang zlib1g-dev; need setpriv util-linux
      if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ]; then # the package for ARM is built and run here too
        need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu libc6-dev-arm64-cross; need qemu-aarch64-static qemu-user-static
      fi ;;
    browser) [ -n "${CHROMIUM:-}" ] || have google-chrome || need chromium chromium ;;
    *) echo "There is no suite $suite: unit, integration, browser." >&2; exit 2 ;;
  esac
done

dotnet build LiveServe.sln --nologo -v quiet

passed=0 failed=0
for suite in "${suites[@]}"; do
  case $suite in unit) project=LiveServe.UnitTests ;; integration) project=LiveServe.IntegrationTests ;; browser) project=LiveServe.BrowserTests ;; esac
  echo "── $suite"
  log=$(mktemp)
  dotnet "tests/$project/bin/Debug/net10.0/$project.dll" -noColor -noLogo 2>&1 | tee "$log" || true
  # "   LiveServe.UnitTests  Total: 613, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 13.2s"
  summary=$(grep -E "^ +$project +Total: [0-9]+, Errors" "$log" || true)
  number() { grep -oE "$1: [0-9]+" <<<"$summary" | grep -oE '[0-9]+' || echo 0; }
  total=$(number Total) bad=$(( $(number Failed) + $(number Errors) )) skipped=$(number Skipped)
  if [ -z "$summary" ] || [ "$total" = 0 ]; then bad=$(( bad + 1 )); echo "The suite $suite did not run to its end." >&2; fi
  passed=$(( passed + total - $(number Failed) - skipped )) failed=$(( failed + bad ))
  rm -f "$log"
done

echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
