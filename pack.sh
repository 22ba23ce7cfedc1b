#!/usr/bin/env bash
# Packs the library, and the tool: the pointer package, the one for any platform, and a native one for each platform that this machine can build.
#   ./pack.sh [FOLDER]      default: artifacts/packages
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
out=${1:-artifacts/packages}
mkdir -p "$out"
out=$(cd "$out" && pwd)
project=src/LiveServe.Cli/LiveServe.Cli.csproj

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) native=linux-x64 ;;
  Linux-aarch64) native=linux-arm64 ;;
  Darwin-arm64) native=osx-arm64 ;;
  MINGW*|MSYS*) native=win-x64 ;;
  *) native= ;;
esac

dotnet pack "$project" -o "$out" --nologo -v quiet                                   # the pointer
dotnet pack "$project" -o "$out" --nologo -v quiet -r any -p:PublishAot=false        # the shared framework's
if [ -n "$native" ]; then
  dotnet pack "$project" -o "$out" --nologo -v quiet -r "$native"                    # this machine's own
fi
if [ "$native" = linux-x64 ] && command -v aarch64-linux-gnu-gcc >/dev/null; then    # and ARM's, where the cross compiler is
  dotnet pack "$project" -o "$out" --nologo -v quiet -r linux-arm64 \
    -p:CppCompilerAndLinker="$PWD/eng/cc-linux-arm64" -p:ObjCopyName=aarch64-linux-gnu-objcopy
fi
dotnet pack src/LiveServe.Core/LiveServe.Core.csproj -o "$out" --nologo -v quiet         # the library, for apps
ls "$out"
