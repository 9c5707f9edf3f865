# Sourced by ./gatehouse, ./verify and the runners of examples: finds a JDK 21 or later.
# Sets JAVA_HOME, jdk_major and jdk_version (such as 25.0.3+9-LTS), and jvm_flags, what Netty needs on that JDK.
# It starts no process where JAVA_HOME or PATH names a JDK that will do: each start of the command waits for it.

# Looks at folder $1: sets found_major and found_version of the JDK there, found_major to 0 if there is none.
jdk_look() {
  local line
  found_major=0 found_version=
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case "$line" in
      JAVA_VERSION=*)
        line=${line#*=} line=${line//\"/}
        found_version=${found_version:-$line} found_major=${line%%[!0-9]*} found_major=${found_major:-0}
        ;;
      JAVA_RUNTIME_VERSION=*) line=${line#*=} found_version=${line//\"/} ;;
    esac
  done <"$1/release"
}

# Takes the JDK in folder $1 if it is new enough, and newer than the one that was taken before.
jdk_take() {
  jdk_look "$1"
  [ "$found_major" -ge $jdk_wanted ] && [ "$found_major" -gt $jdk_major ] || return 1
  jdk_folder=$1 jdk_major=$found_major jdk_version=$found_version
}

# Takes the JDK of the java that stands first on PATH, through all links, if it is new enough.
jdk_take_of_path() {
  local java link
  java=$(command -v java) || return 1
  while [ -L "$java" ]; do
    link=$(readlink "$java") || return 1
    case "$link" in /*) java=$link ;; *) java=${java%/*}/$link ;; esac
  done
  case "$java" in /*/bin/java) jdk_take "${java%/bin/java}" ;; *) return 1 ;; esac
}

find_jdk() {
  local folder
  jdk_wanted=21 jdk_major=0 jdk_folder=
  # JAVA_HOME and PATH are a person's choice, so the first of them that will do is taken; else the newest where systems and tools
  # usually put JDKs.
  jdk_take "${JAVA_HOME:-}" || jdk_take_of_path ||
    for folder in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
      /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
      jdk_take "$folder"
    done
  if [ -z "$jdk_folder" ]; then
    echo "${0##*/}: needs a JDK $jdk_wanted or later, and found none: install one (for example Eclipse Temurin) or set JAVA_HOME to it" >&2
    return 1
  fi
  export JAVA_HOME=$jdk_folder
  jvm_flags=(--enable-native-access=ALL-UNNAMED)
  if [ "$jdk_major" -ge 24 ]; then
    jvm_flags+=(--sun-misc-unsafe-memory-access=allow)
  fi
}
