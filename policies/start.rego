# METADATA
# description: May this workload start, and how strict must its gate be?
package agentworkloads.start

import rego.v1

import data.agentworkloads.checks
import data.agentworkloads.hosts

default decision := {
	"allow": false,
	"reasons": ["the policy can't judge this workload: its input or policies/data.json is not as agreed"],
	"told": [{
		"code": "cannotJudge",
		"values": {},
		"text": "the policy can't judge this workload: its input or policies/data.json is not as agreed",
	}],
	"wait": [],
	"waitTold": [],
	"gate": {"mode": "human", "fourEyes": true},
	"egress": {"allow": [], "deny": ["*"]},
}

decision := {
	"allow": count(denials) == 0,
	"reasons": checks.shortened(reasons, 20),
	"told": checks.all_told(reasons),
	"wait": checks.shortened(waits, 20),
	"waitTold": checks.all_told(waits),
	"gate": gate,
	"longestGateSeconds": floor(checks.config.limits.suspendGateSeconds),
	"kept": {"atLeastSeconds": ceil(checks.config.limits.ttlAtLeastSeconds), "atMostSeconds": floor(checks.config.limits.ttlSeconds)},
	"egress": {"allow": checks.config.hosts.allow, "deny": checks.config.hosts.deny},
	"templateDigests": checks.template_digests,
} if {
	checks.configured
	checks.readable(input.workload)
	checks.counted(input.active)
	checks.paced(input)
}

reasons := denials if count(denials) > 0

else := stricter

denials := (forbidden | excess) | incomplete

# The hosts of the targets and, once there is a run, those that a redirect or a frame led to.
judged_hosts contains host if some host in input.workload.hosts

judged_hosts contains host if some host in input.summary.hosts

# What must not be visited or run at all. Policy gate asks for this again: rules may
# have changed since the start.
forbidden contains reason if {
	some host in judged_hosts
	hosts.matches_any(checks.config.hosts.deny, host)
	reason := checks.told("hostDenied", {"host": host}, concat(" ", ["host", host, "is denied"]))
}

forbidden contains reason if {
	some host in judged_hosts
	not hosts.matches_any(checks.config.hosts.allow, host)
	reason := checks.told("hostNotAllowed", {"host": host}, concat(" ", ["host", host, "is not among the allowed hosts"]))
}

forbidden contains reason if {
	not input.workload.template.clusterScope
	not input.workload.template.name in checks.config.templates
	reason := checks.told("templateNotAllowed", {"template": input.workload.template.name}, concat(" ", ["WorkflowTemplate", input.workload.template.name, "is not among the allowed templates"]))
}

forbidden contains reason if {
	input.workload.template.clusterScope
	not input.workload.template.name in checks.config.clusterTemplates
	reason := checks.told("clusterTemplateNotAllowed", {"template": input.workload.template.name}, concat(" ", ["ClusterWorkflowTemplate", input.workload.template.name, "is not among the allowed templates"]))
}

# Known only at the gate: what was visited without it is not published.
forbidden contains checks.told("sandboxRequired", {}, "the browser ran without its sandbox") if {
	checks.browser_sandbox == "required"
	input.summary.browserSandbox == "off"
}

# Argo replaces {{...}} wherever it stands in a Workflow, in a parameter's value too.
forbidden contains reason if {
	some field, text in _texts
	contains(text, "{{")
	reason := checks.told("braces", {"field": field}, concat("", [field, " contains {{, which Argo would evaluate"]))
}

_texts["objective"] := input.workload.objective

_texts["a target URL"] := concat(" ", input.workload.targetUrls)

_texts[field] := value if {
	some name, value in input.workload.parameters
	field := concat(" ", ["parameter", name])
}

incomplete contains checks.told("noHost", {}, "not one target has a host") if count(input.workload.hosts) == 0

incomplete contains checks.told("requesterForFourEyes", {}, "four eyes are required here: set spec.requestedBy") if {
	gate.fourEyes
	input.workload.requestedBy == ""
}

incomplete contains checks.told("requesterMissing", {}, "whoever asks must be named here: set spec.requestedBy to your own name") if {
	checks.requester == "required"
	input.workload.requestedBy == ""
}

excess contains _over(_pages_code, {}, _pages_are, _pages_at_most, checks.config.limits.targetUrls) if {
	_pages_at_most > checks.config.limits.targetUrls
}

# What may be visited in all: the targets, and where pricing pages are followed one more for each host.
_pages_at_most := count(input.workload.targetUrls) + _followed_at_most

default _followed_at_most := 0

_followed_at_most := count(input.workload.hosts) if input.workload.follow == "pricing"

default _pages_are := "target URLs"

_pages_are := "target URLs with pages that may be followed" if _followed_at_most > 0

default _pages_code := "pages"

_pages_code := "followed" if _followed_at_most > 0

excess contains _over("hosts", {}, "hosts", count(input.workload.hosts), checks.config.limits.hosts) if {
	count(input.workload.hosts) > checks.config.limits.hosts
}

excess contains _over("time", {"field": name}, concat("", ["seconds of timeouts.", name]), milliseconds / 1000, limit) if {
	some name, limit in {
		"execution": checks.config.limits.executionSeconds,
		"suspendGate": checks.config.limits.suspendGateSeconds,
		"noProgress": checks.config.limits.noProgressSeconds,
	}
	milliseconds := input.workload.timeouts[name]
	milliseconds > limit * 1000
}

excess contains _over("keptTooLong", {}, "seconds of ttlAfterFinished", input.workload.ttlAfterFinished / 1000, checks.config.limits.ttlSeconds) if {
	input.workload.ttlAfterFinished > checks.config.limits.ttlSeconds * 1000
}

# Who asks must not be able to have a run deleted before anybody has looked at it.
excess contains reason if {
	input.workload.ttlAfterFinished < checks.config.limits.ttlAtLeastSeconds * 1000
	reason := checks.told("keptTooShort", {"asked": format_int(input.workload.ttlAfterFinished / 1000, 10), "least": format_int(checks.config.limits.ttlAtLeastSeconds, 10)}, concat(" ", [
		format_int(input.workload.ttlAfterFinished / 1000, 10),
		"seconds of ttlAfterFinished, at least",
		format_int(checks.config.limits.ttlAtLeastSeconds, 10),
		"are asked for",
	]))
}

# A schedule, not one of its runs: these are asked about by themselves.
excess contains reason if {
	input.schedule.everySeconds < checks.schedule.minIntervalSeconds
	reason := checks.told("tooOften", {"asked": format_int(input.schedule.everySeconds, 10), "least": format_int(checks.schedule.minIntervalSeconds, 10)}, concat(" ", [
		"due times are",
		format_int(input.schedule.everySeconds, 10),
		"seconds apart, at least",
		format_int(checks.schedule.minIntervalSeconds, 10),
		"are asked for",
	]))
}

# What may start, but not yet: it waits until one of those that go on has ended.
waits contains reason if {
	input.active.requester >= checks.config.limits.runsPerRequester
	reason := checks.told(_runs_of.code, object.union(_runs_of.values, {"many": format_int(input.active.requester, 10), "most": format_int(checks.config.limits.runsPerRequester, 10)}), concat(" ", [
		format_int(input.active.requester, 10),
		_runs_of.text,
		"at most",
		format_int(checks.config.limits.runsPerRequester, 10),
		"may",
	]))
}

_runs_of := checks.told("yours", {"requester": input.workload.requestedBy}, concat(" ", [
	"runs of requester",
	input.workload.requestedBy,
	"go on,",
])) if input.workload.requestedBy != ""

# Nobody is no person: these are counted in their own namespace.
_runs_of := checks.told("nobodys", {"namespace": input.workload.namespace}, concat(" ", [
	"runs that name no requester go on in namespace",
	concat("", [input.workload.namespace, ","]),
])) if input.workload.requestedBy == ""

waits contains reason if {
	input.active.namespace >= checks.config.limits.runsPerNamespace
	reason := checks.told("runs", {"many": format_int(input.active.namespace, 10), "namespace": input.workload.namespace, "most": format_int(checks.config.limits.runsPerNamespace, 10)}, concat(" ", [
		format_int(input.active.namespace, 10),
		"runs go on in namespace",
		concat("", [input.workload.namespace, ","]),
		"at most",
		format_int(checks.config.limits.runsPerNamespace, 10),
		"may",
	]))
}

_over(code, values, what, many, limit) := checks.told(code, object.union(values, {"many": format_int(many, 10), "most": format_int(limit, 10)}), concat(" ", [
	format_int(many, 10),
	concat("", [what, ","]),
	"at most",
	format_int(limit, 10),
	"are allowed",
]))

# Never looser than asked for: the operator takes the larger number, and all groups.
gate := object.union_n([{"mode": _mode, "fourEyes": _four_eyes}, _approvals, _groups])

default _approvals := {}

_approvals := {"approvals": checks.quorum.approvals} if checks.quorum.approvals > 1

default _groups := {}

_groups := {"groups": checks.quorum.groups} if count(checks.quorum.groups) > 0

default _mode := "policy"

_mode := "human" if input.workload.gate.mode == "human"

_mode := "human" if count(stricter) > 0

default _four_eyes := false

_four_eyes if input.workload.gate.fourEyes

_four_eyes if count(needs_four_eyes) > 0

stricter := needs_person | needs_four_eyes

needs_person contains reason if {
	input.workload.namespace in checks.config.human.namespaces
	reason := checks.told("personNamespace", {"namespace": input.workload.namespace}, concat(" ", ["a person decides in namespace", input.workload.namespace]))
}

needs_person contains reason if {
	some host in judged_hosts
	hosts.matches_any(checks.config.human.hosts, host)
	reason := checks.told("personHost", {"host": host}, concat(" ", ["a person decides about host", host]))
}

needs_person contains reason if {
	_pages_at_most > checks.config.human.targetUrlsOver
	reason := checks.told("personPages", {"many": format_int(checks.config.human.targetUrlsOver, 10)}, concat(" ", [
		"a person decides about more than",
		format_int(checks.config.human.targetUrlsOver, 10),
		_pages_are,
	]))
}

needs_person contains reason if {
	checks.quorum.approvals > 1
	reason := checks.told("approvals", {"many": format_int(checks.quorum.approvals, 10)}, concat(" ", [format_int(checks.quorum.approvals, 10), "people must approve here"]))
}

needs_person contains reason if {
	some group in checks.quorum.groups
	reason := checks.told("group", {"group": group}, concat(" ", ["somebody of group", group, "must approve here"]))
}

needs_four_eyes contains reason if {
	input.workload.namespace in checks.config.fourEyes.namespaces
	reason := checks.told("eyesNamespace", {"namespace": input.workload.namespace}, concat(" ", ["four eyes in namespace", input.workload.namespace]))
}

needs_four_eyes contains reason if {
	some host in judged_hosts
	hosts.matches_any(checks.config.fourEyes.hosts, host)
	reason := checks.told("eyesHost", {"host": host}, concat(" ", ["four eyes about host", host]))
}
