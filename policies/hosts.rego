# METADATA
# description: How the host patterns of the data file are read. One host is one host, however it is spelled.
package agentworkloads.hosts

import rego.v1

# `*` is any host, `*.example.com` its sub-domains but not itself. A pattern without a
# port means every port, one with a port only that one. A URL leaves its scheme's own
# port out, so a host without a port may be on 80 and on 443.
matches("*", _)

matches(pattern, host) if {
	rule := _parts(pattern)
	visited := _parts(host)
	_same_port(rule.port, visited.port)
	_same_name(rule.name, visited.name)
}

matches_any(patterns, host) if {
	some pattern in patterns
	matches(pattern, host)
}

# Can it ever match? A name in other letters than a URL's own would be a rule that
# looks strict and does nothing.
readable(pattern) if pattern == "*"

readable(pattern) if {
	regex.match(`^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?(:[0-9]{1,5})?$`, lower(pattern))
	name := _parts(pattern).name
	not regex.match(`(^|\.)([0-9]+|0x[0-9a-f]*)$`, name)
}

readable(pattern) if regex.match(
	`^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(:[0-9]{1,5})?$`,
	pattern,
)

readable(pattern) if {
	regex.match(`^\[[0-9a-fA-F:.]+\](:[0-9]{1,5})?$`, pattern)
	count(split(pattern, "::")) <= 2
	not regex.match(`[0-9a-fA-F]{5}`, pattern)
	count(_groups(_inside(pattern))) == 8
}

_same_port("", _)

_same_port(rule, visited) if rule == visited

_same_port(rule, "") if rule in {"80", "443"}

_same_name(rule, visited) if rule == visited

_same_name(rule, visited) if {
	startswith(rule, "*.")
	endswith(visited, substring(rule, 1, -1))
}

# Name and port of `host`, `host:port`, `[address]`, `[address]:port`.
_parts(host) := {"name": _address(_groups(_inside(host))), "port": trim_left(split(host, "]")[1], ":")} if startswith(host, "[")

_parts(host) := {"name": trim_right(split(lower(host), ":")[0], "."), "port": concat("", array.slice(split(host, ":"), 1, 2))} if not startswith(host, "[")

_inside(host) := substring(split(lower(host), "]")[0], 1, -1)

# The eight groups of an IPv6 address, each of four digits.
_groups(text) := [_padded(group) | some group in _all_groups(_in_hex(text))]

_all_groups(text) := split(text, ":") if not contains(text, "::")

_all_groups(text) := array.concat(array.concat(left, zeros), right) if {
	contains(text, "::")
	halves := split(text, "::")
	left := _filled(halves[0])
	right := _filled(halves[1])
	zeros := ["0" | some _ in numbers.range(1, 8 - (count(left) + count(right)))]
}

_filled(text) := [group | some group in split(text, ":"); group != ""]

_padded(group) := substring(concat("", ["0000", group]), count(group), -1)

# The last two groups may be written as an IPv4 address.
_in_hex(text) := text if not contains(text, ".")

_in_hex(text) := concat("", [substring(text, 0, count(text) - count(dotted)), _pair(bytes[0], bytes[1]), ":", _pair(bytes[2], bytes[3])]) if {
	contains(text, ".")
	groups := split(text, ":")
	dotted := groups[count(groups) - 1]
	bytes := [to_number(byte) | some byte in split(dotted, ".")]
}

_pair(high, low) := format_int((high * 256) + low, 16)

# An IPv4 address inside of IPv6 is that IPv4 address: mapped, compatible, translated, NAT64.
_address(groups) := concat(".", [format_int(byte, 10) | some byte in _bytes(array.slice(groups, 6, 8))]) if _holds_ipv4(groups)

_address(groups) := concat("", ["[", concat(":", groups), "]"]) if not _holds_ipv4(groups)

_holds_ipv4(groups) if concat(":", array.slice(groups, 0, 6)) in {
	"0000:0000:0000:0000:0000:0000",
	"0000:0000:0000:0000:0000:ffff",
	"0000:0000:0000:0000:ffff:0000",
	"0064:ff9b:0000:0000:0000:0000",
}

_bytes(pair) := [byte |
	some group in pair
	some byte in [_number(substring(group, 0, 2)), _number(substring(group, 2, 2))]
]

_number(digits) := (indexof(_hex, substring(digits, 0, 1)) * 16) + indexof(_hex, substring(digits, 1, 1))

_hex := "0123456789abcdef"
