package agentworkloads.hosts_test

import rego.v1

import data.agentworkloads.hosts

# host_cases.json is also what the steps and the egress proxy are tested with: one reading of a rule.
test_the_shared_cases if {
	count(data.host_cases) > 30
	every case in data.host_cases {
		_as_agreed(case)
	}
}

_as_agreed(case) if {
	case.matches
	hosts.matches(case.pattern, _written(case))
}

_as_agreed(case) if {
	not case.matches
	not hosts.matches(case.pattern, _written(case))
}

# As a URL shows it: without the port of its scheme.
_written(case) := case.host if case.port in {80, 443}

_written(case) := concat(":", [case.host, format_int(case.port, 10)]) if not case.port in {80, 443}

test_a_rule_that_no_url_can_match_is_unreadable if {
	every pattern in ["münchen.example", "a b.example", "", "a..example", "https://a.example", "a.example/path", "2852039166", "0xa9fea9fe", "169.254.43518", "169.254.169.0254", "*.1", "[fd00::1", "[fd00::1::2]", "[1:2:3]", "[12345::1]", "a.*.example", "*a.example", "[::ffff:1.2.3]"] {
		not hosts.readable(pattern)
	}
	every pattern in ["*", "a", "*.a", "A.example.", "xn--mnchen-3ya.example", "a.example:8443", "*.a.example:81", "10.0.0.1", "10.0.0.1:81", "[::]", "[fd00:ec2::254]:80", "[::ffff:1.2.3.4]", "a_b.example"] {
		hosts.readable(pattern)
	}
}
