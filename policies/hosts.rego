# METADATA
# description: How the host patterns of the data file are read.
package agentworkloads.hosts

import rego.v1

# `*` is any host, `*.example.com` its sub-domains but not itself. A pattern without a
# port means every port, one with a port only that one. A trailing dot is the same host.
matches("*", _)

matches(pattern, host) if {
	startswith(pattern, "*.")
	some candidate in _spellings(host)
	endswith(candidate, substring(lower(pattern), 1, -1))
}

matches(pattern, host) if lower(pattern) in _spellings(host)

matches_any(patterns, host) if {
	some pattern in patterns
	matches(pattern, host)
}

# Without its port and with it.
_spellings(host) := {_name(host), concat("", [_name(host), _port(host)])}

# An IPv6 address has colons of its own, between brackets.
_name(host) := concat("", [split(lower(host), "]")[0], "]"]) if startswith(host, "[")

_name(host) := trim_right(split(lower(host), ":")[0], ".") if not startswith(host, "[")

# The port with its colon, or nothing.
_port(host) := substring(host, indexof(host, "]") + 1, -1) if startswith(host, "[")

_port(host) := concat("", [":", split(host, ":")[1]]) if {
	not startswith(host, "[")
	contains(host, ":")
}

_port(host) := "" if {
	not startswith(host, "[")
	not contains(host, ":")
}
