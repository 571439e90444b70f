# Read by ops/test: leaves this machine with an S3 server that the tests find, or says what is missing and goes on.

install_s3() {
  if ! command -v npm >/dev/null; then
    command -v apt-get >/dev/null || return 1
    as_root apt-get update -qq || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null || return 1
  fi
  npm ci --prefix ops/s3 --ignore-scripts --no-audit --no-fund --silent
}

[ -d ops/s3/node_modules/s3rver ] || install_s3 ||
  echo "ops/test: going on without an S3 server. To have one, install Node.js and run: npm ci --prefix ops/s3" >&2
