# METADATA
# description: May this run pass its gate, given what it found?
package agentworkloads.gate

import rego.v1

import data.agentworkloads.checks
import data.agentworkloads.start

default decision := {
	"decision": "hold",
	"reasons": ["the policy can't judge this run: its input or policies/data.json is not as agreed"],
	"told": [{
		"code": "cannotJudge",
		"values": {},
		"text": "the policy can't judge this run: its input or policies/data.json is not as agreed",
	}],
}

decision := object.union({"decision": "deny"}, checks.answered(start.forbidden)) if {
	_judged
	count(start.forbidden) > 0
} else := object.union_n([{"decision": "hold"}, checks.answered(doubts), object.remove(start.gate, ["mode"])]) if {
	_judged
	count(doubts) > 0
} else := {"decision": "allow", "reasons": [], "told": []} if {
	_judged
}

_judged if {
	checks.configured
	checks.readable(input.workload)
	input.gate.mode in {"policy", "human"}
	is_boolean(input.gate.fourEyes)
	is_array(input.steps)
	is_array(input.artifacts)
}

doubts contains checks.told("modeHuman", {}, "a person decides: the gate is in mode human") if input.gate.mode == "human"

# `start` is asked again: what needs a person may have been added since.
doubts contains reason if some reason in start.stricter

doubts contains reason if some reason in start.excess

doubts contains reason if some reason in start.incomplete

# Time has passed since: whether that still counts, a person says.
doubts contains _seen_before if object.get(input.workload, "evidenceFrom", null) != null

default _seen_before := {
	"code": "seenBefore",
	"values": {},
	"text": "the pages were seen for an earlier run, whose gate ran out of time",
}

_seen_before := checks.told("seenAt", {"at": input.workload.evidenceFrom.seenAt, "run": input.workload.evidenceFrom.name}, concat(" ", [
	"the pages were seen at",
	input.workload.evidenceFrom.seenAt,
	"for run",
	concat("", [input.workload.evidenceFrom.name, ", whose gate ran out of time"]),
])) if {
	is_string(input.workload.evidenceFrom.seenAt)
	is_string(input.workload.evidenceFrom.name)
}

doubts contains checks.told("noSummary", {}, "the run told nothing about what it found") if not _summarised

_summarised if {
	is_number(input.summary.pages)
	is_number(input.summary.notObservedTotal)
	is_number(input.summary.facts)

	# Absent where nothing was compared.
	is_number(object.get(input.summary, "changes", 0))
	_comparison_readable
	is_boolean(input.summary.degraded)
	checks.strings(input.summary.hosts)
}

# A list that was cut may hide the host that matters.
doubts contains checks.told("moreHosts", {}, "the pages led to more hosts than the run could tell") if {
	_summarised
	not input.summary.hostsComplete == true
}

doubts contains reason if {
	input.summary.notObservedTotal > checks.config.human.notObservedOver
	reason := checks.told("notObserved", {"number": format_int(input.summary.notObservedTotal, 10), "pages": format_int(input.summary.pages, 10)}, concat(" ", [
		format_int(input.summary.notObservedTotal, 10),
		"of",
		format_int(input.summary.pages, 10),
		"pages were not observed",
	]))
}

# Either there are counts, or a reason why there are none; steps of before have neither.
_comparison_readable if not input.summary.compared

_comparison_readable if {
	every kind in ["price", "plan", "terms", "other", "notCompared"] {
		is_number(input.summary.compared[kind])
	}
	is_number(object.get(input.summary.compared, "unstable", 0))
	is_number(object.get(input.summary, "largestPriceChange", 0))
	is_number(object.get(input.summary, "unusual", 0))
	is_boolean(object.get(input.summary, "valuesLost", false))
}

doubts contains reason if {
	input.summary.largestPriceChange > checks.comparison.priceChangeOverPercent
	reason := checks.told("priceMoved", {"percent": format_int(input.summary.largestPriceChange, 10)}, concat("", ["a price moved by ", format_int(input.summary.largestPriceChange, 10), " %"]))
}

# What a percentage does not tell of is not small.
doubts contains reason if {
	input.summary.unusual > 0
	reason := checks.told("unusual", {"number": format_int(input.summary.unusual, 10)}, concat(" ", [
		format_int(input.summary.unusual, 10),
		"changes are unusual: a price or its upper end that came or went, or a price that was or is nothing, has another currency or unit, or is a threefold one",
	]))
}

doubts contains reason if {
	checks.comparison.plansChanged
	input.summary.compared.plan > 0
	reason := checks.told("plansChanged", {"number": format_int(input.summary.compared.plan, 10)}, concat(" ", [format_int(input.summary.compared.plan, 10), "plans came, went or have a new name"]))
}

doubts contains reason if {
	input.summary.compared.notCompared > checks.comparison.notComparedOver
	reason := checks.told("notCompared", {"number": format_int(input.summary.compared.notCompared, 10)}, concat(" ", [
		format_int(input.summary.compared.notCompared, 10),
		"pages or parts of pages could not be compared with the earlier run",
	]))
}

# Which of two looks is right, nobody but a person can say.
doubts contains reason if {
	input.summary.compared.unstable > 0
	reason := checks.told("unstable", {"number": format_int(input.summary.compared.unstable, 10)}, concat(" ", [
		"of",
		format_int(input.summary.compared.unstable, 10),
		"pages two looks in this run disagree",
	]))
}

doubts contains checks.told("baselineGone", {}, "what the earlier run saved is gone or altered, so nothing was compared") if {
	input.summary.notComparedReason in {"BASELINE_GONE", "BASELINE_CHANGED"}
}

doubts contains checks.told("valuesGone", {}, "what the earlier run knew of values over time is gone or altered, so small steps are not added up") if {
	input.summary.valuesLost
}

doubts contains checks.told("baselineUnfit", {}, "the run that it was to be compared with can't be, so nothing was compared") if {
	input.summary.notComparedReason == "BASELINE_UNFIT"
}

doubts contains checks.told("firstRun", {}, "it is the first run, there is nothing to compare it with") if {
	checks.comparison.firstRun
	input.summary.notComparedReason == "FIRST_RUN"
}

doubts contains reason if {
	input.summary.changes > checks.config.human.changesOver
	reason := checks.told("changes", {"number": format_int(input.summary.changes, 10)}, concat(" ", [format_int(input.summary.changes, 10), "changes since the last run"]))
}

doubts contains reason if {
	input.summary.facts < checks.config.human.factsUnder
	reason := checks.told("fewFacts", {"number": format_int(input.summary.facts, 10)}, concat(" ", ["only", format_int(input.summary.facts, 10), "facts were found"]))
}

doubts contains checks.told("sandboxOff", {}, "the browser ran without its sandbox") if {
	checks.browser_sandbox == "ask"
	input.summary.browserSandbox == "off"
}

# Behind a browser service nobody can tell.
doubts contains checks.told("sandboxUnknown", {}, "nobody can tell whether the browser had its sandbox") if {
	checks.browser_sandbox == "required"
	not _sandbox_known
}

_sandbox_known if input.summary.browserSandbox in {"on", "off"}

doubts contains checks.told("degraded", {}, "a step says that its result is degraded") if {
	checks.config.human.degraded
	input.summary.degraded
}

doubts contains reason if {
	some name in ["scrape", "screenshot", "dom"]
	not _succeeded[name]
	reason := checks.told("stepNotSucceeded", {"step": name}, concat(" ", ["step", name, "has not succeeded"]))
}

_succeeded[step.name] if {
	some step in input.steps
	step.phase == "Succeeded"
}

doubts contains reason if {
	some name in ["manifest", "shots", "facts"]
	not _present[name]
	reason := checks.told("artifactMissing", {"artifact": name}, concat(" ", ["artifact", name, "is missing"]))
}

_present[artifact.name] if some artifact in input.artifacts
