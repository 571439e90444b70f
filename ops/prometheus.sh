# Read by ops/test, after ops/broker.sh: leaves this machine with a Prometheus that the tests find, or says what is missing and goes on.

install_prometheus() {
  command -v apt-get >/dev/null || return 1
  as_root apt-get update -qq || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends prometheus >/dev/null || return 1
  # The tests run a server of their own; the package's service would only hold memory and port 9090.
  [ ! -d /run/systemd/system ] || as_root systemctl disable --now --quiet prometheus
}

{ command -v prometheus && command -v promtool; } >/dev/null || install_prometheus ||
  echo "ops/test: going on without Prometheus. To have one, install prometheus and promtool." >&2
