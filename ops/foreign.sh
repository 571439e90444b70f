# Read by ops/test, after ops/broker.sh and ops/s3.sh: what the programs in other languages need, where it can be had. A test that misses
# something is skipped, or fails with REQUIRE_BROKER=1 or CI=true.

node_packages() {
  command -v npm >/dev/null || return 0
  local folder
  for folder in ops/asyncapi ops/kubernetes/check ops/samples/node; do
    # npm leaves its own copy of the lock behind: as new as ours, there is nothing to do.
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] ||
      npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent ||
      echo "ops/test: going on without the packages of $folder" >&2
  done
}

python_packages() {
  [ ! -x /usr/bin/python3 ] || /usr/bin/python3 -c 'import pika' 2>/dev/null && return 0
  command -v apt-get >/dev/null &&
    as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-pika curl >/dev/null ||
    echo "ops/test: going on without python3-pika" >&2
}

node_packages
python_packages
