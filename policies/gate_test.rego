package agentworkloads.gate_test

import rego.v1

import data.agentworkloads.gate
import data.agentworkloads.start_test

settings := start_test.settings

run := {
	"workload": start_test.workload,
	"gate": {"mode": "policy", "fourEyes": false},
	"summary": {
		"pages": 2,
		"observed": 2,
		"notObserved": [],
		"notObservedTotal": 0,
		"facts": 12,
		"byKind": {"price": 4},
		"changes": 0,
		"hosts": ["a.example"],
		"hostsComplete": true,
		"degraded": false,
	},
	"steps": [
		{"name": "scrape", "phase": "Succeeded", "retries": 1},
		{"name": "screenshot", "phase": "Succeeded", "retries": 0},
		{"name": "dom", "phase": "Succeeded", "retries": 0},
		{"name": "gate", "phase": "Running", "retries": 0},
	],
	"artifacts": [
		{"name": "manifest", "size": null},
		{"name": "shots", "size": 10},
		{"name": "facts", "size": 20},
	],
	"elapsedSeconds": 40,
}

judge(changes) := judge_with(changes, settings)

judge_with(changes, config) := result if {
	result := gate.decision with input as object.union(run, changes)
		with data.agentworkloads.config as config
}

held(result, reason) if {
	result.decision == "hold"
	reason in result.reasons
}

denied(code, values, text) := {
	"decision": "deny",
	"reasons": [text],
	"told": [{"code": code, "values": values, "text": text}],
}

test_a_reason_is_told_with_its_code_and_values if {
	result := judge({"summary": {"largestPriceChange": 30, "notObservedTotal": 9}})
	result.told == [
		{"code": "notObserved", "values": {"number": "9", "pages": "2"}, "text": "9 of 2 pages were not observed"},
		{"code": "priceMoved", "values": {"percent": "30"}, "text": "a price moved by 30 %"},
	]
}

test_a_clean_run_passes if {
	judge({}) == {"decision": "allow", "reasons": [], "told": []}
}

test_a_clean_run_passes_with_the_shipped_data_file if {
	result := gate.decision with input as run
	result.decision == "allow"
}

of_run(evidence) := {"workload": object.union(start_test.workload, {"evidenceFrom": evidence})}

test_pages_that_were_seen_for_an_earlier_run_wait_for_a_person if {
	held(
		judge(of_run({"name": "monday", "workflowUid": "u-1", "seenAt": "2026-01-05T08:00:00Z"})),
		"the pages were seen at 2026-01-05T08:00:00Z for run monday, whose gate ran out of time",
	)
}

test_so_does_an_earlier_run_that_is_not_told_in_full if {
	every told in [{}, {"name": "monday"}, "monday", true] {
		held(judge(of_run(told)), "the pages were seen for an earlier run, whose gate ran out of time")
	}
}

test_a_run_that_visited_its_pages_passes if {
	judge(of_run(null)).decision == "allow"
}

test_a_gate_in_mode_human_waits_for_a_person if {
	held(judge({"gate": {"mode": "human"}}), "a person decides: the gate is in mode human")
}

test_pages_that_were_not_observed_need_a_person if {
	held(judge({"summary": {"notObservedTotal": 1}}), "1 of 2 pages were not observed")
}

test_many_changes_need_a_person if {
	judge({"summary": {"changes": 20}}).decision == "allow"
	held(judge({"summary": {"changes": 21}}), "21 changes since the last run")
}

test_what_was_not_compared_tells_no_changes if {
	summary := object.remove(run.summary, ["changes"])
	uncompared := object.union(object.remove(run, ["summary"]), {"summary": summary})
	result := gate.decision with input as uncompared with data.agentworkloads.config as settings
	result.decision == "allow"
}

compared(counts) := {"summary": object.union(
	{"compared": {
		"price": 0, "plan": 0, "terms": 0, "other": 0, "notCompared": 0,
	}},
	counts,
)}

test_a_run_in_which_nothing_changed_passes if {
	judge(compared({})).decision == "allow"
}

test_a_price_that_moved_far_needs_a_person if {
	judge(compared({"compared": {"price": 1}, "largestPriceChange": 20})).decision == "allow"
	held(judge(compared({"compared": {"price": 1}, "largestPriceChange": 49.5})), "a price moved by 49 %")
}

test_a_price_that_no_percentage_tells_of_needs_a_person if {
	held(
		judge(compared({"compared": {"price": 1}, "unusual": 1})),
		"1 changes are unusual: a price or its upper end that came or went, or a price that was or is nothing, has another currency or unit, or is a threefold one",
	)
	judge(compared({"compared": {"price": 1}, "largestPriceChange": 5, "unusual": 0})).decision == "allow"
}

test_a_plan_that_came_or_went_needs_a_person if {
	held(judge(compared({"compared": {"plan": 1}})), "1 plans came, went or have a new name")
}

test_what_could_not_be_compared_needs_a_person if {
	held(
		judge(compared({"compared": {"notCompared": 2}})),
		"2 pages or parts of pages could not be compared with the earlier run",
	)
}

test_a_page_of_which_two_looks_disagree_needs_a_person_whatever_may_be_uncompared if {
	held(
		judge_with(
			compared({"compared": {"notCompared": 1, "unstable": 1}}),
			object.union(settings, {"human": {"notComparedOver": 5}}),
		),
		"of 1 pages two looks in this run disagree",
	)
}

test_a_baseline_that_is_gone_or_altered_needs_a_person if {
	some reason in ["BASELINE_GONE", "BASELINE_CHANGED"]
	held(
		judge({"summary": {"notComparedReason": reason}}),
		"what the earlier run saved is gone or altered, so nothing was compared",
	)
}

test_what_was_known_over_time_and_is_gone_or_altered_needs_a_person if {
	held(
		judge(compared({"valuesLost": true})),
		"what the earlier run knew of values over time is gone or altered, so small steps are not added up",
	)
	judge(compared({"valuesLost": false})).decision == "allow"
}

test_a_named_baseline_that_can_not_be_one_needs_a_person if {
	held(
		judge({"summary": {"notComparedReason": "BASELINE_UNFIT"}}),
		"the run that it was to be compared with can't be, so nothing was compared",
	)
}

test_a_first_run_needs_a_person_where_the_data_file_says_so if {
	first := {"summary": {"notComparedReason": "FIRST_RUN"}}
	judge(first).decision == "allow"
	strict := object.union(settings, {"human": {"firstRun": true}})
	held(judge_with(first, strict), "it is the first run, there is nothing to compare it with")
}

test_counts_that_are_no_numbers_need_a_person if {
	held(judge(compared({"compared": {"plan": "none"}})), "the run told nothing about what it found")
}

test_a_data_file_of_before_is_as_strict_as_the_shipped_one if {
	before := object.remove(settings.human, ["priceChangeOverPercent", "plansChanged", "notComparedOver", "firstRun"])
	config := object.union(object.remove(settings, ["human"]), {"human": before})
	judge_with(compared({"compared": {"plan": 1}}), config).decision == "hold"
	judge_with(compared({}), config).decision == "allow"
}

test_changes_that_are_no_number_need_a_person if {
	held(judge({"summary": {"changes": "none"}}), "the run told nothing about what it found")
}

test_no_facts_need_a_person if {
	held(judge({"summary": {"facts": 0}}), "only 0 facts were found")
}

test_a_browser_without_its_sandbox_is_asked_about_or_refused_where_the_data_file_says_so if {
	off := {"summary": {"browserSandbox": "off"}}
	judge(off).decision == "allow"
	held(judge_with(off, object.union(settings, {"browserSandbox": "ask"})), "the browser ran without its sandbox")
	required := object.union(settings, {"browserSandbox": "required"})
	judge_with(off, required) == denied("sandboxRequired", {}, "the browser ran without its sandbox")
	judge_with({"summary": {"browserSandbox": "on"}}, required).decision == "allow"
	held(judge_with({"summary": {"browserSandbox": "unknown"}}, required), "nobody can tell whether the browser had its sandbox")
	held(judge_with({}, required), "nobody can tell whether the browser had its sandbox")
	judge_with({}, object.union(settings, {"browserSandbox": "always"})).decision == "hold"
}

test_a_degraded_run_needs_a_person_unless_the_data_file_says_otherwise if {
	held(judge({"summary": {"degraded": true}}), "a step says that its result is degraded")
	lenient := object.union(settings, {"human": {"degraded": false}})
	judge_with({"summary": {"degraded": true}}, lenient).decision == "allow"
}

test_a_run_without_a_summary_needs_a_person if {
	result := gate.decision with input as object.union(object.remove(run, ["summary"]), {"summary": null})
		with data.agentworkloads.config as settings
	held(result, "the run told nothing about what it found")
}

test_a_forged_summary_of_other_types_needs_a_person if {
	held(judge({"summary": {"facts": "12"}}), "the run told nothing about what it found")
	held(judge({"summary": {"notObservedTotal": null}}), "the run told nothing about what it found")
}

test_a_step_that_has_not_succeeded_needs_a_person if {
	held(judge({"steps": []}), "step scrape has not succeeded")
	held(judge({"steps": [{"name": "dom", "phase": "Failed", "retries": 2}]}), "step dom has not succeeded")
}

test_a_missing_artifact_needs_a_person if {
	held(judge({"artifacts": [{"name": "manifest", "size": 1}]}), "artifact facts is missing")
}

test_a_host_denied_since_the_start_denies_the_gate if {
	stricter := object.union(settings, {"hosts": {"deny": ["a.example"]}})
	judge_with({}, stricter) == denied("hostDenied", {"host": "a.example"}, "host a.example is denied")
}

test_a_template_removed_since_the_start_denies_the_gate if {
	judge_with({}, object.union(settings, {"templates": []})).decision == "deny"
}

test_a_denial_beats_a_person if {
	stricter := object.union(settings, {"hosts": {"deny": ["a.example"]}})
	judge_with({"gate": {"mode": "human"}, "summary": {"facts": 0}}, stricter).decision == "deny"
}

test_a_limit_lowered_since_the_start_needs_a_person if {
	held(judge_with({}, object.union(settings, {"limits": {"targetUrls": 0}})), "1 target URLs, at most 0 are allowed")
}

test_four_eyes_added_since_the_start_need_a_person if {
	held(judge_with({}, object.union(settings, {"fourEyes": {"hosts": ["a.example"]}})), "four eyes about host a.example")
}

test_a_broken_data_file_never_opens_a_gate if {
	judge_with({}, {}).decision == "hold"
	judge_with({}, object.remove(settings, ["human"])).decision == "hold"
}

test_a_broken_input_never_opens_a_gate if {
	every field in ["workload", "gate", "steps", "artifacts"] {
		result := gate.decision with input as object.remove(run, [field]) with data.agentworkloads.config as settings
		result.decision == "hold"
	}
	nothing := gate.decision with input as {} with data.agentworkloads.config as settings
	nothing.decision == "hold"
}

test_a_workload_that_names_no_requester_under_four_eyes_needs_a_person if {
	anonymous := object.union(start_test.workload, {"requestedBy": "", "gate": {"fourEyes": true}})
	held(judge({"workload": anonymous}), "four eyes are required here: set spec.requestedBy")
}

test_a_denied_host_that_a_redirect_led_to_denies_the_gate if {
	judge({"summary": {"hosts": ["a.example", "denied.example"]}}) == denied("hostDenied", {"host": "denied.example"}, "host denied.example is denied")
	judge({"summary": {"hosts": ["db.internal:9000"]}}).decision == "deny"
	judge({"summary": {"hosts": ["a.example", "b.example"]}}).decision == "allow"
}

test_a_host_off_the_list_of_allowed_ones_that_a_redirect_led_to_denies_the_gate if {
	narrow := object.union(settings, {"hosts": {"allow": ["*.example"], "deny": []}})
	judge_with({"summary": {"hosts": ["a.test"]}}, narrow) == denied("hostNotAllowed", {"host": "a.test"}, "host a.test is not among the allowed hosts")
	judge_with({"summary": {"hosts": ["b.example"]}}, narrow).decision == "allow"
}

test_a_host_that_needs_a_person_and_that_a_redirect_led_to_holds_the_gate if {
	result := judge({"summary": {"hosts": ["www.bank.example"]}})
	held(result, "a person decides about host www.bank.example")
	not result.fourEyes
}

test_a_host_that_needs_four_eyes_and_that_a_redirect_led_to_needs_them_at_the_gate if {
	result := judge({"summary": {"hosts": ["rival.example"]}})
	held(result, "four eyes about host rival.example")
	result.fourEyes
}

test_people_and_groups_that_were_added_since_the_start_are_asked_for_at_the_gate if {
	result := judge_with({}, object.union(settings, {"quorum": {"approvals": 2, "groups": ["legal"]}}))
	held(result, "2 people must approve here")
	result.approvals == 2
	result.groups == ["legal"]
}

test_hosts_that_are_no_whole_list_need_a_person if {
	held(judge({"summary": {"hostsComplete": false}}), "the pages led to more hosts than the run could tell")
	held(judge({"summary": {"hosts": "a.example"}}), "the run told nothing about what it found")
	held(judge({"summary": {"hosts": [1]}}), "the run told nothing about what it found")
	result := gate.decision with input as object.union(object.remove(run, ["summary"]), {"summary": object.remove(run.summary, ["hosts"])})
		with data.agentworkloads.config as settings
	held(result, "the run told nothing about what it found")
}
