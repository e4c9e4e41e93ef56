# shellcheck shell=bash
# Shared by up, down and reaper: which processes belong to an instance, and which of them live.
# The file "processes" in the state directory has one line each: name, pid, start, signal.
# A number alone is not enough to know a process by, as numbers are used again.

# started_at PID: when that process started, as one word; fails if there is none (or a zombie)
started_at() {
  local stat fields
  if [[ -r /proc/self/stat ]]; then
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    read -ra fields <<<"${stat##*) }"
    [[ ${fields[0]} != [ZX] ]] || return 1
    printf '%s' "${fields[19]}"
  else
    stat=$(ps -o state=,lstart= -p "$1") || return 1
    [[ $stat != Z* ]] || return 1
    read -ra fields <<<"$stat"
    (
      IFS=_
      printf '%s' "${fields[*]:1}"
    )
  fi
}

# alive PID START
alive() {
  local now
  now=$(started_at "$1") && [[ $now == "$2" ]]
}

# living FILE [NAME]: the lines of those that live, of one name or of all
living() {
  local name pid start signal
  [[ -r $1 ]] || return 0
  while read -r name pid start signal; do
    if [[ ${2:-$name} == "$name" ]] && alive "$pid" "$start"; then
      printf '%s %s %s %s\n' "$name" "$pid" "$start" "$signal"
    fi
  done <"$1"
}

# gone_within SECONDS FILE: waits until none lives; fails if one still does
gone_within() {
  local tenths=$(($1 * 10))
  while [[ -n $(living "$2") ]]; do
    ((tenths-- > 0)) || return 1
    sleep 0.1
  done
}
