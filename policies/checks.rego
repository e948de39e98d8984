# METADATA
# description: >-
#   The data file, checked. Without a whole one nothing may start and no gate opens by
#   itself, so a typing error in it closes and never opens.
package agentworkloads.checks

import rego.v1

import data.agentworkloads.hosts

# What holds for this workload. Where its namespace has rules of its own they take the
# place of the general ones, except that what is forbidden or needs a person everywhere
# stays so: those lists are added to.
config := object.union_n([object.remove(_general, ["namespaces"]), _own, {
	"hosts": {"deny": _both("hosts", "deny")},
	"human": {"hosts": _both("human", "hosts")},
	"fourEyes": {"hosts": _both("fourEyes", "hosts")},
}])

_general := data.agentworkloads.config

_own := object.get(_general.namespaces, input.workload.namespace, {})

_both(section, list) := array.concat(_general[section][list], object.get(_own, [section, list], []))

# What is asked of the browser that visits pages: nothing, unless the data file says so.
browser_sandbox := object.get(config, "browserSandbox", "any")

# Whether a run must name who asks for it: not, unless the data file says so.
requester := object.get(config, "requester", "any")

# How far the due times of a schedule lie apart at least: an hour, unless the data file
# says otherwise.
schedule := object.union({"minIntervalSeconds": 3600}, object.get(config, "schedule", {}))

# How many people have to approve at least, and of which groups somebody must be among them:
# one, and of none, unless the data file says so. A namespace can ask for more, not for less.
quorum := {
	"approvals": max({asked.approvals | some asked in _quorums}),
	"groups": sort({group | some asked in _quorums; some group in asked.groups}),
}

_quorums := [object.union({"approvals": 1, "groups": []}, object.get(part, "quorum", {})) | some part in [_general, _own]]

_quorum_readable if {
	# A section of another shape is none of them.
	count(_quorums) == 2
	every asked in _quorums {
		object.keys(asked) == {"approvals", "groups"}
		asked.approvals in {1, 2, 3, 4, 5}
		strings(asked.groups)

		# As the CRD has it of spec.gate.groups: nobody could bring another.
		every group in asked.groups {
			regex.match(`^[^\x00-\x20\x7f-\xa0]([^\x00-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\xa0])?$`, group)
			not startswith(group, "system:")
		}
	}
	count(quorum.groups) <= 5
}

# What of a comparison with an earlier run needs a person. A data file of before does not
# say it: then what is shipped holds.
comparison := {
	"priceChangeOverPercent": object.get(config.human, "priceChangeOverPercent", 20),
	"plansChanged": object.get(config.human, "plansChanged", true),
	"notComparedOver": object.get(config.human, "notComparedOver", 0),
	"firstRun": object.get(config.human, "firstRun", false),
}

# Of templates that may be run although they take parts of others, and of those parts;
# none where the data file does not have the field.
template_digests := object.get(config, "templateDigests", [])

configured if {
	_known
	strings(template_digests)
	every digest in template_digests {
		regex.match(`^[0-9a-f]{64}$`, digest)
	}
	strings(config.templates)
	strings(config.clusterTemplates)
	_patterns(config.hosts.allow)
	_patterns(config.hosts.deny)
	strings(config.human.namespaces)
	_patterns(config.human.hosts)
	strings(config.fourEyes.namespaces)
	_patterns(config.fourEyes.hosts)
	_amount(config.limits.targetUrls)
	_amount(config.limits.hosts)
	_amount(config.limits.executionSeconds)
	_amount(config.limits.suspendGateSeconds)
	_amount(config.limits.noProgressSeconds)
	browser_sandbox in {"any", "ask", "required"}
	requester in {"any", "required"}
	_amount(schedule.minIntervalSeconds)
	object.keys(schedule) == {"minIntervalSeconds"}
	_quorum_readable
	_amount(config.limits.ttlSeconds)
	_amount(config.limits.ttlAtLeastSeconds)
	_amount(config.limits.runsPerRequester)
	_amount(config.limits.runsPerNamespace)
	_amount(config.human.targetUrlsOver)
	_amount(config.human.notObservedOver)
	_amount(config.human.changesOver)
	_amount(comparison.priceChangeOverPercent)
	_amount(comparison.notComparedOver)
	is_boolean(comparison.plansChanged)
	is_boolean(comparison.firstRun)
	_amount(config.human.factsUnder)
	is_boolean(config.human.degraded)
}

# A namespace can't have what the general part has not: a misspelt field would be no rule
# at all. Which namespaces need a person is said in the general part alone.
_known if {
	is_object(_own)
	every section, rules in _own {
		section in {"templates", "clusterTemplates", "templateDigests", "browserSandbox", "requester", "schedule", "quorum", "hosts", "limits", "human", "fourEyes"}
		_known_fields(section, rules)
	}
}

_known_fields(section, _) if section in {"templates", "clusterTemplates", "templateDigests", "browserSandbox", "requester", "quorum"}

_known_fields(section, rules) if {
	is_object(rules)
	every field, _ in rules {
		field in (object.keys(_general[section]) - {"namespaces"})
	}
}

# A rule over a missing field is undefined and would forbid nothing: hence this.
readable(workload) if {
	is_string(workload.name)
	is_string(workload.namespace)
	is_string(workload.objective)
	is_string(workload.requestedBy)
	strings(workload.targetUrls)
	strings(workload.hosts)

	# An operator of before does not say it.
	object.get(workload, "follow", "none") in {"none", "pricing"}
	is_string(workload.template.name)
	is_boolean(workload.template.clusterScope)
	workload.gate.mode in {"policy", "human"}
	is_boolean(workload.gate.fourEyes)

	# An operator of before does not say these two.
	_amount(object.get(workload.gate, "approvals", 1))
	strings(object.get(workload.gate, "groups", []))
	_amount(workload.timeouts.execution)
	_amount(workload.timeouts.suspendGate)
	_amount(workload.timeouts.noProgress)
	_amount(workload.ttlAfterFinished)
	is_object(workload.parameters)
	every value in workload.parameters {
		is_string(value)
	}
}

# How many other runs go on, as the operator counts them before a start.
counted(active) if {
	_amount(active.requester)
	_amount(active.namespace)
}

# Where a schedule asks: how far its due times lie apart. A run by itself has no such thing.
paced(asked) if {
	_amount(object.get(asked, ["schedule", "everySeconds"], 0))
}

strings(list) if {
	is_array(list)
	every item in list {
		is_string(item)
	}
}

_patterns(list) if {
	strings(list)
	every pattern in list {
		hosts.readable(pattern)
	}
}

_amount(value) if {
	is_number(value)
	value >= 0
}

# One reason: its sentence, and the code and values that pages word in the language of who reads.
told(code, values, text) := {"code": code, "values": values, "text": text}

# The reasons of an answer, in both ways.
answered(reasons) := {"reasons": shortened(reasons, 20), "told": all_told(reasons)}

# With their codes; the operator puts the most severe first before it shortens them. More than the 500 pages of a run can give:
# cut before, what weighs most would be lost.
all_told(reasons) := array.slice([_cut_told(reason) | some reason in reasons], 0, 4000)

_cut_told(reason) := told(reason.code, {name: _cut(value) | some name, value in reason.values}, _cut(reason.text)) if is_object(reason)

# A rule that somebody added may give a sentence alone.
_cut_told(reason) := told("", {}, _cut(reason)) if is_string(reason)

_text(reason) := reason.text if is_object(reason)

_text(reason) := reason if is_string(reason)

# The sentences alone, as an operator of before reads them: at most `most` of them, each cut
# to 300 characters, sorted; the last one says how many are left out.
shortened(reasons, most) := _shortened({_text(reason) | some reason in reasons}, most)

_shortened(texts, most) := [_cut(text) | some text in texts] if count(texts) <= most

_shortened(texts, most) := array.concat(
	[_cut(text) | some text in array.slice(sort(texts), 0, most - 1)],
	[concat(" ", ["and", format_int((count(texts) - most) + 1, 10), "more"])],
) if {
	count(texts) > most
}

_cut(text) := text if count(text) <= 300

_cut(text) := concat("", [substring(text, 0, 300), "..."]) if count(text) > 300
