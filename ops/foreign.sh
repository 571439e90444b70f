# Read by ops/test: what the programs in other languages need, where it can be had. What is missing is skipped, or fails with CI=true.

node_packages() {
  command -v npm >/dev/null || return 0
  local folder
  for folder in ops/asyncapi; do
    # npm leaves its own copy of the lock behind: as new as ours, there is nothing to do.
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] ||
      npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent ||
      echo "ops/test: going on without the packages of $folder" >&2
  done
}

node_packages
