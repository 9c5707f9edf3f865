# Sourced by ./gatehouse, ./verify and examples/run: finds a JDK 21 or later.
# Sets JAVA_HOME and jdk_major, and jvm_flags, what Netty needs on that JDK.

# Prints the major version of the JDK in folder $1, or nothing if there is none.
jdk_major_of() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  local line version=
  while IFS= read -r line; do
    case "$line" in JAVA_VERSION=*) version=${line#*=}; version=${version//\"/}; break ;; esac
  done <"$1/release"
  version=${version%%[!0-9]*}
  printf '%s' "$version"
}

# The folders where systems and tools usually put JDKs.
jdk_usual_folders() {
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
}

# The folder of the java that stands first on PATH, through all links.
jdk_of_path() {
  local java link
  java=$(command -v java) || return 0
  while link=$(readlink "$java"); do
    case "$link" in /*) java=$link ;; *) java=$(dirname "$java")/$link ;; esac
  done
  java=$(cd "$(dirname "$java")/.." 2>/dev/null && pwd -P)
  printf '%s' "$java"
}

find_jdk() {
  local wanted=21 folder major best=
  jdk_major=0
  # JAVA_HOME and PATH are a person's choice, so the first of them that will do is taken; else the newest.
  for folder in "${JAVA_HOME:-}" "$(jdk_of_path)"; do
    major=$(jdk_major_of "$folder")
    if [ "${major:-0}" -ge $wanted ]; then
      best=$folder jdk_major=$major
      break
    fi
  done
  if [ -z "$best" ]; then
    while IFS= read -r folder; do
      major=$(jdk_major_of "$folder")
      if [ "${major:-0}" -ge $wanted ] && [ "$major" -gt "$jdk_major" ]; then
        best=$folder jdk_major=$major
      fi
    done < <(jdk_usual_folders)
  fi
  if [ -z "$best" ]; then
    echo "${0##*/}: needs a JDK $wanted or later, and found none: install one (for example Eclipse Temurin) or set JAVA_HOME to it" >&2
    return 1
  fi
  export JAVA_HOME=$best
  jvm_flags=(--enable-native-access=ALL-UNNAMED)
  if [ "$jdk_major" -ge 24 ]; then
    jvm_flags+=(--sun-misc-unsafe-memory-access=allow)
  fi
}
