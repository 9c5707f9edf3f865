# Sourced by ./gatehouse and the runners of examples: gives a closed standard stream to /dev/null. Left closed, its descriptor would
# go to the first file that the JVM opens, and what that holds would be read as commands.
[ -e /dev/fd/0 ] || exec 0</dev/null
[ -e /dev/fd/1 ] || exec 1>/dev/null
[ -e /dev/fd/2 ] || exec 2>/dev/null
