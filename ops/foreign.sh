# Read by ops/test, after ops/broker.sh and ops/s3.sh: what the programs in other languages need, where it can be had. A test that misses
# something is skipped, or fails with REQUIRE_BROKER=1 or CI=true.

node_packages() {
  command -v npm >/dev/null || return 0
  local folder
  for folder in ops/asyncapi ops/kubernetes/check ops/samples/node ops/samples/openai; do
    # npm leaves its own copy of the lock behind: as new as ours, there is nothing to do.
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] ||
      npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent ||
      echo "ops/test: going on without the packages of $folder" >&2
  done
}

# One package of each client that docs/clients has a page for. What is there already is not asked for.
debian_packages() {
  local missing
  command -v apt-get >/dev/null || return 0
  missing=$(for package in curl python3-pika python3-kombu python3-aio-pika ruby-bunny php-cli php-amqplib \
    golang-go golang-github-rabbitmq-amqp091-go-dev default-jdk-headless librabbitmq-client-java; do
    dpkg -s "$package" >/dev/null 2>&1 || echo "$package"
  done)
  [ -z "$missing" ] ||
    { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; } ||
    echo "ops/test: going on without $missing" >&2
}

node_packages
debian_packages
