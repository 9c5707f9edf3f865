# Sourced by ./gatehouse, after jdk.sh and build.sh: makes and takes what the JVM would work out at each start, so that a start needs
# well below a second. From JDK 25 on that is an AOT cache: classes loaded and linked, and profiles of methods. Before, it is an
# archive of classes. docs/decisions/0015-quick-starts.md says what it is keyed by, and why.

# Adds to jvm_flags what has the JVM use the cache of jar $1 for $2, which is kept in folder $3; makes it first, by a run of class
# $4 with argument $2, if there is none for this jar and this JDK. A start works without a cache too, only slower: in a folder that can't
# be written, or where making it failed.
use_start_cache() {
  local cache=$3/$2-$jdk_version.aot use=-XX:AOTCache make=-XX:AOTCacheOutput
  if [ "$jdk_major" -lt 25 ]; then
    cache=$3/$2-$jdk_version.jsa use=-XX:SharedArchiveFile make=-XX:ArchiveClassesAtExit
  fi
  start_cache_good "$cache" "$1" || make_start_cache "$cache" "$1" "$make" "$4" "$2" || return 0
  # What the JVM has against a cache is no concern of whoever starts the command.
  [ ! -s "$cache" ] || jvm_flags+=("$use=$cache" -Xlog:disable)
}

# Whether cache $1 is as it was made, from jar $2 as it is now, for this JDK. A look at the times tells, unless files were copied.
start_cache_good() {
  [ -f "$1.key" ] || return 1
  [ -n "$(find "$1" "$2" "$JAVA_HOME/lib/modules" -cnewer "$1.key" -print -quit 2>&1)" ] || return 0
  [ "$(start_cache_key "$2" "$1")" = "$(cat "$1.key")" ] || return 1
  touch "$1.key" 2>/dev/null
  return 0
}

# What a cache depends on: the JDK, and the length, time and contents of jar $1; with cache $2, also what that holds.
start_cache_key() {
  local files=("$1" "$JAVA_HOME/lib/modules")
  {
    echo "$jdk_version"
    stat -c '%n %s %Y' "${files[@]}" || stat -f '%N %z %m' "${files[@]}"
    sha256sum "$@" || shasum -a 256 "$@"
  } 2>/dev/null
}

# Makes cache $1 of jar $2 by flag $3 and a run of class $4 with argument $5. One process at a time does; others go without meanwhile.
make_start_cache() {
  local cache=$1 jar=$2 folder=${1%/*} key
  mkdir -p "$folder" 2>/dev/null && take_lock "$folder/lock" || return 1
  # Another start may have made it just now.
  if ! start_cache_good "$cache" "$jar"; then
    echo "gatehouse: preparing quick starts, once for this build" >&2
    rm -f "$cache.key" "$cache.next"
    key=$(start_cache_key "$jar")
    # Not with the variables of whoever starts the command, which may hold mistakes. An empty cache keeps the next start from trying again.
    (
      unset "${!GATEHOUSE_@}"
      exec "$JAVA_HOME/bin/java" "${jvm_flags[@]}" "$3=$cache.next" -Xlog:disable -XX:ErrorFile="$folder/error" -cp "$jar" "$4" "$5"
    ) >"$folder/log" 2>&1 </dev/null && [ -f "$cache.next" ] || : >"$cache.next"
    mv "$cache.next" "$cache"
    [ "$key" != "$(start_cache_key "$jar")" ] || start_cache_key "$jar" "$cache" >"$cache.key"
  fi
  rm -rf "$folder/lock"
  [ -f "$cache.key" ]
}
