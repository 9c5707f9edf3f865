# Sourced by ./gatehouse, examples/run and bench/run, after jdk.sh: builds the jars when the sources are newer than they are.
# Everything it says goes to stderr; it says nothing when there is nothing to do.

# Whether something that goes into the jars of the modules $@ is newer than the last build, which folder $1/target remembers.
build_needed() {
  local stamp=$1/target/built
  [ -f "$stamp" ] || return 0
  [ -n "$(find pom.xml .mvn ./*/pom.xml ./*/src/main ./examples/*/*.java "${@/%//pom.xml}" "${@/%//src/main}" \
    -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# Builds module $1, others beside it, and what they use.
build_module() {
  local module=$1 modules started=$SECONDS log=$1/target/build.log stamp=$1/target/built lock=$1/target/build.lock
  if ! command -v mvn >/dev/null; then
    echo "gatehouse: building needs Maven 3.8 or later: install it (for example: apt-get install maven)" >&2
    return 1
  fi
  mkdir -p "$module/target"
  build_lock "$lock" || return 1
  # Another start may have built it while we waited for the lock.
  if ! build_needed "$@"; then
    rm -rf "$lock"
    return 0
  fi
  echo "gatehouse: building once (a first build also downloads the libraries)" >&2
  rm -rf "$module/target/dist" "$stamp"
  touch "$stamp.next"
  modules=$(printf '%s,' "$@")
  if ! mvn -B -P launcher -pl "${modules%,}" -am package </dev/null 2>&1 | tee "$log" | build_progress ||
    ! grep -q 'BUILD SUCCESS' "$log"; then
    grep -m 20 '^\[ERROR\]' "$log" >&2
    echo "gatehouse: the build failed; all of it stands in $PWD/$log" >&2
    rm -rf "$lock"
    return 1
  fi
  mv "$stamp.next" "$stamp"
  rm -rf "$lock"
  echo "gatehouse: built in $((SECONDS - started)) s" >&2
}

# One line a module, as Maven gets to it, and a dot for each hundredth file that is downloaded.
build_progress() {
  local line downloads=0
  while IFS= read -r line; do
    case "$line" in
      *'] Building Gatehouse'*\[*/*\])
        line=${line##*Building Gatehouse }
        case "$line" in [a-z]*) printf '  %s %s\n' "${line##* }" "${line%% [0-9]*}" >&2 ;; esac
        ;;
      *'Downloaded from'*)
        downloads=$((downloads + 1))
        [ $((downloads % 100)) -eq 0 ] && printf '  %s files downloaded\n' "$downloads" >&2
        ;;
    esac
  done
  return 0
}

# Takes the lock folder $1, or waits while the process that holds it lives.
build_lock() {
  local said=
  until take_lock "$1"; do
    [ -n "$said" ] || echo "gatehouse: waiting for another build" >&2
    said=yes
    sleep 1
  done
}

# Takes the lock folder $1, unless a process that lives holds it.
take_lock() {
  local owner
  if ! mkdir "$1" 2>/dev/null; then
    owner=$(cat "$1/pid" 2>/dev/null)
    if [ -z "$owner" ] || kill -0 "$owner" 2>/dev/null; then
      return 1
    fi
    rm -rf "$1"
    mkdir "$1" 2>/dev/null || return 1
  fi
  echo $$ >"$1/pid"
}
