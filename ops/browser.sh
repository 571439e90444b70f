# Read by ops/test, after ops/broker.sh: leaves this machine with a browser for the tests of the pages and with the rules of accessibility that
# they are held to, where they can be had. A test that misses them is skipped, or fails with REQUIRE_BROKER=1 or CI=true.

# Debian's shell of Chromium draws the same pages without a window, with a third of the processor's time. Where it can't be had, another
# Chromium does.
browser_package() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1
}
[ -n "${CHROMIUM:-}" ] || command -v chromium-headless-shell >/dev/null || ! command -v apt-get >/dev/null ||
  { as_root apt-get update -qq && browser_package chromium-headless-shell; } ||
  command -v chromium >/dev/null || command -v google-chrome >/dev/null || browser_package chromium ||
  echo "ops/test: going on without a browser. To have one: apt-get install chromium" >&2

# npm leaves its own copy of the lock behind: as new as ours, there is nothing to do.
[ ops/browser/node_modules/.package-lock.json -nt ops/browser/package-lock.json ] || ! command -v npm >/dev/null ||
  npm ci --prefix ops/browser --ignore-scripts --no-audit --no-fund --silent ||
  echo "ops/test: going on without the packages of ops/browser" >&2
