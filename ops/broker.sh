# Read by ops/test: leaves this machine with a broker that the tests find, or says what is missing and goes on.

# A rabbitmq-server of Debian and Ubuntu, or of another folder on the PATH.
has_rabbitmq() { [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || command -v rabbitmq-server >/dev/null; }

has_image() {
  local image=${RABBITMQ_IMAGE:-rabbitmq:4-management} api
  api=$(docker version --format '{{.Server.APIVersion}}' 2>/dev/null) || return 1
  docker image inspect "$image" >/dev/null 2>&1 || docker pull --quiet "$image" >/dev/null || return 1
  # Testcontainers asks for API 1.44; the engines of Debian 12 and Ubuntu 22.04 are older than that.
  [ "$(printf '%s\n' 1.44 "$api" | sort -V | head -n 1)" = 1.44 ] || export DOCKER_API_VERSION="${DOCKER_API_VERSION:-$api}"
  # The tests remove their container themselves; a reaper would be a second image to pull.
  export TESTCONTAINERS_RYUK_DISABLED="${TESTCONTAINERS_RYUK_DISABLED:-true}"
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

install_rabbitmq() {
  command -v apt-get >/dev/null || return 1
  as_root apt-get update -qq || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends rabbitmq-server >/dev/null || return 1
  # The tests run a node of their own; the package's service would only hold memory and port 5672.
  [ ! -d /run/systemd/system ] || as_root systemctl disable --now --quiet rabbitmq-server
}

case ${BROKER:-${RABBITMQ_URI:+uri}} in
  uri | none) true ;;
  docker) has_image ;;
  local) has_rabbitmq || install_rabbitmq ;;
  *) has_image || has_rabbitmq || install_rabbitmq ;;
esac || echo "ops/test: going on without a broker. To have one, start Docker, install rabbitmq-server, or set RABBITMQ_URI." >&2
