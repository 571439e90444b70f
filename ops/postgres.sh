# Read by ops/test: leaves this machine with a PostgreSQL that the tests find, or says what is missing and goes on.

has_postgres() { [ -n "${POSTGRES_URI:-}" ] || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }

install_postgres() {
  command -v apt-get >/dev/null || return 1
  as_root apt-get update -qq || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null || return 1
  # The tests run a server of their own; the package's service would only hold memory and port 5432.
  [ ! -d /run/systemd/system ] || as_root systemctl disable --now --quiet postgresql
}

has_postgres || install_postgres ||
  echo "ops/test: going on without PostgreSQL. To have one, install postgresql, or set POSTGRES_URI." >&2
